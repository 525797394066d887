package org.pellang.runtime.progress;

import org.pellang.runtime.CommException;

/** Two ranks called different collectives, or with different operators, roots or element types. */
public final class CollectiveMismatch extends CommException {
    private static final long serialVersionUID = 1L;

    private final int peer;
    private final int sequence;

    CollectiveMismatch(int peer, int sequence) {
        super("the ranks disagree about collective " + sequence);
        this.peer = peer;
        this.sequence = sequence;
    }

    /** The rank whose message did not fit. */
    public int peer() {
        return peer;
    }

    /** Number of the collective. */
    public int sequence() {
        return sequence;
    }
}
