package org.pellang.runtime;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Matched;
import org.pellang.runtime.progress.Members;
import org.pellang.runtime.progress.Receive;

/** The messages between two ranks of a communicator: the first part of {@link Comm}. */
abstract sealed class PointToPoint permits PartSending {
    private static final Status FROM_NOBODY = new Status(Comm.PROC_NULL, Comm.ANY_TAG, 0);

    final Endpoint endpoint;
    final Members members;
    final int context;
    /** Bytes of a chunk of a message of several; tests make it small. */
    long chunkBytes = PartMessages.CHUNK_BYTES;
    /** Bytes of all ranks' elements of one turn of a collective of several; the same on all ranks. */
    long turnBytes = PartMessages.TURN_BYTES;

    PointToPoint(Endpoint endpoint, Members members, int context) {
        this.endpoint = endpoint;
        this.members = members;
        this.context = context;
    }

    /** This rank, 0 to size - 1 (MPI_Comm_rank). */
    public int rank() {
        return members.rank();
    }

    /** Number of ranks (MPI_Comm_size). */
    public int size() {
        return members.size();
    }

    // ---- point to point: what DoubleCalls and its kin call with their arrays ----

    void send(Object buf, int off, int len, int peer, int tag) {
        if (peer != Comm.PROC_NULL) {
            endpoint.send("send", context, world(peer), checkedTag(tag), buf, off, len);
        }
    }

    void sendBuffered(Object buf, int off, int len, int peer, int tag) {
        if (peer != Comm.PROC_NULL) {
            endpoint.sendBuffered("send", context, world(peer), checkedTag(tag), buf, off, len);
        }
    }

    /** Whether a message that comes in chunks may fit. */
    private boolean mayBeChunked(int len) {
        return (long) len * Long.BYTES > chunkBytes;
    }

    Status recv(Object buf, int off, int len, int peer, int tag) {
        if (mayBeChunked(len) && peer != Comm.PROC_NULL) {
            return irecv(buf, off, len, peer, tag).await();
        }
        return peer == Comm.PROC_NULL ? FROM_NOBODY
                : members.local(endpoint.receiveNow("recv", context, checkedSource(peer), checkedWildTag(tag), buf, off, len));
    }

    Request isend(Object buf, int off, int len, int peer, int tag) {
        return peer == Comm.PROC_NULL ? new Finished(FROM_NOBODY)
                : local(endpoint.startSend("isend", context, world(peer), checkedTag(tag), buf, off, len));
    }

    Request irecv(Object buf, int off, int len, int peer, int tag) {
        if (mayBeChunked(len) && peer != Comm.PROC_NULL) {
            return new PartMessages(this).receive(Part.ofAny(buf, off, len), peer, tag);
        }
        return peer == Comm.PROC_NULL ? new Finished(FROM_NOBODY)
                : local(endpoint.receive("irecv", context, checkedSource(peer), checkedWildTag(tag), buf, off, len));
    }

    Status sendRecv(Object sendBuf, int sendOff, int sendLen, int to, int sendTag,
            Object recvBuf, int recvOff, int recvLen, int from, int recvTag) {
        Request receive = irecv(recvBuf, recvOff, recvLen, from, recvTag);
        send(sendBuf, sendOff, sendLen, to, sendTag);
        return receive.await();
    }

    /** Sends a payload whose length the receiver does not know (MPI_Bsend). Never waits. The array is handed over: do not change it later. */
    public void sendBytes(byte[] payload, int peer, int tag) {
        endpoint.give("send", context, world(peer), checkedTag(tag), payload);
    }

    /** Reports call messages with this tag by that name, for instance {@code "channel token"}, instead of the number. */
    public void nameTag(int tag, String name) {
        endpoint.nameTag(checkedTag(tag), name);
    }

    /** Receives a payload of {@link #sendBytes}, or any byte[] message, of any length (MPI_Mprobe, MPI_Mrecv). */
    public byte[] recvBytes(int peer, int tag) {
        return receiveBytes(peer, tag).bytes();
    }

