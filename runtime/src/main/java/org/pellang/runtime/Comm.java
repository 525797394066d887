package org.pellang.runtime;

import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.collective.Collectives;
import org.pellang.runtime.progress.Endpoint;

/**
 * A communicator, seen from one rank; one thread per rank uses it. Shaped after MPI-4.1.
 *
 * <p>A parameter {@code Object buf} is any primitive array except {@code char[]}: byte[] short[] int[] long[] float[] double[]
 * boolean[]; offsets and lengths count elements. Ranks are those of this communicator. Messages are matched first in, first
 * out per (source, tag, communicator); tags of users are 0 or more. Contents of differing element type or more elements than
 * the buffer holds are a {@link CommException}.
 *
 * <p>{@link #send} may wait until the receiver next enters the runtime, but never for the matching receive, so
 * send-then-receive around a ring cannot deadlock. Long messages are copied once if the receive was posted before they arrive.
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

    private final Endpoint endpoint;
    private final int context;
    private final Collectives collectives;

    /** For engines: the communicator with the given context number over all ranks of the endpoint. */
    public Comm(Endpoint endpoint, int context) {
        this.endpoint = endpoint;
        this.context = context;
        this.collectives = new Collectives(endpoint, context + 1);
    }

    /** This rank, 0 to size - 1. */
    public int rank() {
        return endpoint.rank();
    }

    /** Number of ranks. */
    public int size() {
        return endpoint.size();
    }

    // ---- point to point ----

    /** Standard send: returns when {@code buf} may be changed again. */
    public void send(Object buf, int off, int len, int peer, int tag) {
        endpoint.send("send", context, checkedPeer(peer), checkedTag(tag), buf, off, len);
    }

    /** As {@link #send}, but never waits: copies what cannot be handed over at once. */
    public void sendBuffered(Object buf, int off, int len, int peer, int tag) {
        endpoint.sendBuffered("send", context, checkedPeer(peer), checkedTag(tag), buf, off, len);
    }

    /** Receives at most {@code len} elements. @param peer source or {@link #ANY_SOURCE} @param tag or {@link #ANY_TAG} */
    public Status recv(Object buf, int off, int len, int peer, int tag) {
        return endpoint.receiveNow("recv", context, checkedSource(peer), checkedWildTag(tag), buf, off, len);
    }

    /** Starts a send. */
    public Request isend(Object buf, int off, int len, int peer, int tag) {
        return endpoint.startSend("isend", context, checkedPeer(peer), checkedTag(tag), buf, off, len);
    }

    /** Starts a receive. Post receives before the sends of an exchange: long messages then are copied once. */
    public Request irecv(Object buf, int off, int len, int peer, int tag) {
        return endpoint.receive("irecv", context, checkedSource(peer), checkedWildTag(tag), buf, off, len);
    }

    /** Sends a payload whose length the receiver does not know. Never waits. The array is handed over: do not change it later. */
    public void sendBytes(byte[] payload, int peer, int tag) {
        endpoint.give("send", context, checkedPeer(peer), checkedTag(tag), payload);
    }

    /** Receives a payload of {@link #sendBytes} (or any byte[] message) from {@code peer}. */
    public byte[] recvBytes(int peer, int tag) {
        return receiveBytes(peer, tag).bytes();
    }

    /** As {@link #recvBytes}, with wildcards allowed and the sender named. */
    public Received receiveBytes(int peer, int tag) {
        return endpoint.receiveBytes("recv", context, checkedSource(peer), checkedWildTag(tag));
    }

    /** The message that a receive with this source and tag would get now, or null. Never blocks. */
    public @Nullable Status iprobe(int peer, int tag) {
        return endpoint.probe(context, checkedSource(peer), checkedWildTag(tag));
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
        int[] counts = new int[size()];
        Arrays.fill(counts, len);
        return counts;
    }

    private int[] steps(int off, int len) {
        int[] displs = new int[size()];
        for (int r = 0; r < displs.length; r++) {
            displs[r] = Math.addExact(off, Math.multiplyExact(r, len));
        }
        return displs;
    }

    private int checkedPeer(int peer) {
        if (peer < 0 || peer >= size()) {
            throw new PelTrap("rank " + peer + " does not exist: there are ranks 0.." + (size() - 1));
        }
        return peer;
    }

    private int checkedSource(int peer) {
        return peer == ANY_SOURCE ? peer : checkedPeer(peer);
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
