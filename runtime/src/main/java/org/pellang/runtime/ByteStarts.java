package org.pellang.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The collectives of {@link Nonblocking} on {@code byte[]}. Offsets, lengths and counts are elements; roots are ranks of the communicator. A buffer
 * must be left alone until its request is complete. In place as in {@link ByteCalls}. All throw {@link IndexOutOfBoundsException} for elements that
 * do not exist, at the latest when they are reached, and {@link CommException} for what comes and does not fit.
 */
public sealed interface ByteStarts permits Nonblocking {
    /** As {@link #bcast(byte[], int, int, int)}, the whole array (MPI_Ibcast). */
    default Request bcast(byte[] buf, int root) {
        return bcast(buf, 0, buf.length, root);
    }

    /** Root's elements to all (MPI_Ibcast). */
    default Request bcast(byte[] buf, int off, int len, int root) {
        return ((Nonblocking) this).bcast((Object) buf, off, len, root);
    }

    /** As {@link #reduce(byte[], int, int, Op, int)}, the whole array (MPI_Ireduce). */
    default Request reduce(byte[] buf, Op op, int root) {
        return reduce(buf, 0, buf.length, op, root);
    }

    /** Element-wise, in place on the root; the buffers of the others are left as they are (MPI_Ireduce). */
    default Request reduce(byte[] buf, int off, int len, Op op, int root) {
        return ((Nonblocking) this).reduce((Object) buf, off, len, op, root);
    }

    /** As {@link #reduce(byte[], int, int, Op, int)}, by an operator of the user (MPI_Ireduce, MPI_Op_create). */
    default Request reduce(byte[] buf, int off, int len, ByteOperator op, int root) {
        return ((Nonblocking) this).reduce((Object) buf, off, len, op, root);
    }

    /** As {@link #allreduce(byte[], int, int, Op)}, the whole array (MPI_Iallreduce). */
    default Request allreduce(byte[] buf, Op op) {
        return allreduce(buf, 0, buf.length, op);
    }

    /** Element-wise, in place, same bits on all ranks (MPI_Iallreduce). */
    default Request allreduce(byte[] buf, int off, int len, Op op) {
        return ((Nonblocking) this).allreduce((Object) buf, off, len, op);
    }

    /** As {@link #allreduce(byte[], int, int, Op)}, by an operator of the user (MPI_Iallreduce, MPI_Op_create). */
    default Request allreduce(byte[] buf, int off, int len, ByteOperator op) {
        return ((Nonblocking) this).allreduce((Object) buf, off, len, op);
    }

