package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;

/**
 * Whether two different iterations of one loop can touch the same array element. Exact on linear subscripts up to the rational
 * relaxation; remainders with the same modulus and {@code symbol * index} products are handled by case distinction.
 */
final class DependenceTest {
    private final List<Atom> indices;
    private final List<Constraint> space;

    /**
     * @param indices the loop's index atoms
     * @param space facts about them (bounds, strides, the loop's filter)
     */
    DependenceTest(List<Atom> indices, List<Constraint> space) {
        this.indices = indices;
        this.space = space;
    }

    /**
     * Whether some iteration's {@code first} may be the same element as another iteration's {@code second}.
     *
     * @param extents extents of the array's axes if its subscripts wrap, else null
     */
    boolean mayConflict(Access first, Access second, @Nullable List<Linear> extents) {
        for (Atom index : indices) {
            for (int direction : new int[] {1, -1}) {
                List<Constraint> system = base(first, second);
                Linear distance = Linear.of(index.prime()).minus(Linear.of(index)).times(direction);
                system.add(Constraint.nonNegative(distance.plus(-1)));
                if (!infeasible(system, equations(first, second, extents), 0)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Constant distance per loop index between the iterations that conflict, or null if there is no single one. */
    @Nullable List<Long> distance(Access first, Access second) {
        List<Long> result = new ArrayList<>();
        for (Atom index : indices) {
            Long found = null;
            for (int d = 0; d < Math.min(first.subscripts().size(), second.subscripts().size()); d++) {
                Index a = first.subscripts().get(d);
                Index b = second.subscripts().get(d);
                if (a.isLinear() && b.isLinear()) {
                    long c = a.value().coefficient(index);
                    Linear difference = a.value().minus(b.value());
                    if (c != 0 && c == b.value().coefficient(index) && difference.isConstant() && difference.constant() % c == 0
                            && a.value().terms().keySet().stream().filter(Atom::local).count() == 1) {
                        found = difference.constant() / c;
                    }
                }
            }
            if (found == null) {
                return null;
            }
            result.add(found);
        }
        return result;
    }

    private List<Constraint> base(Access first, Access second) {
        List<Constraint> system = new ArrayList<>(space);
        space.forEach(c -> system.add(c.prime()));
        system.addAll(first.facts());
        second.facts().forEach(c -> system.add(c.prime()));
        return system;
    }

    private static List<Equation> equations(Access first, Access second, @Nullable List<Linear> extents) {
        List<Equation> result = new ArrayList<>();
        int axes = Math.min(first.subscripts().size(), second.subscripts().size());
        for (int d = 0; d < axes; d++) {
            Index a = first.subscripts().get(d);
            Index b = second.subscripts().get(d).prime();
            if (java.util.Objects.equals(a.xor(), b.xor())) {
                Linear modulus = modulus(a, b, extents == null || d >= extents.size() ? null : extents.get(d));
                if (modulus != null || (a.modulus() == null && b.modulus() == null && extents == null)) {
                    result.add(new Equation(a.value().minus(b.value()), modulus));
                }
            }
        }
        return result;
    }

    private static @Nullable Linear modulus(Index a, Index b, @Nullable Linear extent) {
        if (a.modulus() == null && b.modulus() == null) {
            return extent;
        }
        return a.modulus() != null && a.modulus().equals(b.modulus()) && (extent == null || extent.equals(a.modulus()))
                ? a.modulus()
                : null;
    }

    /** {@code difference == 0}, or a multiple of {@code modulus}. */
    private record Equation(Linear difference, @Nullable Linear modulus) {}

    /** Tries to contradict every case. */
    private static boolean infeasible(List<Constraint> system, List<Equation> equations, int depth) {
        if (depth == equations.size()) {
            return splitProducts(system, 0);
        }
        Equation e = equations.get(depth);
        if (e.modulus == null) {
            return infeasible(with(system, Constraint.zero(e.difference)), equations, depth + 1);
        }
        return infeasible(with(system, Constraint.zero(e.difference)), equations, depth + 1)
                && infeasible(with(system, Constraint.ordered(e.modulus, e.difference)), equations, depth + 1)
                && infeasible(with(system, Constraint.ordered(e.modulus, e.difference.times(-1))), equations, depth + 1);
    }

    /**
     * Products {@code s * L}, L linear in the iterations' atoms, of each equation: either L is 0, or at least 1 and then the
     * product is at least s (which must be provably positive), or at most -1.
     */
    private static boolean splitProducts(List<Constraint> system, int from) {
        for (int k = from; k < system.size(); k++) {
            Constraint c = system.get(k);
            if (!c.equation()) {
                continue;
            }
            Set<Atom> factors = new TreeSet<>();
            c.expression().terms().keySet().forEach(a -> {
                if (a.factor() != null) {
                    factors.add(a.factor());
                }
            });
            if (factors.size() == 1) {
                return splitProduct(system, k, factors.iterator().next());
            }
        }
        return new LinearSystem(system).infeasible();
    }

    private static boolean splitProduct(List<Constraint> system, int at, Atom symbol) {
        Linear quotient = Linear.ZERO;
        Linear rest = system.get(at).expression();
        for (var term : system.get(at).expression().terms().entrySet()) {
            if (symbol.equals(term.getKey().factor())) {
                quotient = quotient.add(Linear.of(term.getKey().base()), term.getValue());
                rest = rest.add(Linear.of(term.getKey()), -term.getValue());
            }
        }
        Linear s = Linear.of(symbol);
        List<Constraint> others = new ArrayList<>(system);
        others.remove(at);
        if (!new LinearSystem(with(others, Constraint.ordered(s, Linear.ZERO))).infeasible()) {
            return new LinearSystem(system).infeasible();
        }
        // s * quotient + rest == 0
        List<Constraint> zero = with(with(others, Constraint.zero(quotient)), Constraint.zero(rest));
        List<Constraint> above = with(with(others, Constraint.nonNegative(quotient.plus(-1))), Constraint.ordered(s, rest.times(-1)));
        List<Constraint> below = with(with(others, Constraint.nonNegative(quotient.times(-1).plus(-1))), Constraint.ordered(s, rest));
        return splitProducts(zero, at) && splitProducts(above, at) && splitProducts(below, at);
    }

    private static List<Constraint> with(List<Constraint> system, Constraint more) {
        List<Constraint> result = new ArrayList<>(system);
        result.add(more);
        return result;
    }
}
