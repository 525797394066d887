package org.pellang.runtime.array;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The kinds of columns that arrays store their elements in, with the block operations on them. A column is a Java array. */
public enum Column {
    F64(8),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    F32(4),
    BOOL(1),
    /** References; no fixed size in messages. */
    OBJ(0);

    private static final ValueLayout.OfDouble DOUBLES = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONGS = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INTS = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORTS = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;

    Column(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of an element in messages and files; 0 for references. */
    public int bytes() {
        return bytes;
    }

    /** A zeroed column. */
    Object allocate(int n) {
        return switch (this) {
            case F64 -> new double[n];
            case I64 -> new long[n];
            case I32 -> new int[n];
            case I16 -> new short[n];
            case I8 -> new byte[n];
            case F32 -> new float[n];
            case BOOL -> new boolean[n];
            case OBJ -> new Object[n];
        };
    }

    /** Copies elements of {@code column} as little-endian bytes; not for references. Returns the position after them. */
    public int pack(Object column, int from, int n, byte[] to, int at) {
        MemorySegment out = MemorySegment.ofArray(to);
        switch (this) {
            case F64 -> MemorySegment.copy((double[]) column, from, out, DOUBLES, at, n);
            case I64 -> MemorySegment.copy((long[]) column, from, out, LONGS, at, n);
            case I32 -> MemorySegment.copy((int[]) column, from, out, INTS, at, n);
            case I16 -> MemorySegment.copy((short[]) column, from, out, SHORTS, at, n);
            case I8 -> System.arraycopy(column, from, to, at, n);
            case F32 -> MemorySegment.copy((float[]) column, from, out, FLOATS, at, n);
            case BOOL -> {
                boolean[] flags = (boolean[]) column;
                for (int i = 0; i < n; i++) {
                    to[at + i] = (byte) (flags[from + i] ? 1 : 0);
                }
            }
            case OBJ -> throw new IllegalStateException("references are not packed");
        }
        return at + n * bytes;
    }

    /** The reverse of {@link #pack}. Returns the position after what was read. */
    public int unpack(byte[] from, int at, Object column, int to, int n) {
        MemorySegment in = MemorySegment.ofArray(from);
        switch (this) {
            case F64 -> MemorySegment.copy(in, DOUBLES, at, (double[]) column, to, n);
            case I64 -> MemorySegment.copy(in, LONGS, at, (long[]) column, to, n);
            case I32 -> MemorySegment.copy(in, INTS, at, (int[]) column, to, n);
            case I16 -> MemorySegment.copy(in, SHORTS, at, (short[]) column, to, n);
            case I8 -> System.arraycopy(from, at, column, to, n);
            case F32 -> MemorySegment.copy(in, FLOATS, at, (float[]) column, to, n);
            case BOOL -> {
                boolean[] flags = (boolean[]) column;
                for (int i = 0; i < n; i++) {
                    flags[to + i] = from[at + i] != 0;
                }
            }
            case OBJ -> throw new IllegalStateException("references are not packed");
        }
        return at + n * bytes;
    }

    /** Fills elements {@code from..<to} with the value of element {@code model}. */
    void spread(Object column, int model, int from, int to) {
        switch (this) {
            case F64 -> Arrays.fill((double[]) column, from, to, ((double[]) column)[model]);
            case I64 -> Arrays.fill((long[]) column, from, to, ((long[]) column)[model]);
            case I32 -> Arrays.fill((int[]) column, from, to, ((int[]) column)[model]);
            case I16 -> Arrays.fill((short[]) column, from, to, ((short[]) column)[model]);
            case I8 -> Arrays.fill((byte[]) column, from, to, ((byte[]) column)[model]);
            case F32 -> Arrays.fill((float[]) column, from, to, ((float[]) column)[model]);
            case BOOL -> Arrays.fill((boolean[]) column, from, to, ((boolean[]) column)[model]);
            case OBJ -> {
                Object[] items = (Object[]) column;
                for (int i = from; i < to; i++) {
                    items[i] = ElemType.copyValue(items[model]);
                }
            }
        }
    }

    /** Whether two elements are equal as PEL's {@code ==}. */
    boolean same(Object a, int i, Object b, int j) {
        return switch (this) {
            case F64 -> ((double[]) a)[i] == ((double[]) b)[j];
            case I64 -> ((long[]) a)[i] == ((long[]) b)[j];
            case I32 -> ((int[]) a)[i] == ((int[]) b)[j];
            case I16 -> ((short[]) a)[i] == ((short[]) b)[j];
            case I8 -> ((byte[]) a)[i] == ((byte[]) b)[j];
            case F32 -> ((float[]) a)[i] == ((float[]) b)[j];
            case BOOL -> ((boolean[]) a)[i] == ((boolean[]) b)[j];
            case OBJ -> ((Object[]) a)[i].equals(((Object[]) b)[j]);
        };
    }
}
