package org.pellang.runtime;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.progress.Waitable;

/** A send or receive that is set up once and started again and again (MPI_Send_init, MPI_Recv_init, MPI_Start). */
public final class PersistentRequest implements Request, Waitable {
    private final Supplier<Request> starter;
    private @Nullable Request active;
    private Status last = new Status(Comm.PROC_NULL, Comm.ANY_TAG, 0);

    PersistentRequest(Supplier<Request> starter) {
        this.starter = starter;
    }

    /** Starts it (MPI_Start). @throws CommException if it is active already */
    public void start() {
        if (active != null) {
            throw new CommException("a persistent request is started again before it was waited for");
        }
        active = starter.get();
    }

    /** Starts all of them (MPI_Startall). */
    public static void startAll(PersistentRequest... requests) {
        for (PersistentRequest request : requests) {
            request.start();
        }
    }

    /** Whether it has been started and not yet waited for. */
    public boolean isActive() {
        return active != null;
    }

    @Override
    public boolean done() {
        return !(active instanceof Waitable what) || what.done();
    }

    @Override
    public boolean needsMessage() {
        return active instanceof Waitable what && what.needsMessage();
    }

    @Override
    public String describe() {
        return active instanceof Waitable what ? what.describe() : "a request that was not started";
    }

    /** Waits for what was started, after which it can be started again; at once if nothing is active. */
    @Override
    public Status await() {
        Request request = active;
        if (request != null) {
            last = request.await();
            active = null;
        }
        return last;
    }

    @Override
    public boolean test() {
        Request request = active;
        if (request == null || !request.test()) {
            return request == null;
        }
        await();
        return true;
    }

    @Override
    public boolean cancel() {
        Request request = active;
        if (request == null || !request.cancel()) {
            return false;
        }
        active = null;
        return true;
    }
}
