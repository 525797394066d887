package org.pellang.runtime;

import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.collective.Collectives;
import org.pellang.runtime.collective.Started;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Matched;
import org.pellang.runtime.progress.Members;

/**
 * A communicator, seen from one rank; one thread per rank uses it. Shaped after MPI-4.1.
 *
 * <p>A parameter {@code Object buf} is any primitive array except {@code char[]}: byte[] short[] int[] long[] float[] double[]
 * boolean[]; offsets and lengths count elements. Ranks are those of this communicator. Messages are matched first in, first
 * out per (source, tag, communicator); tags of users are 0 or more. Contents of differing element type or more elements than
 * the buffer holds are a {@link CommException}.
 *
 * <p>{@link #send} waits for the matching receive only if the receiver has not yet received 64 messages or 1 MiB of this sender (messages
 * of up to 32 bytes do not count), as MPI's standard mode may: an exchange of long messages wants {@link #sendRecv} or a receive posted
 * first. So what nobody receives stays in the memory of its sender. Long messages are copied once if the receive was posted before.
 *
 * <p>Collectives must be called by all ranks in the same order. Each call carries a guard hash of (site, sequence number,
 * operation, element type, communicator); a mismatch stops the job and names both sites. Floating-point operators combine in
 * rank order in a binary tree that depends on the size of the communicator only.
 */
public final class Comm {
    /** Wildcard for the peer of a receive or probe. */
    public static final int ANY_SOURCE = -1;
    /** Wildcard for the tag of a receive or probe. */
    public static final int ANY_TAG = -2;

    /** Nobody (MPI_PROC_NULL): sends to it do nothing, receives from it get an empty message at once. */
    public static final int PROC_NULL = -3;

    private static final Status FROM_NOBODY = new Status(PROC_NULL, ANY_TAG, 0);

    private final Endpoint endpoint;
    private final Members members;
    private final int context;
    private final Collectives collectives;

    /** For engines: the communicator with the given context number over all ranks of the endpoint. */
    public Comm(Endpoint endpoint, int context) {
        this(endpoint, Members.all(endpoint.rank(), endpoint.size()), context);
    }

    Comm(Endpoint endpoint, Members members, int context) {
        this.endpoint = endpoint;
        this.members = members;
        this.context = context;
        this.collectives = new Collectives(endpoint, members, context + 1);
    }

    /** This rank, 0 to size - 1. */
    public int rank() {
        return members.rank();
    }

    /** Number of ranks. */
    public int size() {
        return members.size();
    }

    // ---- communicators ----

    /** Its ranks (MPI_Comm_group). */
    public Group group() {
        int[] ranks = new int[size()];
        for (int r = 0; r < ranks.length; r++) {
            ranks[r] = members.world(r);
        }
        return new Group(ranks);
    }

    /** Collective: the same ranks, with messages of their own (MPI_Comm_dup). */
    public Comm dup() {
        Comm copy = split(0, rank());
        return Objects.requireNonNull(copy);
    }

    /** Collective: ranks of the same colour together, ordered by key, then by rank; null for a negative colour (MPI_Comm_split). */
    public @Nullable Comm split(int color, int key) {
        return Splitting.split(this, endpoint, color, key);
    }

    /** Collective: the ranks that share this machine's memory (MPI_Comm_split_type with MPI_COMM_TYPE_SHARED). */
    public Comm splitShared() {
        return Splitting.byHost(this);
    }

    /** Collective: the ranks of a group of this communicator's ranks, in its order; null elsewhere (MPI_Comm_create). */
    public @Nullable Comm create(Group group) {
        int place = group.rankOf(members.world(rank()));
        return split(place < 0 ? -1 : 0, Math.max(0, place));
    }

    /**
     * Collective: opens an array of each rank to all others (MPI_Win_create).
     *
     * @param array this rank's part: a primitive array, of the same type on all ranks; may have length 0
     */
    public Window window(Object array) {
        return new Window(dup(), dup(), endpoint, array);
    }

