package org.pellang.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The collectives of {@link PersistentCollectives} on {@code byte[]}: set up once, started again and again. Units and errors are those of
 * {@link ByteStarts}; contents are those at the start.
 */
public sealed interface ByteInits permits PersistentCollectives {
    /** As {@link #bcast(byte[], int, int, int)}, the whole array (MPI_Bcast_init). */
    default PersistentRequest bcast(byte[] buf, int root) {
        return bcast(buf, 0, buf.length, root);
    }

    /** Root's elements to all (MPI_Bcast_init). */
    default PersistentRequest bcast(byte[] buf, int off, int len, int root) {
        return ((PersistentCollectives) this).bcast((Object) buf, off, len, root);
    }

    /** As {@link #reduce(byte[], int, int, Op, int)}, the whole array (MPI_Reduce_init). */
    default PersistentRequest reduce(byte[] buf, Op op, int root) {
        return reduce(buf, 0, buf.length, op, root);
    }

    /** Element-wise, in place on the root; the buffers of the others are left as they are (MPI_Reduce_init). */
    default PersistentRequest reduce(byte[] buf, int off, int len, Op op, int root) {
        return ((PersistentCollectives) this).reduce((Object) buf, off, len, op, root);
    }

    /** As {@link #reduce(byte[], int, int, Op, int)}, by an operator of the user (MPI_Reduce_init, MPI_Op_create). */
    default PersistentRequest reduce(byte[] buf, int off, int len, ByteOperator op, int root) {
        return ((PersistentCollectives) this).reduce((Object) buf, off, len, op, root);
    }

    /** As {@link #allreduce(byte[], int, int, Op)}, the whole array (MPI_Allreduce_init). */
    default PersistentRequest allreduce(byte[] buf, Op op) {
        return allreduce(buf, 0, buf.length, op);
    }

    /** Element-wise, in place, same bits on all ranks (MPI_Allreduce_init). */
    default PersistentRequest allreduce(byte[] buf, int off, int len, Op op) {
        return ((PersistentCollectives) this).allreduce((Object) buf, off, len, op);
    }

    /** As {@link #allreduce(byte[], int, int, Op)}, by an operator of the user (MPI_Allreduce_init, MPI_Op_create). */
    default PersistentRequest allreduce(byte[] buf, int off, int len, ByteOperator op) {
        return ((PersistentCollectives) this).allreduce((Object) buf, off, len, op);
    }

