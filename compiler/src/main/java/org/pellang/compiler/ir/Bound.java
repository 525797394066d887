package org.pellang.compiler.ir;

import org.pellang.compiler.sema.typed.TExpr;

/** One end of the interval that a subscript may take, computed before the loop from the ends of a rank's part of it. */
public sealed interface Bound {

    record Const(long value) implements Bound {}

    /** First (or last) index of the rank's part along an axis of the loop. */
    record LoopEnd(int axis, boolean high) implements Bound {}

    /** A uniform int that the program can evaluate before the loop without a trap. */
    record Value(TExpr expression) implements Bound {}

    /** First (or last) index of the only axis of a domain. */
    record DomainEnd(TExpr domain, int axis, boolean high) implements Bound {}

    record Sum(Bound left, Bound right) implements Bound {}

    record Scaled(Bound of, long factor) implements Bound {}

    /** Quotient by a positive constant, rounded down. */
    record Quotient(Bound of, long divisor) implements Bound {}

    /** The smaller or the larger of two. */
    record Extreme(Bound left, Bound right, boolean larger) implements Bound {}

    /** Sum with constants folded. */
    static Bound sum(Bound a, Bound b) {
        if (a instanceof Const x && b instanceof Const y) {
            return new Const(x.value + y.value);
        }
        if (a instanceof Const x && x.value == 0) {
            return b;
        }
        if (b instanceof Const y && y.value == 0) {
            return a;
        }
        if (a instanceof Sum s && s.right instanceof Const x && b instanceof Const y) {
            return sum(s.left, new Const(x.value + y.value));
        }
        return new Sum(a, b);
    }

    /** Multiple with constants folded. */
    static Bound scaled(Bound a, long factor) {
        if (factor == 0) {
            return new Const(0);
        }
        if (factor == 1) {
            return a;
        }
        return a instanceof Const x ? new Const(x.value * factor) : new Scaled(a, factor);
    }

    /** Smaller or larger, folded where it is plain. */
    static Bound extreme(Bound a, Bound b, boolean larger) {
        if (a.equals(b)) {
            return a;
        }
        if (a instanceof Const x && b instanceof Const y) {
            return new Const(larger ? Math.max(x.value, y.value) : Math.min(x.value, y.value));
        }
        Shift x = Shift.of(a);
        Shift y = Shift.of(b);
        if (x.base.equals(y.base)) {
            return larger == (x.shift > y.shift) ? a : b;
        }
        return new Extreme(a, b, larger);
    }

    /** A bound split into something and a constant. */
    record Shift(Bound base, long shift) {
        static Shift of(Bound b) {
            return b instanceof Sum s && s.right instanceof Const c ? new Shift(s.left, c.value) : new Shift(b, 0);
        }
    }
}
