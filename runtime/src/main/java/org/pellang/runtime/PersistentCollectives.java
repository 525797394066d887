package org.pellang.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Collectives that are set up once and started again and again (MPI_Barrier_init, MPI_Bcast_init, ... of MPI-4). All ranks start them in the
 * same order, as nonblocking ones; buffers are fixed, their contents are those at the start.
 */
public final class PersistentCollectives {
    private final Nonblocking calls;

    PersistentCollectives(Nonblocking calls) {
        this.calls = calls;
    }

    /** MPI_Barrier_init. */
    public PersistentRequest barrier() {
        return new PersistentRequest(calls::barrier);
    }

    /** MPI_Bcast_init. */
    public PersistentRequest bcast(Object buf, int off, int len, int root) {
        return new PersistentRequest(() -> calls.bcast(buf, off, len, root));
    }

    /** In place on the root (MPI_Reduce_init). */
    public PersistentRequest reduce(Object buf, int off, int len, Op op, int root) {
        return new PersistentRequest(() -> calls.reduce(buf, off, len, op, root));
    }

    /** In place (MPI_Allreduce_init). */
    public PersistentRequest allreduce(Object buf, int off, int len, Op op) {
        return new PersistentRequest(() -> calls.allreduce(buf, off, len, op));
    }

    /** In place (MPI_Scan_init). */
    public PersistentRequest scan(Object buf, int off, int len, Op op) {
        return new PersistentRequest(() -> calls.scan(buf, off, len, op));
    }

    /** In place (MPI_Exscan_init). */
    public PersistentRequest exscan(Object buf, int off, int len, Op op) {
        return new PersistentRequest(() -> calls.exscan(buf, off, len, op));
    }

    /** MPI_Gather_init. */
    public PersistentRequest gather(Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        return new PersistentRequest(() -> calls.gather(sendBuf, sendOff, len, recvBuf, recvOff, root));
    }

    /** MPI_Allgather_init. */
    public PersistentRequest allgather(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        return new PersistentRequest(() -> calls.allgather(sendBuf, sendOff, len, recvBuf, recvOff));
    }

    /** MPI_Scatter_init. */
    public PersistentRequest scatter(@Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        return new PersistentRequest(() -> calls.scatter(sendBuf, sendOff, recvBuf, recvOff, len, root));
    }

    /** MPI_Alltoall_init. */
    public PersistentRequest alltoall(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        return new PersistentRequest(() -> calls.alltoall(sendBuf, sendOff, len, recvBuf, recvOff));
    }

    /** MPI_Alltoallv_init. */
    public PersistentRequest alltoallv(Object sendBuf, int[] sendCounts, int[] sendDispls, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        return new PersistentRequest(() -> calls.alltoallv(sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls));
    }

    /** MPI_Reduce_scatter_init. */
    public PersistentRequest reduceScatter(Object sendBuf, int sendOff, int[] counts, Object recvBuf, int recvOff, Op op) {
        return new PersistentRequest(() -> calls.reduceScatter(sendBuf, sendOff, counts, recvBuf, recvOff, op));
    }

    /** MPI_Reduce_scatter_block_init. */
    public PersistentRequest reduceScatterBlock(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff, Op op) {
        return new PersistentRequest(() -> calls.reduceScatterBlock(sendBuf, sendOff, len, recvBuf, recvOff, op));
    }

    /** MPI_Gatherv_init. */
    public PersistentRequest gatherv(Object sendBuf, int sendOff, int len,
            @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        return new PersistentRequest(() -> calls.gatherv(sendBuf, sendOff, len, recvBuf, counts, displs, root));
    }

    /** MPI_Allgatherv_init. */
    public PersistentRequest allgatherv(Object sendBuf, int sendOff, int len, Object recvBuf, int[] counts, int[] displs) {
        return new PersistentRequest(() -> calls.allgatherv(sendBuf, sendOff, len, recvBuf, counts, displs));
    }

    /** MPI_Scatterv_init. */
    public PersistentRequest scatterv(@Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            Object recvBuf, int recvOff, int len, int root) {
        return new PersistentRequest(() -> calls.scatterv(sendBuf, counts, displs, recvBuf, recvOff, len, root));
    }
}
