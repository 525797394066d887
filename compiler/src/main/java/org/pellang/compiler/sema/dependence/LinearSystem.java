package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A conjunction of linear equations and inequalities over the integers, and a test that proves it unsatisfiable. Sound, not
 * complete: {@code infeasible()} true means that there is no solution; false means "maybe".
 *
 * <p>Method: equations are eliminated exactly, by substitution after the greatest-common-divisor test, their coefficients made small by Euclid's steps
 * where none is 1; inequalities by Fourier-Motzkin elimination with integer tightening (W. Pugh, "The Omega test", Communications of the ACM 35(8),
 * 1992; the real shadow only).
 */
final class LinearSystem {
    private static final int MAX_CONSTRAINTS = 1500;
    private static final long ORDINARY_EFFORT = 20_000;
    private static final int MAX_SPLITS = 4;
    private static final int MAX_STEPS = 60;
    private static final int MAX_ROUNDS = 30;
    private static final String STEP = "step$";

    private final List<Constraint> constraints;
    private final Effort effort;

    LinearSystem(List<Constraint> constraints) {
        this(constraints, new Effort(ORDINARY_EFFORT));
    }

    LinearSystem(List<Constraint> constraints, Effort effort) {
        this.constraints = constraints;
        this.effort = effort;
    }

    /** What a constraint says of its expression. */
    enum Relation {
        ZERO, NON_NEGATIVE, NON_ZERO
    }

    /** {@code expression == 0}, {@code expression >= 0} or {@code expression != 0}. */
    record Constraint(Linear expression, Relation relation) {
        static Constraint zero(Linear expression) {
            return new Constraint(expression, Relation.ZERO);
        }

        static Constraint nonNegative(Linear expression) {
            return new Constraint(expression, Relation.NON_NEGATIVE);
        }

        static Constraint different(Linear left, Linear right) {
            return new Constraint(left.minus(right), Relation.NON_ZERO);
        }

        boolean equation() {
            return relation == Relation.ZERO;
        }

        /** {@code low <= high}. */
        static Constraint ordered(Linear low, Linear high) {
            return nonNegative(high.minus(low));
        }

        Constraint prime() {
            return new Constraint(expression.prime(), relation);
        }
    }

    /** Whether it is proved that no integers satisfy all constraints. */
    boolean infeasible() {
        return infeasible(constraints, MAX_SPLITS);
    }

    /** Whether the facts prove that a value is at least 1. */
    static boolean provesPositive(List<Constraint> facts, Linear value) {
        List<Constraint> system = new ArrayList<>(facts);
        system.add(Constraint.ordered(value, Linear.ZERO));
        return new LinearSystem(system).infeasible();
    }

    private boolean infeasible(List<Constraint> system, int splits) {
        if (!effort.spend(system.size())) {
            return false;
        }
        try {
            List<Constraint> rest = Ranges.added(system);
            if (rest == null) {
                return true;
            }
            List<Constraint> implied = List.of();
            int rounds = 0;
            do {
                rest = new ArrayList<>(rest);
                rest.addAll(implied);
                rest = eliminateEquations(rest);
                implied = rest == null ? null : impliedEquations(rest);
                if (rest == null || implied == null) {
                    return true;
                }
            } while (!implied.isEmpty() && ++rounds < MAX_ROUNDS);
            if (eliminateInequalities(rest)) {
                return true;
            }
            Constraint different = rest.stream().filter(c -> c.relation == Relation.NON_ZERO).findFirst().orElse(null);
            if (different == null || splits == 0) {
                return false;
            }
            // Not zero: at least 1 or at most -1.
            List<Constraint> above = new ArrayList<>(rest);
            above.remove(different);
            List<Constraint> below = new ArrayList<>(above);
            above.add(Constraint.nonNegative(different.expression.plus(-1)));
            below.add(Constraint.nonNegative(different.expression.times(-1).plus(-1)));
            return infeasible(above, splits - 1) && infeasible(below, splits - 1);
        } catch (ArithmeticException overflow) {
            return false;
        }
    }

