package org.pellang.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.collective.Collectives;
import org.pellang.runtime.collective.Situation;
import org.pellang.runtime.collective.Started;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Members;

/** What all ranks of a communicator do together: the second third of {@link Comm}. */
abstract sealed class CollectiveCalls extends PointToPoint permits Comm {
    final Collectives collectives;

    CollectiveCalls(Endpoint endpoint, Members members, int context) {
        super(endpoint, members, context);
        this.collectives = new Collectives(endpoint, members, context + 1);
    }

    /** What the choice of a collective's algorithm depends on here, for tables ({@link org.pellang.runtime.collective.AlgorithmTable#choose}). */
    public Situation situation(long bytes, long elements, boolean exact) {
        return collectives.situation(bytes, elements, exact);
    }

    /** The collectives that return at once. */
    public Nonblocking nonblocking() {
        return new Nonblocking(new Started(collectives), size());
    }

    /** Collectives that are set up once and started again and again. */
    public PersistentCollectives persistent() {
        return new PersistentCollectives(nonblocking());
    }

    /** Block k to peer k and from it; what peer k sends me is its block {@code k ^ 1} (lower and upper neighbour). */
    Request exchange(int[] peers, Object sendBuf, int[] sendCounts, int[] sendDispls, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        return new Started(collectives).neighbors(Site.NONE, peers, sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    // ---- collectives: with a site ... ----

    /** Returns when all ranks have come. */
    public void barrier(Site site) {
        collectives.barrier(site);
    }

    /** Root's elements to all. */
    public void bcast(Site site, Object buf, int off, int len, int root) {
        collectives.bcast(site, buf, off, len, checkedPeer(root));
    }

    /** Root's payload to all; {@code payload} is ignored elsewhere. */
    public byte[] bcastBytes(Site site, byte @Nullable [] payload, int root) {
        return collectives.bcastBytes(site, payload, checkedPeer(root));
    }

    /** Element-wise, in place on the root; the buffers of the others are left as they are. */
    public void reduce(Site site, Object buf, int off, int len, Op op, int root) {
        collectives.reduce(site, buf, off, len, op, checkedPeer(root));
    }

    /** Element-wise, in place, same bits on all ranks. */
    public void allreduce(Site site, Object buf, int off, int len, Op op) {
        collectives.allreduce(site, buf, off, len, op);
    }

    /** One value. */
    public long allreduce(Site site, long value, Op op) {
        return collectives.allreduce(site, value, op);
    }

    /** One value. */
    public double allreduce(Site site, double value, Op op) {
        return collectives.allreduce(site, value, op);
    }

    /** Element-wise over all, then {@code counts[r]} elements to rank r (MPI_Reduce_scatter); {@code sendBuf} is left as it is. */
    public void reduceScatter(Object sendBuf, int sendOff, int[] counts, Object recvBuf, int recvOff, Op op) {
        collectives.reduceScatter(Site.NONE, sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** As {@link #reduceScatter} with {@code len} elements to each rank (MPI_Reduce_scatter_block). */
    public void reduceScatterBlock(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff, Op op) {
        reduceScatter(sendBuf, sendOff, equal(len), recvBuf, recvOff, op);
    }

    /** One value. */
    public boolean allreduce(Site site, boolean value, Op op) {
        boolean[] box = {value};
        collectives.allreduce(site, box, 0, 1, op);
        return box[0];
    }

    /** Any associative operator on payloads, {@code op.apply(lower ranks, higher ranks)}; same bytes on all ranks. */
    public byte[] allreduceBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        return collectives.allreduceBytes(site, payload, op);
    }

    /** As {@link #allreduceBytes}; the result on the root, an empty array elsewhere. */
    public byte[] reduceBytes(Site site, byte[] payload, BinaryOperator<byte[]> op, int root) {
        return collectives.reduceBytes(site, payload, op, checkedPeer(root));
    }

    /** Inclusive prefix over ranks, in place. */
    public void scan(Site site, Object buf, int off, int len, Op op) {
        collectives.scan(site, buf, off, len, op, false);
    }

    /** Exclusive prefix over ranks, in place; rank 0's buffer gets zeros. */
    public void exscan(Site site, Object buf, int off, int len, Op op) {
        collectives.scan(site, buf, off, len, op, true);
    }

    /** Inclusive prefix over ranks of payloads. */
    public byte[] scanBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        return collectives.scanBytes(site, payload, op);
    }

    /** Exclusive prefix over ranks of payloads; null on rank 0. */
    public byte @Nullable [] exscanBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        return collectives.exscanBytes(site, payload, op);
    }

    /** {@code len} elements of each rank to the root, in rank order at {@code recvOff}; {@code recvBuf} may be null elsewhere. */
    public void gather(Site site, Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        collectives.gather(site, sendBuf, sendOff, len, recvBuf, recvOff, checkedPeer(root));
    }

    /** As {@link #gather} with lengths {@code counts[r]} and places {@code displs[r]} (looked at on the root). */
    public void gatherv(Site site, Object sendBuf, int sendOff, int len,
            @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        collectives.gatherv(site, sendBuf, sendOff, len, recvBuf, counts, displs, checkedPeer(root));
    }

    /** The payloads of all ranks in rank order on the root; an empty array of arrays elsewhere. */
    public byte[][] gatherBytes(Site site, byte[] payload, int root) {
        return collectives.gatherBytes(site, payload, checkedPeer(root));
    }

    /** {@code len} elements of each rank to all, in rank order at {@code recvOff}. */
    public void allgather(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        collectives.allgatherv(site, sendBuf, sendOff, len, recvBuf, equal(len), steps(recvOff, len));
    }

    /** As {@link #allgather} with lengths {@code counts[r]} and places {@code displs[r]}, the same on all ranks. */
    public void allgatherv(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int[] counts, int[] displs) {
        collectives.allgatherv(site, sendBuf, sendOff, len, recvBuf, counts, displs);
    }

    /** The payloads of all ranks in rank order, on all ranks. */
    public byte[][] allgatherBytes(Site site, byte[] payload) {
        return collectives.allgatherBytes(site, payload);
    }

    /** Root's elements, {@code len} to each rank in rank order from {@code sendOff}; {@code sendBuf} may be null elsewhere. */
    public void scatter(Site site, @Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        collectives.scatter(site, sendBuf, sendOff, recvBuf, recvOff, len, checkedPeer(root));
    }

    /** As {@link #scatter} with lengths and places (looked at on the root); {@code len} is this rank's length. */
    public void scatterv(Site site, @Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            Object recvBuf, int recvOff, int len, int root) {
        collectives.scatterv(site, sendBuf, counts, displs, recvBuf, recvOff, len, checkedPeer(root));
    }

    /** Root's {@code payloads[r]} to rank r; ignored elsewhere. */
    public byte[] scatterBytes(Site site, byte @Nullable [][] payloads, int root) {
        return collectives.scatterBytes(site, payloads, checkedPeer(root));
    }

    /** {@code len} elements from each rank to each: block r of {@code sendBuf} goes to rank r, block s received is from rank s. */
    public void alltoall(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        collectives.alltoall(site, sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #alltoall} with lengths and places per peer. */
    public void alltoallv(Site site, Object sendBuf, int[] sendCounts, int[] sendDispls,
            Object recvBuf, int[] recvCounts, int[] recvDispls) {
        collectives.alltoallv(site, sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    /** {@code payloads[r]} goes to rank r; the result's element s came from rank s. Empty payloads are allowed. */
    public byte[][] alltoallBytes(Site site, byte[][] payloads) {
        return collectives.alltoallBytes(site, payloads);
    }

    // ---- ... and without, for plain Java ----

    /** As {@link #barrier(Site)}. */
    public void barrier() {
        barrier(Site.NONE);
    }

    /** As {@link #bcast(Site, Object, int, int, int)}. */
    public void bcast(Object buf, int off, int len, int root) {
        bcast(Site.NONE, buf, off, len, root);
    }

    /** As {@link #reduce(Site, Object, int, int, Op, int)}. */
    public void reduce(Object buf, int off, int len, Op op, int root) {
        reduce(Site.NONE, buf, off, len, op, root);
    }

    /** As {@link #allreduce(Site, Object, int, int, Op)}. */
    public void allreduce(Object buf, int off, int len, Op op) {
        allreduce(Site.NONE, buf, off, len, op);
    }

    /** As {@link #allreduce(Site, long, Op)}. */
    public long allreduce(long value, Op op) {
        return allreduce(Site.NONE, value, op);
    }

    /** As {@link #allreduce(Site, double, Op)}. */
    public double allreduce(double value, Op op) {
        return allreduce(Site.NONE, value, op);
    }

    /** As {@link #scan(Site, Object, int, int, Op)}. */
    public void scan(Object buf, int off, int len, Op op) {
        scan(Site.NONE, buf, off, len, op);
    }

    /** As {@link #exscan(Site, Object, int, int, Op)}. */
    public void exscan(Object buf, int off, int len, Op op) {
        exscan(Site.NONE, buf, off, len, op);
    }

    /** As {@link #gather(Site, Object, int, int, Object, int, int)}. */
    public void gather(Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        gather(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff, root);
    }

    /** As {@link #allgather(Site, Object, int, int, Object, int)}. */
    public void allgather(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        allgather(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #scatter(Site, Object, int, Object, int, int, int)}. */
    public void scatter(@Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        scatter(Site.NONE, sendBuf, sendOff, recvBuf, recvOff, len, root);
    }

    /** As {@link #alltoall(Site, Object, int, int, Object, int)}. */
    public void alltoall(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        alltoall(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff);
    }

    // ---- parts, objects, operators of the user ----

    /** Root's elements to all, at places that may differ from rank to rank. */
    public void bcast(Part part, int root) {
        Object packed = PartMessages.packed(part);
        bcast(packed, 0, PartMessages.length(part), root);
        PartMessages.unpack(part, packed);
    }

    /** Element-wise, in place, same bits on all ranks. */
    public void allreduce(Part part, Op op) {
        Object packed = PartMessages.packed(part);
        allreduce(packed, 0, PartMessages.length(part), op);
        PartMessages.unpack(part, packed);
    }

    /** The elements of all ranks, of one number, to all: {@code all} has {@code size} times as many. */
    public void allgather(Part mine, Part all) {
        Object packed = PartMessages.packed(all);
        allgather(PartMessages.packed(mine), 0, PartMessages.length(mine), packed, 0);
        PartMessages.unpack(all, packed);
    }

    /** Block r of {@code out} to rank r; block s of {@code in} is from rank s. Both have {@code size} times as many elements as a block. */
    public void alltoall(Part out, Part in) {
        if (out.count() != in.count() || out.count() % size() != 0) {
            throw new CommException("alltoall: parts of " + out.count() + " and " + in.count() + " elements are not " + size() + " equal blocks");
        }
        Object packed = PartMessages.packed(in);
        alltoall(PartMessages.packed(out), 0, PartMessages.length(out) / size(), packed, 0);
        PartMessages.unpack(in, packed);
    }

    /** Root's object to all; {@code value} is ignored elsewhere. */
    public <T> T bcastObject(@Nullable T value, Serializer<T> serializer, int root) {
        byte[] bytes = bcastBytes(Site.NONE, rank() == root ? serializer.write(Objects.requireNonNull(value)) : null, root);
        return serializer.read(bytes);
    }

    /** The objects of all ranks, in rank order, on all ranks. */
    public <T> List<T> allgatherObjects(T value, Serializer<T> serializer) {
        return Arrays.stream(allgatherBytes(Site.NONE, serializer.write(value))).map(serializer::read).toList();
    }

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

    private int[] equal(int len) {
        return Blocks.equal(size(), len);
    }

    private int[] steps(int off, int len) {
        return Blocks.steps(size(), off, len);
    }
}
