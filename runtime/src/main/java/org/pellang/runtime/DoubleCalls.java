package org.pellang.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The calls of {@link Comm} on {@code double[]}. Offsets, lengths and counts are elements; peers and roots are ranks of the communicator, or
 * {@link Comm#PROC_NULL}, for receives also {@link Comm#ANY_SOURCE}; tags are 0 or more, for receives also {@link Comm#ANY_TAG}. All throw
 * {@link IndexOutOfBoundsException} for elements that do not exist and {@link CommException} for what comes and does not fit: another type, or
 * too many. The interfaces of the other types are the same text; a test keeps them so.
 */
public sealed interface DoubleCalls permits Comm {
    // ---- point to point ----

    /** As {@link #send(double[], int, int, int, int)}, the whole array (MPI_Send). */
    default void send(double[] buf, int peer, int tag) {
        send(buf, 0, buf.length, peer, tag);
    }

    /** Standard send (MPI_Send): returns when {@code buf} may be changed again. */
    default void send(double[] buf, int off, int len, int peer, int tag) {
        ((Comm) this).send((Object) buf, off, len, peer, tag);
    }

    /** As {@link #send(double[], int, int, int, int)}, but never waits: copies what cannot be handed over at once (MPI_Bsend). */
    default void sendBuffered(double[] buf, int off, int len, int peer, int tag) {
        ((Comm) this).sendBuffered((Object) buf, off, len, peer, tag);
    }

    /** Synchronous send: returns when the matching receive has begun (MPI_Ssend). */
    default void ssend(double[] buf, int off, int len, int peer, int tag) {
        issend(buf, off, len, peer, tag).await();
    }

    /** Ready send (MPI_Rsend): the receive has been posted already, says the caller; nothing breaks if it has not. */
    default void rsend(double[] buf, int off, int len, int peer, int tag) {
        send(buf, off, len, peer, tag);
    }

    /** As {@link #recv(double[], int, int, int, int)}, into the whole array (MPI_Recv). */
    default Status recv(double[] buf, int peer, int tag) {
        return recv(buf, 0, buf.length, peer, tag);
    }

    /** Receives at most {@code len} elements (MPI_Recv). */
    default Status recv(double[] buf, int off, int len, int peer, int tag) {
        return ((Comm) this).recv((Object) buf, off, len, peer, tag);
    }

    /** As {@link #isend(double[], int, int, int, int)}, the whole array (MPI_Isend). */
    default Request isend(double[] buf, int peer, int tag) {
        return isend(buf, 0, buf.length, peer, tag);
    }

    /** Starts a send (MPI_Isend). */
    default Request isend(double[] buf, int off, int len, int peer, int tag) {
        return ((Comm) this).isend((Object) buf, off, len, peer, tag);
    }

    /** Starts a buffered send (MPI_Ibsend): complete at once. */
    default Request ibsend(double[] buf, int off, int len, int peer, int tag) {
        return ((Comm) this).ibsend((Object) buf, off, len, peer, tag);
    }

    /** Starts a synchronous send (MPI_Issend). */
    default Request issend(double[] buf, int off, int len, int peer, int tag) {
        return ((Comm) this).issend((Object) buf, off, len, peer, tag);
    }

    /** Starts a ready send (MPI_Irsend), see {@link #rsend(double[], int, int, int, int)}. */
    default Request irsend(double[] buf, int off, int len, int peer, int tag) {
        return isend(buf, off, len, peer, tag);
    }

    /** As {@link #irecv(double[], int, int, int, int)}, into the whole array (MPI_Irecv). */
    default Request irecv(double[] buf, int peer, int tag) {
        return irecv(buf, 0, buf.length, peer, tag);
    }

    /** Starts a receive (MPI_Irecv). Post receives before the sends of an exchange: long messages then are copied once. */
    default Request irecv(double[] buf, int off, int len, int peer, int tag) {
        return ((Comm) this).irecv((Object) buf, off, len, peer, tag);
    }

    /** A send to be started later, any number of times (MPI_Send_init). */
    default PersistentRequest sendInit(double[] buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> isend(buf, off, len, peer, tag));
    }

    /** A buffered send to be started later, any number of times (MPI_Bsend_init). */
    default PersistentRequest bsendInit(double[] buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> ibsend(buf, off, len, peer, tag));
    }

    /** A synchronous send to be started later, any number of times (MPI_Ssend_init). */
    default PersistentRequest ssendInit(double[] buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> issend(buf, off, len, peer, tag));
    }

    /** A ready send to be started later, any number of times (MPI_Rsend_init). */
    default PersistentRequest rsendInit(double[] buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> irsend(buf, off, len, peer, tag));
    }

    /** A receive to be started later, any number of times (MPI_Recv_init). */
    default PersistentRequest recvInit(double[] buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> irecv(buf, off, len, peer, tag));
    }

    /** Sends and receives at once, so that exchanges cannot deadlock (MPI_Sendrecv). */
    default Status sendRecv(double[] sendBuf, int sendOff, int sendLen, int to, int sendTag,
            double[] recvBuf, int recvOff, int recvLen, int from, int recvTag) {
        return ((Comm) this).sendRecv((Object) sendBuf, sendOff, sendLen, to, sendTag, recvBuf, recvOff, recvLen, from, recvTag);
    }

    /** Starts to send and to receive (MPI_Isendrecv); the status is that of the receive. */
    default Request isendRecv(double[] sendBuf, int sendOff, int sendLen, int to, int sendTag,
            double[] recvBuf, int recvOff, int recvLen, int from, int recvTag) {
        return ((Comm) this).isendRecv((Object) sendBuf, sendOff, sendLen, to, sendTag, recvBuf, recvOff, recvLen, from, recvTag);
    }

    /** Sends and receives in the same place (MPI_Sendrecv_replace): what is sent is replaced by what comes, at most {@code len} elements. */
    default Status sendRecvReplace(double[] buf, int off, int len, int to, int sendTag, int from, int recvTag) {
        return ((Comm) this).sendRecvReplace((Object) buf, off, len, to, sendTag, from, recvTag);
    }

    // ---- collectives ----

    /** As {@link #bcast(double[], int, int, int)}, the whole array (MPI_Bcast). */
    default void bcast(double[] buf, int root) {
        bcast(buf, 0, buf.length, root);
    }

    /** Root's elements to all (MPI_Bcast). */
    default void bcast(double[] buf, int off, int len, int root) {
        ((Comm) this).bcast(Site.NONE, buf, off, len, root);
    }

    /** As {@link #reduce(double[], int, int, Op, int)}, the whole array (MPI_Reduce). */
    default void reduce(double[] buf, Op op, int root) {
        reduce(buf, 0, buf.length, op, root);
    }

    /** Element-wise, in place on the root (MPI_Reduce); the buffers of the others are left as they are. */
    default void reduce(double[] buf, int off, int len, Op op, int root) {
        ((Comm) this).reduce(Site.NONE, buf, off, len, op, root);
    }

    /** As {@link #reduce(double[], int, int, Op, int)}, by an operator of the user, which gets lower ranks on the left (MPI_Reduce, MPI_Op_create). */
    default void reduce(double[] buf, int off, int len, DoubleOperator op, int root) {
        ((Comm) this).byUser().reduce(Site.NONE, buf, off, len, op, ((Comm) this).checkedPeer(root)).await();
    }

    /** As {@link #allreduce(double[], int, int, Op)}, the whole array (MPI_Allreduce). */
    default void allreduce(double[] buf, Op op) {
        allreduce(buf, 0, buf.length, op);
    }

    /** Element-wise, in place, same bits on all ranks (MPI_Allreduce). */
    default void allreduce(double[] buf, int off, int len, Op op) {
        ((Comm) this).allreduce(Site.NONE, buf, off, len, op);
    }

    /** As {@link #allreduce(double[], int, int, Op)}, by an operator of the user, which gets lower ranks on the left (MPI_Allreduce, MPI_Op_create). */
    default void allreduce(double[] buf, int off, int len, DoubleOperator op) {
        ((Comm) this).byUser().allreduce(Site.NONE, buf, off, len, op).await();
    }

    /** Element-wise over all, then {@code counts[r]} elements to rank r (MPI_Reduce_scatter); {@code sendBuf} is left as it is. */
    default void reduceScatter(double[] sendBuf, int sendOff, int[] counts, double[] recvBuf, int recvOff, Op op) {
        ((Comm) this).reduceScatter(Site.NONE, sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** As {@link #reduceScatter(double[], int, int[], double[], int, Op)}, by an operator of the user (MPI_Reduce_scatter, MPI_Op_create). */
    default void reduceScatter(double[] sendBuf, int sendOff, int[] counts, double[] recvBuf, int recvOff, DoubleOperator op) {
        ((Comm) this).byUser().reduceScatter(Site.NONE, sendBuf, sendOff, counts, recvBuf, recvOff, op).await();
    }

    /** Element-wise over all, then {@code len} elements to each rank (MPI_Reduce_scatter_block); {@code sendBuf} is left as it is. */
    default void reduceScatterBlock(double[] sendBuf, int sendOff, int len, double[] recvBuf, int recvOff, Op op) {
        reduceScatter(sendBuf, sendOff, Blocks.equal(((Comm) this).size(), len), recvBuf, recvOff, op);
    }

    /** As {@link #reduceScatterBlock(double[], int, int, double[], int, Op)}, by an operator of the user (MPI_Reduce_scatter_block, MPI_Op_create). */
    default void reduceScatterBlock(double[] sendBuf, int sendOff, int len, double[] recvBuf, int recvOff, DoubleOperator op) {
        reduceScatter(sendBuf, sendOff, Blocks.equal(((Comm) this).size(), len), recvBuf, recvOff, op);
    }

    /** Inclusive prefix over ranks, in place (MPI_Scan). */
    default void scan(double[] buf, int off, int len, Op op) {
        ((Comm) this).scan(Site.NONE, buf, off, len, op);
    }

    /** As {@link #scan(double[], int, int, Op)}, by an operator of the user (MPI_Scan, MPI_Op_create). */
    default void scan(double[] buf, int off, int len, DoubleOperator op) {
        ((Comm) this).byUser().scan(Site.NONE, buf, off, len, op, false).await();
    }

    /** Exclusive prefix over ranks, in place (MPI_Exscan); rank 0's buffer gets zeros. */
    default void exscan(double[] buf, int off, int len, Op op) {
        ((Comm) this).exscan(Site.NONE, buf, off, len, op);
    }

    /** As {@link #exscan(double[], int, int, Op)}, by an operator of the user; rank 0's buffer is left as it is (MPI_Exscan, MPI_Op_create). */
    default void exscan(double[] buf, int off, int len, DoubleOperator op) {
        ((Comm) this).byUser().scan(Site.NONE, buf, off, len, op, true).await();
    }

    /** As {@link #gather(double[], int, int, double[], int, int)}, the whole array of each rank (MPI_Gather). */
    default void gather(double[] mine, double @Nullable [] all, int root) {
        gather(mine, 0, mine.length, all, 0, root);
    }

    /** {@code len} elements of each rank to the root, in rank order at {@code recvOff} (MPI_Gather); {@code recvBuf} may be null elsewhere. */
    default void gather(double[] sendBuf, int sendOff, int len, double @Nullable [] recvBuf, int recvOff, int root) {
        ((Comm) this).gather(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff, root);
    }

    /** As {@link #gather(double[], int, int, double[], int, int)} with lengths and places (MPI_Gatherv), looked at on the root. */
    default void gatherv(double[] sendBuf, int sendOff, int len,
            double @Nullable [] recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        ((Comm) this).gatherv(Site.NONE, sendBuf, sendOff, len, recvBuf, counts, displs, root);
    }

    /** As {@link #allgather(double[], int, int, double[], int)}, the whole array of each rank (MPI_Allgather). */
    default void allgather(double[] mine, double[] all) {
        allgather(mine, 0, mine.length, all, 0);
    }

    /** {@code len} elements of each rank to all, in rank order at {@code recvOff} (MPI_Allgather). */
    default void allgather(double[] sendBuf, int sendOff, int len, double[] recvBuf, int recvOff) {
        ((Comm) this).allgather(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #allgather(double[], int, int, double[], int)} with lengths and places, the same on all ranks (MPI_Allgatherv). */
    default void allgatherv(double[] sendBuf, int sendOff, int len, double[] recvBuf, int[] counts, int[] displs) {
        ((Comm) this).allgatherv(Site.NONE, sendBuf, sendOff, len, recvBuf, counts, displs);
    }

    /** As {@link #scatter(double[], int, double[], int, int, int)}, the whole array of each rank (MPI_Scatter). */
    default void scatter(double @Nullable [] all, double[] mine, int root) {
        scatter(all, 0, mine, 0, mine.length, root);
    }

    /** Root's elements, {@code len} to each rank in rank order from {@code sendOff} (MPI_Scatter); {@code sendBuf} may be null elsewhere. */
    default void scatter(double @Nullable [] sendBuf, int sendOff, double[] recvBuf, int recvOff, int len, int root) {
        ((Comm) this).scatter(Site.NONE, sendBuf, sendOff, recvBuf, recvOff, len, root);
    }

    /** As {@link #scatter(double[], int, double[], int, int, int)} with lengths and places (MPI_Scatterv), looked at on the root. */
    default void scatterv(double @Nullable [] sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            double[] recvBuf, int recvOff, int len, int root) {
        ((Comm) this).scatterv(Site.NONE, sendBuf, counts, displs, recvBuf, recvOff, len, root);
    }

    /** {@code len} elements from each rank to each (MPI_Alltoall): block r of {@code sendBuf} goes to rank r, block s received is from rank s. */
    default void alltoall(double[] sendBuf, int sendOff, int len, double[] recvBuf, int recvOff) {
        ((Comm) this).alltoall(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #alltoall(double[], int, int, double[], int)} with lengths and places per peer (MPI_Alltoallv). */
    default void alltoallv(double[] sendBuf, int[] sendCounts, int[] sendDispls, double[] recvBuf, int[] recvCounts, int[] recvDispls) {
        ((Comm) this).alltoallv(Site.NONE, sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    // ---- one-sided ----

    /** Collective: opens an array of each rank to all others (MPI_Win_create). @param array this rank's part; may have length 0 */
    default DoubleWindow window(double[] array) {
        return new DoubleWindow((Comm) this, array);
    }
}
