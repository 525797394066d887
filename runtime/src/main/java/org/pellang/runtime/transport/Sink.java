package org.pellang.runtime.transport;

import org.pellang.runtime.memory.Kind;

/** Who takes in messages: the matching of an endpoint. Called by the thread that polls. */
public interface Sink {
    /** A whole message that lies in an array. */
    void arrived(Parcel parcel);

    /** The first piece of a message is here: where do its elements go? The transport counts {@link Landing#filled}. */
    Landing begin(int source, int context, int tag, long guard, Kind kind, int count);

    /** Whether what the rank waits for is here: then the rest may as well stay where it is, and need not be kept. */
    default boolean satisfied() {
        return false;
    }

    /** All elements have landed. */
    void finished(Landing landing);
}
