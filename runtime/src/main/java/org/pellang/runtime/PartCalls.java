package org.pellang.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.collective.Collectives;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Members;

/** Collectives of parts of arrays, of objects, and by operators of the user: the third part of {@link Comm}. */
abstract sealed class PartCalls extends CollectiveCalls permits Comm {
    PartCalls(Endpoint endpoint, Members members, int context) {
        super(endpoint, members, context);
    }

    // ---- parts ----

    /** Root's elements to all, at places that may differ from rank to rank (MPI_Bcast). */
    public void bcast(Part part, int root) {
        Object packed = PartMessages.packed(part);
        bcast(Site.NONE, packed, 0, PartMessages.length(part), root);
        PartMessages.unpack(part, packed);
    }

    /** Element-wise, in place, same bits on all ranks (MPI_Allreduce). */
    public void allreduce(Part part, Op op) {
        Object packed = PartMessages.packed(part);
        allreduce(Site.NONE, packed, 0, PartMessages.length(part), op);
        PartMessages.unpack(part, packed);
    }

    /** Element-wise, in place on the root; the others' elements are left as they are (MPI_Reduce). */
    public void reduce(Part part, Op op, int root) {
        Object packed = PartMessages.packed(part);
        reduce(Site.NONE, packed, 0, PartMessages.length(part), op, root);
        if (rank() == root) {
            PartMessages.unpack(part, packed);
        }
    }

    /** Inclusive prefix over ranks, in place (MPI_Scan). */
    public void scan(Part part, Op op) {
        Object packed = PartMessages.packed(part);
        scan(Site.NONE, packed, 0, PartMessages.length(part), op);
        PartMessages.unpack(part, packed);
    }

    /** Exclusive prefix over ranks, in place; rank 0's elements become zeros (MPI_Exscan). */
    public void exscan(Part part, Op op) {
        Object packed = PartMessages.packed(part);
        exscan(Site.NONE, packed, 0, PartMessages.length(part), op);
        PartMessages.unpack(part, packed);
    }

    /** The elements of all ranks, of one number, to the root: {@code all} has {@code size} times as many; it may be null elsewhere (MPI_Gather). */
    public void gather(Part mine, @Nullable Part all, int root) {
        Object packed = rank() == root ? mine.kind().allocate(PartMessages.length(Objects.requireNonNull(all))) : null;
        gather(Site.NONE, PartMessages.packed(mine), 0, PartMessages.length(mine), packed, 0, root);
        if (packed != null && all != null) {
            PartMessages.unpack(all, packed);
        }
    }

    /** Root's elements in rank order, as many to each as {@code mine} has; {@code all} may be null elsewhere (MPI_Scatter). */
    public void scatter(@Nullable Part all, Part mine, int root) {
        Object packed = mine.kind().allocate(PartMessages.length(mine));
        scatter(Site.NONE, rank() == root ? PartMessages.packed(Objects.requireNonNull(all)) : null, 0, packed, 0, PartMessages.length(mine), root);
        PartMessages.unpack(mine, packed);
    }

    /** The elements of all ranks, of one number, to all: {@code all} has {@code size} times as many (MPI_Allgather). */
    public void allgather(Part mine, Part all) {
        Object packed = PartMessages.packed(all);
        allgather(Site.NONE, PartMessages.packed(mine), 0, PartMessages.length(mine), packed, 0);
        PartMessages.unpack(all, packed);
    }

    /** Block r of {@code out} to rank r; block s of {@code in} is from rank s. Both have {@code size} times as many elements as a block. */
    public void alltoall(Part out, Part in) {
        if (out.count() != in.count() || out.count() % size() != 0) {
            throw new CommException("alltoall: parts of " + out.count() + " and " + in.count() + " elements are not " + size() + " equal blocks");
        }
        Object packed = PartMessages.packed(in);
        alltoall(Site.NONE, PartMessages.packed(out), 0, PartMessages.length(out) / size(), packed, 0);
        PartMessages.unpack(in, packed);
    }

    /**
     * {@code out[r]} to rank r; {@code in[s]} is from rank s (MPI_Alltoallw). Kinds and numbers of elements may differ from pair to pair.
     *
     * @throws CommException if what comes is not as many bytes as a part has
     */
    public void alltoall(Part[] out, Part[] in) {
        byte[][] payloads = new byte[out.length][];
        for (int r = 0; r < out.length; r++) {
            payloads[r] = PartMessages.bytes(out[r]);
        }
        byte[][] came = alltoallBytes(Site.NONE, payloads);
        for (int s = 0; s < came.length; s++) {
            PartMessages.fill(in[s], came[s], s);
        }
    }

    // ---- objects ----

    /** Root's object to all; {@code value} is ignored elsewhere. */
    public <T> T bcastObject(@Nullable T value, Serializer<T> serializer, int root) {
        byte[] bytes = bcastBytes(Site.NONE, rank() == root ? serializer.write(Objects.requireNonNull(value)) : null, root);
        return serializer.read(bytes);
    }

