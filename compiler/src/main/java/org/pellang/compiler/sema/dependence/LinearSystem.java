package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A conjunction of linear equations and inequalities over the integers, and a test that proves it unsatisfiable. Sound, not
 * complete: {@code infeasible()} true means that there is no solution; false means "maybe".
 *
 * <p>Method: equations are eliminated by substitution after the greatest-common-divisor test, inequalities by Fourier-Motzkin
 * elimination with integer tightening (W. Pugh, "The Omega test", Communications of the ACM 35(8), 1992; the real shadow only).
 */
final class LinearSystem {
    private static final int MAX_CONSTRAINTS = 1500;
    private static final int MAX_SPLITS = 4;

    private final List<Constraint> constraints;

    LinearSystem(List<Constraint> constraints) {
        this.constraints = constraints;
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

    private static boolean infeasible(List<Constraint> system, int splits) {
        try {
            List<Constraint> rest = system;
            List<Constraint> implied = List.of();
            do {
                rest = new ArrayList<>(rest);
                rest.addAll(implied);
                rest = eliminateEquations(rest);
                implied = rest == null ? null : impliedEquations(rest);
                if (rest == null || implied == null) {
                    return true;
                }
            } while (!implied.isEmpty());
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
            // Only what has an unknown with coefficient 1 can be substituted; the others stay a pair of inequalities.
            if (opposite != null && !e.getKey().isEmpty() && e.getValue() + opposite == 0 && unitAtom(expression) != null) {
                return List.of(Constraint.zero(expression));
            }
        }
        return List.of();
    }

    private static @Nullable List<Constraint> eliminateEquations(List<Constraint> input) {
        List<Constraint> work = new ArrayList<>(input);
        while (true) {
            Constraint pivot = null;
            Atom atom = null;
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
                Atom unit = unitAtom(c.expression);
                if (unit != null) {
                    pivot = c;
                    atom = unit;
                    break;
                }
            }
            if (pivot == null || atom == null) {
                return splitEquations(work);
            }
            long sign = pivot.expression.coefficient(atom);
            Linear value = Linear.of(atom).minus(pivot.expression.times(sign));
            List<Constraint> next = new ArrayList<>();
            for (Constraint c : work) {
                if (c != pivot) {
                    next.add(new Constraint(c.expression.substitute(atom, value), c.relation));
                }
            }
            work = next;
        }
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
    private static boolean eliminateInequalities(List<Constraint> input) {
        List<Linear> work = new ArrayList<>();
        for (Constraint c : input) {
            if (c.relation == Relation.NON_ZERO) {
                continue;
            }
            Linear tight = tighten(c.expression);
            if (tight.isConstant() && tight.constant() < 0) {
                return true;
            }
            work.add(tight);
        }
        while (true) {
            Atom atom = cheapest(work);
            if (atom == null) {
                return false;
            }
            List<Linear> lower = new ArrayList<>();
            List<Linear> upper = new ArrayList<>();
            Set<Linear> next = new HashSet<>();
            for (Linear e : work) {
                long c = e.coefficient(atom);
                (c > 0 ? lower : c < 0 ? upper : next).add(e);
            }
            for (Linear low : lower) {
                for (Linear high : upper) {
                    Linear combined = tighten(low.times(-high.coefficient(atom)).add(high, low.coefficient(atom)));
                    if (combined.isConstant()) {
                        if (combined.constant() < 0) {
                            return true;
                        }
                    } else {
                        next.add(combined);
                    }
                }
            }
            if (next.size() > MAX_CONSTRAINTS) {
                return false;
            }
            work = new ArrayList<>(next);
        }
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

    private static Linear tighten(Linear e) {
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

    private static long gcd(Linear e) {
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
