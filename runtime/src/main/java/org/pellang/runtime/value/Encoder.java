package org.pellang.runtime.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growable little-endian byte buffer that values are written to. */
public final class Encoder {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;

    public Encoder() {
        this(64);
    }

    /** A buffer with room for {@code capacity} bytes before it grows. */
    public Encoder(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    /** Begins again with the same buffer. */
    public Encoder clear() {
        size = 0;
        return this;
    }

    public Encoder putLong(long value) {
        int at = room(8); // first: it may replace the buffer
        LONG.set(bytes, at, value);
        return this;
    }

    public Encoder putInt(int value) {
        int at = room(4);
        INT.set(bytes, at, value);
        return this;
    }

    public Encoder putByte(int value) {
        int at = room(1);
        bytes[at] = (byte) value;
        return this;
    }

    /** The 64 bits of the float, NaN payload included. */
    public Encoder putDouble(double value) {
        return putLong(Double.doubleToRawLongBits(value));
    }

    public Encoder putFloat(float value) {
        return putInt(Float.floatToRawIntBits(value));
    }

    /** UTF-8, length first. */
    public Encoder putString(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        putInt(utf8.length);
        return putBytes(utf8, 0, utf8.length);
    }

    public Encoder putBytes(byte[] from, int offset, int length) {
        int at = room(length);
        System.arraycopy(from, offset, bytes, at, length);
        return this;
    }

    /** Appends {@code length} bytes that the caller writes into {@link #array} afterwards; returns the position of the first. */
    public int reserve(int length) {
        return room(length);
    }

    private int room(int more) {
        int at = size;
        int need = Math.addExact(size, more);
        if (need > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(need, bytes.length * 2L)));
        }
        size = need;
        return at;
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** The buffer itself; bytes {@code 0..<size()} are valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Forgets what was written, keeps the memory. */
    public void reset() {
        size = 0;
    }
}
