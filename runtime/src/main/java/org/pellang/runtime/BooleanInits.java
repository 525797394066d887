package org.pellang.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The collectives of {@link PersistentCollectives} on {@code boolean[]}: set up once, started again and again. Units and errors are those of
 * {@link BooleanStarts}; contents are those at the start.
 */
public sealed interface BooleanInits permits PersistentCollectives {
    /** As {@link #bcast(boolean[], int, int, int)}, the whole array (MPI_Bcast_init). */
    default PersistentRequest bcast(boolean[] buf, int root) {
        return bcast(buf, 0, buf.length, root);
    }

    /** Root's elements to all (MPI_Bcast_init). */
    default PersistentRequest bcast(boolean[] buf, int off, int len, int root) {
        return ((PersistentCollectives) this).bcast((Object) buf, off, len, root);
    }

    /** As {@link #reduce(boolean[], int, int, Op, int)}, the whole array (MPI_Reduce_init). */
    default PersistentRequest reduce(boolean[] buf, Op op, int root) {
        return reduce(buf, 0, buf.length, op, root);
    }

    /** Element-wise, in place on the root; the buffers of the others are left as they are (MPI_Reduce_init). */
    default PersistentRequest reduce(boolean[] buf, int off, int len, Op op, int root) {
        return ((PersistentCollectives) this).reduce((Object) buf, off, len, op, root);
    }

    /** As {@link #reduce(boolean[], int, int, Op, int)}, by an operator of the user (MPI_Reduce_init, MPI_Op_create). */
    default PersistentRequest reduce(boolean[] buf, int off, int len, BooleanOperator op, int root) {
        return ((PersistentCollectives) this).reduce((Object) buf, off, len, op, root);
    }

    /** As {@link #allreduce(boolean[], int, int, Op)}, the whole array (MPI_Allreduce_init). */
    default PersistentRequest allreduce(boolean[] buf, Op op) {
        return allreduce(buf, 0, buf.length, op);
    }

    /** Element-wise, in place, same bits on all ranks (MPI_Allreduce_init). */
    default PersistentRequest allreduce(boolean[] buf, int off, int len, Op op) {
        return ((PersistentCollectives) this).allreduce((Object) buf, off, len, op);
    }

    /** As {@link #allreduce(boolean[], int, int, Op)}, by an operator of the user (MPI_Allreduce_init, MPI_Op_create). */
    default PersistentRequest allreduce(boolean[] buf, int off, int len, BooleanOperator op) {
        return ((PersistentCollectives) this).allreduce((Object) buf, off, len, op);
    }

