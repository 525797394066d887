package org.pellang.compiler.sema.dependence;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;

/** Division, remainder and shifts by values that are the same in all iterations. */
final class BySymbol {
    private static final int LARGEST_SHIFT = 62;

    private BySymbol() {}

    /** {@code x // m}: an unknown q; if m is provably positive {@code m*q <= x < m*q + m}. Null if the product cannot be written. */
    static @Nullable Linear quotient(Linear x, Linear m, Scope scope) {
        if (!m.isUniform()) {
            return null;
        }
        String name = "q(" + x + ")/(" + m + ")";
        Linear q = Linear.of(x.isUniform() ? Atom.symbol(name) : Atom.local(name));
        Linear product = q.times(m);
        if (product == null) {
            return null;
        }
        if (scope.proves(m.plus(-1))) {
            scope.fact(Constraint.ordered(product, x));
            scope.fact(Constraint.ordered(x.plus(1), product.plus(m)));
        }
        return q;
    }

    /** {@code 1 << k}: positive for k in 0..62. An unknown of its own if k is not a number. */
    static Linear power(Linear k, Scope scope) {
        if (k.isConstant() && k.constant() >= 0 && k.constant() <= LARGEST_SHIFT) {
            return Linear.of(1L << k.constant());
        }
        if (!k.isUniform()) {
            return scope.fresh("power").value();
        }
        Linear power = Linear.of(Atom.symbol("1<<(" + k + ")"));
        if (scope.proves(k) && scope.proves(Linear.of(LARGEST_SHIFT).minus(k))) {
            scope.fact(Constraint.nonNegative(power.plus(-1)));
        }
        return power;
    }
}