    /** For whoever waits without blocking: unwinds this rank if the job has been stopped. */
    public void ensureRunning() {
        endpoint.ensureRunning();
    }

    /** Words that all ranks change at once. */
    public SharedWords sharedWords() {
        return new SharedWords(endpoint.board(), members);
    }

    int context() {
        return context;
    }

    Members members() {
        return members;
    }

    /** The collectives that return at once. */
    public Nonblocking nonblocking() {
        return new Nonblocking(new Started(collectives), size());
    }

    /** Waiting for one or some of several requests. */
    public Requests requests() {
        return new Requests(endpoint);
    }

    // ---- point to point ----

    /** Standard send (MPI_Send): returns when {@code buf} may be changed again. */
    public void send(Object buf, int off, int len, int peer, int tag) {
        if (peer != PROC_NULL) {
            endpoint.send("send", context, world(peer), checkedTag(tag), buf, off, len);
        }
    }

    /** As {@link #send}, but never waits: copies what cannot be handed over at once (MPI_Bsend). */
    public void sendBuffered(Object buf, int off, int len, int peer, int tag) {
        if (peer != PROC_NULL) {
            endpoint.sendBuffered("send", context, world(peer), checkedTag(tag), buf, off, len);
        }
    }

    /** Receives at most {@code len} elements (MPI_Recv). @param peer source or {@link #ANY_SOURCE} @param tag or {@link #ANY_TAG} */
    public Status recv(Object buf, int off, int len, int peer, int tag) {
        return peer == PROC_NULL ? FROM_NOBODY
                : members.local(endpoint.receiveNow("recv", context, checkedSource(peer), checkedWildTag(tag), buf, off, len));
    }

    /** Starts a send (MPI_Isend). */
    public Request isend(Object buf, int off, int len, int peer, int tag) {
        return peer == PROC_NULL ? new Finished(FROM_NOBODY)
                : local(endpoint.startSend("isend", context, world(peer), checkedTag(tag), buf, off, len));
    }

    /** Starts a receive (MPI_Irecv). Post receives before the sends of an exchange: long messages then are copied once. */
    public Request irecv(Object buf, int off, int len, int peer, int tag) {
        return peer == PROC_NULL ? new Finished(FROM_NOBODY)
                : local(endpoint.receive("irecv", context, checkedSource(peer), checkedWildTag(tag), buf, off, len));
    }

    /** Sends and receives at once, so that exchanges cannot deadlock (MPI_Sendrecv). */
    public Status sendRecv(Object sendBuf, int sendOff, int sendLen, int to, int sendTag,
            Object recvBuf, int recvOff, int recvLen, int from, int recvTag) {
        Request receive = irecv(recvBuf, recvOff, recvLen, from, recvTag);
        send(sendBuf, sendOff, sendLen, to, sendTag);
        return receive.await();
    }

    /** Sends a payload whose length the receiver does not know. Never waits. The array is handed over: do not change it later. */
    public void sendBytes(byte[] payload, int peer, int tag) {
        endpoint.give("send", context, world(peer), checkedTag(tag), payload);
    }

    /** Reports call messages with this tag by that name, for instance {@code "channel token"}, instead of the number. */
    public void nameTag(int tag, String name) {
        endpoint.nameTag(checkedTag(tag), name);
    }

    /** Receives a payload of {@link #sendBytes} (or any byte[] message) from {@code peer}. */
    public byte[] recvBytes(int peer, int tag) {
        return receiveBytes(peer, tag).bytes();
    }

    /** As {@link #recvBytes}, with wildcards allowed and the sender named. */
    public Received receiveBytes(int peer, int tag) {
        Received received = endpoint.receiveBytes("recv", context, checkedSource(peer), checkedWildTag(tag));
        return members.isWorld() ? received : new Received(received.bytes(), members.local(received.source()), received.tag());
    }

