package org.pellang.compiler.sema.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.sema.typed.Work;
import org.pellang.compiler.source.Span;

/** Taints of expressions; every collective inside is reported to the {@link Reporter}. */
final class ExpressionFlow {
    private final Reporter reporter;
    private final Control control;
    private final CallFlow calls;

    ExpressionFlow(Reporter reporter, Control control, CallFlow calls) {
        this.reporter = reporter;
        this.control = control;
        this.calls = calls;
    }

    Taint all(List<TExpr> expressions, FlowState state) {
        Taint taint = Taint.NONE;
        for (TExpr e : expressions) {
            taint = taint.join(value(e, state));
        }
        return taint;
    }

    Taint optional(@Nullable TExpr e, FlowState state) {
        return e == null ? Taint.NONE : value(e, state);
    }

    Taint value(TExpr e, FlowState state) {
        return switch (e) {
            case TExpr.Constant _, TExpr.ComplexConstant _, TExpr.Bad _ -> Taint.NONE;
            case TExpr.Read r -> isDistributed(r.type()) ? Taint.NONE : named(r, state);
            case TExpr.Interpolation i -> {
                Taint taint = Taint.NONE;
                for (TExpr.Part p : i.parts()) {
                    taint = taint.join(optional(p.value(), state));
                    if (p.value() != null) {
                        text(p.value(), state);
                    }
                }
                yield taint;
            }
            case TExpr.Unary u -> value(u.operand(), state);
            case TExpr.Binary b -> all(List.of(b.left(), b.right()), state);
            case TExpr.Compare c -> {
                if (isDistributed(c.left().type())) {
                    reporter.collective(c.span(), "comparing " + (c.left().type() instanceof Type.MapOf ? "spread maps" : "distributed arrays"), control, state);
                }
                yield all(List.of(c.left(), c.right()), state);
            }
            case TExpr.Logical l -> logical(l, state);
            case TExpr.Convert c -> value(c.value(), state);
            case TExpr.Conditional c -> conditional(c, state);
            case TExpr.TupleNew t -> all(t.elements(), state);
            case TExpr.RecordNew r -> all(r.fields(), state);
            case TExpr.ArrayNew a -> all(a.elements(), state).join(a.extents() == null ? Taint.NONE : all(a.extents(), state));
            case TExpr.ArrayFill a -> fill(a, state);
            case TExpr.ListNew l -> all(l.elements(), state);
            case TExpr.MapNew m -> map(m, state);
            case TExpr.Element x -> element(x, state);
            case TExpr.Slice s -> slice(s, state);
            case TExpr.Component c -> value(c.value(), state);
            case TExpr.Call c -> calls.call(c, this, state);
            case TExpr.CallValue c -> calls.callValue(c, this, state);
            case TExpr.FunctionValue f -> all(f.captured(), state);
            case TExpr.ExternCall c -> extern(c, state);
            case TExpr.IntrinsicCall c -> new IntrinsicFlow(reporter, control, this).call(c, state);
            case TExpr.Range r -> all(List.of(r.low(), r.high()), state).join(optional(r.step(), state));
            case TExpr.DomainNew d -> {
                Taint taint = all(d.parts(), state);
                if (d.type() instanceof Type.Domain t && !t.distribution().isLocal()) {
                    reporter.uniform("PEL0404", "extents of a distributed domain depend on the rank", d.span(), taint);
                }
                yield taint;
            }
            case TExpr.Reduce r -> comprehension(r.span(), "a divided reduction", r.iteration(), r.element(), state);
            case TExpr.Scan s -> comprehension(s.span(), "`scan`", s.iteration(), s.element(), state);
            case TExpr.ArrayComprehension a -> comprehension(a.span(), "a divided comprehension", a.iteration(), a.element(), state);
            case TExpr.Collective c -> collective(c, state);
            case TExpr.ChannelOp c -> {
                optional(c.message(), state);
                optional(c.peer(), state);
                yield channel(c, state);
            }
            case TExpr.RemoteRead r -> {
                value(r.element(), state);
                value(r.rank(), state);
                optional(r.add(), state);
                yield Taint.varying(r.span(), "what was fetched differs from rank to rank");
            }
            case TExpr.Spawn s -> calls.spawn(s, this, state);
        };
    }

