package org.pellang.runtime.progress;

import org.pellang.runtime.transport.Outgoing;

/** An array that another thread may read and write until it closes its view. */
public final class Sharing implements Waitable {
    private final Endpoint endpoint;
    private final Object name;
    private final Outgoing message;

    Sharing(Endpoint endpoint, Object name, Outgoing message) {
        this.endpoint = endpoint;
        this.name = name;
        this.message = message;
    }

    /** Waits until the other has closed its view. */
    public void await() {
        endpoint.await(this);
    }

    @Override
    public boolean done() {
        return message.done();
    }

    @Override
    public boolean needsMessage() {
        return false;
    }

    @Override
    public String describe() {
        return name + ", missing rank " + message.destination;
    }
}
