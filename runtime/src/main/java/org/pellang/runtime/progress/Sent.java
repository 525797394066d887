package org.pellang.runtime.progress;

import org.pellang.runtime.Request;
import org.pellang.runtime.Status;

/** A send that was complete when it returned. */
record Sent(int peer, int tag, int count) implements Request, Waitable {
    @Override
    public boolean done() {
        return true;
    }

    @Override
    public boolean needsMessage() {
        return false;
    }

    @Override
    public String describe() {
        return "a send";
    }

    @Override
    public Status await() {
        return new Status(peer, tag, count);
    }

    @Override
    public boolean test() {
        return true;
    }
}
