package org.pellang.compiler.opt;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.Linear;
import org.pellang.compiler.ir.LoopReduction;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.VectorFacts;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/** Whether the body of a loop can run on several iterations at once: straight-line code on floats, conditions as masks. */
final class VectorCheck {
    /** Larger bodies would come near the size at which the JVM stops compiling a method. */
    private static final int MAX_NODES = 220;
    /** Leaves of float sums write their body six times. */
    private static final int MAX_LEAF_NODES = 60;

    private final OwnedLoop loop;
    private final VectorFacts facts;
    private @Nullable String reason;
    private int nodes;

    private VectorCheck(OwnedLoop loop) {
        this.loop = loop;
        this.facts = new VectorFacts(loop);
    }

    /** Why not, or null if it can. */
    static @Nullable String reason(OwnedLoop loop) {
        if (!loop.unitSteps()) {
            return "the space may be strided";
        }
        if (loop.scan() != null) {
            return "a scan runs in order";
        }
        VectorCheck check = new VectorCheck(loop);
        for (LoopReduction r : loop.reductions()) {
            check.reduction(r);
        }
        check.block(loop.body());
        boolean leaf = loop.reductions().stream().anyMatch(r -> !r.exact());
        if (check.reason == null && check.nodes > (leaf ? MAX_LEAF_NODES : MAX_NODES)) {
            return "the body is large";
        }
        return check.reason;
    }

    private void no(String why) {
        if (reason == null) {
            reason = why;
        }
    }

    private void reduction(LoopReduction r) {
        boolean floats = r.type() == Type.Scalar.FLOAT && r.op() instanceof ReduceOp.Builtin b
                && (b == ReduceOp.Builtin.SUM || b == ReduceOp.Builtin.MIN || b == ReduceOp.Builtin.MAX);
        boolean counts = r.type() == Type.Scalar.INT && r.op() == ReduceOp.Builtin.COUNT;
        if (!floats && !counts) {
            no("reduction of another kind than sum, min, max of floats or count");
        }
        int[] updates = {0};
        loop.body().statements().forEach(s -> org.pellang.compiler.ir.Trees.walkStatements(s, t -> {
            if (t instanceof TStmt.Update u && u.place().root().equals(r.variable())) {
                updates[0]++;
            }
        }));
        if (updates[0] != 1) {
            no("a reduction variable is updated in several places");
        }
    }

    private boolean isReduction(Var v) {
        return loop.reductions().stream().anyMatch(r -> r.variable().equals(v));
    }

    private void block(TStmt.TBlock block) {
        for (TStmt s : block.statements()) {
            statement(s);
        }
    }

    private void statement(TStmt s) {
        switch (s) {
            case TStmt.Declare d when d.variable().type() == Type.Scalar.FLOAT -> value(d.value());
            case TStmt.Declare d when d.variable().type() == Type.Scalar.BOOL -> mask(d.value());
            case TStmt.Declare d when d.variable().type() == Type.Scalar.INT && d.variable().kind() == Var.Kind.LET -> {
                // Usable where its linear form is; nothing is written for it.
            }
            case TStmt.Declare d -> no("local of type " + d.variable().type());
            case TStmt.Assign a -> {
                place(a.place());
                value(a.value());
            }
            case TStmt.Update u when u.place() instanceof Place.Variable v && isReduction(v.variable()) -> {
                if (u.value().type() == Type.Scalar.FLOAT) {
                    value(u.value());
                } else if (!(u.value() instanceof TExpr.Constant)) {
                    no("an int is reduced");
                }
            }
            case TStmt.Update u -> {
                place(u.place());
                value(u.value());
                if (u.op() == null || !operator(u.op())) {
                    no("update by " + u.op());
                }
            }
            case TStmt.If i -> {
                mask(i.condition());
                block(i.then());
                if (i.otherwise() != null) {
                    block(i.otherwise());
                }
            }
            case TStmt.For f -> {
                iteration(f.iteration());
                block(f.body());
            }
            case TStmt.While w -> no("inner `while`");
            case TStmt.Checkpointed c -> no("checkpoints");
            case TStmt.Continue c -> no("continue");
            case TStmt.Assert a -> no("assert");
            case TStmt.DeclareTuple d -> no("tuple");
            case TStmt.MultiAssign m -> {
                m.places().forEach(this::place);
                m.values().forEach(this::value);
            }
            case TStmt.Swap x -> no("exchange");
            case TStmt.Do d -> no("call");
            case TStmt.On o -> no("`on`");
            case TStmt.Epoch e -> no("epoch");
            case TStmt.Sync y -> no("`sync`");
            case TStmt.RemoteStore r -> no("one-sided access");
            case TStmt.Forall f -> no("inner loop");
            case TStmt.Break b -> no("break");
            case TStmt.Return r -> no("return");
        }
    }

    /** A sequential loop in the body: all iterations that run at once go through it together. */
    private void iteration(Iteration it) {
        if (!it.overDomain()) {
            no("inner loop over a sequence");
        } else if (!facts.fixed(it.space())) {
            no("inner loop whose bounds differ from iteration to iteration");
        }
        for (Iteration.Let let : it.lets()) {
            Type type = let.value().type();
            if (let.variables().size() != 1 || type != Type.Scalar.FLOAT && type != Type.Scalar.BOOL && type != Type.Scalar.INT) {
                no("local of type " + type);
            } else if (type == Type.Scalar.FLOAT) {
                value(let.value());
            } else if (type == Type.Scalar.BOOL) {
                mask(let.value());
            }
        }
        if (it.filter() != null) {
            mask(it.filter());
        }
    }

