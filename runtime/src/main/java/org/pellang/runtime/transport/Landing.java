package org.pellang.runtime.transport;

import org.jspecify.annotations.Nullable;

/** Where the elements of an arriving message go: a posted receive, or a parcel if none matches yet. */
public abstract class Landing {
    /** The array; null if the message is discarded because it is in error. */
    public @Nullable Object data;
    /** First element in the array. */
    public int offset;
    /** Elements that have arrived. */
    public int filled;
}
