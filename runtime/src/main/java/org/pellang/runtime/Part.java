package org.pellang.runtime;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.pellang.runtime.memory.Kind;

/**
 * Elements of an array or of memory that need not lie together: what MPI builds derived datatypes for. A part names places, it holds nothing;
 * immutable. Messages of parts are the same on the wire as those of arrays, so one side may use a part and the other an array. All numbers
 * count elements, as {@code long}.
 *
 * <pre>{@code
 * double[] grid = new double[rows * columns];
 * comm.send(Part.of(grid).strided(rows, 1, columns), peer, tag);      // the first column
 * comm.recv(Part.of(grid, columns - 1, grid.length - columns + 1).strided(rows, 1, columns), peer, tag);
 * }</pre>
 */
public final class Part {
    private final Object base;
    private final Kind kind;
    /** First element of each run, in the base. */
    private final Runs runs;

    private Part(Object base, Kind kind, Runs runs) {
        this.base = base;
        this.kind = kind;
        this.runs = runs;
    }

    /**
     * {@code len} elements of whatever primitive array, for code that does not know which.
     *
     * @throws CommException if it is none, or a char[]
     * @throws IndexOutOfBoundsException if they do not exist
     */
    public static Part ofAny(Object array, int off, int len) {
        Kind kind = Kind.of(array);
        Objects.checkFromIndexSize(off, len, kind.length(array));
        return new Part(array, kind, Runs.one(off, len));
    }

    /** A whole array. */
    public static Part of(double[] array) {
        return of(array, 0, array.length);
    }

    /** {@code len} elements from {@code off} on. @throws IndexOutOfBoundsException if they do not exist */
    public static Part of(double[] array, int off, int len) {
        return ofAny(array, off, len);
    }

    /** A whole array. */
    public static Part of(long[] array) {
        return of(array, 0, array.length);
    }

    /** {@code len} elements from {@code off} on. @throws IndexOutOfBoundsException if they do not exist */
    public static Part of(long[] array, int off, int len) {
        return ofAny(array, off, len);
    }

    /** A whole array. */
    public static Part of(int[] array) {
        return of(array, 0, array.length);
    }

    /** {@code len} elements from {@code off} on. @throws IndexOutOfBoundsException if they do not exist */
    public static Part of(int[] array, int off, int len) {
        return ofAny(array, off, len);
    }

    /** A whole array. */
    public static Part of(float[] array) {
        return of(array, 0, array.length);
    }

    /** {@code len} elements from {@code off} on. @throws IndexOutOfBoundsException if they do not exist */
    public static Part of(float[] array, int off, int len) {
        return ofAny(array, off, len);
    }

    /** A whole array. */
    public static Part of(byte[] array) {
        return of(array, 0, array.length);
    }

    /** {@code len} elements from {@code off} on. @throws IndexOutOfBoundsException if they do not exist */
    public static Part of(byte[] array, int off, int len) {
        return ofAny(array, off, len);
    }

    /** A whole array. */
    public static Part of(short[] array) {
        return of(array, 0, array.length);
    }

    /** {@code len} elements from {@code off} on. @throws IndexOutOfBoundsException if they do not exist */
    public static Part of(short[] array, int off, int len) {
        return ofAny(array, off, len);
    }

    /** A whole array. */
    public static Part of(boolean[] array) {
        return of(array, 0, array.length);
    }

    /** {@code len} elements from {@code off} on. @throws IndexOutOfBoundsException if they do not exist */
    public static Part of(boolean[] array, int off, int len) {
        return ofAny(array, off, len);
    }

    /** Memory as elements of a kind in native order; bytes at its end that make no element are left out. May hold more than 2^31 elements. */
    public static Part of(MemorySegment memory, Kind kind) {
        return new Part(memory, kind, Runs.one(0, memory.byteSize() / kind.bytes()));
    }

    /**
     * Blocks at equal distances, the first at this part's beginning (MPI_Type_vector).
     *
     * @param count number of blocks
     * @param block elements of each
     * @param stride from the beginning of one to that of the next; negative to go backwards
     * @throws IndexOutOfBoundsException if a block is not within this part, or this part is not in one piece
     */
    public Part strided(long count, long block, long stride) {
        if (count > 0 && block > 0) {
            inside(0, block);
            inside(Math.multiplyExact(count - 1, stride), block);
        }
        return new Part(base, kind, Runs.even(first(), Math.max(0, count), Math.max(0, block), stride));
    }

