package org.pellang.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The collectives of {@link Nonblocking} on {@code short[]}. Offsets, lengths and counts are elements; roots are ranks of the communicator. A buffer
 * must be left alone until its request is complete. In place as in {@link ShortCalls}. All throw {@link IndexOutOfBoundsException} for elements that
 * do not exist, at the latest when they are reached, and {@link CommException} for what comes and does not fit.
 */
public sealed interface ShortStarts permits Nonblocking {
    /** As {@link #bcast(short[], int, int, int)}, the whole array (MPI_Ibcast). */
    default Request bcast(short[] buf, int root) {
        return bcast(buf, 0, buf.length, root);
    }

    /** Root's elements to all (MPI_Ibcast). */
    default Request bcast(short[] buf, int off, int len, int root) {
        return ((Nonblocking) this).bcast((Object) buf, off, len, root);
    }

    /** As {@link #reduce(short[], int, int, Op, int)}, the whole array (MPI_Ireduce). */
    default Request reduce(short[] buf, Op op, int root) {
        return reduce(buf, 0, buf.length, op, root);
    }

    /** Element-wise, in place on the root; the buffers of the others are left as they are (MPI_Ireduce). */
    default Request reduce(short[] buf, int off, int len, Op op, int root) {
        return ((Nonblocking) this).reduce((Object) buf, off, len, op, root);
    }

    /** As {@link #reduce(short[], int, int, Op, int)}, by an operator of the user (MPI_Ireduce, MPI_Op_create). */
    default Request reduce(short[] buf, int off, int len, ShortOperator op, int root) {
        return ((Nonblocking) this).reduce((Object) buf, off, len, op, root);
    }

    /** As {@link #allreduce(short[], int, int, Op)}, the whole array (MPI_Iallreduce). */
    default Request allreduce(short[] buf, Op op) {
        return allreduce(buf, 0, buf.length, op);
    }

    /** Element-wise, in place, same bits on all ranks (MPI_Iallreduce). */
    default Request allreduce(short[] buf, int off, int len, Op op) {
        return ((Nonblocking) this).allreduce((Object) buf, off, len, op);
    }

    /** As {@link #allreduce(short[], int, int, Op)}, by an operator of the user (MPI_Iallreduce, MPI_Op_create). */
    default Request allreduce(short[] buf, int off, int len, ShortOperator op) {
        return ((Nonblocking) this).allreduce((Object) buf, off, len, op);
    }