    /** Element-wise over all, then {@code counts[r]} elements to rank r (MPI_Reduce_scatter_init); {@code sendBuf} is left as it is. */
    default PersistentRequest reduceScatter(boolean[] sendBuf, int sendOff, int[] counts, boolean[] recvBuf, int recvOff, Op op) {
        return ((PersistentCollectives) this).reduceScatter((Object) sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** As {@link #reduceScatter(boolean[], int, int[], boolean[], int, Op)}, by an operator of the user (MPI_Reduce_scatter_init, MPI_Op_create). */
    default PersistentRequest reduceScatter(boolean[] sendBuf, int sendOff, int[] counts, boolean[] recvBuf, int recvOff, BooleanOperator op) {
        return ((PersistentCollectives) this).reduceScatter((Object) sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** Element-wise over all, then {@code len} elements to each rank (MPI_Reduce_scatter_block_init); {@code sendBuf} is left as it is. */
    default PersistentRequest reduceScatterBlock(boolean[] sendBuf, int sendOff, int len, boolean[] recvBuf, int recvOff, Op op) {
        return ((PersistentCollectives) this).reduceScatterBlock((Object) sendBuf, sendOff, len, recvBuf, recvOff, op);
    }

    /**
     * As {@link #reduceScatterBlock(boolean[], int, int, boolean[], int, Op)}, by an operator of the user (MPI_Reduce_scatter_block_init,
     * MPI_Op_create).
     */
    default PersistentRequest reduceScatterBlock(boolean[] sendBuf, int sendOff, int len, boolean[] recvBuf, int recvOff, BooleanOperator op) {
        return ((PersistentCollectives) this).reduceScatterBlock((Object) sendBuf, sendOff, len, recvBuf, recvOff, op);
    }

    /** Inclusive prefix over ranks, in place (MPI_Scan_init). */
    default PersistentRequest scan(boolean[] buf, int off, int len, Op op) {
        return ((PersistentCollectives) this).scan((Object) buf, off, len, op);
    }

    /** As {@link #scan(boolean[], int, int, Op)}, by an operator of the user (MPI_Scan_init, MPI_Op_create). */
    default PersistentRequest scan(boolean[] buf, int off, int len, BooleanOperator op) {
        return ((PersistentCollectives) this).scan((Object) buf, off, len, op);
    }

    /** Exclusive prefix over ranks, in place; rank 0's buffer gets zeros (MPI_Exscan_init). */
    default PersistentRequest exscan(boolean[] buf, int off, int len, Op op) {
        return ((PersistentCollectives) this).exscan((Object) buf, off, len, op);
    }

    /** As {@link #exscan(boolean[], int, int, Op)}, by an operator of the user; rank 0's buffer is left as it is (MPI_Exscan_init, MPI_Op_create). */
    default PersistentRequest exscan(boolean[] buf, int off, int len, BooleanOperator op) {
        return ((PersistentCollectives) this).exscan((Object) buf, off, len, op);
    }

    /** As {@link #gather(boolean[], int, int, boolean[], int, int)}, the whole array of each rank (MPI_Gather_init). */
    default PersistentRequest gather(boolean[] mine, boolean @Nullable [] all, int root) {
        return gather(mine, 0, mine.length, all, 0, root);
    }

    /** {@code len} elements of each rank to the root, in rank order at {@code recvOff} (MPI_Gather_init); {@code recvBuf} may be null elsewhere. */
    default PersistentRequest gather(boolean[] sendBuf, int sendOff, int len, boolean @Nullable [] recvBuf, int recvOff, int root) {
        return ((PersistentCollectives) this).gather((Object) sendBuf, sendOff, len, recvBuf, recvOff, root);
    }

    /** As {@link #gather(boolean[], int, int, boolean[], int, int)} with lengths and places (MPI_Gatherv_init), looked at on the root. */
    default PersistentRequest gatherv(boolean[] sendBuf, int sendOff, int len,
            boolean @Nullable [] recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        return ((PersistentCollectives) this).gatherv((Object) sendBuf, sendOff, len, recvBuf, counts, displs, root);
    }

    /** As {@link #allgather(boolean[], int, int, boolean[], int)}, the whole array of each rank (MPI_Allgather_init). */
    default PersistentRequest allgather(boolean[] mine, boolean[] all) {
        return allgather(mine, 0, mine.length, all, 0);
    }

    /** {@code len} elements of each rank to all, in rank order at {@code recvOff} (MPI_Allgather_init). */
    default PersistentRequest allgather(boolean[] sendBuf, int sendOff, int len, boolean[] recvBuf, int recvOff) {
        return ((PersistentCollectives) this).allgather((Object) sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #allgather(boolean[], int, int, boolean[], int)} with lengths and places, the same on all ranks (MPI_Allgatherv_init). */
    default PersistentRequest allgatherv(boolean[] sendBuf, int sendOff, int len, boolean[] recvBuf, int[] counts, int[] displs) {
        return ((PersistentCollectives) this).allgatherv((Object) sendBuf, sendOff, len, recvBuf, counts, displs);
    }

    /** As {@link #scatter(boolean[], int, boolean[], int, int, int)}, the whole array of each rank (MPI_Scatter_init). */
    default PersistentRequest scatter(boolean @Nullable [] all, boolean[] mine, int root) {
        return scatter(all, 0, mine, 0, mine.length, root);
    }

    /** Root's elements, {@code len} to each rank in rank order from {@code sendOff} (MPI_Scatter_init); {@code sendBuf} may be null elsewhere. */
    default PersistentRequest scatter(boolean @Nullable [] sendBuf, int sendOff, boolean[] recvBuf, int recvOff, int len, int root) {
        return ((PersistentCollectives) this).scatter((@Nullable Object) sendBuf, sendOff, recvBuf, recvOff, len, root);
    }

    /** As {@link #scatter(boolean[], int, boolean[], int, int, int)} with lengths and places (MPI_Scatterv_init), looked at on the root. */
    default PersistentRequest scatterv(boolean @Nullable [] sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            boolean[] recvBuf, int recvOff, int len, int root) {
        return ((PersistentCollectives) this).scatterv((@Nullable Object) sendBuf, counts, displs, recvBuf, recvOff, len, root);
    }

    /**
     * {@code len} elements from each rank to each (MPI_Alltoall_init): block r of {@code sendBuf} goes to rank r, block s received is from rank s.
     */
    default PersistentRequest alltoall(boolean[] sendBuf, int sendOff, int len, boolean[] recvBuf, int recvOff) {
        return ((PersistentCollectives) this).alltoall((Object) sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #alltoall(boolean[], int, int, boolean[], int)} with lengths and places per peer (MPI_Alltoallv_init). */
    default PersistentRequest alltoallv(boolean[] sendBuf, int[] sendCounts, int[] sendDispls, boolean[] recvBuf, int[] recvCounts, int[] recvDispls) {
        return ((PersistentCollectives) this).alltoallv((Object) sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }
}
