package org.pellang.runtime.loop;

import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Op;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Workers;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Column;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.Partition;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * Elements written at other subscripts than the iteration's own, {@code a[g(i)] = x} and {@code a[g(i)] op= x}: collected during the loop, brought to
 * the owners (distributed arrays) or to all ranks (replicated ones) at its end, and applied in global iteration order, so that float sums have the same
 * bits on any number of ranks. The loop does not read the array.
 */
public final class Scatter {
    private final ParallelLoop loop;
    private final PelArray array;
    private final @Nullable Op op;
    private final @Nullable BinaryOperator<Object> user;
    private final @Nullable Change change;
    private final Codec<?>[] codecs;
    private final @Nullable String unique;
    private final boolean numbered;
    private final boolean sorted;
    private final @Nullable Scatter[] others;
    private final boolean[] seen;
    private final Box bounds;

    private int size;
    private long[] target = new long[16];
    private long[] order = new long[16];
    private double[] floats = {};
    private long[] ints = {};
    private Object[] objects = {};
    private long iteration;
    /** Where the stores of the present iteration begin. */
    private int first;

    /** Changes of several kinds. */
    public interface Change {
        /** The element after the change of kind {@code which} by {@code value}. */
        Object apply(int which, Object element, Object value);
    }

    private record Sent(int which, Object value) {}

    private Scatter(ParallelLoop loop, PelArray array, @Nullable Op op, @Nullable BinaryOperator<Object> user, @Nullable String unique) {
        this(loop, array, op, user, unique, null, new Codec<?>[0]);
    }

    private Scatter(ParallelLoop loop, PelArray array, @Nullable Op op, @Nullable BinaryOperator<Object> user, @Nullable String unique,
            @Nullable Change change, Codec<?>[] codecs) {
        this.change = change;
        this.codecs = codecs;
        this.loop = loop;
        this.array = array;
        this.op = op;
        this.user = user;
        this.unique = unique;
        this.bounds = array.domain().root().bounds();
        this.seen = new boolean[unique == null ? 0 : array.layout().size()];
        // Parts that follow each other in row-major order need no iteration numbers.
        this.sorted = loop.isInOrder() && loop.workers().count() == 1;
        this.numbered = !sorted || loop.rank().size() > 1 && (loop.parts().scattered() || new TreeShape(loop.space()).splitAxis(loop.parts()) > 0);
        this.others = new Scatter[loop.workers().count() - 1];
        switch (kind()) {
            case F64, F32 -> floats = new double[16];
            case I64, I32, I16, I8, BOOL -> ints = new long[16];
            case OBJ -> objects = new Object[16];
        }
    }

    /** {@code a[g(i)] = x} with a proven injective {@code g}. */
    public static Scatter assign(ParallelLoop loop, PelArray array) {
        return new Scatter(loop, array, null, null, null);
    }

    /** {@code a[unique(g(i))] = x}: traps at the end if two iterations wrote one element. @param name of the array, for the message */
    public static Scatter unique(ParallelLoop loop, PelArray array, String name) {
        return new Scatter(loop, array, null, null, name);
    }

    /** {@code a[g(i)] op= x} with a predefined operator; subtract by adding the negative. */
    public static Scatter update(ParallelLoop loop, PelArray array, Op op) {
        return new Scatter(loop, array, op, null, null);
    }

    /** {@code a[g(i)] reduce= x} with a user's commutative operator on boxed elements, or a predefined one on records of floats. */
    public static Scatter update(ParallelLoop loop, PelArray array, BinaryOperator<Object> op) {
        return new Scatter(loop, array, null, op, null);
    }

    /**
     * Changes of any kinds, applied in the order of the iterations.
     *
     * @param codecs of the values of each kind
     */
    public static Scatter changes(ParallelLoop loop, PelArray array, Change change, Codec<?>... codecs) {
        return new Scatter(loop, array, null, null, null, change, codecs);
    }

    /** What the calling thread records in: threads of one rank do not share it. */
    public Scatter here() {
        int worker = Workers.current();
        if (worker == 0) {
            return this;
        }
        Scatter other = others[worker - 1];
        if (other == null) {
            other = new Scatter(loop, array, op, user, unique, change, codecs);
            others[worker - 1] = other;
        }
        return other;
    }

