package org.pellang.compiler.ir;

import java.util.Map;
import java.util.TreeMap;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.pellang.compiler.sema.typed.Var;

/**
 * {@code c0 + c1*v1 + c2*v2 ...} over int variables.
 *
 * @param factors factor of each variable, none 0, by variable id
 * @param constant c0
 */
public record Linear(Map<Var, Long> factors, long constant) {

    /** A constant. */
    public static Linear of(long constant) {
        return new Linear(Map.of(), constant);
    }

    /** A variable. */
    public static Linear of(Var variable) {
        return new Linear(Map.of(variable, 1L), 0);
    }

    /** This plus {@code factor} times another. */
    public Linear plus(Linear other, long factor) {
        Map<Var, Long> sum = new TreeMap<>(Comparator.comparingInt(Var::id));
        sum.putAll(factors);
        other.factors.forEach((v, c) -> sum.merge(v, c * factor, Long::sum));
        sum.values().removeIf(c -> c == 0);
        return new Linear(sum, constant + other.constant * factor);
    }

    /** A multiple of this. */
    public Linear times(long factor) {
        return of(0).plus(this, factor);
    }

    /** Factor of a variable, 0 if it does not occur. */
    public long factor(Var variable) {
        return factors.getOrDefault(variable, 0L);
    }

    /** This without one variable. */
    public Linear without(Var variable) {
        return plus(of(variable), -factor(variable));
    }

    /** Whether no variable occurs. */
    public boolean isConstant() {
        return factors.isEmpty();
    }

    @Override
    public String toString() {
        String text = factors.entrySet().stream()
                .map(e -> (e.getValue() == 1 ? "" : e.getValue() + "*") + e.getKey().name())
                .collect(Collectors.joining(" + "));
        if (text.isEmpty()) {
            return Long.toString(constant);
        }
        return constant == 0 ? text : text + (constant < 0 ? " - " + -constant : " + " + constant);
    }
}
