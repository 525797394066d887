package org.pellang.compiler.sema.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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

    FlowState(boolean inFunction) {
        this(inFunction, new HashMap<>(), new HashMap<>());
    }

    private FlowState(boolean inFunction, Map<Var, Taint> values, Map<Var, Taint> shapes) {
        this.inFunction = inFunction;
        this.values = values;
        this.shapes = shapes;
    }

    FlowState copy() {
        FlowState copy = new FlowState(inFunction, new HashMap<>(values), new HashMap<>(shapes));
        copy.diverged = diverged;
        copy.returned = returned;
        return copy;
    }

    Taint value(Var v) {
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
            case CONFIG, DOMAIN, CHANNEL, LET, VAR, FORALL_INDEX, FOR_INDEX, COMPREHENSION_LET -> Taint.NONE;
        };
    }

    void set(Var v, Taint taint) {
        values.put(v, taint);
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
                Taint t = entry.getValue();
                sum += t.sources().size() + (t.isVarying() ? 1 : 0);
            }
        }
        return sum + diverged.sources().size() + (diverged.isVarying() ? 1 : 0) + returned.sources().size() + (returned.isVarying() ? 1 : 0);
    }
}