    /** Where {@code e >= 0} and {@code -e >= 0}: {@code e == 0}, unless that is in the system as such; null: a contradiction. */
    private static @Nullable List<Constraint> impliedEquations(List<Constraint> system) {
        Map<Map<Atom, Long>, Long> least = new HashMap<>();
        for (Constraint c : system) {
            if (c.relation == Relation.NON_NEGATIVE) {
                Linear tight = tighten(c.expression);
                least.merge(tight.terms(), tight.constant(), Math::min);
            }
        }
        for (var e : least.entrySet()) {
            Linear expression = new Linear(e.getValue(), e.getKey());
            Long opposite = least.get(expression.times(-1).terms());
            if (e.getKey().isEmpty() ? e.getValue() < 0 : opposite != null && e.getValue() + opposite < 0) {
                return null;
            }
            if (opposite != null && !e.getKey().isEmpty() && e.getValue() + opposite == 0) {
                return List.of(Constraint.zero(expression));
            }
        }
        return List.of();
    }

    private static @Nullable List<Constraint> eliminateEquations(List<Constraint> input) {
        List<Constraint> work = new ArrayList<>(input);
        int name = firstFree(input);
        int last = name + MAX_STEPS;
        while (true) {
            Constraint pivot = null;
            for (Constraint c : work) {
                if (c.relation == Relation.NON_ZERO && c.expression.isConstant() && c.expression.constant() == 0) {
                    return null;
                }
                if (!c.equation()) {
                    continue;
                }
                if (contradicts(c.expression)) {
                    return null;
                }
                boolean unit = unitAtom(tighten(c.expression)) != null;
                pivot = unit || pivot == null && !c.expression.isConstant() ? c : pivot;
                if (unit) {
                    break;
                }
            }
            if (pivot == null || name == last) {
                return splitEquations(work);
            }
            Linear e = tighten(pivot.expression);
            Atom unit = unitAtom(e);
            Atom atom = unit == null ? smallest(e) : unit;
            Linear value = unit == null ? euclid(e, atom, Linear.of(Atom.local(STEP + name++))) : Linear.of(atom).minus(e.times(e.coefficient(atom)));
            List<Constraint> next = new ArrayList<>();
            for (Constraint c : work) {
                if (c != pivot || unit == null) {
                    next.add(new Constraint(c.expression.substitute(atom, value), c.relation));
                }
            }
            work = next;
        }
    }

    /** The first number without an unknown of that number, {@link #euclid}. */
    private static int firstFree(List<Constraint> system) {
        int free = 0;
        for (Constraint c : system) {
            for (Atom atom : c.expression.terms().keySet()) {
                if (atom.name().startsWith(STEP)) {
                    free = Math.max(free, Integer.parseInt(atom.name().substring(STEP.length())) + 1);
                }
            }
        }
        return free;
    }

    private static Atom smallest(Linear e) {
        return java.util.Collections.min(e.terms().keySet(), java.util.Comparator.comparing((Atom a) -> Math.abs(e.coefficient(a))).thenComparing(a -> a));
    }

    /**
     * What an unknown is by another one, with which its equation has the remainders of the other coefficients by its own: {@code 4x + 6y == 2} becomes
     * {@code 4z + 2y == 2} by {@code x = z - y}. As many integers solve the one as the other.
     */
    private static Linear euclid(Linear e, Atom atom, Linear other) {
        long c = e.coefficient(atom);
        Linear value = other.plus(-Math.floorDiv(e.constant(), c));
        for (var term : e.terms().entrySet()) {
            if (!term.getKey().equals(atom)) {
                value = value.add(Linear.of(term.getKey()), -Math.floorDiv(term.getValue(), c));
            }
        }
        return value;
    }