    private static boolean operator(TExpr.BinaryOp op) {
        return switch (op) {
            case ADD, SUB, MUL, DIV, MIN, MAX -> true;
            case FLOOR_DIV, MOD, POW, SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR -> false;
        };
    }

    private void place(Place p) {
        if (p.type() != Type.Scalar.FLOAT) {
            no("store of type " + p.type());
            return;
        }
        Place inner = p;
        while (inner instanceof Place.Component c) {
            inner = c.value();
        }
        switch (inner) {
            case Place.Variable v -> {
                if (inner != p) {
                    no("component of a local");
                }
            }
            case Place.Element e -> {
                if (facts.motion(e.subscripts()) != VectorFacts.Motion.NEXT || !VectorFacts.inColumns(e.array().type())) {
                    no("store that is not to neighbouring elements");
                }
            }
            case Place.Slice s -> no("slice");
            case Place.Component c -> no("component");
        }
    }

    private void value(TExpr e) {
        nodes++;
        if (e.type() != Type.Scalar.FLOAT) {
            no("value of type " + e.type());
        } else if (!facts.still(e) && !facts.movingElement(e)) {
            moving(e);
        }
    }

    private void moving(TExpr e) {
        switch (e) {
            case TExpr.Read r -> {}
            case TExpr.Unary u -> value(u.operand());
            case TExpr.Binary b when operator(b.op()) -> {
                value(b.left());
                value(b.right());
            }
            case TExpr.Binary b when b.op() == TExpr.BinaryOp.POW && VectorFacts.isTwo(b.right()) -> value(b.left());
            case TExpr.Conditional c -> {
                mask(c.condition());
                value(c.then());
                value(c.otherwise());
            }
            case TExpr.Convert c -> linear(c.value());
            case TExpr.IntrinsicCall c when c.intrinsic() == Intrinsic.MIN || c.intrinsic() == Intrinsic.MAX
                    || c.intrinsic() == Intrinsic.ABS -> c.arguments().forEach(this::value);
            case TExpr.Binary b when b.op() == TExpr.BinaryOp.POW -> {
                value(b.left());
                value(b.right());
            }
            case TExpr.ExternCall c when VectorFacts.isSqrt(c) || VectorFacts.isOnArrays(c) -> c.arguments().forEach(this::value);
            case TExpr.ExternCall c when VectorFacts.isUniform(c) -> {
                if (!facts.still(c.arguments().getFirst())) {
                    no("a seed that is computed");
                }
                VectorFacts.counters(c).forEach(this::linear);
                c.arguments().stream().filter(a -> a.type() == Type.Scalar.FLOAT).forEach(this::value);
            }
            case TExpr.ExternCall c -> no("call of " + c.function().name());
            case TExpr.Call c -> no("call");
            case TExpr.Element x -> no("element that is not next to that of the next iteration");
            case TExpr.Component c -> no("component of a computed value");
            case TExpr.Reduce r when r.op() instanceof ReduceOp.Builtin b
                    && (b == ReduceOp.Builtin.SUM || b == ReduceOp.Builtin.PROD || b == ReduceOp.Builtin.MIN || b == ReduceOp.Builtin.MAX) -> {
                iteration(r.iteration());
                value(r.element());
            }
            case TExpr.Reduce r -> no("inner reduction");
            case TExpr.Binary b -> no("operator " + b.op());
            case TExpr.IntrinsicCall c -> no("call of " + c.intrinsic().name().toLowerCase(java.util.Locale.ROOT));
            default -> no("expression that has no vector form");
        }
    }

    private void linear(TExpr e) {
        Linear form = e.type() == Type.Scalar.INT ? facts.linear(e) : null;
        if (form == null) {
            no("ints that are computed");
        } else if (form.factors().keySet().stream().anyMatch(v -> !facts.still(new TExpr.Read(v.span(), Type.Scalar.INT, v))
                && !v.equals(loop.indices().getLast()))) {
            no("ints that are computed");
        } else if (form.factors().keySet().stream().anyMatch(facts::isInnerIndex)) {
            no("ints that are computed");
        } else if (Math.abs(facts.factor(form)) > Short.MAX_VALUE) {
            no("index times a large factor");
        }
    }

    private void mask(TExpr e) {
        nodes++;
        if (e.type() != Type.Scalar.BOOL) {
            no("condition");
        } else if (!facts.still(e)) {
            movingMask(e);
        }
    }

    private void movingMask(TExpr e) {
        switch (e) {
            case TExpr.Read r -> {}
            case TExpr.Unary u -> mask(u.operand());
            case TExpr.Logical l -> List.of(l.left(), l.right()).forEach(this::mask);
            case TExpr.Compare c when c.left().type() == Type.Scalar.FLOAT -> List.of(c.left(), c.right()).forEach(this::value);
            case TExpr.Compare c when c.left().type() == Type.Scalar.INT -> List.of(c.left(), c.right()).forEach(this::linear);
            default -> no("condition that has no vector form");
        }
    }
}
