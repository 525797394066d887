package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Walks expressions of a divided loop's body: array reads, calls (inlined), and what is not allowed there. */
final class ExpressionWalker {
    private final LoopContext loop;
    private final Findings findings;
    private final IndexReader reader;
    private final Bounds bounds;
    private final BodyWalker body;
    private final @Nullable Span callSite;
    private final CallWalker calls;

    ExpressionWalker(
            LoopContext loop, Findings findings, IndexReader reader, Bounds bounds, BodyWalker body, CallPath path) {
        this.loop = loop;
        this.findings = findings;
        this.reader = reader;
        this.bounds = bounds;
        this.body = body;
        this.callSite = path.site();
        this.calls = new CallWalker(loop, findings, reader, bounds, this, path);
    }

    boolean isUnique(TExpr e) {
        return e instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.UNIQUE;
    }

    TExpr stripUnique(TExpr e) {
        return e instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.UNIQUE ? c.arguments().get(0) : e;
    }

    void read(TExpr e, Scope scope) {
        switch (e) {
            case TExpr.Constant _, TExpr.ComplexConstant _, TExpr.Bad _ -> {}
            case TExpr.Read r -> variable(r, List.of(), scope);
            case TExpr.Interpolation i -> i.parts().forEach(p -> {
                if (p.value() != null) {
                    read(p.value(), scope);
                }
            });
            case TExpr.Unary u -> read(u.operand(), scope);
            case TExpr.Binary b -> both(b.left(), b.right(), scope);
            case TExpr.Compare c -> both(c.left(), c.right(), scope);
            case TExpr.Logical l -> logical(l, scope);
            case TExpr.Convert c -> read(c.value(), scope);
            case TExpr.Conditional c -> conditional(c, scope);
            case TExpr.TupleNew t -> t.elements().forEach(x -> read(x, scope));
            case TExpr.RecordNew r -> r.fields().forEach(x -> read(x, scope));
            case TExpr.ArrayNew a -> {
                a.elements().forEach(x -> read(x, scope));
                if (a.extents() != null) {
                    a.extents().forEach(x -> read(x, scope));
                }
            }
            case TExpr.ArrayFill a -> {
                read(a.domain(), scope);
                if (a.fill() != null) {
                    read(a.fill(), scope);
                }
            }
            case TExpr.ListNew l -> l.elements().forEach(x -> read(x, scope));
            case TExpr.MapNew m -> {
                if (m.entries() != null) {
                    read(m.entries(), scope);
                }
            }
            case TExpr.Element x -> {
                x.subscripts().forEach(s -> read(s, scope));
                chain(e, scope);
            }
            case TExpr.Slice s -> {
                subscriptReads(s.subscripts(), scope);
                chain(e, scope);
            }
            case TExpr.Component _ -> chain(e, scope);
            case TExpr.Call c -> calls.call(c, scope);
            case TExpr.CallValue c -> calls.callValue(c, scope);
            case TExpr.FunctionValue f -> {
                // Whoever gets it may call it with anything.
                f.captured().forEach(x -> read(x, scope));
                calls.any(f.function(), f.span(), scope);
            }
            case TExpr.ExternCall c -> extern(c, scope);
            case TExpr.IntrinsicCall c -> intrinsic(c, scope);
            case TExpr.Range r -> {
                both(r.low(), r.high(), scope);
                if (r.step() != null) {
                    read(r.step(), scope);
                }
            }
            case TExpr.DomainNew d -> d.parts().forEach(x -> read(x, scope));
            case TExpr.Reduce r -> comprehension(r.iteration(), r.element(), "a divided reduction", scope);
            case TExpr.Scan s -> comprehension(s.iteration(), s.element(), "`scan`", scope);
            case TExpr.ArrayComprehension a -> comprehension(a.iteration(), a.element(), "a divided comprehension", scope);
            case TExpr.Collective c -> findings.report(body.at("PEL0409", c.span(), "collective in the body of a divided loop")
                    .label(loop.head(), "ranks run different numbers of iterations of this loop")
                    .note("so they would call it at different times, or not at all; move it behind the loop"));
            case TExpr.ChannelOp c -> forbidden(c.span(), "a channel");
            case TExpr.RemoteRead r -> forbidden(r.span(), "a one-sided access");
            case TExpr.Spawn s -> forbidden(s.span(), "a task");
        }
    }

    private void both(TExpr left, TExpr right, Scope scope) {
        read(left, scope);
        read(right, scope);
    }

