package org.pellang.runtime;

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

    // ---- parts of any number of elements: more than 1 GiB in turns; what comes is put in its place by Request.await or test, or as turns end ----

    private interface Turn {
        /** @param at has the number of this turn @param from first of these elements, of each block @param n elements, of each block */
        Request start(Nonblocking at, long from, int n);
    }

    /** @param count elements of a block @param blocks of one turn */
    private Request turns(Part part, long count, int blocks, Turn turn) {
        long most = Math.max(1, comm.turnBytes / part.kind().bytes() / blocks);
        int turns = Math.toIntExact(Math.max(1, (count + most - 1) / most));
        int first = started.reserve(turns);
        return Turns.start(comm.endpoint, turns,
                k -> turn.start(new Nonblocking(comm, started.numbered(first + k)), k * most, (int) Math.min(most, count - k * most)));
    }

    private interface InPlace {
        Request start(Nonblocking at, Object packed, int n);
    }

    /** Packs elements, does something with them and puts them back. */
    private Request inPlace(Part part, boolean back, InPlace work) {
        return turns(part, part.count(), 1, (at, from, n) -> {
            Object packed = PartMessages.slice(part, from, n);
            Request request = work.start(at, packed, n);
            return back ? new AfterRequest(request, status -> part.unpack(from, n, packed, 0)) : request;
        });
    }

    /** As {@link Comm#bcast(Part, int)}, returning at once (MPI_Ibcast). */
    public Request bcast(Part part, int root) {
        return inPlace(part, rank != root, (at, packed, n) -> at.bcast(packed, 0, n, root));
    }

    /** As {@link Comm#reduce(Part, Folding, int)}, returning at once (MPI_Ireduce). */
    public Request reduce(Part part, Folding op, int root) {
        Foldings.check(op, part);
        return inPlace(part, rank == root, (at, packed, n) -> at.reduce(packed, 0, n, op, root));
    }

    /** As {@link Comm#allreduce(Part, Folding)}, returning at once (MPI_Iallreduce). */
    public Request allreduce(Part part, Folding op) {
        Foldings.check(op, part);
        return inPlace(part, true, (at, packed, n) -> at.allreduce(packed, 0, n, op));
    }

    /** As {@link Comm#scan(Part, Folding)}, returning at once (MPI_Iscan). */
    public Request scan(Part part, Folding op) {
        Foldings.check(op, part);
        return inPlace(part, true, (at, packed, n) -> at.scan(packed, 0, n, op));
    }

    /** As {@link Comm#exscan(Part, Folding)}, returning at once (MPI_Iexscan). */
    public Request exscan(Part part, Folding op) {
        Foldings.check(op, part);
        return inPlace(part, true, (at, packed, n) -> at.exscan(packed, 0, n, op));
    }

    /** As {@link Comm#reduceScatter(Part, long[], Part, Folding)}, returning at once (MPI_Ireduce_scatter). */
    public Request reduceScatter(Part all, long[] counts, Part mine, Folding op) {
        Foldings.check(op, all);
        PartBlocks blocks = PartBlocks.of(all, counts).checked("reduceScatter", rank, mine);
        return turns(all, blocks.longest(), size, (at, from, n) -> {
            int[] now = blocks.lengths(from, n);
            Object packed = mine.kind().allocate(now[rank]);
            Request request = at.reduceScatter(blocks.pack(from, n), 0, now, packed, 0, op);
            return new AfterRequest(request, status -> mine.unpack(from, now[rank], packed, 0));
        });
    }

    /** As {@link Comm#reduceScatterBlock(Part, Part, Folding)}, returning at once (MPI_Ireduce_scatter_block). */
    public Request reduceScatterBlock(Part all, Part mine, Folding op) {
        return reduceScatter(all, Blocks.equal(size, mine.count()), mine, op);
    }

    /** As {@link Comm#gather(Part, Part, int)}, returning at once (MPI_Igather). */
    public Request gather(Part mine, @Nullable Part all, int root) {
        PartBlocks blocks = rank == root ? PartBlocks.equal("gather", all, size, mine.count()) : null;
        return turns(mine, mine.count(), size, (at, from, n) -> {
            Object packed = blocks == null ? null : mine.kind().allocate(n * size);
            Request request = at.gather(PartMessages.slice(mine, from, n), 0, n, packed, 0, root);
            return packed == null || blocks == null ? request : new AfterRequest(request, status -> blocks.unpack(from, n, packed));
        });
    }

    /** As {@link Comm#gatherv(Part, Part[], int)}, returning at once (MPI_Igatherv). */
    public Request gatherv(Part mine, Part @Nullable [] all, int root) {
        return comm.gathered(started, "igatherv", mine, all, root);
    }

    /** As {@link Comm#scatter(Part, Part, int)}, returning at once (MPI_Iscatter). */
    public Request scatter(@Nullable Part all, Part mine, int root) {
        PartBlocks blocks = rank == root ? PartBlocks.equal("scatter", all, size, mine.count()) : null;
        return turns(mine, mine.count(), size, (at, from, n) -> {
            Object packed = mine.kind().allocate(n);
            Request request = at.scatter(blocks == null ? null : blocks.pack(from, n), 0, packed, 0, n, root);
            return new AfterRequest(request, status -> mine.unpack(from, n, packed, 0));
        });
    }

    /** As {@link Comm#scatterv(Part[], Part, int)}, returning at once (MPI_Iscatterv). */
    public Request scatterv(Part @Nullable [] all, Part mine, int root) {
        return comm.scattered(started, "iscatterv", all, mine, root);
    }

    /** As {@link Comm#allgather(Part, Part)}, returning at once (MPI_Iallgather). */
    public Request allgather(Part mine, Part all) {
        PartBlocks blocks = PartBlocks.equal("allgather", all, size, mine.count());
        return turns(mine, mine.count(), size, (at, from, n) -> {
            Object packed = mine.kind().allocate(n * size);
            Request request = at.allgather(PartMessages.slice(mine, from, n), 0, n, packed, 0);
            return new AfterRequest(request, status -> blocks.unpack(from, n, packed));
        });
    }

    /** As {@link Comm#allgatherv(Part, Part[])}, returning at once (MPI_Iallgatherv). */
    public Request allgatherv(Part mine, Part[] all) {
        return comm.exchanged(started, "iallgatherv", Blocks.same(size, mine), all);
    }

    /** As {@link Comm#alltoall(Part, Part)}, returning at once (MPI_Ialltoall). */
    public Request alltoall(Part out, Part in) {
        PartBlocks from = PartBlocks.equal("alltoall", out, size, out.count() / size);
        PartBlocks to = PartBlocks.equal("alltoall", in, size, out.count() / size);
        return turns(out, out.count() / size, size, (at, first, n) -> {
            Object packed = in.kind().allocate(n * size);
            Request request = at.alltoall(from.pack(first, n), 0, n, packed, 0);
            return new AfterRequest(request, status -> to.unpack(first, n, packed));
        });
    }

    /** As {@link Comm#alltoall(Part[], Part[])}, returning at once (MPI_Ialltoallw). */
    public Request alltoall(Part[] out, Part[] in) {
        return comm.exchanged(started, "ialltoallw", out, in);
    }
}