    private static Taint channel(TExpr.ChannelOp c, FlowState state) {
        Taint received = Taint.varying(c.span(), "what was received differs from rank to rank");
        return switch (c.kind()) {
            case SEND, ISEND -> Taint.NONE;
            case RECV, RECV_ANY -> received;
            case IRECV -> {
                Var buffer = c.message() == null ? null : Assigned.root(c.message());
                if (buffer != null) {
                    state.set(buffer, received);
                }
                yield Taint.NONE;
            }
        };
    }

    private static Taint named(TExpr.Read r, FlowState state) {
        Taint taint = state.value(r.variable());
        return r.type() instanceof Type.Array ? taint.join(state.shape(r.variable())) : taint;
    }

    private Taint logical(TExpr.Logical l, FlowState state) {
        Taint left = value(l.left(), state);
        control.push(left, false);
        Taint right = value(l.right(), state);
        control.pop();
        return left.join(right);
    }

    private Taint conditional(TExpr.Conditional c, FlowState state) {
        Taint condition = value(c.condition(), state);
        control.push(condition, false);
        Taint result = all(List.of(c.then(), c.otherwise()), state);
        control.pop();
        return condition.join(result);
    }

    private Taint fill(TExpr.ArrayFill a, FlowState state) {
        Taint domain = value(a.domain(), state);
        Taint fill = optional(a.fill(), state);
        if (isDistributed(a.type())) {
            reporter.uniform("PEL0404", "extents of a distributed array depend on the rank", a.span(), domain);
            reporter.collective(a.span(), "making a distributed array", control, state);
            return Taint.NONE;
        }
        return fill.join(domain);
    }

    private Taint map(TExpr.MapNew m, FlowState state) {
        Taint entries = optional(m.entries(), state);
        if (isDistributed(m.type()) || m.entries() != null && isDistributed(m.entries().type())) {
            reporter.uniform("PEL0404", "entries of a spread map depend on the rank", m.span(), entries);
            reporter.collective(m.span(), isDistributed(m.type()) ? "making a spread map" : "gathering a spread map", control, state);
            return Taint.NONE;
        }
        return entries;
    }

    static boolean isDistributed(Type type) {
        return type instanceof Type.Array a && !a.distribution().isLocal() || type instanceof Type.MapOf m && m.distributed();
    }

    /** A distributed value is gathered before it is shown. */
    void text(TExpr shown, FlowState state) {
        if (isDistributed(shown.type())) {
            reporter.collective(shown.span(), "the text of a " + (shown.type() instanceof Type.MapOf ? "spread map" : "distributed array"), control, state);
        }
    }

    private Taint element(TExpr.Element x, FlowState state) {
        Taint subscripts = all(x.subscripts(), state);
        Taint array = value(x.array(), state);
        if (isDistributed(x.array().type())) {
            reporter.uniform("PEL0403", whole(x.array()) + " named by a rank-dependent " + (x.array().type() instanceof Type.MapOf ? "key" : "subscript"), x.span(), subscripts);
            reporter.collective(x.span(), "reading one " + whole(x.array()), control, state);
            return Taint.NONE;
        }
        return array.join(subscripts);
    }

    private static String whole(TExpr e) {
        return e.type() instanceof Type.MapOf ? "entry of a spread map" : "element of a distributed array";
    }

    Taint subscripts(List<TExpr.TSub> subscripts, FlowState state) {
        Taint taint = Taint.NONE;
        for (TExpr.TSub s : subscripts) {
            taint = taint.join(optional(s.index(), state)).join(optional(s.range(), state));
        }
        return taint;
    }

