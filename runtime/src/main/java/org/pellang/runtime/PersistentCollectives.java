package org.pellang.runtime;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.collective.Folding;

/**
 * Collectives that are set up once and started again and again (MPI_Barrier_init, MPI_Bcast_init, ... of MPI-4), of each primitive array
 * ({@link DoubleInits} and its kin) and of parts. All ranks start them in the same order, as nonblocking ones; buffers are fixed, their contents are
 * those at the start.
 */
public final class PersistentCollectives implements DoubleInits, LongInits, IntInits, FloatInits, ShortInits, ByteInits, BooleanInits {
    private final Nonblocking calls;

    PersistentCollectives(Nonblocking calls) {
        this.calls = calls;
    }

    /** To be started again and again (MPI_Barrier_init). */
    public PersistentRequest barrier() {
        return new PersistentRequest(calls::barrier);
    }

    // ---- what DoubleInits and its kin call with their arrays ----

    PersistentRequest bcast(Object buf, int off, int len, int root) {
        return new PersistentRequest(() -> calls.bcast(buf, off, len, root));
    }

    PersistentRequest reduce(Object buf, int off, int len, Folding op, int root) {
        return new PersistentRequest(() -> calls.reduce(buf, off, len, op, root));
    }

    PersistentRequest allreduce(Object buf, int off, int len, Folding op) {
        return new PersistentRequest(() -> calls.allreduce(buf, off, len, op));
    }

    PersistentRequest scan(Object buf, int off, int len, Folding op) {
        return new PersistentRequest(() -> calls.scan(buf, off, len, op));
    }

    PersistentRequest exscan(Object buf, int off, int len, Folding op) {
        return new PersistentRequest(() -> calls.exscan(buf, off, len, op));
    }

    PersistentRequest gather(Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        return new PersistentRequest(() -> calls.gather(sendBuf, sendOff, len, recvBuf, recvOff, root));
    }

    PersistentRequest gatherv(Object sendBuf, int sendOff, int len,
            @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        return new PersistentRequest(() -> calls.gatherv(sendBuf, sendOff, len, recvBuf, counts, displs, root));
    }

    PersistentRequest allgather(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        return new PersistentRequest(() -> calls.allgather(sendBuf, sendOff, len, recvBuf, recvOff));
    }

    PersistentRequest allgatherv(Object sendBuf, int sendOff, int len, Object recvBuf, int[] counts, int[] displs) {
        return new PersistentRequest(() -> calls.allgatherv(sendBuf, sendOff, len, recvBuf, counts, displs));
    }

    PersistentRequest scatter(@Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        return new PersistentRequest(() -> calls.scatter(sendBuf, sendOff, recvBuf, recvOff, len, root));
    }

    PersistentRequest scatterv(@Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            Object recvBuf, int recvOff, int len, int root) {
        return new PersistentRequest(() -> calls.scatterv(sendBuf, counts, displs, recvBuf, recvOff, len, root));
    }

    PersistentRequest alltoall(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        return new PersistentRequest(() -> calls.alltoall(sendBuf, sendOff, len, recvBuf, recvOff));
    }

    PersistentRequest alltoallv(Object sendBuf, int[] sendCounts, int[] sendDispls, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        return new PersistentRequest(() -> calls.alltoallv(sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls));
    }

    PersistentRequest reduceScatter(Object sendBuf, int sendOff, int[] counts, Object recvBuf, int recvOff, Folding op) {
        return new PersistentRequest(() -> calls.reduceScatter(sendBuf, sendOff, counts, recvBuf, recvOff, op));
    }

    PersistentRequest reduceScatterBlock(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff, Folding op) {
        return new PersistentRequest(() -> calls.reduceScatterBlock(sendBuf, sendOff, len, recvBuf, recvOff, op));
    }

    // ---- parts ----

