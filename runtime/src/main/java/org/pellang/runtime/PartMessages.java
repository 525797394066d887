package org.pellang.runtime;

import java.lang.foreign.Arena;
import org.pellang.runtime.memory.Kind;

/**
 * Messages of parts. What is in one piece of an array goes as it is, anything else is packed; of more bytes than a chunk as several messages, one after the
 * other ({@link PartSend}, {@link PartReceive}). On the wire up to a chunk it is the message that an array would be.
 */
final class PartMessages {
    /** Bytes of a chunk. */
    static final long CHUNK_BYTES = 1L << 26;
    /** Bytes of a turn of a collective, on all ranks alike. */
    static final long TURN_BYTES = 1L << 28;

    private final PointToPoint comm;
    private final long chunkBytes;

    PartMessages(PointToPoint comm) {
        this.comm = comm;
        this.chunkBytes = comm.chunkBytes;
    }

    /** One of the ways to start a send. */
    interface Mode {
        Request start(Object buf, int off, int len, int peer, int tag);
    }

    private boolean isLong(Part part) {
        return part.count() > chunkBytes / part.kind().bytes();
    }

    /**
     * Starts a send.
     *
     * @param mode of what goes at once
     * @param matched whether it completes only when it has met its receive @param buffered whether it completes at once
     */
    Request start(Mode mode, boolean matched, boolean buffered, Part part, int peer, int tag) {
        if (part.isArray()) {
            return mode.start(part.array(), part.offset(), (int) part.count(), peer, tag);
        }
        if (peer != Comm.PROC_NULL && isLong(part)) {
            PartSend send = new PartSend(comm, part, peer, PointToPoint.checkedTag(tag), matched, buffered);
            send.start();
            return send;
        }
        return mode.start(packed(part), 0, (int) part.count(), peer, tag);
    }

    Status recv(Part part, int peer, int tag) {
        return part.isArray() ? comm.recv(part.array(), part.offset(), (int) part.count(), peer, tag) : irecv(part, peer, tag).await();
    }

    Request irecv(Part part, int peer, int tag) {
        if (peer != Comm.PROC_NULL && isLong(part)) {
            return receive(part, peer, tag);
        }
        int room = (int) part.count();
        if (part.isArray()) {
            return comm.irecv(part.array(), part.offset(), room, peer, tag);
        }
        Object packed = part.kind().allocate(room);
        Request request = comm.irecv(packed, 0, room, peer, tag);
        return new AfterRequest(request, status -> part.unpack(0, status.count(), packed, 0));
    }

    /** A receive of what may come in chunks. */
    Request receive(Part part, int peer, int tag) {
        boolean array = part.isArray();
        PartReceive receive = new PartReceive(comm, part, comm.endpoint.receiveFirst("irecv", comm.context, comm.checkedSource(peer),
                PointToPoint.checkedWildTag(tag), part.kind(), array ? part.array() : null, array ? part.offset() : 0, array ? (int) part.count() : 0));
        receive.start();
        return receive;
    }

    /** All elements in an array of their own. @throws CommException if there are too many for one */
    static Object packed(Part part) {
        return slice(part, 0, length(part));
    }

    /** Some elements in an array of their own. */
    static Object slice(Part part, long from, int n) {
        Object packed = part.kind().allocate(n);
        part.pack(from, n, packed, 0);
        return packed;
    }

    /** The same elements in memory of their own, of any number. */
    static Part copy(Part part) {
        if (part.count() <= Integer.MAX_VALUE - 8) {
            return Part.ofAny(packed(part), 0, (int) part.count());
        }
        Kind kind = part.kind();
        Part copy = Part.of(Arena.ofAuto().allocate(Math.multiplyExact(part.count(), kind.bytes()), kind.bytes()), kind);
        copy(part, copy);
        return copy;
    }

    /** Copies all elements of a part to one of as many. */
    static void copy(Part from, Part to) {
        int most = (int) (CHUNK_BYTES / from.kind().bytes());
        for (long at = 0; at < from.count(); at += most) {
            int n = (int) Math.min(most, from.count() - at);
            to.unpack(at, n, slice(from, at, n), 0);
        }
    }

    static int length(Part part) {
        if (part.count() > Integer.MAX_VALUE - 8) {
            throw new CommException("a part of " + part.count() + " elements is too long for one array");
        }
        return (int) part.count();
    }
}