    private Taint slice(TExpr.Slice s, FlowState state) {
        Taint subscripts = subscripts(s.subscripts(), state);
        Taint array = value(s.array(), state);
        if (isDistributed(s.array().type())) {
            reporter.uniform("PEL0403", "part of a distributed array named by a rank-dependent subscript", s.span(), subscripts);
            reporter.collective(s.span(), "taking a part of a distributed array", control, state);
            return Taint.NONE;
        }
        return array.join(subscripts);
    }

    private Taint extern(TExpr.ExternCall c, FlowState state) {
        Taint arguments = all(c.arguments(), state);
        if (c.function().collective()) {
            reporter.collective(c.span(), "`" + c.function().name() + "`", control, state);
        }
        if (!c.function().pure() && !c.function().className().startsWith("org.pellang.stdlib.")) {
            Taint varying = Taint.varying(c.span(), "a Java function that is not `pure` may differ from rank to rank");
            changed(c, varying, state);
            return varying;
        }
        changed(c, arguments, state);
        return arguments;
    }

    /** The numbers in a loop's clauses are the same on all ranks. */
    void work(Work work, FlowState state) {
        TExpr amount = work.amount();
        TExpr threads = work.threads();
        if (amount != null) {
            reporter.uniform("PEL0404", "the ranks disagree about the size of the chunks", amount.span(), value(amount, state));
        }
        if (threads != null) {
            value(threads, state);
        }
    }

    /** What a Java method may change is as varying as the method and its arguments. */
    private void changed(TExpr.ExternCall c, Taint taint, FlowState state) {
        for (int k = 0; c.function().java() != null && k < c.arguments().size(); k++) {
            if (c.function().java().mutable().get(k) && c.arguments().get(k) instanceof TExpr.Read r) {
                state.set(r.variable(), state.value(r.variable()).join(taint).join(control.taint()));
            }
        }
    }

    /** What divided loops must agree about. */
    LoopSubscripts inLoop(FlowState state) {
        return new LoopSubscripts(calls.functions(), reporter, state);
    }

    private Taint comprehension(Span span, String what, Iteration iteration, TExpr element, FlowState state) {
        Taint space = value(iteration.space(), state);
        if (iteration.parallel()) {
            reporter.uniform("PEL0404", "the ranks disagree about the bounds of " + what, iteration.space().span(), space);
            work(iteration.work(), state);
            reporter.collective(span, what, control, state);
            inLoop(state).check(iteration, element);
            return Taint.NONE;
        }
        control.push(space, true);
        iteration.indices().forEach(v -> state.set(v, space));
        Taint taint = space;
        for (Iteration.Let let : iteration.lets()) {
            Taint t = value(let.value(), state);
            let.variables().forEach(v -> state.set(v, t));
        }
        if (iteration.filter() != null) {
            Taint filter = value(iteration.filter(), state);
            taint = taint.join(filter);
            control.push(filter, false);
            taint = taint.join(value(element, state));
            control.pop();
        } else {
            taint = taint.join(value(element, state));
        }
        control.pop();
        return taint;
    }

    private Taint collective(TExpr.Collective c, FlowState state) {
        Taint value = optional(c.value(), state);
        Taint root = optional(c.root(), state);
        String what = "`" + c.name() + "`";
        if (c.team() != null) {
            return onTeam(c, c.team(), what, value, root, state);
        }
        if (c.root() != null) {
            reporter.uniform("PEL0403", "root of " + what + " depends on the rank", c.root().span(), root);
        }
        boolean sameShape = switch (c.kind()) {
            case ALLREDUCE, REDUCE, SCAN, EXSCAN, AGREE -> true;
            case BARRIER, BCAST, GATHER, ALLGATHER, SCATTER, ALLTOALL -> false;
        };
        if (sameShape && c.value() != null && c.value().type() instanceof Type.Array) {
            reporter.uniform("PEL0404", "the shape of what " + what + " combines depends on the rank", c.value().span(), shape(c.value(), state));
        }
        reporter.collective(c.span(), what, control, state);
        return switch (c.kind()) {
            case BARRIER, ALLREDUCE, BCAST, ALLGATHER, AGREE -> Taint.NONE;
            case REDUCE, GATHER -> Taint.varying(c.span(), what + " gives its result to the root only");
            case SCAN, EXSCAN, SCATTER, ALLTOALL -> value.isUniform() && c.kind() == TExpr.CollectiveKind.AGREE
                    ? Taint.NONE
                    : Taint.varying(c.span(), what + " gives each rank its own result");
        };
    }