    /** {@link Comm#bcast(Part, int)} to be started again and again (MPI_Bcast_init). */
    public PersistentRequest bcast(Part part, int root) {
        return new PersistentRequest(() -> calls.bcast(part, root));
    }

    /** {@link Comm#reduce(Part, Folding, int)} to be started again and again (MPI_Reduce_init). */
    public PersistentRequest reduce(Part part, Folding op, int root) {
        return new PersistentRequest(() -> calls.reduce(part, op, root));
    }

    /** {@link Comm#allreduce(Part, Folding)} to be started again and again (MPI_Allreduce_init). */
    public PersistentRequest allreduce(Part part, Folding op) {
        return new PersistentRequest(() -> calls.allreduce(part, op));
    }

    /** {@link Comm#scan(Part, Folding)} to be started again and again (MPI_Scan_init). */
    public PersistentRequest scan(Part part, Folding op) {
        return new PersistentRequest(() -> calls.scan(part, op));
    }

    /** {@link Comm#exscan(Part, Folding)} to be started again and again (MPI_Exscan_init). */
    public PersistentRequest exscan(Part part, Folding op) {
        return new PersistentRequest(() -> calls.exscan(part, op));
    }

    /** {@link Comm#reduceScatter(Part, long[], Part, Folding)} to be started again and again (MPI_Reduce_scatter_init). */
    public PersistentRequest reduceScatter(Part all, long[] counts, Part mine, Folding op) {
        return new PersistentRequest(() -> calls.reduceScatter(all, counts, mine, op));
    }

    /** {@link Comm#reduceScatterBlock(Part, Part, Folding)} to be started again and again (MPI_Reduce_scatter_block_init). */
    public PersistentRequest reduceScatterBlock(Part all, Part mine, Folding op) {
        return new PersistentRequest(() -> calls.reduceScatterBlock(all, mine, op));
    }

    /** {@link Comm#gather(Part, Part, int)} to be started again and again (MPI_Gather_init). */
    public PersistentRequest gather(Part mine, @Nullable Part all, int root) {
        return new PersistentRequest(() -> calls.gather(mine, all, root));
    }

    /** {@link Comm#scatter(Part, Part, int)} to be started again and again (MPI_Scatter_init). */
    public PersistentRequest scatter(@Nullable Part all, Part mine, int root) {
        return new PersistentRequest(() -> calls.scatter(all, mine, root));
    }

    /** {@link Comm#allgather(Part, Part)} to be started again and again (MPI_Allgather_init). */
    public PersistentRequest allgather(Part mine, Part all) {
        return new PersistentRequest(() -> calls.allgather(mine, all));
    }

    /** {@link Comm#gatherv(Part, Part[], int)} to be started again and again (MPI_Gatherv_init). */
    public PersistentRequest gatherv(Part mine, Part @Nullable [] all, int root) {
        return new PersistentRequest(() -> calls.gatherv(mine, all, root));
    }

    /** {@link Comm#scatterv(Part[], Part, int)} to be started again and again (MPI_Scatterv_init). */
    public PersistentRequest scatterv(Part @Nullable [] all, Part mine, int root) {
        return new PersistentRequest(() -> calls.scatterv(all, mine, root));
    }

    /** {@link Comm#allgatherv(Part, Part[])} to be started again and again (MPI_Allgatherv_init). */
    public PersistentRequest allgatherv(Part mine, Part[] all) {
        return new PersistentRequest(() -> calls.allgatherv(mine, all));
    }

    /** {@link Comm#alltoall(Part, Part)} to be started again and again (MPI_Alltoall_init). */
    public PersistentRequest alltoall(Part out, Part in) {
        return new PersistentRequest(() -> calls.alltoall(out, in));
    }

    /** {@link Comm#alltoall(Part[], Part[])} to be started again and again (MPI_Alltoallw_init). */
    public PersistentRequest alltoall(Part[] out, Part[] in) {
        return new PersistentRequest(() -> calls.alltoall(out, in));
    }
}
