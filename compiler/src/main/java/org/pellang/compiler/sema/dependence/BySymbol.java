package org.pellang.compiler.sema.dependence;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;

/** Division, remainder and shifts by values that are the same in all iterations. */
final class BySymbol {
    private static final int LARGEST_SHIFT = 62;
    private static final String POWER = "1<<(";

    private BySymbol() {}

    /** {@code x // m}: an unknown q; if m is provably positive {@code x = m*q + r} with {@code 0 <= r < m}. Null if the product cannot be written. */
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
            String rest = "r(" + x + ")/(" + m + ")";
            Linear r = Linear.of(x.isUniform() ? Atom.symbol(rest) : Atom.local(rest));
            scope.fact(Constraint.zero(product.plus(r).minus(x)));
            scope.fact(Constraint.nonNegative(r));
            scope.fact(Constraint.ordered(r.plus(1), m));
            bounds(q, x, m, scope);
        }
        return q;
    }

    /** Bounds of the quotient by those of x, which linear arithmetic does not find: the divisor is a symbol. */
    private static void bounds(Linear q, Linear x, Linear m, Scope scope) {
        for (int k = 0; k < 3; k++) {
            if (scope.proves(x.add(m, k))) {
                scope.fact(Constraint.nonNegative(q.plus(k)));
                break;
            }
        }
        for (int k = 1; k < 3; k++) {
            if (scope.proves(m.times(k).minus(x).plus(-1))) {
                scope.fact(Constraint.ordered(q, Linear.of(k - 1)));
                return;
            }
        }
        if (!m.isSymbol()) {
            return;
        }
        // x <= m*k - 1 for an extent of several factors, m*k.
        String symbol = m.terms().keySet().iterator().next().name();
        for (Constraint c : scope.relevant(x)) {
            Linear high = c.relation() == LinearSystem.Relation.NON_NEGATIVE ? c.expression().plus(x) : x;
            Linear k = high.isUniform() && high.constant() < 0 ? divided(high.plus(-high.constant()), symbol) : null;
            if (k != null) {
                scope.fact(Constraint.ordered(q.plus(1), k));
            }
        }
    }

    /** The expression without a factor of all its terms; null: it is not in all of them, or there are none. */
    private static @Nullable Linear divided(Linear e, String symbol) {
        Linear result = e.isConstant() ? null : Linear.ZERO;
        for (var term : e.terms().entrySet()) {
            result = result == null || !term.getKey().symbols().contains(symbol) ? null : result.add(term.getKey().without(symbol), term.getValue());
        }
        return result;
    }

    /** {@code 1 << k}: positive for k in 0..62. An unknown of its own if k is not a number, {@code 1 << (k + 2)} four times that of {@code 1 << k}. */
    static Linear power(Linear k, Scope scope) {
        if (k.isConstant() && k.constant() >= 0 && k.constant() <= LARGEST_SHIFT) {
            return Linear.of(1L << k.constant());
        }
        if (!k.isUniform()) {
            return scope.fresh("power").value();
        }
        Linear plain = k.plus(-k.constant());
        if (k.constant() > 0 && k.constant() <= LARGEST_SHIFT && shifts(plain, scope) && shifts(k, scope)) {
            return power(plain, scope).times(1L << k.constant());
        }
        Linear power = Linear.of(Atom.symbol(POWER + k + ")"));
        if (shifts(k, scope)) {
            scope.fact(Constraint.nonNegative(power.plus(-1)));
        }
        return power;
    }

    private static boolean shifts(Linear k, Scope scope) {
        return scope.proves(k) && scope.proves(Linear.of(LARGEST_SHIFT).minus(k));
    }

    /** Whether a value is a power of two, for certain. */
    static boolean isPower(Linear m, Scope scope) {
        if (m.isConstant()) {
            return m.constant() > 0 && Long.bitCount(m.constant()) == 1;
        }
        long c = m.terms().values().iterator().next();
        Atom atom = m.terms().keySet().iterator().next();
        return m.constant() == 0 && m.terms().size() == 1 && c > 0 && Long.bitCount(c) == 1 && !atom.isProduct() && atom.name().startsWith(POWER) && scope.proves(m.plus(-1));
    }

    /** What is left of x without its terms that are multiples of m, a power of two. */
    static Linear withoutMultiples(Linear x, Linear m) {
        Linear rest = Linear.ZERO;
        for (var term : x.terms().entrySet()) {
            boolean multiple = m.isConstant()
                    ? term.getValue() % m.constant() == 0
                    : term.getValue() % m.terms().values().iterator().next() == 0 && term.getKey().symbols().contains(m.terms().keySet().iterator().next().name());
            rest = multiple ? rest : rest.add(Linear.of(term.getKey()), term.getValue());
        }
        return rest.plus(m.isConstant() ? Math.floorMod(x.constant(), m.constant()) : x.constant());
    }
}