    /** {@code in: t}: control and root are seen from the team, and its result is the team's. */
    private Taint onTeam(TExpr.Collective c, TExpr team, String what, Taint value, Taint root, FlowState state) {
        Var name = TeamFlow.name(team);
        reporter.uniform("PEL0403", "the team of " + what + " depends on the rank", team.span(), value(team, state));
        Var outer = control.lens;
        control.lens = name;
        if (c.root() != null) {
            reporter.uniform("PEL0403", "root of " + what + " depends on the rank", c.root().span(), root.seenFrom(name));
        }
        Taint result = collective(new TExpr.Collective(c.span(), c.type(), c.kind(), c.value(), c.op(), null, null), state);
        control.lens = outer;
        boolean everybody = TeamFlow.isWorld(team) && !control.inTeam();
        boolean mine = name != null && control.isCurrent(name);
        return everybody || mine || result.isVarying() ? result
                : Taint.varying(c.span(), what + " gives each team its own result", name);
    }

    /** Whether an array's extents may differ. */
    Taint shape(TExpr e, FlowState state) {
        return switch (e) {
            case TExpr.Read r -> state.shape(r.variable());
            case TExpr.ArrayFill a -> quietly(a.domain(), state);
            case TExpr.ArrayNew a -> a.extents() == null ? Taint.NONE : quietly(new TExpr.TupleNew(a.span(), a.type(), a.extents()), state);
            case TExpr.ArrayComprehension a -> a.iteration().parallel()
                    ? Taint.NONE
                    : quietly(a.iteration().space(), state).join(a.iteration().filter() == null ? Taint.NONE : value(a, state));
            case TExpr.Slice s -> {
                Taint taint = Taint.NONE;
                for (TExpr.TSub sub : s.subscripts()) {
                    taint = taint.join(sub.range() == null ? Taint.NONE : quietly(sub.range(), state));
                }
                yield taint;
            }
            case TExpr.Conditional c -> quietly(c.condition(), state).join(shape(c.then(), state)).join(shape(c.otherwise(), state));
            case TExpr.IntrinsicCall c -> switch (c.intrinsic()) {
                case COPY, REVERSED, SORTED, ARGSORT, ENUMERATE -> shape(c.arguments().get(0), state);
                case DISTINCT, MERGE -> quietly(c.arguments().get(0), state);
                default -> Taint.NONE;
            };
            case TExpr.ChannelOp c -> Taint.NONE;
            case TExpr.Collective c when c.team() != null && quietly(c, state).isVarying() ->
                Taint.varying(c.span(), "each team gets its own number of elements", TeamFlow.name(c.team()));
            case TExpr.Collective c -> switch (c.kind()) {
                case GATHER, SCATTER, ALLTOALL -> Taint.varying(c.span(), "each rank gets its own number of elements");
                case BARRIER, ALLREDUCE, REDUCE, SCAN, EXSCAN, BCAST, ALLGATHER, AGREE -> Taint.NONE;
            };
            default -> Taint.NONE;
        };
    }

    private Taint quietly(TExpr e, FlowState state) {
        boolean active = reporter.active;
        reporter.active = false;
        Taint taint = value(e, state);
        reporter.active = active;
        return taint;
    }
}
