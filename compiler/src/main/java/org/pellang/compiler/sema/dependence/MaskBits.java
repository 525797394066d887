package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;

/**
 * Bits of values under masks that are the same in all iterations. {@code x & m} is an unknown of its own; then {@code x | m} is
 * {@code x - (x & m) + m}, {@code x ^ m} is {@code x - 2*(x & m) + m}, and the bits of these under m are m and {@code m - (x & m)}. Equal values have equal bits.
 */
final class MaskBits {
    private final Map<Atom, Masked> known = new HashMap<>();

    private record Masked(Linear value, Linear mask) {}

    /** {@code x & m}; within {@code 0..m} if m is not negative. */
    static Linear and(Linear x, Linear mask, Scope scope) {
        if (BySymbol.isPower(mask, scope) && isBelow(BySymbol.withoutMultiples(x, mask.times(2)), mask, scope)) {
            return Linear.ZERO;
        }
        Linear bits = scope.bits().under(x, mask);
        if (scope.proves(mask)) {
            scope.fact(Constraint.nonNegative(bits));
            scope.fact(Constraint.ordered(bits, mask));
        }
        return bits;
    }

    private static boolean isBelow(Linear x, Linear limit, Scope scope) {
        return scope.proves(x) && scope.proves(limit.minus(x).plus(-1));
    }

    /** The power of two that divides one value while the other is less than it, so that they have no bit in common; {@code x | y} and {@code x ^ y} are sums then. */
    static boolean apart(Linear x, Linear y, Scope scope) {
        return low(x, y, scope) || low(y, x, scope);
    }

    private static boolean low(Linear multiple, Linear small, Scope scope) {
        long divisor = LinearSystem.gcd(multiple);
        long power = Long.lowestOneBit(multiple.constant() == 0 ? divisor : divisor | multiple.constant());
        if (power > 1 && isBelow(small, Linear.of(power), scope)) {
            return true;
        }
        // Each term has a symbolic power of two.
        for (Atom atom : multiple.terms().keySet()) {
            for (String symbol : atom.symbols()) {
                Linear m = Linear.of(Atom.symbol(symbol));
                if (BySymbol.isPower(m, scope) && BySymbol.withoutMultiples(multiple, m).equals(Linear.ZERO) && isBelow(small, m, scope)) {
                    return true;
                }
            }
            break;
        }
        return false;
    }

    /** {@code x | m}. */
    static Linear or(Linear x, Linear mask, Scope scope) {
        Linear bits = and(x, mask, scope);
        Linear value = x.minus(bits).plus(mask);
        if (bits.isConstant()) {
            return value;
        }
        scope.fact(Constraint.zero(scope.bits().under(value, mask).minus(mask)));
        return value;
    }

    /** {@code x ^ m}. */
    static Linear xor(Linear x, Linear mask, Scope scope) {
        Linear bits = and(x, mask, scope);
        Linear value = x.add(bits, -2).plus(mask);
        if (bits.isConstant()) {
            return value;
        }
        scope.fact(Constraint.zero(scope.bits().under(value, mask).plus(bits).minus(mask)));
        return value;
    }

    private Linear under(Linear x, Linear mask) {
        String name = "(" + x + ")&(" + mask + ")";
        Atom atom = x.isUniform() ? Atom.symbol(name) : Atom.local(name);
        known.put(atom, new Masked(x, mask));
        return Linear.of(atom);
    }

    /**
     * Where the two iterations' values are equal, so are their bits.
     *
     * @param equal differences of values of the first and of the second iteration that are zero
     */
    List<Constraint> ofEqualValues(List<Constraint> first, List<Constraint> second, List<Linear> equal) {
        List<Constraint> result = new ArrayList<>();
        Set<Atom> others = atoms(second);
        for (Atom a : atoms(first)) {
            for (Atom b : others) {
                Masked x = known.get(a);
                Masked y = known.get(b);
                if (x == null || y == null || !x.mask.equals(y.mask)) {
                    continue;
                }
                Linear difference = x.value.minus(y.value.prime());
                if (equal.contains(difference) || equal.contains(difference.times(-1))) {
                    result.add(Constraint.zero(Linear.of(a).minus(Linear.of(b.prime()))));
                }
            }
        }
        return result;
    }

    private Set<Atom> atoms(List<Constraint> facts) {
        Set<Atom> atoms = new TreeSet<>();
        facts.forEach(c -> c.expression().terms().keySet().stream().filter(known::containsKey).forEach(atoms::add));
        return atoms;
    }
}
