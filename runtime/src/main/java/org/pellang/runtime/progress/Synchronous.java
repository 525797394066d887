package org.pellang.runtime.progress;

import org.pellang.runtime.Request;
import org.pellang.runtime.Status;

/** A send that is complete when its message has been matched: the receiver answers. */
final class Synchronous implements Request, Waitable {
    private final Endpoint endpoint;
    private final Send send;
    private final Receive answer;

    Synchronous(Endpoint endpoint, Send send, Receive answer) {
        this.endpoint = endpoint;
        this.send = send;
        this.answer = answer;
    }

    @Override
    public boolean done() {
        return answer.done() && send.done();
    }

    @Override
    public boolean needsMessage() {
        return (send.done() || send.needsMessage()) && answer.needsMessage();
    }

    @Override
    public String describe() {
        return send.describe();
    }

    @Override
    public Status await() {
        endpoint.await(this);
        return send.await();
    }

    @Override
    public boolean test() {
        endpoint.progress();
        return done();
    }
}