    private void logical(TExpr.Logical l, Scope scope) {
        read(l.left(), scope);
        Scope right = scope.child();
        right.assume(l.left(), l.conjunction(), reader);
        read(l.right(), right);
    }

    private void conditional(TExpr.Conditional c, Scope scope) {
        read(c.condition(), scope);
        Scope then = scope.child();
        then.assume(c.condition(), true, reader);
        read(c.then(), then);
        Scope otherwise = scope.child();
        otherwise.assume(c.condition(), false, reader);
        read(c.otherwise(), otherwise);
    }

    private void comprehension(Iteration iteration, TExpr element, String what, Scope scope) {
        if (iteration.parallel()) {
            body.nested(iteration.span(), what);
            return;
        }
        Scope inner = scope.child();
        body.iteration(iteration, inner);
        read(element, inner);
    }

    void subscriptReads(List<TExpr.TSub> subscripts, Scope scope) {
        for (TExpr.TSub s : subscripts) {
            if (s.index() != null) {
                read(s.index(), scope);
            }
            if (s.range() != null) {
                read(s.range(), scope);
            }
        }
    }

    /** An access path such as {@code b[i].vel.x}: finds its root and the first subscript. */
    private void chain(TExpr e, Scope scope) {
        List<TExpr> path = new ArrayList<>();
        TExpr at = e;
        while (true) {
            path.addFirst(at);
            TExpr next = switch (at) {
                case TExpr.Element x -> x.array();
                case TExpr.Slice s -> s.array();
                case TExpr.Component c -> c.value();
                default -> null;
            };
            if (next == null) {
                break;
            }
            at = next;
        }
        if (at instanceof TExpr.Read r) {
            variable(r, path.subList(1, path.size()), scope);
        } else {
            read(at, scope);
        }
        for (TExpr p : path.subList(1, path.size())) {
            if (p != e && p instanceof TExpr.Element x) {
                x.subscripts().forEach(s -> read(s, scope));
            }
        }
    }

    private void variable(TExpr.Read r, List<TExpr> path, Scope scope) {
        Var v = r.variable();
        Scope.ArrayRef ref = scope.array(v);
        if (scope.isLocal(v) && ref == null) {
            return;
        }
        TStmt.Reduction reduction = loop.reduction(v);
        if (reduction != null) {
            findings.report(body.at("PEL0304", r.span(), "reduction variable `" + v.name() + "` is read in the loop")
                    .label(reduction.span(), "declared here")
                    .note("its value is known only when all iterations have ended, on all ranks"));
            return;
        }
        Var root = ref != null ? ref.root() : v;
        if (!(root.type() instanceof Type.Array || root.type() instanceof Type.MapOf)) {
            return;
        }
        List<Index> subscripts = new ArrayList<>(ref != null ? ref.subscripts() : List.of());
        List<String> fields = new ArrayList<>(ref != null ? ref.path() : List.of());
        boolean indexed = !subscripts.isEmpty();
        for (TExpr p : path) {
            switch (p) {
                case TExpr.Element x -> {
                    if (indexed) {
                        fields.add("[]");
                    } else {
                        indexed = true;
                        subscripts.addAll(elements(x.array().type(), x.subscripts(), scope));
                    }
                }
                case TExpr.Slice s -> {
                    if (indexed) {
                        fields.add("[]");
                    } else {
                        indexed = true;
                        subscripts.addAll(slice(s.subscripts(), scope));
                    }
                }
                case TExpr.Component c -> fields.add(c.name());
                default -> fields.add("[]");
            }
        }
        Span place = path.isEmpty() ? r.span() : r.span().to(path.getLast().span());
        findings.accesses.add(new Access(callSite != null ? callSite : place, place, Access.Kind.READ, null, root, fields, subscripts, scope.loopFacts(), false));
    }

    /** The subscripts of an element; the key of a map counts component by component, and what is no int is not known. */
    List<Index> elements(Type whole, List<TExpr> subscripts, Scope scope) {
        if (!(whole instanceof Type.MapOf)) {
            return subscripts.stream().map(s -> reader.read(s, scope)).toList();
        }
        List<Index> result = new ArrayList<>();
        TExpr key = stripUnique(subscripts.getFirst());
        for (TExpr part : key instanceof TExpr.TupleNew t ? t.elements() : List.of(key)) {
            result.add(part.type() == Type.Scalar.INT ? reader.read(part, scope) : scope.fresh("key"));
        }
        return result;
    }

