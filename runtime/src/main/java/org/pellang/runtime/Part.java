package org.pellang.runtime;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.pellang.runtime.memory.Kind;

/**
 * Elements of an array or of memory that need not lie together: what MPI builds derived datatypes for. A part names places, it holds nothing;
 * immutable. Messages of parts are the same on the wire as those of arrays, so one side may use a part and the other an array. All numbers
 * count elements, as {@code long}: there is no limit anywhere. In collectives of more than 256 MiB all ranks use parts, or all arrays.
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
        return indexed(wide(places), block);
    }

    /** Blocks at places counted from this part's beginning (MPI_Type_indexed). */
    public Part indexed(int[] places, int[] lengths) {
        return indexed(wide(places), wide(lengths));
    }

    /** As {@link #indexed(int[], int)}, anywhere in memory of any size. */
    public Part indexed(long[] places, long block) {
        return indexed(places, Blocks.equal(places.length, block));
    }

    /** As {@link #indexed(int[], int[])}, anywhere in memory of any size. */
    public Part indexed(long[] places, long[] lengths) {
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
     * Neighbouring elements of this part, which may itself be spread.
     *
     * @throws IndexOutOfBoundsException if they do not exist
     */
    public Part piece(long from, long length) {
        Objects.checkFromIndexSize(from, length, count());
        return new Part(base, kind, runs.piece(from, length));
    }

    /** A piece for each rank, as MPI's v-variants have them by counts and displacements. @throws IndexOutOfBoundsException if one does not exist */
    public Part[] pieces(long[] counts, long[] places) {
        if (places.length != counts.length) {
            throw new CommException(places.length + " places with " + counts.length + " counts");
        }
        Part[] pieces = new Part[counts.length];
        for (int r = 0; r < pieces.length; r++) {
            pieces[r] = piece(places[r], counts[r]);
        }
        return pieces;
    }

    /**
     * A box of this part seen as a row-major array (MPI_Type_create_subarray).
     *
     * @param shape extents of the whole, with a product of at most this part's count
     * @param start first index of the box, per axis
     * @param extents of the box
     */
    public Part box(int[] shape, int[] start, int[] extents) {
        return box(wide(shape), wide(start), wide(extents));
    }

    /** As {@link #box(int[], int[], int[])}, of an array of any size. */
    public Part box(long[] shape, long[] start, long[] extents) {
        Runs box = Runs.box(first(), shape, start, extents);
        if (box.length() > 0) {
            long last = box.start(box.number() - 1) - first();
            inside(last, extents[extents.length - 1]);
        } else {
            inside(0, 0);
        }
        return new Part(base, kind, box);
    }

    private static long[] wide(int[] numbers) {
        return Arrays.stream(numbers).asLongStream().toArray();
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
