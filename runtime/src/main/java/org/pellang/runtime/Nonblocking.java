package org.pellang.runtime;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.collective.Started;

/**
 * The collectives of a communicator that return at once (MPI_Ibarrier, MPI_Ibcast, ...). They go on whenever the rank is in the
 * runtime; buffers must be left alone until the request is complete. All ranks start them in the same order, also among blocking
 * ones; a nonblocking collective does not match a blocking one. Results have the same bits as those of the blocking calls.
 */
public final class Nonblocking {
    private final Started started;
    private final int size;

    Nonblocking(Started started, int size) {
        this.started = started;
        this.size = size;
    }

    /** Complete when all ranks have started it (MPI_Ibarrier). */
    public Request barrier() {
        return started.barrier(Site.NONE);
    }

    /** Root's elements to all (MPI_Ibcast). */
    public Request bcast(Object buf, int off, int len, int root) {
        return started.bcast(Site.NONE, buf, off, len, root);
    }

    /** Element-wise, in place on the root (MPI_Ireduce). */
    public Request reduce(Object buf, int off, int len, Op op, int root) {
        return started.reduce(Site.NONE, buf, off, len, op, root);
    }

    /** Element-wise, in place (MPI_Iallreduce). */
    public Request allreduce(Object buf, int off, int len, Op op) {
        return started.allreduce(Site.NONE, buf, off, len, op);
    }

    /** Inclusive prefix over ranks, in place (MPI_Iscan). */
    public Request scan(Object buf, int off, int len, Op op) {
        return started.scan(Site.NONE, buf, off, len, op, false);
    }

    /** Exclusive prefix over ranks, in place; rank 0's buffer gets zeros (MPI_Iexscan). */
    public Request exscan(Object buf, int off, int len, Op op) {
        return started.scan(Site.NONE, buf, off, len, op, true);
    }

    /** As {@link DoubleCalls#gather(double[], int, int, double[], int, int)} (MPI_Igather). */
    public Request gather(Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        return gatherv(sendBuf, sendOff, len, recvBuf, Blocks.equal(size, len), Blocks.steps(size, recvOff, len), root);
    }

    /** As {@link DoubleCalls#gatherv} (MPI_Igatherv). */
    public Request gatherv(Object sendBuf, int sendOff, int len,
            @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        return started.gatherv(Site.NONE, sendBuf, sendOff, len, recvBuf, counts, displs, root);
    }

    /** As {@link DoubleCalls#allgather(double[], int, int, double[], int)} (MPI_Iallgather). */
    public Request allgather(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        return allgatherv(sendBuf, sendOff, len, recvBuf, Blocks.equal(size, len), Blocks.steps(size, recvOff, len));
    }

    /** As {@link DoubleCalls#allgatherv} (MPI_Iallgatherv). */
    public Request allgatherv(Object sendBuf, int sendOff, int len, Object recvBuf, int[] counts, int[] displs) {
        return started.allgatherv(Site.NONE, sendBuf, sendOff, len, recvBuf, counts, displs);
    }

    /** As {@link DoubleCalls#scatter(double[], int, double[], int, int, int)} (MPI_Iscatter). */
    public Request scatter(@Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        return scatterv(sendBuf, Blocks.equal(size, len), Blocks.steps(size, sendOff, len), recvBuf, recvOff, len, root);
    }

    /** As {@link DoubleCalls#scatterv} (MPI_Iscatterv). */
    public Request scatterv(@Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            Object recvBuf, int recvOff, int len, int root) {
        return started.scatterv(Site.NONE, sendBuf, counts, displs, recvBuf, recvOff, len, root);
    }

    /** As {@link DoubleCalls#alltoall(double[], int, int, double[], int)} (MPI_Ialltoall). The two buffers must not overlap. */
    public Request alltoall(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        int[] counts = Blocks.equal(size, len);
        return alltoallv(sendBuf, counts, Blocks.steps(size, sendOff, len), recvBuf, counts, Blocks.steps(size, recvOff, len));
    }

    /** As {@link DoubleCalls#alltoallv} (MPI_Ialltoallv). The two buffers must not overlap. */
    public Request alltoallv(Object sendBuf, int[] sendCounts, int[] sendDispls, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        return started.alltoallv(Site.NONE, sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    /** As {@link #reduceScatter} with {@code len} elements to each rank (MPI_Ireduce_scatter_block). */
    public Request reduceScatterBlock(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff, Op op) {
        return reduceScatter(sendBuf, sendOff, Blocks.equal(size, len), recvBuf, recvOff, op);
    }

    /** Element-wise over all, then {@code counts[r]} elements to rank r (MPI_Ireduce_scatter). {@code sendBuf} is left as it is. */
    public Request reduceScatter(Object sendBuf, int sendOff, int[] counts, Object recvBuf, int recvOff, Op op) {
        return started.reduceScatter(Site.NONE, sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }
}
