package org.pellang.runtime.progress;

import org.pellang.runtime.transport.Transport;

/** Waits until what was sent to a rank is out of this rank's hands. */
record Flush(Transport transport, Object name, int destination) implements Waitable {
    @Override
    public boolean done() {
        return transport.flushed(destination);
    }

    @Override
    public boolean needsMessage() {
        return false;
    }

    @Override
    public String describe() {
        return name + " to rank " + destination;
    }
}
