package org.pellang.runtime.loop;

import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** One reduction variable of a loop: its operator, its identity and how its values travel. {@code tree}: whether the order of combination matters. */
sealed interface Reduction {
    /** Whether values must be combined on the fixed tree. */
    boolean tree();

    /** Whether it adds floats, so that {@link SumMode#EXACT} concerns it. */
    default boolean isFloatSum() {
        return false;
    }

    /** Puts the identity into slot {@code s}. */
    void identity(Slots slots, int s);

    /** {@code left = left op right}. */
    void combine(Slots left, Slots right, int s);

    void copy(Slots from, Slots to, int s);

    void write(Encoder out, Slots slots, int s);

    void read(Decoder in, Slots slots, int s);

    /** Operators on floats in {@link Slots#f}: sum and product on the tree, min and max free. Those of float32 round after each step. */
    enum OfDouble implements Reduction {
        SUM(0.0),
        PROD(1.0),
        SUM32(0.0),
        PROD32(1.0),
        MIN(Double.POSITIVE_INFINITY),
        MAX(Double.NEGATIVE_INFINITY);

        private final double identity;

        OfDouble(double identity) {
            this.identity = identity;
        }

        @Override
        public boolean tree() {
            return this != MIN && this != MAX;
        }

        @Override
        public boolean isFloatSum() {
            return this == SUM || this == SUM32;
        }

        @Override
        public void identity(Slots slots, int s) {
            slots.f[s] = identity;
        }

        @Override
        public void combine(Slots left, Slots right, int s) {
            double a = left.f[s];
            double b = right.f[s];
            left.f[s] = switch (this) {
                case SUM -> a + b;
                case PROD -> a * b;
                case SUM32 -> (float) (a + b);
                case PROD32 -> (float) (a * b);
                case MIN -> Math.min(a, b);
                case MAX -> Math.max(a, b);
            };
        }

        @Override
        public void copy(Slots from, Slots to, int s) {
            to.f[s] = from.f[s];
        }

        @Override
        public void write(Encoder out, Slots slots, int s) {
            out.putDouble(slots.f[s]);
        }

        @Override
        public void read(Decoder in, Slots slots, int s) {
            slots.f[s] = in.getDouble();
        }
    }

    /** Operators on 64-bit integers and bools in {@link Slots#l}; all exactly associative. */
    enum OfLong implements Reduction {
        SUM(0),
        PROD(1),
        MIN(Long.MAX_VALUE),
        MAX(Long.MIN_VALUE),
        AND(-1),
        OR(0),
        XOR(0);

        private final long identity;

        OfLong(long identity) {
            this.identity = identity;
        }

        @Override
        public boolean tree() {
            return false;
        }

        @Override
        public void identity(Slots slots, int s) {
            slots.l[s] = identity;
        }

        @Override
        public void combine(Slots left, Slots right, int s) {
            long a = left.l[s];
            long b = right.l[s];
            left.l[s] = switch (this) {
                case SUM -> a + b;
                case PROD -> a * b;
                case MIN -> Math.min(a, b);
                case MAX -> Math.max(a, b);
                case AND -> a & b;
                case OR -> a | b;
                case XOR -> a ^ b;
            };
        }

        @Override
        public void copy(Slots from, Slots to, int s) {
            to.l[s] = from.l[s];
        }

        @Override
        public void write(Encoder out, Slots slots, int s) {
            out.putLong(slots.l[s]);
        }

        @Override
        public void read(Decoder in, Slots slots, int s) {
            slots.l[s] = in.getLong();
        }
    }

    /**
     * The extreme value and where it is. Ties go to the lowest index; a NaN is more extreme than any number, so that the result does not depend on order.
     *
     * @param floats whether the value is in {@link Slots#f}, else in {@link Slots#l}
     * @param smallest argmin, else argmax
     */
    record Arg(boolean floats, boolean smallest) implements Reduction {
        @Override
        public boolean tree() {
            return false;
        }

        @Override
        public void identity(Slots slots, int s) {
            slots.f[s] = smallest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            slots.l[s] = smallest ? Long.MAX_VALUE : Long.MIN_VALUE;
            slots.at[s] = -1;
        }

        @Override
        public void combine(Slots left, Slots right, int s) {
            if (right.at[s] < 0) {
                return;
            }
            int order = left.at[s] < 0 ? 1 : floats ? order(left.f[s], right.f[s]) : order(left.l[s], right.l[s]);
            if (order > 0 || (order == 0 && right.at[s] < left.at[s])) {
                copy(right, left, s);
            }
        }

        /** Positive if b is better than a. */
        private int order(double a, double b) {
            if (Double.isNaN(a) || Double.isNaN(b)) {
                return Boolean.compare(Double.isNaN(b), Double.isNaN(a));
            }
            int order = a < b ? -1 : a > b ? 1 : 0;
            return smallest ? order : -order;
        }

        private int order(long a, long b) {
            return smallest ? Long.compare(a, b) : Long.compare(b, a);
        }

        @Override
        public void copy(Slots from, Slots to, int s) {
            to.f[s] = from.f[s];
            to.l[s] = from.l[s];
            to.at[s] = from.at[s];
        }

        @Override
        public void write(Encoder out, Slots slots, int s) {
            out.putDouble(slots.f[s]).putLong(slots.l[s]).putLong(slots.at[s]);
        }

        @Override
        public void read(Decoder in, Slots slots, int s) {
            slots.f[s] = in.getDouble();
            slots.l[s] = in.getLong();
            slots.at[s] = in.getLong();
        }
    }

    /**
     * Any operator on objects. It may change and return its left argument, which belongs to the reduction.
     *
     * @param tree false only if the operator is exactly associative
     * @param lanes whether a leaf folds in lanes, as for a predefined operator on immutable values
     * @param isFloatSum whether it adds arrays of floats, element by element
     * @param identity makes a fresh identity
     */
    record OfObject(boolean tree, boolean lanes, boolean isFloatSum, BinaryOperator<Object> op, Supplier<Object> identity, Codec<Object> codec) implements Reduction {
        @Override
        public void identity(Slots slots, int s) {
            slots.o[s] = identity.get();
        }

        @Override
        public void combine(Slots left, Slots right, int s) {
            left.o[s] = op.apply(left.o[s], right.o[s]);
        }

        @Override
        public void copy(Slots from, Slots to, int s) {
            to.o[s] = from.o[s];
        }

        @Override
        public void write(Encoder out, Slots slots, int s) {
            codec.write(out, slots.o[s]);
        }

        @Override
        public void read(Decoder in, Slots slots, int s) {
            slots.o[s] = codec.read(in);
        }
    }
}
