package org.pellang.runtime;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.progress.Advancing;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Receive;

/**
 * A receive of elements that may come in chunks: the first is matched as any message, the others come under its number. Each is put in its place when it is
 * here, whatever its length. All chunks of a message that is too long are taken in before that is reported.
 */
final class PartReceive implements Request, Advancing {
    private final PointToPoint comm;
    private final Endpoint endpoint;
    private final Part part;
    private final boolean array;
    private final Receive first;
    private Receive running;
    private long arrived;
    private @Nullable Status status;
    private @Nullable RuntimeException error;
    private boolean canceled;

    /** @param first posted for all of an array, or for an array made to measure */
    PartReceive(PointToPoint comm, Part part, Receive first) {
        this.comm = comm;
        this.endpoint = comm.endpoint;
        this.part = part;
        this.array = part.isArray();
        this.first = first;
        this.running = first;
    }

    void start() {
        endpoint.advance(this);
    }

    @Override
    public boolean advance() {
        boolean moved = false;
        while (!done() && running.done()) {
            take();
            moved = true;
        }
        return moved;
    }

    private void take() {
        int n = running.matched();
        try {
            running.finish();
            if (n > 0 && arrived + n <= part.count() && !array && error == null) {
                part.unpack(arrived, n, running.awaitArray(), 0);
            }
        } catch (CommException e) {
            error = error == null ? e : error;
        }
        arrived += n;
        if (arrived < first.elements()) {
            running = next(first.source());
            return;
        }
        int source = comm.members.local(first.source());
        if (error == null && arrived > part.count()) {
            error = new CommException("irecv: rank " + source + " sent " + arrived + " elements, the part holds " + part.count());
        }
        status = Status.of(source, first.tag(), arrived);
    }

    private Receive next(int source) {
        boolean fits = array && error == null && first.elements() <= part.count();
        return fits ? endpoint.receive("irecv", Endpoint.CONTINUED, source, first.number(), part.array(), part.offset() + (int) arrived,
                        (int) (part.count() - arrived))
                : endpoint.receiveFirst("irecv", Endpoint.CONTINUED, source, first.number(), part.kind(), null, 0, 0);
    }

    @Override
    public boolean done() {
        return status != null || canceled;
    }

    @Override
    public boolean needsMessage() {
        return running.needsMessage();
    }

    @Override
    public String describe() {
        return running == first ? first.describe() : "irecv of element " + arrived + " and those that follow from rank " + first.source();
    }

    @Override
    public Status await() {
        endpoint.await(this);
        RuntimeException failed = error;
        if (failed != null) {
            throw failed;
        }
        Status known = status;
        return known == null ? new Status(Comm.PROC_NULL, Comm.ANY_TAG, 0) : known;
    }

    @Override
    public boolean test() {
        endpoint.progress();
        if (error != null && done()) {
            await();
        }
        return done();
    }

    @Override
    public boolean cancel() {
        canceled |= running == first && first.cancel();
        return canceled;
    }
}
