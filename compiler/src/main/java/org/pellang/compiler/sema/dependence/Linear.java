package org.pellang.compiler.sema.dependence;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An integer linear expression: constant plus coefficients times atoms. Immutable; overflow gives an unknown (null) result. */
record Linear(long constant, Map<Atom, Long> terms) {

    static final Linear ZERO = of(0);

    private static final int MAX_FACTORS = 4;

    static Linear of(long constant) {
        return new Linear(constant, Map.of());
    }

    static Linear of(Atom atom) {
        return new Linear(0, Map.of(atom, 1L));
    }

    boolean isConstant() {
        return terms.isEmpty();
    }

    /** Whether no atom belongs to one iteration. */
    boolean isUniform() {
        return terms.keySet().stream().noneMatch(Atom::local);
    }

    long coefficient(Atom atom) {
        return terms.getOrDefault(atom, 0L);
    }

    Linear plus(Linear other) {
        return add(other, 1);
    }

    Linear minus(Linear other) {
        return add(other, -1);
    }

    Linear plus(long value) {
        return new Linear(Math.addExact(constant, value), terms);
    }

    /** {@code this + factor * other}; throws ArithmeticException on overflow. */
    Linear add(Linear other, long factor) {
        Map<Atom, Long> sum = new TreeMap<>(terms);
        other.terms.forEach((atom, c) -> {
            long value = Math.addExact(sum.getOrDefault(atom, 0L), Math.multiplyExact(c, factor));
            if (value == 0) {
                sum.remove(atom);
            } else {
                sum.put(atom, value);
            }
        });
        return new Linear(Math.addExact(constant, Math.multiplyExact(other.constant, factor)), sum);
    }

    Linear times(long factor) {
        return ZERO.add(this, factor);
    }

    /** Product, if no term multiplies two unknowns of one iteration, and its degree is small; else null. */
    @Nullable Linear times(Linear other) {
        Linear product = other.times(constant).plus(times(other.constant)).plus(-Math.multiplyExact(constant, other.constant));
        for (var left : terms.entrySet()) {
            for (var right : other.terms.entrySet()) {
                Atom a = left.getKey();
                Atom b = right.getKey();
                if ((a.local() && b.local()) || a.factors().size() + b.factors().size() >= MAX_FACTORS) {
                    return null;
                }
                Atom both = a.local() ? a.times(b.symbols()) : b.times(a.symbols());
                product = product.add(of(both), Math.multiplyExact(left.getValue(), right.getValue()));
            }
        }
        return product;
    }

    /** Whether it is one unknown that is the same in all iterations, and no product. */
    boolean isSymbol() {
        return constant == 0
                && terms.size() == 1
                && terms.values().iterator().next() == 1L
                && !terms.keySet().iterator().next().local()
                && !terms.keySet().iterator().next().isProduct();
    }

    /** The same expression in the other iteration. */
    Linear prime() {
        Linear result = of(constant);
        for (var term : terms.entrySet()) {
            result = result.add(of(term.getKey().prime()), term.getValue());
        }
        return result;
    }

    /** Replaces an atom by an expression. */
    Linear substitute(Atom atom, Linear value) {
        long c = coefficient(atom);
        return c == 0 ? this : add(of(atom), -c).add(value, c);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        terms.forEach((atom, c) -> {
            text.append(c < 0 ? (text.isEmpty() ? "-" : " - ") : (text.isEmpty() ? "" : " + "));
            text.append(Math.abs(c) == 1 ? "" : Math.abs(c) + "*").append(atom);
        });
        if (text.isEmpty()) {
            return Long.toString(constant);
        }
        if (constant != 0) {
            text.append(constant < 0 ? " - " : " + ").append(Math.abs(constant));
        }
        return text.toString();
    }
}
