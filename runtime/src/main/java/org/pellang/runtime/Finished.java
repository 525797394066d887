package org.pellang.runtime;

import org.pellang.runtime.progress.Waitable;

/** A request that was complete from the start. */
record Finished(Status status) implements Request, Waitable {
    @Override
    public Status await() {
        return status;
    }

    @Override
    public boolean test() {
        return true;
    }

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
        return "nothing";
    }
}
