package org.pellang.compiler.sema.flow;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;

/** What is known at one point: the taint of each variable's value and shape, and whether some ranks have left already. */
final class FlowState {
    private final boolean inFunction;
    private VarMap<Taint> values;
    private VarMap<Taint> shapes;
    /** Some ranks have gone on to the next round or left the loop. */
    Taint diverged = Taint.NONE;
    /** Some ranks have returned. */
    Taint returned = Taint.NONE;

    /** Variables that were assigned, on any path, in the innermost {@code on}; shared by all states inside. */
    Set<Var> touched;

    FlowState(boolean inFunction) {
        this(inFunction, VarMap.empty(), VarMap.empty(), new HashSet<>());
    }

    private FlowState(boolean inFunction, VarMap<Taint> values, VarMap<Taint> shapes, Set<Var> touched) {
        this.inFunction = inFunction;
        this.touched = touched;
        this.values = values;
        this.shapes = shapes;
    }

    FlowState copy() {
        FlowState copy = new FlowState(inFunction, values, shapes, touched);
        copy.diverged = diverged;
        copy.returned = returned;
        return copy;
    }

    Taint value(Var v) {
        Taint known = v.kind() == Var.Kind.SHARED ? null : values.get(v);
        return known != null ? known : known(v);
    }

    /** What a variable is that has not been assigned. */
    private Taint known(Var v) {
        return v.kind() == Var.Kind.SHARED ? Taint.varying(v.span(), "a shared variable differs from rank to rank") : initial(v);
    }

    Taint shape(Var v) {
        Taint known = shapes.get(v);
        return known != null ? known : Taint.NONE;
    }

    /** At the start of a function parameters and top-level variables are what the caller makes of them. */
    private Taint initial(Var v) {
        if (!inFunction) {
            return Taint.NONE;
        }
        return switch (v.kind()) {
            case PARAM, MUT_PARAM, GLOBAL_LET, GLOBAL_VAR -> Taint.of(v);
            case SHARED, CONFIG, DOMAIN, CHANNEL, LET, VAR, FORALL_INDEX, FOR_INDEX, COMPREHENSION_LET -> Taint.NONE;
        };
    }

    void set(Var v, Taint taint) {
        values = values.with(v, taint);
        touched.add(v);
    }

    /** From now on values are those that the ranks of a team see. */
    void enter(@Nullable Var team) {
        values = values.replaced((v, taint) -> taint.seenFrom(team));
        shapes = shapes.replaced((v, taint) -> taint.seenFrom(team));
        touched = new HashSet<>();
    }

    /** What the team's ranks have assigned differs from what the others have. */
    void leave(FlowState inside, @Nullable Var team, Taint.Reason reason) {
        for (Var v : inside.touched) {
            Taint taint = inside.value(v);
            set(v, taint.isVarying() ? taint.within(null) : new Taint(taint.sources(), reason, team));
            Taint shape = inside.shape(v);
            setShape(v, shape.isVarying() ? shape.within(null) : new Taint(shape.sources(), reason, team));
        }
    }

    /** A color makes a team: its ranks have one value. */
    void colors(Var color, Var team) {
        Taint taint = value(color);
        if (taint.isVarying() && taint.within() == null) {
            values = values.with(color, taint.within(team));
        }
    }

    /** The variable holds another team from now on. */
    void forget(Var team) {
        values = values.replaced((v, taint) -> team.equals(taint.within()) ? taint.within(null) : taint);
        shapes = shapes.replaced((v, taint) -> team.equals(taint.within()) ? taint.within(null) : taint);
    }

    void setShape(Var v, Taint taint) {
        shapes = shapes.with(v, taint);
    }

    /** Variables assigned so far. */
    VarMap<Taint> assigned() {
        return values;
    }

    /** Where two paths meet. */
    FlowState join(FlowState other) {
        FlowState result = copy();
        result.values = values.meet(other.values, (v, left, right) -> joined(left, right, known(v)));
        result.shapes = shapes.meet(other.shapes, (v, left, right) -> joined(left, right, Taint.NONE));
        result.diverged = diverged.join(other.diverged);
        result.returned = returned.join(other.returned);
        return result;
    }

    /** The left one itself if the right one adds nothing: what a loop does not change stays the same object. */
    private static Taint joined(@Nullable Taint left, @Nullable Taint right, Taint unset) {
        Taint old = left == null ? unset : left;
        Taint all = old.join(right == null ? unset : right);
        return all.weight() == old.weight() ? old : all;
    }

    /** Whether this is the other one, or came out of a join that added nothing to it. */
    boolean sameAs(FlowState other) {
        return values == other.values && shapes == other.shapes && diverged.weight() == other.diverged.weight() && returned.weight() == other.returned.weight();
    }
}
