package org.pellang.compiler.sema.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;

/** What is known at one point: the taint of each variable's value and shape, and whether some ranks have left already. */
final class FlowState {
    private final boolean inFunction;
    private final Map<Var, Taint> values;
    private final Map<Var, Taint> shapes;
    /** Some ranks have gone on to the next round or left the loop. */
    Taint diverged = Taint.NONE;
    /** Some ranks have returned. */
    Taint returned = Taint.NONE;

    /** Variables that were assigned, on any path, in the innermost {@code on}; shared by all states inside. */
    Set<Var> touched;

    FlowState(boolean inFunction) {
        this(inFunction, new HashMap<>(), new HashMap<>(), new HashSet<>());
    }

    private FlowState(boolean inFunction, Map<Var, Taint> values, Map<Var, Taint> shapes, Set<Var> touched) {
        this.inFunction = inFunction;
        this.touched = touched;
        this.values = values;
        this.shapes = shapes;
    }

    FlowState copy() {
        FlowState copy = new FlowState(inFunction, new HashMap<>(values), new HashMap<>(shapes), touched);
        copy.diverged = diverged;
        copy.returned = returned;
        return copy;
    }

    Taint value(Var v) {
        if (v.kind() == Var.Kind.SHARED) {
            return Taint.varying(v.span(), "a shared variable differs from rank to rank");
        }
        Taint known = values.get(v);
        return known != null ? known : initial(v);
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
        values.put(v, taint);
        touched.add(v);
    }

    /** From now on values are those that the ranks of a team see. */
    void enter(@Nullable Var team) {
        values.replaceAll((v, taint) -> taint.seenFrom(team));
        shapes.replaceAll((v, taint) -> taint.seenFrom(team));
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
            values.put(color, taint.within(team));
        }
    }

    /** The variable holds another team from now on. */
    void forget(Var team) {
        values.replaceAll((v, taint) -> team.equals(taint.within()) ? taint.within(null) : taint);
        shapes.replaceAll((v, taint) -> team.equals(taint.within()) ? taint.within(null) : taint);
    }

    void setShape(Var v, Taint taint) {
        shapes.put(v, taint);
    }

    /** Variables assigned so far. */
    Map<Var, Taint> assigned() {
        return values;
    }

    /** Where two paths meet. */
    FlowState join(FlowState other) {
        FlowState result = copy();
        Set<Var> all = new HashSet<>(values.keySet());
        all.addAll(other.values.keySet());
        all.forEach(v -> result.values.put(v, value(v).join(other.value(v))));
        Set<Var> shaped = new HashSet<>(shapes.keySet());
        shaped.addAll(other.shapes.keySet());
        shaped.forEach(v -> result.shapes.put(v, shape(v).join(other.shape(v))));
        result.diverged = diverged.join(other.diverged);
        result.returned = returned.join(other.returned);
        return result;
    }

    boolean sameAs(FlowState other) {
        return weight() == other.weight();
    }

    /** Grows with every join that adds something, so that equal weights along a chain of joins mean a fixed point. */
    private long weight() {
        long sum = 0;
        for (Map<Var, Taint> map : java.util.List.of(values, shapes)) {
            for (var entry : map.entrySet()) {
                sum += entry.getValue().weight();
            }
        }
        return sum + diverged.weight() + returned.weight();
    }
}
