package org.pellang.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Arrays as payloads, and operators on their elements as operators on payloads. */
final class ArrayBytes {
    private ArrayBytes() {}

    private static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    static byte[] of(double[] buf, int off, int len) {
        byte[] bytes = new byte[Math.multiplyExact(len, Double.BYTES)];
        wrap(bytes).asDoubleBuffer().put(buf, off, len);
        return bytes;
    }

    static byte[] of(long[] buf, int off, int len) {
        byte[] bytes = new byte[Math.multiplyExact(len, Long.BYTES)];
        wrap(bytes).asLongBuffer().put(buf, off, len);
        return bytes;
    }

    static void doubles(byte[] bytes, double[] buf, int off, int len) {
        wrap(bytes).asDoubleBuffer().get(buf, off, len);
    }

    static void longs(byte[] bytes, long[] buf, int off, int len) {
        wrap(bytes).asLongBuffer().get(buf, off, len);
    }

    static BinaryOperator<byte[]> onDoubles(DoubleBinaryOperator op) {
        return (left, right) -> {
            ByteBuffer a = wrap(same(left, right));
            ByteBuffer b = wrap(right);
            byte[] result = new byte[left.length];
            ByteBuffer out = wrap(result);
            while (a.hasRemaining()) {
                out.putDouble(op.applyAsDouble(a.getDouble(), b.getDouble()));
            }
            return result;
        };
    }

    static BinaryOperator<byte[]> onLongs(LongBinaryOperator op) {
        return (left, right) -> {
            ByteBuffer a = wrap(same(left, right));
            ByteBuffer b = wrap(right);
            byte[] result = new byte[left.length];
            ByteBuffer out = wrap(result);
            while (a.hasRemaining()) {
                out.putLong(op.applyAsLong(a.getLong(), b.getLong()));
            }
            return result;
        };
    }

    private static byte[] same(byte[] left, byte[] right) {
        if (left.length != right.length) {
            throw new CommException("reduction: ranks gave " + left.length / Long.BYTES + " and " + right.length / Long.BYTES + " elements");
        }
        return left;
    }
}