    /** Subscripts of a slice: an unknown index within the range on each sliced axis. */
    List<Index> slice(List<TExpr.TSub> subscripts, Scope scope) {
        List<Index> result = new ArrayList<>();
        for (TExpr.TSub s : subscripts) {
            if (s.index() != null) {
                result.add(reader.read(stripUnique(s.index()), scope));
                continue;
            }
            Index any = scope.fresh("any");
            if (s.range() != null) {
                Bounds.Axis axis = bounds.of(s.range(), x -> reader.linear(x, scope)).get(0);
                scope.fact(Constraint.ordered(axis.low(), any.value()));
                scope.fact(Constraint.ordered(any.value(), axis.high()));
            }
            result.add(any);
        }
        return result;
    }

    void forbidden(Span span, String what) {
        findings.report(body.at("PEL0311", span, what + " in the body of a divided loop")
                .label(loop.head(), "the iterations of this loop run on several ranks, in any order")
                .note("do it before or after the loop"));
    }

    private void extern(TExpr.ExternCall c, Scope scope) {
        c.arguments().forEach(x -> read(x, scope));
        for (int k = 0; c.function().java() != null && k < c.arguments().size(); k++) {
            if (c.function().java().mutable().get(k) && c.arguments().get(k) instanceof TExpr.Read r && (!scope.isLocal(r.variable()) || scope.array(r.variable()) != null)) {
                findings.report(body.at("PEL0302", c.span(), "`" + r.variable().name() + "` is changed by every iteration")
                        .label(r.variable().span(), "declared outside the loop")
                        .note("the Java method may change it; give it an array of the iteration's own"));
            }
        }
        if (c.function().collective()) {
            findings.report(body.at("PEL0409", c.span(), "`" + c.function().name() + "` is collective, in the body of a divided loop")
                    .label(loop.head(), "ranks run different numbers of iterations of this loop"));
        }
    }

    private void intrinsic(TExpr.IntrinsicCall c, Scope scope) {
        switch (c.intrinsic()) {
            case PRINT, PRINTALL -> forbidden(c.span(), "`" + c.intrinsic().name().toLowerCase(java.util.Locale.ROOT) + "`");
            case SAVE, LOAD, LINES, PLOT_IMAGE, PLOT_LINE -> forbidden(c.span(), "file output or input");
            case RANK, HOST -> findings.report(body.at("PEL0311", c.span(), "`" + c.intrinsic().name().toLowerCase(java.util.Locale.ROOT) + "()` in the body of a divided loop")
                    .label(loop.head(), "which rank runs an iteration depends on the number of ranks")
                    .note("so the result would depend on it too; use the loop's index instead"));
            case CLOCK, REPLICATE, REDISTRIBUTE -> findings.report(body.at("PEL0409", c.span(), "collective in the body of a divided loop")
                    .label(loop.head(), "ranks run different numbers of iterations of this loop"));
            case LEN, DOMAIN_OF, DOMAINS_OF -> c.arguments().forEach(a -> {
                // The length of a map changes with its entries.
                if (!(a instanceof TExpr.Read) || a.type() instanceof Type.MapOf) {
                    read(a, scope);
                }
            });
            case FILL, SORT, PUSH, POP, REMOVE -> {
                c.arguments().subList(1, c.arguments().size()).forEach(a -> read(a, scope));
                change(c, c.arguments().getFirst(), scope);
            }
            default -> c.arguments().forEach(a -> read(a, scope));
        }
    }

    /** A call that changes an argument: one of the iteration's own, or what an element from outside holds, which it reads and stores. */
    private void change(TExpr.IntrinsicCall c, TExpr argument, Scope scope) {
        Place place = Place.of(argument);
        if (place == null) {
            read(argument, scope);
            return;
        }
        Var root = place.root();
        Scope.ArrayRef ref = scope.array(root);
        if (ref == null && scope.isLocal(root)) {
            body.store(place, Access.Kind.STORE, null, scope);
            return;
        }
        if (place instanceof Place.Variable && (ref == null || ref.subscripts().isEmpty()) && loop.reduction(root) == null) {
            Var v = ref != null ? ref.root() : root;
            findings.report(body.at("PEL0302", c.span(), "`" + v.name() + "` is changed by every iteration")
                    .label(v.span(), "declared outside the loop")
                    .note("iterations run on several ranks at once; use a local one, or a comprehension"));
            return;
        }
        if (loop.ordered()) {
            read(argument, scope);
        }
        body.store(place, Access.Kind.STORE, null, scope);
    }
}