    /** The message that a receive with this source and tag would get now, or null (MPI_Iprobe). Never blocks. */
    public @Nullable Status iprobe(int peer, int tag) {
        Status status = endpoint.probe(context, checkedSource(peer), checkedWildTag(tag));
        return status == null ? null : members.local(status);
    }

    /** Waits for a message that a receive with this source and tag would get, without taking it (MPI_Probe). */
    public Status probe(int peer, int tag) {
        return members.local(endpoint.awaitProbe(context, checkedSource(peer), checkedWildTag(tag)));
    }

    /** Takes the message that a receive would get now, so that nobody else can; null if there is none (MPI_Improbe). */
    public @Nullable Message improbe(int peer, int tag) {
        Matched matched = endpoint.take(context, checkedSource(peer), checkedWildTag(tag));
        return matched == null ? null : new Message(endpoint, members, matched);
    }

    /** Waits for a message and takes it (MPI_Mprobe). */
    public Message mprobe(int peer, int tag) {
        probe(peer, tag);
        return Objects.requireNonNull(improbe(peer, tag));
    }

    /** Synchronous send: returns when the matching receive has begun (MPI_Ssend). */
    public void ssend(Object buf, int off, int len, int peer, int tag) {
        issend(buf, off, len, peer, tag).await();
    }

    /** Starts a synchronous send (MPI_Issend). */
    public Request issend(Object buf, int off, int len, int peer, int tag) {
        return peer == PROC_NULL ? new Finished(FROM_NOBODY)
                : local(endpoint.startSynchronous("issend", context, world(peer), checkedTag(tag), buf, off, len));
    }

