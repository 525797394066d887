package org.pellang.runtime;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.progress.Waitable;

/** A request with something to do when it is complete, once: what came is put where it belongs. */
final class AfterRequest implements Request, Waitable {
    private final Request request;
    private final Consumer<Status> work;
    private @Nullable Status status;

    AfterRequest(Request request, Consumer<Status> work) {
        this.request = request;
        this.work = work;
    }

    @Override
    public Status await() {
        Status known = status;
        if (known == null) {
            known = request.await();
            work.accept(known);
            status = known;
        }
        return known;
    }

    @Override
    public boolean test() {
        if (status == null && request.test()) {
            await();
        }
        return status != null;
    }

    @Override
    public boolean cancel() {
        return request.cancel();
    }

    @Override
    public boolean done() {
        return status != null || request instanceof Waitable what && what.done();
    }

    @Override
    public boolean needsMessage() {
        return request instanceof Waitable what && what.needsMessage();
    }

    @Override
    public String describe() {
        return request instanceof Waitable what ? what.describe() : "a request";
    }
}