    /** Takes what other threads have recorded, and puts all in order of the iterations. */
    private void sort() {
        for (Scatter other : others) {
            for (int n = 0; other != null && n < other.size; n++) {
                copy(other, n, reserve());
            }
        }
        Integer[] by = new Integer[size];
        Arrays.setAll(by, n -> n);
        Arrays.sort(by, java.util.Comparator.comparingLong(n -> order[n]));
        Scatter before = new Scatter(loop, array, op, user, null, change, codecs);
        for (int n = 0; n < by.length; n++) {
            before.copy(this, by[n], before.reserve());
        }
        for (int n = 0; n < by.length; n++) {
            copy(before, n, n);
        }
    }

    private void copy(Scatter from, int n, int to) {
        target[to] = from.target[n];
        order[to] = from.order[n];
        switch (kind()) {
            case F64, F32 -> {
                floats = to >= floats.length ? Arrays.copyOf(floats, 2 * to) : floats;
                floats[to] = from.floats[n];
            }
            case I64, I32, I16, I8, BOOL -> {
                ints = to >= ints.length ? Arrays.copyOf(ints, 2 * to) : ints;
                ints[to] = from.ints[n];
            }
            case OBJ -> {
                objects = to >= objects.length ? Arrays.copyOf(objects, 2 * to) : objects;
                objects[to] = from.objects[n];
            }
        }
    }

    private Column kind() {
        return change != null || array.type().columns() > 1 || user != null ? Column.OBJ : array.type().column(0);
    }

    /** To be called at the start of each iteration (unused axes 0). */
    public void iteration(long i, long j, long k) {
        first = size;
        if (numbered) {
            iteration = loop.space().linear(i, j, k);
        }
    }

    /** A value for element (i, j, k) of an array of floats; unused subscripts are 0. Traps outside the domain. */
    public void putFloat(double value, long i, long j, long k) {
        int n = next(i, j, k);
        if (n >= floats.length) {
            floats = Arrays.copyOf(floats, 2 * n);
        }
        floats[n] = value;
    }

    /** A value for an element of an array of an integer type or of bools (0, 1). */
    public void putInt(long value, long i, long j, long k) {
        int n = next(i, j, k);
        if (n >= ints.length) {
            ints = Arrays.copyOf(ints, 2 * n);
        }
        ints[n] = value;
    }

    /** A value for an element of any other type, or of any type with a user's operator. */
    public void putObject(Object value, long i, long j, long k) {
        int n = next(i, j, k);
        if (n >= objects.length) {
            objects = Arrays.copyOf(objects, 2 * n);
        }
        objects[n] = value;
    }

    /** A change of an element. */
    public void putChange(int which, Object value, long i, long j, long k) {
        putObject(new Sent(which, value), i, j, k);
    }

    private int reserve() {
        if (size == target.length) {
            target = Arrays.copyOf(target, 2 * size);
            order = Arrays.copyOf(order, numbered ? 2 * size : 16);
        }
        return size++;
    }

    private int next(long i, long j, long k) {
        long at = axis(0, i);
        at = array.axes() > 1 ? at * bounds.extent(1) + axis(1, j) : at;
        at = array.axes() > 2 ? at * bounds.extent(2) + axis(2, k) : at;
        if (unique != null) {
            // What one iteration stores again replaces what it stored.
            for (int earlier = first; earlier < size; earlier++) {
                if (target[earlier] == at) {
                    return earlier;
                }
            }
        }
        int n = reserve();
        target[n] = at;
        if (numbered) {
            order[n] = iteration;
        }
        return n;
    }

    private long axis(int d, long i) {
        Domain domain = array.domain();
        long low = bounds.lo()[d];
        long index = domain.periodic() ? low + Math.floorMod(i - low, bounds.extent(d)) : i;
        if (index < domain.lo(d) || index > domain.hi(d) || (index - domain.lo(d)) % domain.step(d) != 0) {
            throw new PelTrap("index " + i + " outside " + domain.lo(d) + ".." + domain.hi(d) + " of axis " + d);
        }
        return index - low;
    }