    private static List<Constraint> splitEquations(List<Constraint> work) {
        List<Constraint> result = new ArrayList<>();
        for (Constraint c : work) {
            if (c.equation()) {
                result.add(Constraint.nonNegative(c.expression));
                result.add(Constraint.nonNegative(c.expression.times(-1)));
            } else if (c.relation == Relation.NON_NEGATIVE || !c.expression.isConstant()) {
                result.add(c);
            }
        }
        return result;
    }

    /** The gcd test: an equation whose coefficients share a divisor that the constant lacks has no solution. */
    private static boolean contradicts(Linear e) {
        long gcd = gcd(e);
        return gcd == 0 ? e.constant() != 0 : e.constant() % gcd != 0;
    }

    private static @Nullable Atom unitAtom(Linear e) {
        for (var term : e.terms().entrySet()) {
            if (Math.abs(term.getValue()) == 1) {
                return term.getKey();
            }
        }
        return null;
    }

    /** True: a contradiction was derived. */
    private boolean eliminateInequalities(List<Constraint> input) {
        Map<Map<Atom, Long>, Long> work = new LinkedHashMap<>();
        for (Constraint c : input) {
            if (c.relation != Relation.NON_ZERO && !isKept(tighten(c.expression), work)) {
                return true;
            }
        }
        while (true) {
            List<Linear> all = new ArrayList<>();
            work.forEach((terms, constant) -> all.add(new Linear(constant, terms)));
            Atom atom = cheapest(all);
            if (atom == null) {
                return false;
            }
            List<Linear> lower = new ArrayList<>();
            List<Linear> upper = new ArrayList<>();
            Map<Map<Atom, Long>, Long> next = new LinkedHashMap<>();
            for (Linear e : all) {
                long c = e.coefficient(atom);
                if (c == 0) {
                    next.put(e.terms(), e.constant());
                } else {
                    (c > 0 ? lower : upper).add(e);
                }
            }
            if (!effort.spend((long) lower.size() * upper.size() + all.size())) {
                return false;
            }
            for (Linear low : lower) {
                for (Linear high : upper) {
                    if (!isKept(tighten(low.times(-high.coefficient(atom)).add(high, low.coefficient(atom))), next)) {
                        return true;
                    }
                }
            }
            if (next.size() > MAX_CONSTRAINTS) {
                return false;
            }
            work = next;
        }
    }

    /** Adds {@code e >= 0}, of several with the same terms the strongest; false: it cannot hold. */
    private static boolean isKept(Linear e, Map<Map<Atom, Long>, Long> work) {
        if (!e.isConstant()) {
            work.merge(e.terms(), e.constant(), Math::min);
        }
        return !e.isConstant() || e.constant() >= 0;
    }

    private static @Nullable Atom cheapest(List<Linear> work) {
        Set<Atom> atoms = new HashSet<>();
        work.forEach(e -> atoms.addAll(e.terms().keySet()));
        Atom best = null;
        long bestCost = Long.MAX_VALUE;
        for (Atom atom : atoms) {
            long low = work.stream().filter(e -> e.coefficient(atom) > 0).count();
            long high = work.stream().filter(e -> e.coefficient(atom) < 0).count();
            long cost = low * high - low - high;
            if (cost < bestCost) {
                bestCost = cost;
                best = atom;
            }
        }
        return best;
    }

    /** {@code e >= 0} (or {@code e == 0}, if its divisor divides the constant) with coefficients without a common divisor. */
    static Linear tighten(Linear e) {
        long gcd = gcd(e);
        if (gcd <= 1) {
            return e;
        }
        Linear result = Linear.of(Math.floorDiv(e.constant(), gcd));
        for (var term : e.terms().entrySet()) {
            result = result.add(Linear.of(term.getKey()), term.getValue() / gcd);
        }
        return result;
    }

    /** The common divisor of the coefficients; 0: there are none. */
    static long gcd(Linear e) {
        long result = 0;
        for (long c : e.terms().values()) {
            long a = Math.abs(c);
            long b = result;
            while (b != 0) {
                long t = a % b;
                a = b;
                b = t;
            }
            result = a;
        }
        return result;
    }
}
