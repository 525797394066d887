package org.pellang.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The calls of {@link Comm} on {@code int[]}. Offsets, lengths and counts are elements; peers and roots are ranks of the communicator, or
 * {@link Comm#PROC_NULL}, for receives also {@link Comm#ANY_SOURCE}; tags are 0 or more, for receives also {@link Comm#ANY_TAG}. All throw
 * {@link IndexOutOfBoundsException} for elements that do not exist and {@link CommException} for what comes and does not fit: another type, or
 * too many. The interfaces of the other types are the same text; a test keeps them so.
 */
public sealed interface IntCalls permits Comm {
    // ---- point to point ----

    /** As {@link #send(int[], int, int, int, int)}, the whole array (MPI_Send). */
    default void send(int[] buf, int peer, int tag) {
        send(buf, 0, buf.length, peer, tag);
    }

    /** Standard send (MPI_Send): returns when {@code buf} may be changed again. */
    default void send(int[] buf, int off, int len, int peer, int tag) {
        ((Comm) this).send((Object) buf, off, len, peer, tag);
    }

    /** As {@link #send(int[], int, int, int, int)}, but never waits: copies what cannot be handed over at once (MPI_Bsend). */
    default void sendBuffered(int[] buf, int off, int len, int peer, int tag) {
        ((Comm) this).sendBuffered((Object) buf, off, len, peer, tag);
    }

    /** Synchronous send: returns when the matching receive has begun (MPI_Ssend). */
    default void ssend(int[] buf, int off, int len, int peer, int tag) {
        issend(buf, off, len, peer, tag).await();
    }

    /** Ready send (MPI_Rsend): the receive has been posted already, says the caller; nothing breaks if it has not. */
    default void rsend(int[] buf, int off, int len, int peer, int tag) {
        send(buf, off, len, peer, tag);
    }

    /** As {@link #recv(int[], int, int, int, int)}, into the whole array (MPI_Recv). */
    default Status recv(int[] buf, int peer, int tag) {
        return recv(buf, 0, buf.length, peer, tag);
    }

    /** Receives at most {@code len} elements (MPI_Recv). */
    default Status recv(int[] buf, int off, int len, int peer, int tag) {
        return ((Comm) this).recv((Object) buf, off, len, peer, tag);
    }

    /** As {@link #isend(int[], int, int, int, int)}, the whole array (MPI_Isend). */
    default Request isend(int[] buf, int peer, int tag) {
        return isend(buf, 0, buf.length, peer, tag);
    }

    /** Starts a send (MPI_Isend). */
    default Request isend(int[] buf, int off, int len, int peer, int tag) {
        return ((Comm) this).isend((Object) buf, off, len, peer, tag);
    }

    /** Starts a buffered send (MPI_Ibsend): complete at once. */
    default Request ibsend(int[] buf, int off, int len, int peer, int tag) {
        return ((Comm) this).ibsend((Object) buf, off, len, peer, tag);
    }

    /** Starts a synchronous send (MPI_Issend). */
    default Request issend(int[] buf, int off, int len, int peer, int tag) {
        return ((Comm) this).issend((Object) buf, off, len, peer, tag);
    }

    /** Starts a ready send (MPI_Irsend), see {@link #rsend(int[], int, int, int, int)}. */
    default Request irsend(int[] buf, int off, int len, int peer, int tag) {
        return isend(buf, off, len, peer, tag);
    }

    /** As {@link #irecv(int[], int, int, int, int)}, into the whole array (MPI_Irecv). */
    default Request irecv(int[] buf, int peer, int tag) {
        return irecv(buf, 0, buf.length, peer, tag);
    }

    /** Starts a receive (MPI_Irecv). Post receives before the sends of an exchange: long messages then are copied once. */
    default Request irecv(int[] buf, int off, int len, int peer, int tag) {
        return ((Comm) this).irecv((Object) buf, off, len, peer, tag);
    }

    /** A send to be started later, any number of times (MPI_Send_init). */
    default PersistentRequest sendInit(int[] buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> isend(buf, off, len, peer, tag));
    }

    /** A buffered send to be started later, any number of times (MPI_Bsend_init). */
    default PersistentRequest bsendInit(int[] buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> ibsend(buf, off, len, peer, tag));
    }

    /** A synchronous send to be started later, any number of times (MPI_Ssend_init). */
    default PersistentRequest ssendInit(int[] buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> issend(buf, off, len, peer, tag));
    }

    /** A ready send to be started later, any number of times (MPI_Rsend_init). */
    default PersistentRequest rsendInit(int[] buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> irsend(buf, off, len, peer, tag));
    }

    /** A receive to be started later, any number of times (MPI_Recv_init). */
    default PersistentRequest recvInit(int[] buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> irecv(buf, off, len, peer, tag));
    }

    /** Sends and receives at once, so that exchanges cannot deadlock (MPI_Sendrecv). */
    default Status sendRecv(int[] sendBuf, int sendOff, int sendLen, int to, int sendTag,
            int[] recvBuf, int recvOff, int recvLen, int from, int recvTag) {
        return ((Comm) this).sendRecv((Object) sendBuf, sendOff, sendLen, to, sendTag, recvBuf, recvOff, recvLen, from, recvTag);
    }

    /** Starts to send and to receive (MPI_Isendrecv); the status is that of the receive. */
    default Request isendRecv(int[] sendBuf, int sendOff, int sendLen, int to, int sendTag,
            int[] recvBuf, int recvOff, int recvLen, int from, int recvTag) {
        return ((Comm) this).isendRecv((Object) sendBuf, sendOff, sendLen, to, sendTag, recvBuf, recvOff, recvLen, from, recvTag);
    }

    /** Sends and receives in the same place (MPI_Sendrecv_replace): what is sent is replaced by what comes, at most {@code len} elements. */
    default Status sendRecvReplace(int[] buf, int off, int len, int to, int sendTag, int from, int recvTag) {
        return ((Comm) this).sendRecvReplace((Object) buf, off, len, to, sendTag, from, recvTag);
    }

    // ---- collectives ----

    /** As {@link #bcast(int[], int, int, int)}, the whole array (MPI_Bcast). */
    default void bcast(int[] buf, int root) {
        bcast(buf, 0, buf.length, root);
    }

    /** Root's elements to all (MPI_Bcast). */
    default void bcast(int[] buf, int off, int len, int root) {
        ((Comm) this).bcast(Site.NONE, buf, off, len, root);
    }

    /** As {@link #reduce(int[], int, int, Op, int)}, the whole array (MPI_Reduce). */
    default void reduce(int[] buf, Op op, int root) {
        reduce(buf, 0, buf.length, op, root);
    }

    /** Element-wise, in place on the root (MPI_Reduce); the buffers of the others are left as they are. */
    default void reduce(int[] buf, int off, int len, Op op, int root) {
        ((Comm) this).reduce(Site.NONE, buf, off, len, op, root);
    }

    /** As {@link #reduce(int[], int, int, Op, int)}, by an operator of the user, which gets lower ranks on the left (MPI_Reduce, MPI_Op_create). */
    default void reduce(int[] buf, int off, int len, IntOperator op, int root) {
        ((Comm) this).byUser().reduce(Site.NONE, buf, off, len, op, ((Comm) this).checkedPeer(root)).await();
    }

    /** As {@link #allreduce(int[], int, int, Op)}, the whole array (MPI_Allreduce). */
    default void allreduce(int[] buf, Op op) {
        allreduce(buf, 0, buf.length, op);
    }

    /** Element-wise, in place, same bits on all ranks (MPI_Allreduce). */
    default void allreduce(int[] buf, int off, int len, Op op) {
        ((Comm) this).allreduce(Site.NONE, buf, off, len, op);
    }

    /** As {@link #allreduce(int[], int, int, Op)}, by an operator of the user, which gets lower ranks on the left (MPI_Allreduce, MPI_Op_create). */
    default void allreduce(int[] buf, int off, int len, IntOperator op) {
        ((Comm) this).byUser().allreduce(Site.NONE, buf, off, len, op).await();
    }

    /** Element-wise over all, then {@code counts[r]} elements to rank r (MPI_Reduce_scatter); {@code sendBuf} is left as it is. */
    default void reduceScatter(int[] sendBuf, int sendOff, int[] counts, int[] recvBuf, int recvOff, Op op) {
        ((Comm) this).reduceScatter(Site.NONE, sendBuf, sendOff, counts, recvBuf, recvOff, op);
    }

    /** As {@link #reduceScatter(int[], int, int[], int[], int, Op)}, by an operator of the user (MPI_Reduce_scatter, MPI_Op_create). */
    default void reduceScatter(int[] sendBuf, int sendOff, int[] counts, int[] recvBuf, int recvOff, IntOperator op) {
        ((Comm) this).byUser().reduceScatter(Site.NONE, sendBuf, sendOff, counts, recvBuf, recvOff, op).await();
    }

    /** Element-wise over all, then {@code len} elements to each rank (MPI_Reduce_scatter_block); {@code sendBuf} is left as it is. */
    default void reduceScatterBlock(int[] sendBuf, int sendOff, int len, int[] recvBuf, int recvOff, Op op) {
        reduceScatter(sendBuf, sendOff, Blocks.equal(((Comm) this).size(), len), recvBuf, recvOff, op);
    }

    /** As {@link #reduceScatterBlock(int[], int, int, int[], int, Op)}, by an operator of the user (MPI_Reduce_scatter_block, MPI_Op_create). */
    default void reduceScatterBlock(int[] sendBuf, int sendOff, int len, int[] recvBuf, int recvOff, IntOperator op) {
        reduceScatter(sendBuf, sendOff, Blocks.equal(((Comm) this).size(), len), recvBuf, recvOff, op);
    }

    /** Inclusive prefix over ranks, in place (MPI_Scan). */
    default void scan(int[] buf, int off, int len, Op op) {
        ((Comm) this).scan(Site.NONE, buf, off, len, op);
    }

    /** As {@link #scan(int[], int, int, Op)}, by an operator of the user (MPI_Scan, MPI_Op_create). */
    default void scan(int[] buf, int off, int len, IntOperator op) {
        ((Comm) this).byUser().scan(Site.NONE, buf, off, len, op, false).await();
    }

    /** Exclusive prefix over ranks, in place (MPI_Exscan); rank 0's buffer gets zeros. */
    default void exscan(int[] buf, int off, int len, Op op) {
        ((Comm) this).exscan(Site.NONE, buf, off, len, op);
    }

    /** As {@link #exscan(int[], int, int, Op)}, by an operator of the user; rank 0's buffer is left as it is (MPI_Exscan, MPI_Op_create). */
    default void exscan(int[] buf, int off, int len, IntOperator op) {
        ((Comm) this).byUser().scan(Site.NONE, buf, off, len, op, true).await();
    }

    /** As {@link #gather(int[], int, int, int[], int, int)}, the whole array of each rank (MPI_Gather). */
    default void gather(int[] mine, int @Nullable [] all, int root) {
        gather(mine, 0, mine.length, all, 0, root);
    }

    /** {@code len} elements of each rank to the root, in rank order at {@code recvOff} (MPI_Gather); {@code recvBuf} may be null elsewhere. */
    default void gather(int[] sendBuf, int sendOff, int len, int @Nullable [] recvBuf, int recvOff, int root) {
        ((Comm) this).gather(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff, root);
    }

    /** As {@link #gather(int[], int, int, int[], int, int)} with lengths and places (MPI_Gatherv), looked at on the root. */
    default void gatherv(int[] sendBuf, int sendOff, int len,
            int @Nullable [] recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        ((Comm) this).gatherv(Site.NONE, sendBuf, sendOff, len, recvBuf, counts, displs, root);
    }

    /** As {@link #allgather(int[], int, int, int[], int)}, the whole array of each rank (MPI_Allgather). */
    default void allgather(int[] mine, int[] all) {
        allgather(mine, 0, mine.length, all, 0);
    }

    /** {@code len} elements of each rank to all, in rank order at {@code recvOff} (MPI_Allgather). */
    default void allgather(int[] sendBuf, int sendOff, int len, int[] recvBuf, int recvOff) {
        ((Comm) this).allgather(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #allgather(int[], int, int, int[], int)} with lengths and places, the same on all ranks (MPI_Allgatherv). */
    default void allgatherv(int[] sendBuf, int sendOff, int len, int[] recvBuf, int[] counts, int[] displs) {
        ((Comm) this).allgatherv(Site.NONE, sendBuf, sendOff, len, recvBuf, counts, displs);
    }

    /** As {@link #scatter(int[], int, int[], int, int, int)}, the whole array of each rank (MPI_Scatter). */
    default void scatter(int @Nullable [] all, int[] mine, int root) {
        scatter(all, 0, mine, 0, mine.length, root);
    }

    /** Root's elements, {@code len} to each rank in rank order from {@code sendOff} (MPI_Scatter); {@code sendBuf} may be null elsewhere. */
    default void scatter(int @Nullable [] sendBuf, int sendOff, int[] recvBuf, int recvOff, int len, int root) {
        ((Comm) this).scatter(Site.NONE, sendBuf, sendOff, recvBuf, recvOff, len, root);
    }

    /** As {@link #scatter(int[], int, int[], int, int, int)} with lengths and places (MPI_Scatterv), looked at on the root. */
    default void scatterv(int @Nullable [] sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            int[] recvBuf, int recvOff, int len, int root) {
        ((Comm) this).scatterv(Site.NONE, sendBuf, counts, displs, recvBuf, recvOff, len, root);
    }

    /** {@code len} elements from each rank to each (MPI_Alltoall): block r of {@code sendBuf} goes to rank r, block s received is from rank s. */
    default void alltoall(int[] sendBuf, int sendOff, int len, int[] recvBuf, int recvOff) {
        ((Comm) this).alltoall(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #alltoall(int[], int, int, int[], int)} with lengths and places per peer (MPI_Alltoallv). */
    default void alltoallv(int[] sendBuf, int[] sendCounts, int[] sendDispls, int[] recvBuf, int[] recvCounts, int[] recvDispls) {
        ((Comm) this).alltoallv(Site.NONE, sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    // ---- one-sided ----

    /** Collective: opens an array of each rank to all others (MPI_Win_create). @param array this rank's part; may have length 0 */
    default IntWindow window(int[] array) {
        return new IntWindow((Comm) this, array);
    }
}
