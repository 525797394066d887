package org.pellang.runtime;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.collective.Collectives;
import org.pellang.runtime.collective.Situation;
import org.pellang.runtime.collective.Started;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Members;

/** What all ranks of a communicator do together: the third part of {@link Comm}. */
abstract sealed class CollectiveCalls extends PartSending permits PartCalls {
    /** Name of all calls of neighbourhoods. */
    static final String NEIGHBORS = "neighbors";

    final Collectives collectives;

    CollectiveCalls(Endpoint endpoint, Members members, int context) {
        super(endpoint, members, context);
        this.collectives = new Collectives(endpoint, members, context + 1);
    }

    /** What the choice of a collective's algorithm depends on here, for tables ({@link org.pellang.runtime.collective.AlgorithmTable#choose}). */
    public Situation situation(long bytes, long elements, boolean exact) {
        return collectives.situation(bytes, elements, exact);
    }

    /** The collectives that return at once (MPI_Ibcast, ...). */
    public Nonblocking nonblocking() {
        return new Nonblocking(this, new Started(collectives, false));
    }

    /** Collectives that are set up once and started again and again (MPI_Bcast_init, ...). */
    public PersistentCollectives persistent() {
        return new PersistentCollectives(nonblocking());
    }

    /** Elements along the edges of a {@link Neighborhood}. */
    Request edges(int slots, Started.Edge[] in, Started.Edge[] out) {
        return forNeighbors().edges(NEIGHBORS, slots, in, out);
    }

    /** What a {@link Neighborhood} starts its calls with. */
    Started forNeighbors() {
        return new Started(collectives, false);
    }

    // ---- what blocking and nonblocking calls with a part for each rank do ----

    /** {@code mine} to the root, which has a part for each rank. */
    Request gathered(Started started, String name, Part mine, Part @Nullable [] all, int root) {
        PartEdges edges = new PartEdges(this, started).to(checkedPeer(root), 0, mine);
        if (rank() == root) {
            Part[] parts = oneEach(name, all);
            for (int r = 0; r < parts.length; r++) {
                edges.from(r, 0, parts[r]);
            }
        }
        return edges.start(name, 1);
    }

    /** The root's part for each rank to that. */
    Request scattered(Started started, String name, Part @Nullable [] all, Part mine, int root) {
        PartEdges edges = new PartEdges(this, started).from(checkedPeer(root), 0, mine);
        if (rank() == root) {
            Part[] parts = oneEach(name, all);
            for (int r = 0; r < parts.length; r++) {
                edges.to(r, 0, parts[r]);
            }
        }
        return edges.start(name, 1);
    }

    /** A part to each rank, and one from each. */
    Request exchanged(Started started, String name, Part[] out, Part[] in) {
        oneEach(name, out);
        oneEach(name, in);
        PartEdges edges = new PartEdges(this, started);
        // Everybody begins with another rank.
        for (int k = 0; k < size(); k++) {
            int to = (rank() + k) % size();
            int from = (rank() - k + size()) % size();
            edges.from(from, 0, in[from]).to(to, 0, out[to]);
        }
        return edges.start(name, 1);
    }

    private Part[] oneEach(String name, Part @Nullable [] parts) {
        if (parts == null || parts.length != size()) {
            throw new CommException(name + ": " + (parts == null ? 0 : parts.length) + " parts for " + size() + " ranks");
        }
        return parts;
    }

    /** The blocking collectives by an operator of the user, which {@link Started} knows as well. */
    Started byUser() {
        return new Started(collectives, true);
    }

    // ---- collectives with a site of the program text, for generated code and what supports it; {@code Object buf} is any primitive array ----

    /** Returns when all ranks have come (MPI_Barrier). */
    public void barrier(Site site) {
        collectives.barrier(site);
    }

    /** Root's elements to all (MPI_Bcast). */
    public void bcast(Site site, Object buf, int off, int len, int root) {
        collectives.bcast(site, buf, off, len, checkedPeer(root));
    }

    /** Root's payload to all (MPI_Bcast); {@code payload} is ignored elsewhere. */
    public byte[] bcastBytes(Site site, byte @Nullable [] payload, int root) {
        return collectives.bcastBytes(site, payload, checkedPeer(root));
    }

    /** Element-wise, in place on the root; the buffers of the others are left as they are (MPI_Reduce). */
    public void reduce(Site site, Object buf, int off, int len, Op op, int root) {
        collectives.reduce(site, buf, off, len, op, checkedPeer(root));
    }

    /** Element-wise, in place, same bits on all ranks (MPI_Allreduce). */
    public void allreduce(Site site, Object buf, int off, int len, Op op) {
        collectives.allreduce(site, buf, off, len, op);
    }

    /** One value (MPI_Allreduce). */
    public long allreduce(Site site, long value, Op op) {
        return collectives.allreduce(site, value, op);
    }

    /** One value (MPI_Allreduce). */
    public double allreduce(Site site, double value, Op op) {
        return collectives.allreduce(site, value, op);
    }

