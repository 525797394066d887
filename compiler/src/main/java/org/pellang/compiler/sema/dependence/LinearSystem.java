package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    private final List<Constraint> constraints;

    LinearSystem(List<Constraint> constraints) {
        this.constraints = constraints;
    }

    /** {@code expression == 0} or {@code expression >= 0}. */
    record Constraint(Linear expression, boolean equation) {
        static Constraint zero(Linear expression) {
            return new Constraint(expression, true);
        }

        static Constraint nonNegative(Linear expression) {
            return new Constraint(expression, false);
        }

        /** {@code low <= high}. */
        static Constraint ordered(Linear low, Linear high) {
            return nonNegative(high.minus(low));
        }

        Constraint prime() {
            return new Constraint(expression.prime(), equation);
        }
    }

    /** Whether it is proved that no integers satisfy all constraints. */
    boolean infeasible() {
        try {
            List<Constraint> rest = eliminateEquations(constraints);
            return rest == null || eliminateInequalities(rest);
        } catch (ArithmeticException overflow) {
            return false;
        }
    }

    private static @Nullable List<Constraint> eliminateEquations(List<Constraint> input) {
        List<Constraint> work = new ArrayList<>(input);
        while (true) {
            Constraint pivot = null;
            Atom atom = null;
            for (Constraint c : work) {
                if (!c.equation) {
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
                    next.add(new Constraint(c.expression.substitute(atom, value), c.equation));
                }
            }
            work = next;
        }
    }

    private static List<Constraint> splitEquations(List<Constraint> work) {
        List<Constraint> result = new ArrayList<>();
        for (Constraint c : work) {
            result.add(Constraint.nonNegative(c.expression));
            if (c.equation) {
                result.add(Constraint.nonNegative(c.expression.times(-1)));
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