    /** A send to be started later, any number of times (MPI_Send_init). */
    public PersistentRequest sendInit(Object buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> isend(buf, off, len, peer, tag));
    }

    /** A receive to be started later, any number of times (MPI_Recv_init). */
    public PersistentRequest recvInit(Object buf, int off, int len, int peer, int tag) {
        return new PersistentRequest(() -> irecv(buf, off, len, peer, tag));
    }

    /** Block k to peer k and from it; what peer k sends me is its block {@code k ^ 1} (lower and upper neighbour). */
    Request exchange(int[] peers, Object sendBuf, int[] sendCounts, int[] sendDispls, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        return new Started(collectives).neighbors(Site.NONE, peers, sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    private Request local(Request request) {
        return members.isWorld() ? request : new Translated(members, request);
    }

    // ---- collectives: with a site ... ----

    /** Returns when all ranks have come. */
    public void barrier(Site site) {
        collectives.barrier(site);
    }

    /** Root's elements to all. */
    public void bcast(Site site, Object buf, int off, int len, int root) {
        collectives.bcast(site, buf, off, len, checkedPeer(root));
    }

    /** Root's payload to all; {@code payload} is ignored elsewhere. */
    public byte[] bcastBytes(Site site, byte @Nullable [] payload, int root) {
        return collectives.bcastBytes(site, payload, checkedPeer(root));
    }

    /** Element-wise, in place on the root; the buffers of the others are left as they are. */
    public void reduce(Site site, Object buf, int off, int len, Op op, int root) {
        collectives.reduce(site, buf, off, len, op, checkedPeer(root));
    }

    /** Element-wise, in place, same bits on all ranks. */
    public void allreduce(Site site, Object buf, int off, int len, Op op) {
        collectives.allreduce(site, buf, off, len, op);
    }

    /** One value. */
    public long allreduce(Site site, long value, Op op) {
        return collectives.allreduce(site, value, op);
    }

    /** One value. */
    public double allreduce(Site site, double value, Op op) {
        return collectives.allreduce(site, value, op);
    }

    /** Element-wise over all, then {@code counts[r]} elements to rank r (MPI_Reduce_scatter); {@code sendBuf} is left as it is. */
    public void reduceScatter(Object sendBuf, int sendOff, int[] counts, Object recvBuf, int recvOff, Op op) {
        nonblocking().reduceScatter(sendBuf, sendOff, counts, recvBuf, recvOff, op).await();
    }

    /** As {@link #reduceScatter} with {@code len} elements to each rank (MPI_Reduce_scatter_block). */
    public void reduceScatterBlock(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff, Op op) {
        reduceScatter(sendBuf, sendOff, equal(len), recvBuf, recvOff, op);
    }

    /** One value. */
    public boolean allreduce(Site site, boolean value, Op op) {
        boolean[] box = {value};
        collectives.allreduce(site, box, 0, 1, op);
        return box[0];
    }

    /** Any associative operator on payloads, {@code op.apply(lower ranks, higher ranks)}; same bytes on all ranks. */
    public byte[] allreduceBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        return collectives.allreduceBytes(site, payload, op);
    }

    /** As {@link #allreduceBytes}; the result on the root, an empty array elsewhere. */
    public byte[] reduceBytes(Site site, byte[] payload, BinaryOperator<byte[]> op, int root) {
        return collectives.reduceBytes(site, payload, op, checkedPeer(root));
    }

    /** Inclusive prefix over ranks, in place. */
    public void scan(Site site, Object buf, int off, int len, Op op) {
        collectives.scan(site, buf, off, len, op, false);
    }

    /** Exclusive prefix over ranks, in place; rank 0's buffer gets zeros. */
    public void exscan(Site site, Object buf, int off, int len, Op op) {
        collectives.scan(site, buf, off, len, op, true);
    }

    /** Inclusive prefix over ranks of payloads. */
    public byte[] scanBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        return collectives.scanBytes(site, payload, op);
    }

    /** Exclusive prefix over ranks of payloads; null on rank 0. */
    public byte @Nullable [] exscanBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        return collectives.exscanBytes(site, payload, op);
    }

    /** {@code len} elements of each rank to the root, in rank order at {@code recvOff}; {@code recvBuf} may be null elsewhere. */
    public void gather(Site site, Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        collectives.gatherv(site, sendBuf, sendOff, len, recvBuf, equal(len), steps(recvOff, len), checkedPeer(root));
    }

    /** As {@link #gather} with lengths {@code counts[r]} and places {@code displs[r]} (looked at on the root). */
    public void gatherv(Site site, Object sendBuf, int sendOff, int len,
            @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        collectives.gatherv(site, sendBuf, sendOff, len, recvBuf, counts, displs, checkedPeer(root));
    }

    /** The payloads of all ranks in rank order on the root; an empty array of arrays elsewhere. */
    public byte[][] gatherBytes(Site site, byte[] payload, int root) {
        return collectives.gatherBytes(site, payload, checkedPeer(root));
    }

    /** {@code len} elements of each rank to all, in rank order at {@code recvOff}. */
    public void allgather(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        collectives.allgatherv(site, sendBuf, sendOff, len, recvBuf, equal(len), steps(recvOff, len));
    }

    /** As {@link #allgather} with lengths {@code counts[r]} and places {@code displs[r]}, the same on all ranks. */
    public void allgatherv(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int[] counts, int[] displs) {
        collectives.allgatherv(site, sendBuf, sendOff, len, recvBuf, counts, displs);
    }

    /** The payloads of all ranks in rank order, on all ranks. */
    public byte[][] allgatherBytes(Site site, byte[] payload) {
        return collectives.allgatherBytes(site, payload);
    }

    /** Root's elements, {@code len} to each rank in rank order from {@code sendOff}; {@code sendBuf} may be null elsewhere. */
    public void scatter(Site site, @Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        collectives.scatterv(site, sendBuf, equal(len), steps(sendOff, len), recvBuf, recvOff, len, checkedPeer(root));
    }

    /** As {@link #scatter} with lengths and places (looked at on the root); {@code len} is this rank's length. */
    public void scatterv(Site site, @Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            Object recvBuf, int recvOff, int len, int root) {
        collectives.scatterv(site, sendBuf, counts, displs, recvBuf, recvOff, len, checkedPeer(root));
    }

    /** Root's {@code payloads[r]} to rank r; ignored elsewhere. */
    public byte[] scatterBytes(Site site, byte @Nullable [][] payloads, int root) {
        return collectives.scatterBytes(site, payloads, checkedPeer(root));
    }

    /** {@code len} elements from each rank to each: block r of {@code sendBuf} goes to rank r, block s received is from rank s. */
    public void alltoall(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        int[] counts = equal(len);
        collectives.alltoallv(site, sendBuf, counts, steps(sendOff, len), recvBuf, counts, steps(recvOff, len));
    }

    /** As {@link #alltoall} with lengths and places per peer. */
    public void alltoallv(Site site, Object sendBuf, int[] sendCounts, int[] sendDispls,
            Object recvBuf, int[] recvCounts, int[] recvDispls) {
        collectives.alltoallv(site, sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    /** {@code payloads[r]} goes to rank r; the result's element s came from rank s. Empty payloads are allowed. */
    public byte[][] alltoallBytes(Site site, byte[][] payloads) {
        return collectives.alltoallBytes(site, payloads);
    }

    // ---- ... and without, for plain Java ----

    /** As {@link #barrier(Site)}. */
    public void barrier() {
        barrier(Site.NONE);
    }

    /** As {@link #bcast(Site, Object, int, int, int)}. */
    public void bcast(Object buf, int off, int len, int root) {
        bcast(Site.NONE, buf, off, len, root);
    }

    /** As {@link #reduce(Site, Object, int, int, Op, int)}. */
    public void reduce(Object buf, int off, int len, Op op, int root) {
        reduce(Site.NONE, buf, off, len, op, root);
    }

    /** As {@link #allreduce(Site, Object, int, int, Op)}. */
    public void allreduce(Object buf, int off, int len, Op op) {
        allreduce(Site.NONE, buf, off, len, op);
    }

    /** As {@link #allreduce(Site, long, Op)}. */
    public long allreduce(long value, Op op) {
        return allreduce(Site.NONE, value, op);
    }

    /** As {@link #allreduce(Site, double, Op)}. */
    public double allreduce(double value, Op op) {
        return allreduce(Site.NONE, value, op);
    }

    /** As {@link #scan(Site, Object, int, int, Op)}. */
    public void scan(Object buf, int off, int len, Op op) {
        scan(Site.NONE, buf, off, len, op);
    }

    /** As {@link #exscan(Site, Object, int, int, Op)}. */
    public void exscan(Object buf, int off, int len, Op op) {
        exscan(Site.NONE, buf, off, len, op);
    }

    /** As {@link #gather(Site, Object, int, int, Object, int, int)}. */
    public void gather(Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        gather(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff, root);
    }

    /** As {@link #allgather(Site, Object, int, int, Object, int)}. */
    public void allgather(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        allgather(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** As {@link #scatter(Site, Object, int, Object, int, int, int)}. */
    public void scatter(@Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        scatter(Site.NONE, sendBuf, sendOff, recvBuf, recvOff, len, root);
    }

    /** As {@link #alltoall(Site, Object, int, int, Object, int)}. */
    public void alltoall(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        alltoall(Site.NONE, sendBuf, sendOff, len, recvBuf, recvOff);
    }


    private int[] equal(int len) {
        return Blocks.equal(size(), len);
    }

    private int[] steps(int off, int len) {
        return Blocks.steps(size(), off, len);
    }

    private int world(int peer) {
        return members.world(checkedPeer(peer));
    }

    private int checkedPeer(int peer) {
        if (peer < 0 || peer >= size()) {
            throw new PelTrap("rank " + peer + " does not exist: there are ranks 0.." + (size() - 1));
        }
        return peer;
    }

    private int checkedSource(int peer) {
        return peer == ANY_SOURCE ? peer : world(peer);
    }

    private static int checkedTag(int tag) {
        if (tag < 0) {
            throw new CommException("tag " + tag + " is negative");
        }
        return tag;
    }

    private static int checkedWildTag(int tag) {
        return tag == ANY_TAG ? tag : checkedTag(tag);
    }
}