    /** Element-wise over all, then {@code counts[r]} elements to rank r (MPI_Reduce_scatter); {@code sendBuf} is left as it is. */
    public void reduceScatter(Site site, Object sendBuf, int sendOff, int[] counts, Object recvBuf, int recvOff, Op op) {
        collectives.reduceScatter(site, sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** One value (MPI_Allreduce). */
    public boolean allreduce(Site site, boolean value, Op op) {
        boolean[] box = {value};
        collectives.allreduce(site, box, 0, 1, op);
        return box[0];
    }

    /** Any associative operator on payloads, {@code op.apply(lower ranks, higher ranks)}; same bytes on all ranks (MPI_Op_create, MPI_Allreduce). */
    public byte[] allreduceBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        return collectives.allreduceBytes(site, payload, op);
    }

    /** As {@link #allreduceBytes}; the result on the root, an empty array elsewhere (MPI_Op_create, MPI_Reduce). */
    public byte[] reduceBytes(Site site, byte[] payload, BinaryOperator<byte[]> op, int root) {
        return collectives.reduceBytes(site, payload, op, checkedPeer(root));
    }

    /** Inclusive prefix over ranks, in place (MPI_Scan). */
    public void scan(Site site, Object buf, int off, int len, Op op) {
        collectives.scan(site, buf, off, len, op, false);
    }

    /** Exclusive prefix over ranks, in place; rank 0's buffer gets zeros (MPI_Exscan). */
    public void exscan(Site site, Object buf, int off, int len, Op op) {
        collectives.scan(site, buf, off, len, op, true);
    }

    /** Inclusive prefix over ranks of payloads (MPI_Op_create, MPI_Scan). */
    public byte[] scanBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        return collectives.scanBytes(site, payload, op);
    }

    /** Exclusive prefix over ranks of payloads; null on rank 0 (MPI_Op_create, MPI_Exscan). */
    public byte @Nullable [] exscanBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        return collectives.exscanBytes(site, payload, op);
    }

    /** {@code len} elements of each rank to the root, in rank order at {@code recvOff} (MPI_Gather); {@code recvBuf} may be null elsewhere. */
    public void gather(Site site, Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        collectives.gather(site, sendBuf, sendOff, len, recvBuf, recvOff, checkedPeer(root));
    }

    /** As {@link #gather} with lengths {@code counts[r]} and places {@code displs[r]}, looked at on the root (MPI_Gatherv). */
    public void gatherv(Site site, Object sendBuf, int sendOff, int len,
            @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        collectives.gatherv(site, sendBuf, sendOff, len, recvBuf, counts, displs, checkedPeer(root));
    }

    /** The payloads of all ranks in rank order on the root; an empty array of arrays elsewhere (MPI_Gatherv). */
    public byte[][] gatherBytes(Site site, byte[] payload, int root) {
        return collectives.gatherBytes(site, payload, checkedPeer(root));
    }

    /** {@code len} elements of each rank to all, in rank order at {@code recvOff} (MPI_Allgather). */
    public void allgather(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        collectives.allgatherv(site, sendBuf, sendOff, len, recvBuf, equal(len), steps(recvOff, len));
    }

    /** As {@link #allgather} with lengths {@code counts[r]} and places {@code displs[r]}, the same on all ranks (MPI_Allgatherv). */
    public void allgatherv(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int[] counts, int[] displs) {
        collectives.allgatherv(site, sendBuf, sendOff, len, recvBuf, counts, displs);
    }

    /** The payloads of all ranks in rank order, on all ranks (MPI_Allgatherv). */
    public byte[][] allgatherBytes(Site site, byte[] payload) {
        return collectives.allgatherBytes(site, payload);
    }

    /** Root's elements, {@code len} to each rank in rank order from {@code sendOff} (MPI_Scatter); {@code sendBuf} may be null elsewhere. */
    public void scatter(Site site, @Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        collectives.scatter(site, sendBuf, sendOff, recvBuf, recvOff, len, checkedPeer(root));
    }

    /** As {@link #scatter} with lengths and places, looked at on the root (MPI_Scatterv); {@code len} is this rank's length. */
    public void scatterv(Site site, @Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            Object recvBuf, int recvOff, int len, int root) {
        collectives.scatterv(site, sendBuf, counts, displs, recvBuf, recvOff, len, checkedPeer(root));
    }

    /** Root's {@code payloads[r]} to rank r; ignored elsewhere (MPI_Scatterv). */
    public byte[] scatterBytes(Site site, byte @Nullable [][] payloads, int root) {
        return collectives.scatterBytes(site, payloads, checkedPeer(root));
    }

    /** {@code len} elements from each rank to each (MPI_Alltoall): block r of {@code sendBuf} goes to rank r, block s received is from rank s. */
    public void alltoall(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        collectives.alltoall(site, sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #alltoall} with lengths and places per peer (MPI_Alltoallv). */
    public void alltoallv(Site site, Object sendBuf, int[] sendCounts, int[] sendDispls,
            Object recvBuf, int[] recvCounts, int[] recvDispls) {
        collectives.alltoallv(site, sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    /** {@code payloads[r]} goes to rank r; the result's element s came from rank s (MPI_Alltoallv). Empty payloads are allowed. */
    public byte[][] alltoallBytes(Site site, byte[][] payloads) {
        return collectives.alltoallBytes(site, payloads);
    }

    // ---- ... and without, for plain Java ----

    /** Returns when all ranks have come (MPI_Barrier). */
    public void barrier() {
        barrier(Site.NONE);
    }

    /** One value (MPI_Allreduce). */
    public long allreduce(long value, Op op) {
        return allreduce(Site.NONE, value, op);
    }

    /** One value (MPI_Allreduce). */
    public double allreduce(double value, Op op) {
        return allreduce(Site.NONE, value, op);
    }

    private int[] equal(int len) {
        return Blocks.equal(size(), len);
    }

    private int[] steps(int off, int len) {
        return Blocks.steps(size(), off, len);
    }
}
