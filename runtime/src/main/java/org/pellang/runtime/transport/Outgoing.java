package org.pellang.runtime.transport;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;

/** A message that is being sent. */
public final class Outgoing {
    /** Receiver. */
    public final int destination;
    /** Number of the communicator. */
    public final int context;
    /** Tag. */
    public final int tag;
    /** Guard hash, 0 for point-to-point. */
    public final long guard;
    /** Element kind. */
    public final Kind kind;
    /** Number of elements. */
    public final int count;
    /** Array; may be replaced by a copy of what is left. */
    public Object data;
    /** Place of element 0 in the array; may be negative after a replacement, {@code offset + moved} never is. */
    public int offset;
    /** Elements already handed to the transport. */
    public int moved;
    /** The whole array belongs to the runtime: it may be handed over instead of copied. */
    public boolean owned;
    /** Lent so that the receiver works in the array itself: nobody may put a copy in its place. */
    public boolean shared;
    /** The array lent to the receiver, if the transport lends. */
    public @Nullable Parcel lent;
    /** For tests: whether somebody was told of it. */
    public boolean announced;
    /** Everything is handed over (a lent array may still be in use). */
    public boolean accepted;
    /** Its header has been handed to a transport that keeps headers and elements apart. */
    public boolean begun;
    /** It may go: it has credit, or needs none. */
    public boolean admitted;
    /** Only its header goes at first: the receiver asks for the elements when it has a place for them. */
    public boolean promised;
    /** Carries the elements of a promised message, once they have been asked for. */
    public @Nullable Outgoing carrier;

    /** A message of {@code count} elements. */
    public Outgoing(int destination, int context, int tag, long guard, Kind kind, Object data, int offset, int count) {
        this.destination = destination;
        this.context = context;
        this.tag = tag;
        this.guard = guard;
        this.kind = kind;
        this.data = data;
        this.offset = offset;
        this.count = count;
    }

    /** Whether the sender may change its array again. */
    public boolean done() {
        Outgoing other = carrier;
        if (other != null) {
            return other.done();
        }
        Parcel parcel = lent;
        if (parcel != null && parcel.lent()) {
            parcel.help();
        }
        return accepted && (parcel == null || !parcel.lent());
    }

    /** Replaces the array by a copy of the elements not yet moved, so that the sender gets its own back. */
    public void detach() {
        Outgoing other = carrier;
        if (other != null) {
            other.detach();
            return;
        }
        data = kind.copyOf(data, offset + moved, count - moved);
        offset = -moved;
    }

    /** Waits for the receiver to ask for its elements. */
    public boolean unasked() {
        return promised && carrier == null;
    }

    /** Bytes of all elements. */
    public long bytes() {
        return (long) count * kind.bytes();
    }
}