    /** The objects of all ranks, in rank order, on all ranks. */
    public <T> List<T> allgatherObjects(T value, Serializer<T> serializer) {
        return Arrays.stream(allgatherBytes(Site.NONE, serializer.write(value))).map(serializer::read).toList();
    }

    /** The objects of all ranks, in rank order, on the root; an empty list elsewhere. */
    public <T> List<T> gatherObjects(T value, Serializer<T> serializer, int root) {
        return Arrays.stream(gatherBytes(Site.NONE, serializer.write(value), root)).map(serializer::read).toList();
    }

    /** Root's r-th object to rank r; {@code values} is ignored elsewhere. */
    public <T> T scatterObjects(@Nullable List<T> values, Serializer<T> serializer, int root) {
        byte[][] payloads = rank() == root ? Objects.requireNonNull(values).stream().map(serializer::write).toArray(byte[][]::new) : null;
        return serializer.read(scatterBytes(Site.NONE, payloads, root));
    }

    /** Any associative operator on objects, {@code op.apply(lower ranks, higher ranks)}; equal on all ranks. */
    public <T> T allreduceObjects(T value, Serializer<T> serializer, BinaryOperator<T> op) {
        return serializer.read(allreduceBytes(Site.NONE, serializer.write(value),
                (left, right) -> serializer.write(op.apply(serializer.read(left), serializer.read(right)))));
    }

    // ---- operators of the user ----

    /**
     * Any associative operator, commutative or not, in place, same bits on all ranks (MPI_Op_create, MPI_Allreduce). It gets the elements of
     * lower ranks on the left.
     */
    public void allreduce(double[] buf, int off, int len, DoubleBinaryOperator op) {
        ArrayBytes.doubles(allreduceBytes(Site.NONE, ArrayBytes.of(buf, off, len), ArrayBytes.onDoubles(op)), buf, off, len);
    }

    /** As {@link #allreduce(double[], int, int, DoubleBinaryOperator)}. */
    public void allreduce(long[] buf, int off, int len, LongBinaryOperator op) {
        ArrayBytes.longs(allreduceBytes(Site.NONE, ArrayBytes.of(buf, off, len), ArrayBytes.onLongs(op)), buf, off, len);
    }

    /** Any associative operator; the result on the root, the others' buffers are left as they are (MPI_Op_create, MPI_Reduce). */
    public void reduce(double[] buf, int off, int len, DoubleBinaryOperator op, int root) {
        byte[] result = reduceBytes(Site.NONE, ArrayBytes.of(buf, off, len), ArrayBytes.onDoubles(op), root);
        if (rank() == root) {
            ArrayBytes.doubles(result, buf, off, len);
        }
    }

    /** As {@link #reduce(double[], int, int, DoubleBinaryOperator, int)}. */
    public void reduce(long[] buf, int off, int len, LongBinaryOperator op, int root) {
        byte[] result = reduceBytes(Site.NONE, ArrayBytes.of(buf, off, len), ArrayBytes.onLongs(op), root);
        if (rank() == root) {
            ArrayBytes.longs(result, buf, off, len);
        }
    }

    /** Inclusive prefix over ranks by any associative operator, in place (MPI_Op_create, MPI_Scan). */
    public void scan(double[] buf, int off, int len, DoubleBinaryOperator op) {
        ArrayBytes.doubles(scanBytes(Site.NONE, ArrayBytes.of(buf, off, len), ArrayBytes.onDoubles(op)), buf, off, len);
    }

    /** As {@link #scan(double[], int, int, DoubleBinaryOperator)}. */
    public void scan(long[] buf, int off, int len, LongBinaryOperator op) {
        ArrayBytes.longs(scanBytes(Site.NONE, ArrayBytes.of(buf, off, len), ArrayBytes.onLongs(op)), buf, off, len);
    }

    /** Exclusive prefix over ranks by any associative operator, in place; rank 0's buffer is left as it is (MPI_Op_create, MPI_Exscan). */
    public void exscan(double[] buf, int off, int len, DoubleBinaryOperator op) {
        byte[] before = exscanBytes(Site.NONE, ArrayBytes.of(buf, off, len), ArrayBytes.onDoubles(op));
        if (before != null) {
            ArrayBytes.doubles(before, buf, off, len);
        }
    }

    /** As {@link #exscan(double[], int, int, DoubleBinaryOperator)}. */
    public void exscan(long[] buf, int off, int len, LongBinaryOperator op) {
        byte[] before = exscanBytes(Site.NONE, ArrayBytes.of(buf, off, len), ArrayBytes.onLongs(op));
        if (before != null) {
            ArrayBytes.longs(before, buf, off, len);
        }
    }
}