    /** Element-wise over all, then {@code counts[r]} elements to rank r (MPI_Reduce_scatter_init); {@code sendBuf} is left as it is. */
    default PersistentRequest reduceScatter(byte[] sendBuf, int sendOff, int[] counts, byte[] recvBuf, int recvOff, Op op) {
        return ((PersistentCollectives) this).reduceScatter((Object) sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** As {@link #reduceScatter(byte[], int, int[], byte[], int, Op)}, by an operator of the user (MPI_Reduce_scatter_init, MPI_Op_create). */
    default PersistentRequest reduceScatter(byte[] sendBuf, int sendOff, int[] counts, byte[] recvBuf, int recvOff, ByteOperator op) {
        return ((PersistentCollectives) this).reduceScatter((Object) sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** Element-wise over all, then {@code len} elements to each rank (MPI_Reduce_scatter_block_init); {@code sendBuf} is left as it is. */
    default PersistentRequest reduceScatterBlock(byte[] sendBuf, int sendOff, int len, byte[] recvBuf, int recvOff, Op op) {
        return ((PersistentCollectives) this).reduceScatterBlock((Object) sendBuf, sendOff, len, recvBuf, recvOff, op);
    }

    /**
     * As {@link #reduceScatterBlock(byte[], int, int, byte[], int, Op)}, by an operator of the user (MPI_Reduce_scatter_block_init,
     * MPI_Op_create).
     */
    default PersistentRequest reduceScatterBlock(byte[] sendBuf, int sendOff, int len, byte[] recvBuf, int recvOff, ByteOperator op) {
        return ((PersistentCollectives) this).reduceScatterBlock((Object) sendBuf, sendOff, len, recvBuf, recvOff, op);
    }

    /** Inclusive prefix over ranks, in place (MPI_Scan_init). */
    default PersistentRequest scan(byte[] buf, int off, int len, Op op) {
        return ((PersistentCollectives) this).scan((Object) buf, off, len, op);
    }

    /** As {@link #scan(byte[], int, int, Op)}, by an operator of the user (MPI_Scan_init, MPI_Op_create). */
    default PersistentRequest scan(byte[] buf, int off, int len, ByteOperator op) {
        return ((PersistentCollectives) this).scan((Object) buf, off, len, op);
    }

    /** Exclusive prefix over ranks, in place; rank 0's buffer gets zeros (MPI_Exscan_init). */
    default PersistentRequest exscan(byte[] buf, int off, int len, Op op) {
        return ((PersistentCollectives) this).exscan((Object) buf, off, len, op);
    }

    /** As {@link #exscan(byte[], int, int, Op)}, by an operator of the user; rank 0's buffer is left as it is (MPI_Exscan_init, MPI_Op_create). */
    default PersistentRequest exscan(byte[] buf, int off, int len, ByteOperator op) {
        return ((PersistentCollectives) this).exscan((Object) buf, off, len, op);
    }

    /** As {@link #gather(byte[], int, int, byte[], int, int)}, the whole array of each rank (MPI_Gather_init). */
    default PersistentRequest gather(byte[] mine, byte @Nullable [] all, int root) {
        return gather(mine, 0, mine.length, all, 0, root);
    }

    /** {@code len} elements of each rank to the root, in rank order at {@code recvOff} (MPI_Gather_init); {@code recvBuf} may be null elsewhere. */
    default PersistentRequest gather(byte[] sendBuf, int sendOff, int len, byte @Nullable [] recvBuf, int recvOff, int root) {
        return ((PersistentCollectives) this).gather((Object) sendBuf, sendOff, len, recvBuf, recvOff, root);
    }

    /** As {@link #gather(byte[], int, int, byte[], int, int)} with lengths and places (MPI_Gatherv_init), looked at on the root. */
    default PersistentRequest gatherv(byte[] sendBuf, int sendOff, int len,
            byte @Nullable [] recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        return ((PersistentCollectives) this).gatherv((Object) sendBuf, sendOff, len, recvBuf, counts, displs, root);
    }

    /** As {@link #allgather(byte[], int, int, byte[], int)}, the whole array of each rank (MPI_Allgather_init). */
    default PersistentRequest allgather(byte[] mine, byte[] all) {
        return allgather(mine, 0, mine.length, all, 0);
    }

    /** {@code len} elements of each rank to all, in rank order at {@code recvOff} (MPI_Allgather_init). */
    default PersistentRequest allgather(byte[] sendBuf, int sendOff, int len, byte[] recvBuf, int recvOff) {
        return ((PersistentCollectives) this).allgather((Object) sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #allgather(byte[], int, int, byte[], int)} with lengths and places, the same on all ranks (MPI_Allgatherv_init). */
    default PersistentRequest allgatherv(byte[] sendBuf, int sendOff, int len, byte[] recvBuf, int[] counts, int[] displs) {
        return ((PersistentCollectives) this).allgatherv((Object) sendBuf, sendOff, len, recvBuf, counts, displs);
    }

    /** As {@link #scatter(byte[], int, byte[], int, int, int)}, the whole array of each rank (MPI_Scatter_init). */
    default PersistentRequest scatter(byte @Nullable [] all, byte[] mine, int root) {
        return scatter(all, 0, mine, 0, mine.length, root);
    }

    /** Root's elements, {@code len} to each rank in rank order from {@code sendOff} (MPI_Scatter_init); {@code sendBuf} may be null elsewhere. */
    default PersistentRequest scatter(byte @Nullable [] sendBuf, int sendOff, byte[] recvBuf, int recvOff, int len, int root) {
        return ((PersistentCollectives) this).scatter((@Nullable Object) sendBuf, sendOff, recvBuf, recvOff, len, root);
    }

    /** As {@link #scatter(byte[], int, byte[], int, int, int)} with lengths and places (MPI_Scatterv_init), looked at on the root. */
    default PersistentRequest scatterv(byte @Nullable [] sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            byte[] recvBuf, int recvOff, int len, int root) {
        return ((PersistentCollectives) this).scatterv((@Nullable Object) sendBuf, counts, displs, recvBuf, recvOff, len, root);
    }

    /**
     * {@code len} elements from each rank to each (MPI_Alltoall_init): block r of {@code sendBuf} goes to rank r, block s received is from rank s.
     */
    default PersistentRequest alltoall(byte[] sendBuf, int sendOff, int len, byte[] recvBuf, int recvOff) {
        return ((PersistentCollectives) this).alltoall((Object) sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #alltoall(byte[], int, int, byte[], int)} with lengths and places per peer (MPI_Alltoallv_init). */
    default PersistentRequest alltoallv(byte[] sendBuf, int[] sendCounts, int[] sendDispls, byte[] recvBuf, int[] recvCounts, int[] recvDispls) {
        return ((PersistentCollectives) this).alltoallv((Object) sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }
}
