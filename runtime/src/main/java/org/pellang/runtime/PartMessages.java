package org.pellang.runtime;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.memory.Kind;

/**
 * Messages of parts. What is in one piece of an array goes as it is; anything else is packed. More elements than a chunk go as full chunks and a
 * shorter, possibly empty one at the end, so a message of any length is received whole.
 */
final class PartMessages {
    /** Bytes of a chunk, on all ranks alike. */
    static final long CHUNK_BYTES = 1L << 30;

    private final PointToPoint comm;
    private final long chunkBytes;

    PartMessages(PointToPoint comm) {
        this(comm, CHUNK_BYTES);
    }

    PartMessages(PointToPoint comm, long chunkBytes) {
        this.comm = comm;
        this.chunkBytes = chunkBytes;
    }

    private int chunk(Kind kind) {
        return (int) (chunkBytes / kind.bytes());
    }

    /** One of the ways to start a send. */
    interface Mode {
        Request start(Object buf, int off, int len, int peer, int tag);
    }

    Request start(Mode mode, Part part, int peer, int tag) {
        int chunk = chunk(part.kind());
        List<Request> requests = new ArrayList<>();
        long at = 0;
        int here;
        do {
            here = (int) Math.min(chunk, part.count() - at);
            if (part.isArray()) {
                requests.add(mode.start(part.array(), part.offset() + (int) at, here, peer, tag));
            } else {
                Object packed = part.kind().allocate(here);
                part.pack(at, here, packed, 0);
                requests.add(mode.start(packed, 0, here, peer, tag));
            }
            at += here;
        } while (here == chunk);
        return requests.size() == 1 ? requests.getFirst() : new AllRequests(requests);
    }

    Status recv(Part part, int peer, int tag) {
        int chunk = chunk(part.kind());
        Status last = part(part, 0, chunk, peer, tag);
        long total = last.count();
        while (last.count() == chunk) {
            last = part(part, total, chunk, last.source(), last.tag());
            total += last.count();
        }
        return new Status(last.source(), last.tag(), (int) Math.min(total, Integer.MAX_VALUE), total);
    }

    private Status part(Part part, long at, int chunk, int peer, int tag) {
        int room = (int) Math.min(chunk, part.count() - at);
        if (part.isArray()) {
            return comm.recv(part.array(), part.offset() + (int) at, room, peer, tag);
        }
        Object packed = part.kind().allocate(room);
        Status status = comm.recv(packed, 0, room, peer, tag);
        part.unpack(at, status.count(), packed, 0);
        return status;
    }

    /** @throws CommException if the part may hold more than one chunk: how many receives to post is not known then */
    Request irecv(Part part, int peer, int tag) {
        if (part.count() >= chunk(part.kind())) {
            throw new CommException("irecv: a part of " + part.count() + " elements is received in several messages; use recv of the communicator");
        }
        int room = (int) part.count();
        if (part.isArray()) {
            return comm.irecv(part.array(), part.offset(), room, peer, tag);
        }
        Object packed = part.kind().allocate(room);
        Request request = comm.irecv(packed, 0, room, peer, tag);
        return new AfterRequest(request, status -> part.unpack(0, status.count(), packed, 0));
    }

    /** All elements in an array of their own. @throws CommException if there are too many for one */
    static Object packed(Part part) {
        Object packed = part.kind().allocate(length(part));
        part.pack(0, length(part), packed, 0);
        return packed;
    }

    static void unpack(Part part, Object packed) {
        part.unpack(0, length(part), packed, 0);
    }

    /** All elements as bytes in native order. */
    static byte[] bytes(Part part) {
        byte[] bytes = new byte[Math.multiplyExact(length(part), part.kind().bytes())];
        part.kind().write(packed(part), 0, length(part), MemorySegment.ofArray(bytes), 0);
        return bytes;
    }

    /** The other way round. @param source rank that sent them */
    static void fill(Part part, byte[] bytes, int source) {
        if (bytes.length != part.count() * part.kind().bytes()) {
            throw new CommException("rank " + source + " sent " + bytes.length + " bytes, the part has " + part.count() * part.kind().bytes());
        }
        Object packed = part.kind().allocate(length(part));
        part.kind().read(MemorySegment.ofArray(bytes), 0, packed, 0, length(part));
        unpack(part, packed);
    }

    /** Elements of one of the equal blocks of both. @throws CommException if they are none */
    static int block(Part out, Part in, int blocks) {
        if (out.count() != in.count() || out.count() % blocks != 0) {
            throw new CommException("alltoall: parts of " + out.count() + " and " + in.count() + " elements are not " + blocks + " equal blocks");
        }
        return length(out) / blocks;
    }

    static int length(Part part) {
        if (part.count() > Integer.MAX_VALUE - 8) {
            throw new CommException("a part of " + part.count() + " elements is too long for this call; use several, or a blocking one");
        }
        return (int) part.count();
    }
}
