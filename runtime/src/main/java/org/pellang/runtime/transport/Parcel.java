package org.pellang.runtime.transport;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;

/** A message on its way or unexpected: header and an array that holds its elements. */
public final class Parcel extends Landing {
    /** Sender. */
    public final int source;
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
    /** The receiver works in the sender's array: never adopted. Set before the parcel is sent. */
    public boolean shared;

    /** Its sender has a core of its own and may help to copy a long array. Set before the parcel is sent. */
    public boolean helped;

    /** Number of a message of which only the header is here; negative if all is. */
    public int promise = -1;

    /** The array is the sender's, who waits until {@link #release}. Written by the receiver only. */
    private volatile boolean lent;

    private volatile @Nullable JointCopy copy;

    /** @param data array with the elements from {@code offset} @param lent whether it belongs to a waiting sender */
    public Parcel(int source, int context, int tag, long guard, Kind kind, int count, @Nullable Object data, int offset, boolean lent) {
        this.source = source;
        this.context = context;
        this.tag = tag;
        this.guard = guard;
        this.kind = kind;
        this.count = count;
        this.data = data;
        this.offset = offset;
        this.lent = lent;
    }

    /** Bytes of all elements. */
    public long bytes() {
        return (long) count * kind.bytes();
    }

    /** Whether the array still belongs to a waiting sender. */
    public boolean lent() {
        return lent;
    }

    /** For its sender, who waits: copies with the receiver, if that does. */
    void help() {
        JointCopy now = copy;
        if (now != null) {
            now.help();
        }
    }

    /** Copies the elements into an array of the same kind. */
    public void copyTo(Object target, int at) {
        if (helped && lent && bytes() >= JointCopy.LEAST_BYTES) {
            JointCopy both = new JointCopy(kind, contents(), offset, target, at, count);
            copy = both;
            both.finish();
        } else {
            Kind.copy(contents(), offset, target, at, count);
        }
    }

    /** Makes the contents independent of the sender. Returns whether there was something to do: then tell the sender. */
    public boolean adopt() {
        if (!lent || shared) {
            return false;
        }
        data = kind.copyOf(contents(), offset, count);
        offset = 0;
        lent = false;
        return true;
    }

    /** The contents have been copied; a lent array goes back. Returns whether it was lent: then tell the sender. */
    public boolean release() {
        data = null;
        if (!lent) {
            return false;
        }
        lent = false;
        return true;
    }

    /** The array with the elements. */
    public Object contents() {
        Object array = data;
        if (array == null) {
            throw new IllegalStateException("parcel is empty");
        }
        return array;
    }
}
