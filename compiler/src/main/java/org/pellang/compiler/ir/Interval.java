package org.pellang.compiler.ir;

/**
 * The indices that a subscript may take.
 *
 * @param low lowest
 * @param high highest
 */
public record Interval(Bound low, Bound high) {

    static Interval of(long value) {
        return new Interval(new Bound.Const(value), new Bound.Const(value));
    }

    static Interval of(Bound value) {
        return new Interval(value, value);
    }

    Interval plus(Interval other) {
        return new Interval(Bound.sum(low, other.low), Bound.sum(high, other.high));
    }

    Interval times(long factor) {
        return factor >= 0
                ? new Interval(Bound.scaled(low, factor), Bound.scaled(high, factor))
                : new Interval(Bound.scaled(high, factor), Bound.scaled(low, factor));
    }

    Interval quotient(long divisor) {
        return new Interval(new Bound.Quotient(low, divisor), new Bound.Quotient(high, divisor));
    }

    /** The smallest interval around both. */
    public Interval union(Interval other) {
        return new Interval(Bound.extreme(low, other.low, false), Bound.extreme(high, other.high, true));
    }

    /** Bounds of {@code min(x, y)} ({@code max} if {@code larger}). */
    Interval extreme(Interval other, boolean larger) {
        return new Interval(Bound.extreme(low, other.low, larger), Bound.extreme(high, other.high, larger));
    }
}
