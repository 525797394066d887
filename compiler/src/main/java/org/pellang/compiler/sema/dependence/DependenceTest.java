package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;

/**
 * Whether two different iterations of one loop can touch the same array element. Exact on linear subscripts up to the rational
 * relaxation; remainders with the same modulus are handled by case distinction, products with symbols by {@link ProductSplit}.
 */
final class DependenceTest {
    private final List<Atom> indices;
    private final List<Constraint> space;
    private final Scope around;
    private final MaskBits bits;
    private final Alternatives alternatives;

    /**
     * @param indices the loop's index atoms
     * @param scope of the loop's head
     */
    DependenceTest(List<Atom> indices, Scope scope) {
        this.indices = indices;
        this.space = scope.loopFacts();
        this.around = scope.aroundLoop();
        this.bits = scope.bits();
        this.alternatives = scope.alternatives();
    }

    /**
     * Whether some iteration's {@code first} may be the same element as another iteration's {@code second}.
     *
     * @param shape of the array
     */
    boolean mayConflict(Access first, Access second, Shape shape) {
        // Different iterations differ in a first index; the indices before it are equal.
        List<Equation> equations = equations(first, second, shape);
        List<Constraint> system = base(first, second, equations, shape);
        if (!shape.wraps()) {
            system.addAll(bits.ofEqualValues(first.facts(), second.facts(), equations.stream().map(Equation::difference).toList()));
        }
        for (Atom index : indices) {
            Linear distance = Linear.of(index.prime()).minus(Linear.of(index));
            for (int direction : new int[] {1, -1}) {
                if (!infeasible(with(system, Constraint.nonNegative(distance.times(direction).plus(-1))), equations, 0)) {
                    return true;
                }
            }
            system.add(Constraint.zero(distance));
        }
        return false;
    }

    /** Whether it is proved that conflicting iterations of both are {@code distance} apart, no others. */
    boolean onlyAt(Access first, Access second, Shape shape, List<Long> distance) {
        for (int k = 0; k < indices.size(); k++) {
            Atom index = indices.get(k);
            Linear beyond = Linear.of(index.prime()).minus(Linear.of(index)).plus(-distance.get(k));
            for (int direction : new int[] {1, -1}) {
                List<Equation> equations = equations(first, second, shape);
                List<Constraint> system = base(first, second, equations, shape);
                system.add(Constraint.nonNegative(beyond.times(direction).plus(-1)));
                if (!infeasible(system, equations, 0)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Constant distance per loop index between the iterations that conflict, or null if there is no single one. */
    @Nullable List<Long> distance(Access first, Access second) {
        List<Long> result = new ArrayList<>();
        for (Atom index : indices) {
            Long found = null;
            for (int d = 0; d < Math.min(first.subscripts().size(), second.subscripts().size()); d++) {
                Index a = first.subscripts().get(d);
                Index b = second.subscripts().get(d);
                {
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

    private List<Constraint> base(Access first, Access second, List<Equation> equations, Shape shape) {
        List<Constraint> system = new ArrayList<>(space);
        space.forEach(c -> system.add(c.prime()));
        system.addAll(first.facts());
        second.facts().forEach(c -> system.add(c.prime()));
        system.addAll(shape.inside(first.subscripts()));
        shape.inside(second.subscripts()).forEach(c -> system.add(c.prime()));
        List<Constraint> spoken = new ArrayList<>(system);
        for (Equation e : equations) {
            spoken.add(Constraint.zero(e.difference));
            if (e.modulus != null) {
                spoken.add(Constraint.zero(e.modulus));
            }
        }
        system.addAll(around.relevant(spoken));
        return system;
    }

    private static List<Equation> equations(Access first, Access second, Shape shape) {
        List<Equation> result = new ArrayList<>();
        int axes = Math.min(first.subscripts().size(), second.subscripts().size());
        for (int d = 0; d < axes; d++) {
            Index a = first.subscripts().get(d);
            Index b = second.subscripts().get(d).prime();
            if (!shape.wraps()) {
                result.add(new Equation(a.value().minus(b.value()), null));
            } else if (d < shape.axes().size()) {
                result.add(new Equation(a.value().minus(b.value()), shape.axes().get(d).extent()));
            }
        }
        return result;
    }

    /** {@code difference == 0}, or a multiple of {@code modulus}. */
    private record Equation(Linear difference, @Nullable Linear modulus) {}

    /** Tries to contradict every case. */
    private boolean infeasible(List<Constraint> system, List<Equation> equations, int depth) {
        if (depth == equations.size()) {
            return alternatives.infeasible(system);
        }
        Equation e = equations.get(depth);
        if (e.modulus == null) {
            return infeasible(with(system, Constraint.zero(e.difference)), equations, depth + 1);
        }
        return infeasible(with(system, Constraint.zero(e.difference)), equations, depth + 1)
                && infeasible(wrapped(system, e.difference, e.modulus, depth), equations, depth + 1)
                && infeasible(wrapped(system, e.difference.times(-1), e.modulus, depth), equations, depth + 1);
    }

    /** The difference is a positive multiple of the modulus. */
    private static List<Constraint> wrapped(List<Constraint> system, Linear difference, Linear modulus, int axis) {
        List<Constraint> result = with(system, Constraint.ordered(modulus, difference));
        Linear times = Linear.of(Atom.local("wraps$" + axis));
        Linear product = times.times(modulus);
        if (product != null) {
            result.add(Constraint.zero(product.minus(difference)));
            result.add(Constraint.nonNegative(times.plus(-1)));
        }
        return result;
    }

    private static List<Constraint> with(List<Constraint> system, Constraint more) {
        List<Constraint> result = new ArrayList<>(system);
        result.add(more);
        return result;
    }
}