    private long[] index(long linear) {
        long[] index = new long[array.axes()];
        long rest = linear;
        for (int d = index.length - 1; d >= 0; d--) {
            long n = bounds.extent(d);
            index[d] = bounds.lo()[d] + rest % n;
            rest /= n;
        }
        return index;
    }

    /** Brings the values to their places. Collective. */
    public void end() {
        array.touch();
        if (!sorted) {
            sort();
        }
        Partition partition = array.domain().root().partition();
        int ranks = loop.rank().size();
        byte[][] arrived;
        if (partition == null) {
            Encoder out = new Encoder();
            for (int n = 0; n < size; n++) {
                write(n, out);
            }
            arrived = loop.allgather("scatter", out.toBytes());
        } else {
            Encoder[] out = new Encoder[ranks];
            Arrays.setAll(out, r -> new Encoder());
            for (int n = 0; n < size; n++) {
                write(n, out[partition.owner(index(target[n]))]);
            }
            byte[][] leaving = new byte[ranks][];
            Arrays.setAll(leaving, r -> out[r].toBytes());
            arrived = loop.alltoall("scatter", leaving);
        }
        Decoder[] in = new Decoder[ranks];
        Arrays.setAll(in, r -> new Decoder(arrived[r]));
        if (numbered) {
            applyMerged(in);
        } else {
            for (Decoder from : in) {
                while (from.remaining() > 0) {
                    apply(from.getLong(), from);
                }
            }
        }
    }

    private void write(int n, Encoder out) {
        if (numbered) {
            out.putLong(order[n]);
        }
        out.putLong(target[n]);
        switch (kind()) {
            case F64, F32 -> out.putDouble(floats[n]);
            case I64, I32, I16, I8, BOOL -> out.putLong(ints[n]);
            case OBJ -> {
                if (objects[n] instanceof Sent sent && change != null) {
                    out.putInt(sent.which);
                    encode(codecs[sent.which], out, sent.value);
                } else {
                    array.type().codec().write(out, objects[n]);
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> void encode(Codec<T> codec, Encoder out, Object value) {
        codec.write(out, (T) value);
    }

    /** Each rank's list ascends in iteration numbers, and no number is on two ranks: always apply the lowest next one. */
    private void applyMerged(Decoder[] in) {
        record Head(long iteration, int rank) {}
        java.util.PriorityQueue<Head> heads = new java.util.PriorityQueue<>(java.util.Comparator.comparingLong(Head::iteration));
        for (int r = 0; r < in.length; r++) {
            if (in[r].remaining() > 0) {
                heads.add(new Head(in[r].getLong(), r));
            }
        }
        while (!heads.isEmpty()) {
            Head head = heads.remove();
            Decoder from = in[head.rank()];
            apply(from.getLong(), from);
            if (from.remaining() > 0) {
                heads.add(new Head(from.getLong(), head.rank()));
            }
        }
    }

    private void apply(long linear, Decoder in) {
        long[] index = index(linear);
        int at = array.layout().place(index);
        if (unique != null) {
            if (seen[at]) {
                throw new PelTrap("two iterations write " + unique + Arrays.toString(index) + ": its subscript is not unique");
            }
            seen[at] = true;
        }
        switch (kind()) {
            case F64, F32 -> {
                double value = in.getDouble();
                array.setDouble(at, op == null ? value : ArrayOperators.floats(op, array.getDouble(at), value));
            }
            case I64, I32, I16, I8 -> {
                long value = in.getLong();
                array.setLong(at, op == null ? value : ArrayOperators.ints(op, array.getLong(at), value));
            }
            case BOOL -> {
                long value = in.getLong();
                array.bool(0)[at] = (op == null ? value : ArrayOperators.ints(op, array.bool(0)[at] ? 1 : 0, value)) != 0;
            }
            case OBJ -> {
                if (change != null) {
                    int which = in.getInt();
                    array.set(at, change.apply(which, array.get(at), codecs[which].read(in)));
                } else {
                    array.set(at, combined(array.get(at), array.type().codec().read(in)));
                }
            }
        }
    }

    private Object combined(Object old, Object value) {
        if (user != null) {
            return user.apply(old, value);
        }
        return op == null ? value : ValueOperators.of(op).apply(old, value);
    }
}