    /** Element-wise over all, then {@code counts[r]} elements to rank r (MPI_Ireduce_scatter); {@code sendBuf} is left as it is. */
    default Request reduceScatter(byte[] sendBuf, int sendOff, int[] counts, byte[] recvBuf, int recvOff, Op op) {
        return ((Nonblocking) this).reduceScatter((Object) sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** As {@link #reduceScatter(byte[], int, int[], byte[], int, Op)}, by an operator of the user (MPI_Ireduce_scatter, MPI_Op_create). */
    default Request reduceScatter(byte[] sendBuf, int sendOff, int[] counts, byte[] recvBuf, int recvOff, ByteOperator op) {
        return ((Nonblocking) this).reduceScatter((Object) sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** Element-wise over all, then {@code len} elements to each rank (MPI_Ireduce_scatter_block); {@code sendBuf} is left as it is. */
    default Request reduceScatterBlock(byte[] sendBuf, int sendOff, int len, byte[] recvBuf, int recvOff, Op op) {
        return ((Nonblocking) this).reduceScatterBlock((Object) sendBuf, sendOff, len, recvBuf, recvOff, op);
    }

    /**
     * As {@link #reduceScatterBlock(byte[], int, int, byte[], int, Op)}, by an operator of the user (MPI_Ireduce_scatter_block, MPI_Op_create).
     */
    default Request reduceScatterBlock(byte[] sendBuf, int sendOff, int len, byte[] recvBuf, int recvOff, ByteOperator op) {
        return ((Nonblocking) this).reduceScatterBlock((Object) sendBuf, sendOff, len, recvBuf, recvOff, op);
    }

    /** Inclusive prefix over ranks, in place (MPI_Iscan). */
    default Request scan(byte[] buf, int off, int len, Op op) {
        return ((Nonblocking) this).scan((Object) buf, off, len, op);
    }

    /** As {@link #scan(byte[], int, int, Op)}, by an operator of the user (MPI_Iscan, MPI_Op_create). */
    default Request scan(byte[] buf, int off, int len, ByteOperator op) {
        return ((Nonblocking) this).scan((Object) buf, off, len, op);
    }

    /** Exclusive prefix over ranks, in place; rank 0's buffer gets zeros (MPI_Iexscan). */
    default Request exscan(byte[] buf, int off, int len, Op op) {
        return ((Nonblocking) this).exscan((Object) buf, off, len, op);
    }

    /** As {@link #exscan(byte[], int, int, Op)}, by an operator of the user; rank 0's buffer is left as it is (MPI_Iexscan, MPI_Op_create). */
    default Request exscan(byte[] buf, int off, int len, ByteOperator op) {
        return ((Nonblocking) this).exscan((Object) buf, off, len, op);
    }

    /** As {@link #gather(byte[], int, int, byte[], int, int)}, the whole array of each rank (MPI_Igather). */
    default Request gather(byte[] mine, byte @Nullable [] all, int root) {
        return gather(mine, 0, mine.length, all, 0, root);
    }

    /** {@code len} elements of each rank to the root, in rank order at {@code recvOff} (MPI_Igather); {@code recvBuf} may be null elsewhere. */
    default Request gather(byte[] sendBuf, int sendOff, int len, byte @Nullable [] recvBuf, int recvOff, int root) {
        return ((Nonblocking) this).gather((Object) sendBuf, sendOff, len, recvBuf, recvOff, root);
    }

    /** As {@link #gather(byte[], int, int, byte[], int, int)} with lengths and places (MPI_Igatherv), looked at on the root. */
    default Request gatherv(byte[] sendBuf, int sendOff, int len,
            byte @Nullable [] recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        return ((Nonblocking) this).gatherv((Object) sendBuf, sendOff, len, recvBuf, counts, displs, root);
    }

    /** As {@link #allgather(byte[], int, int, byte[], int)}, the whole array of each rank (MPI_Iallgather). */
    default Request allgather(byte[] mine, byte[] all) {
        return allgather(mine, 0, mine.length, all, 0);
    }

    /** {@code len} elements of each rank to all, in rank order at {@code recvOff} (MPI_Iallgather). */
    default Request allgather(byte[] sendBuf, int sendOff, int len, byte[] recvBuf, int recvOff) {
        return ((Nonblocking) this).allgather((Object) sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #allgather(byte[], int, int, byte[], int)} with lengths and places, the same on all ranks (MPI_Iallgatherv). */
    default Request allgatherv(byte[] sendBuf, int sendOff, int len, byte[] recvBuf, int[] counts, int[] displs) {
        return ((Nonblocking) this).allgatherv((Object) sendBuf, sendOff, len, recvBuf, counts, displs);
    }

    /** As {@link #scatter(byte[], int, byte[], int, int, int)}, the whole array of each rank (MPI_Iscatter). */
    default Request scatter(byte @Nullable [] all, byte[] mine, int root) {
        return scatter(all, 0, mine, 0, mine.length, root);
    }

    /** Root's elements, {@code len} to each rank in rank order from {@code sendOff} (MPI_Iscatter); {@code sendBuf} may be null elsewhere. */
    default Request scatter(byte @Nullable [] sendBuf, int sendOff, byte[] recvBuf, int recvOff, int len, int root) {
        return ((Nonblocking) this).scatter((@Nullable Object) sendBuf, sendOff, recvBuf, recvOff, len, root);
    }

    /** As {@link #scatter(byte[], int, byte[], int, int, int)} with lengths and places (MPI_Iscatterv), looked at on the root. */
    default Request scatterv(byte @Nullable [] sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            byte[] recvBuf, int recvOff, int len, int root) {
        return ((Nonblocking) this).scatterv((@Nullable Object) sendBuf, counts, displs, recvBuf, recvOff, len, root);
    }

    /** {@code len} elements from each rank to each (MPI_Ialltoall): block r of {@code sendBuf} goes to rank r, block s received is from rank s. */
    default Request alltoall(byte[] sendBuf, int sendOff, int len, byte[] recvBuf, int recvOff) {
        return ((Nonblocking) this).alltoall((Object) sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #alltoall(byte[], int, int, byte[], int)} with lengths and places per peer (MPI_Ialltoallv). */
    default Request alltoallv(byte[] sendBuf, int[] sendCounts, int[] sendDispls, byte[] recvBuf, int[] recvCounts, int[] recvDispls) {
        return ((Nonblocking) this).alltoallv((Object) sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }
}