    /** Element-wise over all, then {@code counts[r]} elements to rank r (MPI_Ireduce_scatter); {@code sendBuf} is left as it is. */
    default Request reduceScatter(short[] sendBuf, int sendOff, int[] counts, short[] recvBuf, int recvOff, Op op) {
        return ((Nonblocking) this).reduceScatter((Object) sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** As {@link #reduceScatter(short[], int, int[], short[], int, Op)}, by an operator of the user (MPI_Ireduce_scatter, MPI_Op_create). */
    default Request reduceScatter(short[] sendBuf, int sendOff, int[] counts, short[] recvBuf, int recvOff, ShortOperator op) {
        return ((Nonblocking) this).reduceScatter((Object) sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** Element-wise over all, then {@code len} elements to each rank (MPI_Ireduce_scatter_block); {@code sendBuf} is left as it is. */
    default Request reduceScatterBlock(short[] sendBuf, int sendOff, int len, short[] recvBuf, int recvOff, Op op) {
        return ((Nonblocking) this).reduceScatterBlock((Object) sendBuf, sendOff, len, recvBuf, recvOff, op);
    }

    /**
     * As {@link #reduceScatterBlock(short[], int, int, short[], int, Op)}, by an operator of the user (MPI_Ireduce_scatter_block, MPI_Op_create).
     */
    default Request reduceScatterBlock(short[] sendBuf, int sendOff, int len, short[] recvBuf, int recvOff, ShortOperator op) {
        return ((Nonblocking) this).reduceScatterBlock((Object) sendBuf, sendOff, len, recvBuf, recvOff, op);
    }

    /** Inclusive prefix over ranks, in place (MPI_Iscan). */
    default Request scan(short[] buf, int off, int len, Op op) {
        return ((Nonblocking) this).scan((Object) buf, off, len, op);
    }

    /** As {@link #scan(short[], int, int, Op)}, by an operator of the user (MPI_Iscan, MPI_Op_create). */
    default Request scan(short[] buf, int off, int len, ShortOperator op) {
        return ((Nonblocking) this).scan((Object) buf, off, len, op);
    }

    /** Exclusive prefix over ranks, in place; rank 0's buffer gets zeros (MPI_Iexscan). */
    default Request exscan(short[] buf, int off, int len, Op op) {
        return ((Nonblocking) this).exscan((Object) buf, off, len, op);
    }

    /** As {@link #exscan(short[], int, int, Op)}, by an operator of the user; rank 0's buffer is left as it is (MPI_Iexscan, MPI_Op_create). */
    default Request exscan(short[] buf, int off, int len, ShortOperator op) {
        return ((Nonblocking) this).exscan((Object) buf, off, len, op);
    }

    /** As {@link #gather(short[], int, int, short[], int, int)}, the whole array of each rank (MPI_Igather). */
    default Request gather(short[] mine, short @Nullable [] all, int root) {
        return gather(mine, 0, mine.length, all, 0, root);
    }

    /** {@code len} elements of each rank to the root, in rank order at {@code recvOff} (MPI_Igather); {@code recvBuf} may be null elsewhere. */
    default Request gather(short[] sendBuf, int sendOff, int len, short @Nullable [] recvBuf, int recvOff, int root) {
        return ((Nonblocking) this).gather((Object) sendBuf, sendOff, len, recvBuf, recvOff, root);
    }

    /** As {@link #gather(short[], int, int, short[], int, int)} with lengths and places (MPI_Igatherv), looked at on the root. */
    default Request gatherv(short[] sendBuf, int sendOff, int len,
            short @Nullable [] recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        return ((Nonblocking) this).gatherv((Object) sendBuf, sendOff, len, recvBuf, counts, displs, root);
    }

    /** As {@link #allgather(short[], int, int, short[], int)}, the whole array of each rank (MPI_Iallgather). */
    default Request allgather(short[] mine, short[] all) {
        return allgather(mine, 0, mine.length, all, 0);
    }

    /** {@code len} elements of each rank to all, in rank order at {@code recvOff} (MPI_Iallgather). */
    default Request allgather(short[] sendBuf, int sendOff, int len, short[] recvBuf, int recvOff) {
        return ((Nonblocking) this).allgather((Object) sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #allgather(short[], int, int, short[], int)} with lengths and places, the same on all ranks (MPI_Iallgatherv). */
    default Request allgatherv(short[] sendBuf, int sendOff, int len, short[] recvBuf, int[] counts, int[] displs) {
        return ((Nonblocking) this).allgatherv((Object) sendBuf, sendOff, len, recvBuf, counts, displs);
    }

    /** As {@link #scatter(short[], int, short[], int, int, int)}, the whole array of each rank (MPI_Iscatter). */
    default Request scatter(short @Nullable [] all, short[] mine, int root) {
        return scatter(all, 0, mine, 0, mine.length, root);
    }

    /** Root's elements, {@code len} to each rank in rank order from {@code sendOff} (MPI_Iscatter); {@code sendBuf} may be null elsewhere. */
    default Request scatter(short @Nullable [] sendBuf, int sendOff, short[] recvBuf, int recvOff, int len, int root) {
        return ((Nonblocking) this).scatter((@Nullable Object) sendBuf, sendOff, recvBuf, recvOff, len, root);
    }

    /** As {@link #scatter(short[], int, short[], int, int, int)} with lengths and places (MPI_Iscatterv), looked at on the root. */
    default Request scatterv(short @Nullable [] sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            short[] recvBuf, int recvOff, int len, int root) {
        return ((Nonblocking) this).scatterv((@Nullable Object) sendBuf, counts, displs, recvBuf, recvOff, len, root);
    }

    /** {@code len} elements from each rank to each (MPI_Ialltoall): block r of {@code sendBuf} goes to rank r, block s received is from rank s. */
    default Request alltoall(short[] sendBuf, int sendOff, int len, short[] recvBuf, int recvOff) {
        return ((Nonblocking) this).alltoall((Object) sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #alltoall(short[], int, int, short[], int)} with lengths and places per peer (MPI_Ialltoallv). */
    default Request alltoallv(short[] sendBuf, int[] sendCounts, int[] sendDispls, short[] recvBuf, int[] recvCounts, int[] recvDispls) {
        return ((Nonblocking) this).alltoallv((Object) sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }
}
