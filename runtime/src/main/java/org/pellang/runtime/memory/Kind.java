package org.pellang.runtime.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.pellang.runtime.CommException;

/** Element types of messages: what a primitive array holds. The ordinal travels on the wire. */
public enum Kind {
    /** byte[]. */
    BYTE(1),
    /** short[]. */
    SHORT(2),
    /** int[]. */
    INT(4),
    /** long[]. */
    LONG(8),
    /** float[]. */
    FLOAT(4),
    /** double[]. */
    DOUBLE(8),
    /** boolean[], one byte each. */
    BOOLEAN(1);

    private static final Kind[] ALL = values();

    private final int bytes;

    Kind(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes per element on the wire. */
    public int bytes() {
        return bytes;
    }

    /** The kind with that ordinal. */
    public static Kind at(int ordinal) {
        return ALL[ordinal];
    }

    /** The kind of an array. @throws CommException if it is no primitive array that can be sent */
    public static Kind of(Object array) {
        return switch (array) {
            case double[] a -> DOUBLE;
            case long[] a -> LONG;
            case byte[] a -> BYTE;
            case int[] a -> INT;
            case float[] a -> FLOAT;
            case boolean[] a -> BOOLEAN;
            case short[] a -> SHORT;
            default -> throw new CommException("cannot send a " + array.getClass().getSimpleName());
        };
    }

    /** A new array of this kind. */
    public Object allocate(int length) {
        return switch (this) {
            case BYTE -> new byte[length];
            case SHORT -> new short[length];
            case INT -> new int[length];
            case LONG -> new long[length];
            case FLOAT -> new float[length];
            case DOUBLE -> new double[length];
            case BOOLEAN -> new boolean[length];
        };
    }

    /** Length of an array of this kind. */
    public int length(Object array) {
        return switch (this) {
            case BYTE -> ((byte[]) array).length;
            case SHORT -> ((short[]) array).length;
            case INT -> ((int[]) array).length;
            case LONG -> ((long[]) array).length;
            case FLOAT -> ((float[]) array).length;
            case DOUBLE -> ((double[]) array).length;
            case BOOLEAN -> ((boolean[]) array).length;
        };
    }

    /** A copy of part of an array. */
    public Object copyOf(Object array, int off, int len) {
        Object copy = allocate(len);
        copy(array, off, copy, 0, len);
        return copy;
    }

    /** Makes elements zero, or false. */
    public static void clear(Object array, int off, int len) {
        switch (array) {
            case double[] a -> Arrays.fill(a, off, off + len, 0);
            case long[] a -> Arrays.fill(a, off, off + len, 0);
            case byte[] a -> Arrays.fill(a, off, off + len, (byte) 0);
            case int[] a -> Arrays.fill(a, off, off + len, 0);
            case float[] a -> Arrays.fill(a, off, off + len, 0);
            case boolean[] a -> Arrays.fill(a, off, off + len, false);
            case short[] a -> Arrays.fill(a, off, off + len, (short) 0);
            default -> throw new CommException("cannot clear a " + array.getClass().getSimpleName());
        }
    }

    /** Copies elements. */
    @SuppressWarnings("SuspiciousSystemArraycopy")
    public static void copy(Object from, int fromOff, Object to, int toOff, int len) {
        System.arraycopy(from, fromOff, to, toOff, len);
    }

    /** Writes elements into memory at byte {@code at}, native order. */
    public void write(Object array, int off, int len, MemorySegment memory, long at) {
        switch (this) {
            case BYTE -> MemorySegment.copy((byte[]) array, off, memory, ValueLayout.JAVA_BYTE, at, len);
            case SHORT -> MemorySegment.copy((short[]) array, off, memory, ValueLayout.JAVA_SHORT_UNALIGNED, at, len);
            case INT -> MemorySegment.copy((int[]) array, off, memory, ValueLayout.JAVA_INT_UNALIGNED, at, len);
            case LONG -> MemorySegment.copy((long[]) array, off, memory, ValueLayout.JAVA_LONG_UNALIGNED, at, len);
            case FLOAT -> MemorySegment.copy((float[]) array, off, memory, ValueLayout.JAVA_FLOAT_UNALIGNED, at, len);
            case DOUBLE -> MemorySegment.copy((double[]) array, off, memory, ValueLayout.JAVA_DOUBLE_UNALIGNED, at, len);
            case BOOLEAN -> {
                boolean[] flags = (boolean[]) array;
                for (int i = 0; i < len; i++) {
                    memory.set(ValueLayout.JAVA_BYTE, at + i, (byte) (flags[off + i] ? 1 : 0));
                }
            }
        }
    }

    /** Writes elements into words from {@code at} on; the last word may be filled in part. */
    public void toWords(Object array, int off, int len, long[] words, int at) {
        write(array, off, len, MemorySegment.ofArray(words), (long) at * Long.BYTES);
    }

    /** Reads what {@link #toWords} wrote. */
    public void fromWords(long[] words, int at, Object array, int off, int len) {
        read(MemorySegment.ofArray(words), (long) at * Long.BYTES, array, off, len);
    }

    /** Reads elements from memory at byte {@code at}. */
    public void read(MemorySegment memory, long at, Object array, int off, int len) {
        switch (this) {
            case BYTE -> MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, array, off, len);
            case SHORT -> MemorySegment.copy(memory, ValueLayout.JAVA_SHORT_UNALIGNED, at, array, off, len);
            case INT -> MemorySegment.copy(memory, ValueLayout.JAVA_INT_UNALIGNED, at, array, off, len);
            case LONG -> MemorySegment.copy(memory, ValueLayout.JAVA_LONG_UNALIGNED, at, array, off, len);
            case FLOAT -> MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT_UNALIGNED, at, array, off, len);
            case DOUBLE -> MemorySegment.copy(memory, ValueLayout.JAVA_DOUBLE_UNALIGNED, at, array, off, len);
            case BOOLEAN -> {
                boolean[] flags = (boolean[]) array;
                for (int i = 0; i < len; i++) {
                    flags[off + i] = memory.get(ValueLayout.JAVA_BYTE, at + i) != 0;
                }
            }
        }
    }
}
