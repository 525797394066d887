package org.pellang.runtime;

import java.util.ArrayDeque;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Advancing;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Waitable;

/** A send of more elements than a chunk. Two chunks are on their way at once, so that no more of them are packed; of a buffered send all. */
final class PartSend implements Request, Advancing {
    private static final int AT_ONCE = 2;

    private final PointToPoint comm;
    private final Endpoint endpoint;
    private final Part part;
    private final int peer;
    private final int tag;
    private final boolean matched;
    private final boolean buffered;
    private final int chunk;
    private final int number;
    private final ArrayDeque<Request> running = new ArrayDeque<>();
    private long at;

    PartSend(PointToPoint comm, Part part, int peer, int tag, boolean matched, boolean buffered) {
        this.comm = comm;
        this.endpoint = comm.endpoint;
        this.part = part;
        this.peer = peer;
        this.tag = tag;
        this.matched = matched;
        this.buffered = buffered;
        this.chunk = (int) (comm.chunkBytes / part.kind().bytes());
        this.number = endpoint.announce(name(), comm.world(peer), tag, part.kind(), part.count());
    }

    private String name() {
        return matched ? "issend" : "isend";
    }

    void start() {
        endpoint.advance(this);
    }

    @Override
    public boolean advance() {
        boolean moved = false;
        while (!running.isEmpty() && isDone(running.peek())) {
            running.remove();
            moved = true;
        }
        while (at < part.count() && (buffered || running.size() < AT_ONCE)) {
            startNext();
            moved = true;
        }
        return moved;
    }

    private static boolean isDone(Request request) {
        return request instanceof Waitable what && what.done();
    }

    private void startNext() {
        Kind kind = part.kind();
        int n = (int) Math.min(chunk, part.count() - at);
        Object packed = PartMessages.slice(part, at, n);
        int to = comm.world(peer);
        running.add(at == 0 ? endpoint.startFirst(name(), comm.context, to, tag, number, matched, packed, 0, n)
                : endpoint.start(name(), Endpoint.CONTINUED, to, number, 0, kind, packed, 0, n));
        at += n;
    }

    @Override
    public boolean done() {
        return at == part.count() && (buffered || running.isEmpty());
    }

    @Override
    public boolean needsMessage() {
        for (Request request : running) {
            if (request instanceof Waitable what && !what.done() && !what.needsMessage()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String describe() {
        return running.peek() instanceof Waitable what ? what.describe() : name() + " to rank " + peer;
    }

    @Override
    public Status await() {
        endpoint.await(this);
        return Status.of(peer, tag, part.count());
    }

    @Override
    public boolean test() {
        endpoint.progress();
        return done();
    }
}
