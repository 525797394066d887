package org.pellang.runtime.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what an {@link Encoder} wrote, in the same order; a short or malformed buffer throws {@link IllegalStateException}. */
public final class Decoder {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int at;

    public Decoder(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public Decoder(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
    }

    public long getLong() {
        return (long) LONG.get(bytes, take(8));
    }

    public int getInt() {
        return (int) INT.get(bytes, take(4));
    }

    /** The next byte, signed. */
    public byte getByte() {
        return bytes[take(1)];
    }

    public double getDouble() {
        return Double.longBitsToDouble(getLong());
    }

    public float getFloat() {
        return Float.intBitsToFloat(getInt());
    }

    public String getString() {
        int length = getInt();
        int from = take(length);
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /** Skips {@code length} bytes and returns the position of the first within {@link #array()}. */
    public int take(int length) {
        int from = at;
        if (length < 0 || length > end - at) {
            throw new IllegalStateException("message too short: " + length + " bytes wanted, " + (end - at) + " left");
        }
        at += length;
        return from;
    }

    /** The buffer that is being read. */
    public byte[] array() {
        return bytes;
    }

    public int remaining() {
        return end - at;
    }
}
