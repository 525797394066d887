package org.pellang.runtime;

import org.pellang.runtime.progress.Members;
import org.pellang.runtime.progress.Waitable;

/** A request of a communicator whose ranks have other numbers in the world. */
record Translated(Members members, Request request) implements Request, Waitable {
    @Override
    public Status await() {
        return members.local(request.await());
    }

    @Override
    public boolean test() {
        return request.test();
    }

    @Override
    public boolean cancel() {
        return request.cancel();
    }

    @Override
    public boolean done() {
        return !(request instanceof Waitable what) || what.done();
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
