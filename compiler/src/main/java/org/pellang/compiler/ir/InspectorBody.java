package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * The part of a loop's body that is needed to list the subscripts of some reads: the control flow around them and the lets that they depend on. There is none
 * if a subscript depends on what the loop itself computes (pointer chasing), or on conditions that would have to be evaluated with effects.
 */
final class InspectorBody {
    /** Says that subscripts cannot be listed. */
    private static final class NotListable extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotListable() {
            super(null, null, false, false);
        }
    }

    private final Map<List<TExpr>, Integer> wanted;
    /** What the loop changes. */
    private final Set<Var> changed = new HashSet<>();
    private final Set<Var> declared = new HashSet<>();
    private final Set<Var> needed = new HashSet<>();

    private InspectorBody(Map<List<TExpr>, Integer> wanted) {
        this.wanted = wanted;
    }

    /**
     * The statements, or null.
     *
     * @param wanted numbers of views by subscripts of reads, by identity
     * @param reductions variables that the loop reduces
     */
    static @Nullable List<TStmt> of(TStmt.TBlock body, IdentityHashMap<List<TExpr>, Integer> wanted, List<LoopReduction> reductions) {
        InspectorBody slicer = new InspectorBody(wanted);
        reductions.forEach(r -> slicer.changed.add(r.variable()));
        body.statements().forEach(s -> Trees.walkStatements(s, slicer::note));
        try {
            List<TStmt> out = slicer.block(body);
            int known = -1;
            while (known != slicer.needed.size()) {
                known = slicer.needed.size();
                out = slicer.block(body);
            }
            return out;
        } catch (NotListable e) {
            return null;
        }
    }

    private void note(TStmt s) {
        switch (s) {
            case TStmt.Declare d -> declared.add(d.variable());
            case TStmt.DeclareTuple d -> declared.addAll(d.variables());
            case TStmt.Assign a -> changed.add(a.place().root());
            case TStmt.Update u -> changed.add(u.place().root());
            case TStmt.MultiAssign m -> m.places().forEach(p -> changed.add(p.root()));
            case TStmt.Swap x -> changed.addAll(List.of(x.left().root(), x.right().root()));
            case TStmt.For f -> declared.addAll(f.iteration().indices());
            case TStmt.RemoteStore r -> changed.add(r.place().root());
            case TStmt.Do _, TStmt.Forall _, TStmt.While _, TStmt.If _, TStmt.Break _, TStmt.Continue _, TStmt.Return _, TStmt.Assert _ -> {}
            case TStmt.On _, TStmt.Epoch _, TStmt.Sync _, TStmt.Checkpointed _ -> {}
        }
    }

    private List<TStmt> block(TStmt.TBlock block) {
        List<TStmt> out = new ArrayList<>();
        block.statements().forEach(s -> statement(s, out));
        return out;
    }

    private void statement(TStmt s, List<TStmt> out) {
        switch (s) {
            case TStmt.Declare d -> {
                reads(d.value(), out);
                if (needed.contains(d.variable())) {
                    keep(d.value());
                    out.add(d);
                }
            }
            case TStmt.DeclareTuple d -> {
                reads(d.value(), out);
                if (d.variables().stream().anyMatch(needed::contains)) {
                    keep(d.value());
                    out.add(d);
                }
            }
            case TStmt.Assign _, TStmt.Update _, TStmt.MultiAssign _, TStmt.Swap _, TStmt.Assert _ -> Trees.expressions(s, e -> reads(e, out));
            case TStmt.Do d -> reads(d.expression(), out);
            case TStmt.If i -> {
                reads(i.condition(), out);
                List<TStmt> then = block(i.then());
                List<TStmt> otherwise = i.otherwise() == null ? List.of() : block(i.otherwise());
                conditional(i.span(), i.condition(), then, otherwise, out);
            }
            case TStmt.For f -> loop(f.span(), f.iteration(), inner -> inner.addAll(block(f.body())), out);
            case TStmt.While w -> {
                List<TStmt> inside = block(w.body());
                reads(w.condition(), inside);
                refuseUnless(inside.isEmpty());
            }
            case TStmt.Break _, TStmt.Continue _, TStmt.Return _, TStmt.Forall _ -> refuseUnless(false);
            case TStmt.On _, TStmt.Epoch _, TStmt.Sync _, TStmt.RemoteStore _, TStmt.Checkpointed _ -> refuseUnless(false);
        }
    }

    private void conditional(Span at, TExpr condition, List<TStmt> then, List<TStmt> otherwise, List<TStmt> out) {
        if (then.isEmpty() && otherwise.isEmpty()) {
            return;
        }
        keep(condition);
        TStmt.TBlock other = otherwise.isEmpty() ? null : new TStmt.TBlock(at, List.copyOf(otherwise));
        out.add(new TStmt.If(at, condition, new TStmt.TBlock(at, List.copyOf(then)), other));
    }

    private void loop(Span at, Iteration it, java.util.function.Consumer<List<TStmt>> body, List<TStmt> out) {
        reads(it.space(), out);
        declared.addAll(it.indices());
        List<TStmt> inner = new ArrayList<>();
        for (Iteration.Let let : it.lets()) {
            declared.addAll(let.variables());
            reads(let.value(), inner);
            if (let.variables().stream().anyMatch(needed::contains)) {
                keep(let.value());
                inner.add(let.variables().size() == 1
                        ? new TStmt.Declare(let.span(), asLet(let.variables().getFirst()), let.value())
                        : new TStmt.DeclareTuple(let.span(), let.variables(), let.value()));
            }
        }
        List<TStmt> last = inner;
        if (it.filter() != null) {
            reads(it.filter(), inner);
            last = new ArrayList<>();
        }
        body.accept(last);
        if (it.filter() != null) {
            conditional(at, it.filter(), last, List.of(), inner);
        }
        if (inner.stream().allMatch(s -> s instanceof TStmt.Declare || s instanceof TStmt.DeclareTuple)) {
            return;
        }
        keep(it.space());
        out.add(new TStmt.For(at, new Iteration(it.span(), false, it.indices(), it.space(), List.of(), null),
                new TStmt.TBlock(at, List.copyOf(inner))));
    }

    private static Var asLet(Var v) {
        return new Var(v.id(), v.name(), Var.Kind.LET, v.type(), v.span());
    }

    /** Lists the wanted reads in an expression. */
    private void reads(TExpr e, List<TStmt> out) {
        switch (e) {
            case TExpr.Element x -> {
                x.subscripts().forEach(s -> reads(s, out));
                Integer view = wanted.get(x.subscripts());
                if (view == null) {
                    if (!(x.array() instanceof TExpr.Read)) {
                        reads(x.array(), out);
                    }
                    return;
                }
                List<TExpr> arguments = new ArrayList<>();
                arguments.add(new TExpr.Constant(x.span(), Type.Scalar.INT, (long) view));
                arguments.addAll(x.subscripts());
                x.subscripts().forEach(this::keep);
                out.add(new TStmt.Do(x.span(), new TExpr.IntrinsicCall(x.span(), Type.Scalar.VOID, Intrinsic.INSPECT, arguments)));
            }
            case TExpr.Conditional c -> {
                reads(c.condition(), out);
                List<TStmt> then = new ArrayList<>();
                List<TStmt> otherwise = new ArrayList<>();
                reads(c.then(), then);
                reads(c.otherwise(), otherwise);
                conditional(c.span(), c.condition(), then, otherwise, out);
            }
            case TExpr.Logical l -> {
                reads(l.left(), out);
                List<TStmt> right = new ArrayList<>();
                reads(l.right(), right);
                conditional(l.span(), l.left(), l.conjunction() ? right : List.of(), l.conjunction() ? List.of() : right, out);
            }
            case TExpr.Reduce r -> loop(r.span(), r.iteration(), inner -> reads(r.element(), inner), out);
            case TExpr.Scan s -> loop(s.span(), s.iteration(), inner -> reads(s.element(), inner), out);
            case TExpr.ArrayComprehension c -> loop(c.span(), c.iteration(), inner -> reads(c.element(), inner), out);
            default -> Trees.children(e, child -> reads(child, out));
        }
    }

    /** The inspector evaluates the expression: that must give what the loop will find there, and change nothing. */
    private void keep(TExpr e) {
        Trees.walk(e, this::kept);
    }

    private void kept(TExpr e) {
        switch (e) {
            case TExpr.Read r -> {
                refuseUnless(!changed.contains(r.variable()));
                if (declared.contains(r.variable())) {
                    needed.add(r.variable());
                }
            }
            case TExpr.Call _, TExpr.CallValue _, TExpr.FunctionValue _, TExpr.Collective _, TExpr.ChannelOp _ -> refuseUnless(false);
            case TExpr.ExternCall c -> refuseUnless(!c.function().collective());
            case TExpr.IntrinsicCall c -> refuseUnless(switch (c.intrinsic()) {
                case PRINT, PRINTALL, NOTE, ABORT, PUSH, POP, FILL, SORT, REMOVE -> false;
                default -> true;
            });
            default -> {}
        }
    }

    private static void refuseUnless(boolean fine) {
        if (!fine) {
            throw new NotListable();
        }
    }
}
