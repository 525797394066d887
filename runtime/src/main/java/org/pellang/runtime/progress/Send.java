package org.pellang.runtime.progress;

import org.pellang.runtime.Request;
import org.pellang.runtime.Status;
import org.pellang.runtime.transport.Outgoing;

/** A started send. */
public final class Send implements Request, Waitable {
    private final Endpoint endpoint;
    private final Object name;
    private final Outgoing message;

    Send(Endpoint endpoint, Object name, Outgoing message) {
        this.endpoint = endpoint;
        this.name = name;
        this.message = message;
    }

    @Override
    public boolean done() {
        return message.done();
    }

    @Override
    public boolean needsMessage() {
        return message.unasked();
    }

    @Override
    public String describe() {
        return name + " to rank " + message.destination + (message.guard == 0 ? ", " + endpoint.recorder().tag(message.tag) : "");
    }

    @Override
    public Status await() {
        endpoint.await(this);
        return new Status(message.destination, message.tag, message.count);
    }

    @Override
    public boolean test() {
        endpoint.progress();
        return done();
    }
}