    /** Blocks of equal length at places counted from this part's beginning (MPI_Type_create_indexed_block). */
    public Part indexed(int[] places, int block) {
        int[] lengths = new int[places.length];
        Arrays.fill(lengths, block);
        return indexed(places, lengths);
    }

    /** Blocks at places counted from this part's beginning (MPI_Type_indexed). */
    public Part indexed(int[] places, int[] lengths) {
        if (places.length != lengths.length) {
            throw new CommException(places.length + " places with " + lengths.length + " lengths");
        }
        long[] starts = new long[places.length];
        for (int i = 0; i < places.length; i++) {
            inside(places[i], lengths[i]);
            starts[i] = first() + places[i];
        }
        return new Part(base, kind, Runs.at(starts, lengths));
    }

    /**
     * A box of this part seen as a row-major array (MPI_Type_create_subarray).
     *
     * @param shape extents of the whole, with a product of at most this part's count
     * @param start first index of the box, per axis
     * @param extents of the box
     */
    public Part box(int[] shape, int[] start, int[] extents) {
        int axes = shape.length;
        if (start.length != axes || extents.length != axes || axes == 0) {
            throw new CommException("a box needs a start and an extent for each of the " + axes + " axes");
        }
        long rows = 1;
        for (int d = 0; d < axes; d++) {
            Objects.checkFromIndexSize(start[d], extents[d], shape[d]);
            rows *= d < axes - 1 ? extents[d] : 1;
        }
        int[] lengths = new int[Math.toIntExact(extents[axes - 1] == 0 ? 0 : rows)];
        Arrays.fill(lengths, extents[axes - 1]);
        long[] starts = new long[lengths.length];
        for (int row = 0; row < starts.length; row++) {
            long at = 0;
            int rest = row;
            long step = shape[axes - 1];
            for (int d = axes - 2; d >= 0; d--) {
                at += (start[d] + rest % extents[d]) * step;
                rest /= extents[d];
                step *= shape[d];
            }
            inside(at + start[axes - 1], extents[axes - 1]);
            starts[row] = first() + at + start[axes - 1];
        }
        return new Part(base, kind, Runs.at(starts, lengths));
    }

    private long first() {
        return runs.start(0);
    }

    private void inside(long from, long length) {
        if (runs.number() != 1) {
            throw new IndexOutOfBoundsException("only a part in one piece can be divided");
        }
        Objects.checkFromIndexSize(from, length, runs.length());
    }

    /** Number of elements. */
    public long count() {
        return runs.length();
    }

    /** Their kind. */
    public Kind kind() {
        return kind;
    }

    /** Whether it is one piece of an array; then {@link #array} and {@link #offset} say which. */
    boolean isArray() {
        return runs.number() == 1 && !(base instanceof MemorySegment);
    }

    Object array() {
        return base;
    }

    int offset() {
        return (int) first();
    }

    /** Copies {@code n} elements from the {@code from}-th on into an array. */
    void pack(long from, int n, Object target, int at) {
        int[] to = {at};
        runs.each(from, n, (start, length) -> {
            if (base instanceof MemorySegment memory) {
                kind.read(memory, start * kind.bytes(), target, to[0], length);
            } else {
                Kind.copy(base, (int) start, target, to[0], length);
            }
            to[0] += length;
        });
    }

    /** Copies {@code n} elements of an array to the places from the {@code from}-th on. */
    void unpack(long from, int n, Object source, int at) {
        int[] next = {at};
        runs.each(from, n, (start, length) -> {
            if (base instanceof MemorySegment memory) {
                kind.write(source, next[0], length, memory, start * kind.bytes());
            } else {
                Kind.copy(source, next[0], base, (int) start, length);
            }
            next[0] += length;
        });
    }

    @Override
    public String toString() {
        return count() + " elements of kind " + kind + " in " + runs.number() + (runs.number() == 1 ? " piece" : " pieces");
    }
}