    /**
     * Starts to receive a payload of {@link #sendBytes} (MPI_Irecv); {@link Receive#awaitArray} waits for it.
     *
     * @throws CommException then, if it comes in chunks, as a {@link Part} of more than 64 MiB outside of the heap does: use {@link #recvBytes}
     */
    public Receive irecvBytes(int peer, int tag) {
        return endpoint.startBytes("irecv", context, checkedSource(peer), checkedWildTag(tag));
    }

    /** As {@link #recvBytes}, with wildcards allowed and the sender named (MPI_Mprobe, MPI_Mrecv). */
    public Received receiveBytes(int peer, int tag) {
        Received received = endpoint.receiveBytes("recv", context, checkedSource(peer), checkedWildTag(tag));
        return members.isWorld() ? received : new Received(received.bytes(), members.local(received.source()), received.tag());
    }

    /** The message that a receive with this source and tag would get now, or null (MPI_Iprobe). Never blocks. */
    public @Nullable Status iprobe(int peer, int tag) {
        // Who only ever asks must learn of the end too.
        endpoint.ensureRunning();
        if (peer == Comm.PROC_NULL) {
            return FROM_NOBODY;
        }
        Status status = endpoint.probe(context, checkedSource(peer), checkedWildTag(tag));
        return status == null ? null : members.local(status);
    }

    /** Waits for a message that a receive with this source and tag would get, without taking it (MPI_Probe). */
    public Status probe(int peer, int tag) {
        return peer == Comm.PROC_NULL ? FROM_NOBODY : members.local(endpoint.awaitProbe(context, checkedSource(peer), checkedWildTag(tag)));
    }

    /** Takes the message that a receive would get now, so that nobody else can; null if there is none (MPI_Improbe). */
    public @Nullable Message improbe(int peer, int tag) {
        Matched matched = endpoint.take(context, checkedSource(peer), checkedWildTag(tag));
        return matched == null ? null : new Message(this, matched);
    }

    /** Waits for a message and takes it (MPI_Mprobe). */
    public Message mprobe(int peer, int tag) {
        probe(peer, tag);
        return Objects.requireNonNull(improbe(peer, tag));
    }

    Request issend(Object buf, int off, int len, int peer, int tag) {
        return peer == Comm.PROC_NULL ? new Finished(FROM_NOBODY)
                : local(endpoint.startSynchronous("issend", context, world(peer), checkedTag(tag), buf, off, len));
    }

    Request isendRecv(Object sendBuf, int sendOff, int sendLen, int to, int sendTag,
            Object recvBuf, int recvOff, int recvLen, int from, int recvTag) {
        Request receive = irecv(recvBuf, recvOff, recvLen, from, recvTag);
        return new AllRequests(List.of(isend(sendBuf, sendOff, sendLen, to, sendTag), receive));
    }

    Status sendRecvReplace(Object buf, int off, int len, int to, int sendTag, int from, int recvTag) {
        Object out = Kind.of(buf).copyOf(buf, off, len);
        return sendRecv(out, 0, len, to, sendTag, buf, off, len, from, recvTag);
    }

    Request ibsend(Object buf, int off, int len, int peer, int tag) {
        sendBuffered(buf, off, len, peer, tag);
        return new Finished(peer == Comm.PROC_NULL ? FROM_NOBODY : new Status(peer, tag, len));
    }

    private Request local(Request request) {
        return members.isWorld() ? request : new Translated(members, request);
    }

    int world(int peer) {
        return members.world(checkedPeer(peer));
    }

    int checkedPeer(int peer) {
        if (peer < 0 || peer >= size()) {
            throw new PelTrap("rank " + peer + " does not exist: there are ranks 0.." + (size() - 1));
        }
        return peer;
    }

    int checkedSource(int peer) {
        return peer == Comm.ANY_SOURCE ? peer : world(peer);
    }

    static int checkedTag(int tag) {
        if (tag < 0) {
            throw new CommException("tag " + tag + " is negative");
        }
        return tag;
    }

    static int checkedWildTag(int tag) {
        return tag == Comm.ANY_TAG ? tag : checkedTag(tag);
    }
}
