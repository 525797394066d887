package org.pellang.runtime;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.collective.Folding;
import org.pellang.runtime.collective.Started;

/**
 * The collectives of a communicator that return at once (MPI_Ibarrier, MPI_Ibcast, ...), of each primitive array ({@link DoubleStarts} and its kin) and of
 * parts. They go on whenever the rank is in the runtime; buffers must be left alone until the request is complete. All ranks start them in the same
 * order, also among blocking ones; a nonblocking collective does not match a blocking one. Results have the same bits as those of the blocking calls.
 */
public final class Nonblocking
        implements DoubleStarts, LongStarts, IntStarts, FloatStarts, ShortStarts, ByteStarts, BooleanStarts {
    private final CollectiveCalls comm;
    private final Started started;
    private final int rank;
    private final int size;

    Nonblocking(CollectiveCalls comm, Started started) {
        this.comm = comm;
        this.started = started;
        this.rank = comm.rank();
        this.size = comm.size();
    }

    /** Complete when all ranks have started it (MPI_Ibarrier). */
    public Request barrier() {
        return started.barrier(Site.NONE);
    }

    // ---- what DoubleStarts and its kin call with their arrays ----

    Request bcast(Object buf, int off, int len, int root) {
        return started.bcast(Site.NONE, buf, off, len, comm.checkedPeer(root));
    }

    Request reduce(Object buf, int off, int len, Folding op, int root) {
        return started.reduce(Site.NONE, buf, off, len, op, comm.checkedPeer(root));
    }

    Request allreduce(Object buf, int off, int len, Folding op) {
        return started.allreduce(Site.NONE, buf, off, len, op);
    }

    Request scan(Object buf, int off, int len, Folding op) {
        return started.scan(Site.NONE, buf, off, len, op, false);
    }

    Request exscan(Object buf, int off, int len, Folding op) {
        return started.scan(Site.NONE, buf, off, len, op, true);
    }

    Request gather(Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        return gatherv(sendBuf, sendOff, len, recvBuf, Blocks.equal(size, len), Blocks.steps(size, recvOff, len), root);
    }

    Request gatherv(Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        return started.gatherv(Site.NONE, sendBuf, sendOff, len, recvBuf, counts, displs, comm.checkedPeer(root));
    }

    Request allgather(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        return allgatherv(sendBuf, sendOff, len, recvBuf, Blocks.equal(size, len), Blocks.steps(size, recvOff, len));
    }

    Request allgatherv(Object sendBuf, int sendOff, int len, Object recvBuf, int[] counts, int[] displs) {
        return started.allgatherv(Site.NONE, sendBuf, sendOff, len, recvBuf, counts, displs);
    }

    Request scatter(@Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        return scatterv(sendBuf, Blocks.equal(size, len), Blocks.steps(size, sendOff, len), recvBuf, recvOff, len, root);
    }

    Request scatterv(@Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs, Object recvBuf, int recvOff, int len, int root) {
        return started.scatterv(Site.NONE, sendBuf, counts, displs, recvBuf, recvOff, len, comm.checkedPeer(root));
    }

    Request alltoall(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        int[] counts = Blocks.equal(size, len);
        return alltoallv(sendBuf, counts, Blocks.steps(size, sendOff, len), recvBuf, counts, Blocks.steps(size, recvOff, len));
    }

    Request alltoallv(Object sendBuf, int[] sendCounts, int[] sendDispls, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        return started.alltoallv(Site.NONE, sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    Request reduceScatterBlock(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff, Folding op) {
        return reduceScatter(sendBuf, sendOff, Blocks.equal(size, len), recvBuf, recvOff, op);
    }

    Request reduceScatter(Object sendBuf, int sendOff, int[] counts, Object recvBuf, int recvOff, Folding op) {
        return started.reduceScatter(Site.NONE, sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    // ---- parts: what comes is put in its place by Request.await or test ----

    private static Request into(Part part, Object packed, Request request) {
        return new AfterRequest(request, status -> PartMessages.unpack(part, packed));
    }

    /** As {@link Comm#bcast(Part, int)}, returning at once (MPI_Ibcast). */
    public Request bcast(Part part, int root) {
        Object packed = PartMessages.packed(part);
        return into(part, packed, bcast(packed, 0, PartMessages.length(part), root));
    }

    /** As {@link Comm#reduce(Part, Op, int)}, returning at once (MPI_Ireduce). */
    public Request reduce(Part part, Op op, int root) {
        Object packed = PartMessages.packed(part);
        Request request = reduce(packed, 0, PartMessages.length(part), op, root);
        return rank == root ? into(part, packed, request) : request;
    }

    /** As {@link Comm#allreduce(Part, Op)}, returning at once (MPI_Iallreduce). */
    public Request allreduce(Part part, Op op) {
        Object packed = PartMessages.packed(part);
        return into(part, packed, allreduce(packed, 0, PartMessages.length(part), op));
    }

    /** As {@link Comm#scan(Part, Op)}, returning at once (MPI_Iscan). */
    public Request scan(Part part, Op op) {
        Object packed = PartMessages.packed(part);
        return into(part, packed, scan(packed, 0, PartMessages.length(part), op));
    }

    /** As {@link Comm#exscan(Part, Op)}, returning at once (MPI_Iexscan). */
    public Request exscan(Part part, Op op) {
        Object packed = PartMessages.packed(part);
        return into(part, packed, exscan(packed, 0, PartMessages.length(part), op));
    }

    /** As {@link Comm#reduceScatter(Part, int[], Part, Op)}, returning at once (MPI_Ireduce_scatter). */
    public Request reduceScatter(Part all, int[] counts, Part mine, Op op) {
        Object packed = mine.kind().allocate(PartMessages.length(mine));
        return into(mine, packed, reduceScatter(PartMessages.packed(all), 0, counts, packed, 0, op));
    }

    /** As {@link Comm#reduceScatterBlock(Part, Part, Op)}, returning at once (MPI_Ireduce_scatter_block). */
    public Request reduceScatterBlock(Part all, Part mine, Op op) {
        return reduceScatter(all, Blocks.equal(size, PartMessages.length(mine)), mine, op);
    }

    /** As {@link Comm#gather(Part, Part, int)}, returning at once (MPI_Igather). */
    public Request gather(Part mine, @Nullable Part all, int root) {
        Object packed = rank == root ? mine.kind().allocate(PartMessages.length(Objects.requireNonNull(all))) : null;
        Request request = gather(PartMessages.packed(mine), 0, PartMessages.length(mine), packed, 0, root);
        return packed == null || all == null ? request : into(all, packed, request);
    }

    /** As {@link Comm#scatter(Part, Part, int)}, returning at once (MPI_Iscatter). */
    public Request scatter(@Nullable Part all, Part mine, int root) {
        Object packed = mine.kind().allocate(PartMessages.length(mine));
        Object whole = rank == root ? PartMessages.packed(Objects.requireNonNull(all)) : null;
        return into(mine, packed, scatter(whole, 0, packed, 0, PartMessages.length(mine), root));
    }

    /** As {@link Comm#allgather(Part, Part)}, returning at once (MPI_Iallgather). */
    public Request allgather(Part mine, Part all) {
        Object packed = PartMessages.packed(all);
        return into(all, packed, allgather(PartMessages.packed(mine), 0, PartMessages.length(mine), packed, 0));
    }

    /** As {@link Comm#alltoall(Part, Part)}, returning at once (MPI_Ialltoall). */
    public Request alltoall(Part out, Part in) {
        int block = PartMessages.block(out, in, size);
        Object packed = PartMessages.packed(in);
        return into(in, packed, alltoall(PartMessages.packed(out), 0, block, packed, 0));
    }

    /** As {@link Comm#alltoall(Part[], Part[])}, returning at once (MPI_Ialltoallw). */
    public Request alltoall(Part[] out, Part[] in) {
        Object[] packed = new Object[size];
        Started.Edge[] from = new Started.Edge[size];
        Started.Edge[] to = new Started.Edge[size];
        for (int r = 0; r < size; r++) {
            packed[r] = PartMessages.packed(in[r]);
            from[r] = new Started.Edge(r, 0, packed[r], 0, PartMessages.length(in[r]));
            to[r] = new Started.Edge(r, 0, PartMessages.packed(out[r]), 0, PartMessages.length(out[r]));
        }
        return new AfterRequest(started.edges("ialltoallw", 1, from, to), status -> {
            for (int r = 0; r < size; r++) {
                PartMessages.unpack(in[r], packed[r]);
            }
        });
    }
}
