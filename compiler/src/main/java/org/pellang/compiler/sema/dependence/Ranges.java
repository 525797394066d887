package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;
import org.pellang.compiler.sema.dependence.LinearSystem.Relation;

/**
 * Whole numbers between which each unknown lies, by each constraint in turn: {@code 5q + r >= 0} with {@code r <= 4} says {@code q >= 0}, which the elimination of r from
 * rational numbers would lose.
 */
final class Ranges {
    private static final int ROUNDS = 4;

    private final Map<Atom, Long> low = new HashMap<>();
    private final Map<Atom, Long> high = new HashMap<>();
    private boolean changed;
    private boolean contradiction;

    private Ranges() {}

    /** The system with the bounds that several constraints together give; null: some range is empty. */
    static @Nullable List<Constraint> added(List<Constraint> system) {
        Ranges ranges = new Ranges();
        List<Linear> all = new ArrayList<>();
        for (Constraint c : system) {
            if (c.relation() != Relation.NON_ZERO) {
                all.add(c.expression());
            }
            if (c.equation()) {
                all.add(c.expression().times(-1));
            }
        }
        all.stream().filter(e -> e.terms().size() == 1).forEach(ranges::narrow);
        Map<Atom, Long> plainLow = new HashMap<>(ranges.low);
        Map<Atom, Long> plainHigh = new HashMap<>(ranges.high);
        if (plainLow.isEmpty() && plainHigh.isEmpty()) {
            return system;
        }
        int round = 0;
        do {
            ranges.changed = false;
            all.stream().filter(e -> e.terms().size() > 1).forEach(ranges::narrow);
        } while (ranges.changed && !ranges.contradiction && ++round < ROUNDS);
        if (ranges.contradiction) {
            return null;
        }
        List<Constraint> result = new ArrayList<>(system);
        ranges.low.forEach((atom, value) -> {
            if (!value.equals(plainLow.get(atom))) {
                result.add(Constraint.nonNegative(Linear.of(atom).plus(Math.negateExact(value))));
            }
        });
        ranges.high.forEach((atom, value) -> {
            if (!value.equals(plainHigh.get(atom))) {
                result.add(Constraint.nonNegative(Linear.of(value).minus(Linear.of(atom))));
            }
        });
        return result;
    }

    /** {@code e >= 0}: each unknown by the ranges of the others. */
    private void narrow(Linear e) {
        int open = 0;
        Atom only = null;
        long sum = e.constant();
        for (var term : e.terms().entrySet()) {
            Long most = most(term.getKey(), term.getValue());
            if (most == null) {
                open++;
                only = term.getKey();
            } else {
                sum = Math.addExact(sum, most);
            }
        }
        if (open == 1 && only != null) {
            bound(only, e.coefficient(only), sum);
        } else if (open == 0) {
            for (var term : e.terms().entrySet()) {
                long most = java.util.Objects.requireNonNull(most(term.getKey(), term.getValue()));
                bound(term.getKey(), term.getValue(), Math.subtractExact(sum, most));
            }
        }
    }

    /** The largest value of a term, null if it has none. */
    private @Nullable Long most(Atom atom, long coefficient) {
        Long end = coefficient > 0 ? high.get(atom) : low.get(atom);
        return end == null ? null : Long.valueOf(Math.multiplyExact(end, coefficient));
    }

    /** {@code coefficient * atom + others >= 0}. */
    private void bound(Atom atom, long coefficient, long others) {
        if (coefficient > 0) {
            long least = -Math.floorDiv(others, coefficient);
            if (least > low.getOrDefault(atom, Long.MIN_VALUE)) {
                low.put(atom, least);
                changed = true;
            }
        } else {
            long most = Math.floorDiv(others, -coefficient);
            if (most < high.getOrDefault(atom, Long.MAX_VALUE)) {
                high.put(atom, most);
                changed = true;
            }
        }
        contradiction |= low.containsKey(atom) && high.containsKey(atom) && low.get(atom) > high.get(atom);
    }
}
