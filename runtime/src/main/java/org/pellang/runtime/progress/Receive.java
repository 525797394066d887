package org.pellang.runtime.progress;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Comm;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Request;
import org.pellang.runtime.Status;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Landing;
import org.pellang.runtime.transport.Parcel;

/** A receive, posted until it is matched. */
public final class Receive extends Landing implements Request, Waitable {
    /** Name of the operation, or a collective's call; made a text only in reports. */
    Object name;
    int source;
    int context;
    int tag;
    long guard;
    /** Element kind of the buffer. */
    Kind kind;
    /** Elements that fit; -1: an array is made to measure. */
    int capacity;
    /** When it was posted, among the others of its rank. */
    long stamp;
    /** The message must have exactly {@link #capacity} elements. */
    boolean exact;

    /** The sender's own array is wanted. */
    boolean viewing;
    /** The first of several chunks is welcome. */
    boolean first;

    private final Endpoint endpoint;
    private @Nullable Parcel viewed;
    private @Nullable CommException error;
    private boolean done;
    private int gotSource = -1;
    private int gotTag;
    private int gotCount;
    private int number;
    private long elements;

    Receive(Endpoint endpoint, Object name, int source, int context, int tag, long guard,
            Kind kind, @Nullable Object buf, int off, int capacity, boolean exact) {
        this.endpoint = endpoint;
        this.name = name;
        this.source = source;
        this.context = context;
        this.tag = tag;
        this.guard = guard;
        this.kind = kind;
        this.data = buf;
        this.offset = off;
        this.capacity = capacity;
        this.exact = exact;
    }

    /** Makes this completed receive a new one: a rank that waits for each receive in turn needs one object only. */
    Receive again(Object newName, int newSource, int newContext, int newTag, long newGuard,
            Kind newKind, Object buf, int off, int newCapacity, boolean newExact) {
        // Stores of references mark the collector's cards, whose cache lines are shared with other ranks of this JVM.
        if (name != newName) {
            name = newName;
        }
        source = newSource;
        context = newContext;
        tag = newTag;
        guard = newGuard;
        if (kind != newKind) {
            kind = newKind;
        }
        if (data != buf) {
            data = buf;
        }
        offset = off;
        filled = 0;
        capacity = newCapacity;
        exact = newExact;
        error = null;
        done = false;
        gotSource = -1;
        number = 0;
        return this;
    }

    /** A message has been matched: notes its envelope and checks that it fits. If not, {@link #data} becomes null. */
    void accept(int fromSource, int withTag, long withGuard, Kind ofKind, int count) {
        gotSource = fromSource;
        gotTag = withTag;
        gotCount = count;
        if (withGuard != guard) {
            error = new CollectiveMismatch(fromSource, withTag);
        } else if (ofKind != kind) {
            error = new CommException(describe() + ": rank " + fromSource + " sent " + words(ofKind) + ", not " + words(kind));
        } else if (capacity >= 0 && (exact ? count != capacity : count > capacity)) {
            error = new CommException(describe() + ": rank " + fromSource + " sent " + count + " elements, "
                    + (exact ? "expected " : "the buffer holds ") + capacity);
        }
        if (error != null) {
            data = null;
        }
    }

    /** What has been matched is the first chunk of a message. */
    void goesOn(int ofNumber, long ofElements) {
        number = ofNumber;
        elements = ofElements;
        if (error == null && !first) {
            error = new CommException(describe() + ": rank " + gotSource + " sent " + ofElements + " elements in chunks, "
                    + (capacity < 0 ? "which only a receive of a part or of bytes at once can take" : "the buffer holds " + capacity));
            data = null;
        }
    }

    /** Who sent what was matched, also what is in error; its number in the world. */
    public int source() {
        return gotSource;
    }

    /** Its tag. */
    public int tag() {
        return gotTag;
    }

    /** Elements of what was matched, also of what is in error. */
    public int matched() {
        return gotCount;
    }

    /** Number of the chunks that follow, or 0: the message was whole. */
    public int number() {
        return number;
    }

    /** Elements of the whole message. */
    public long elements() {
        return number == 0 ? gotCount : elements;
    }

    /** Whether an array made to measure is wanted and what has been matched is in order. */
    boolean takesAny() {
        return capacity < 0 && error == null;
    }

    /** The array made to measure. */
    void take(Object array) {
        data = array;
        offset = 0;
    }

    void complete() {
        done = true;
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public boolean needsMessage() {
        return gotSource < 0;
    }

    @Override
    public String describe() {
        if (guard != 0) {
            return name + (gotSource < 0 ? ", missing rank " + source : "");
        }
        return name + (source < 0 ? " from any rank" : " from rank " + source) + ", " + endpoint.recorder().tag(tag);
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case BYTE -> "bytes";
            case SHORT -> "16-bit ints";
            case INT -> "32-bit ints";
            case LONG -> "ints";
            case FLOAT -> "32-bit floats";
            case DOUBLE -> "floats";
            case BOOLEAN -> "bools";
        };
    }

    @Override
    public Status await() {
        endpoint.await(this);
        return status();
    }

    @Override
    public boolean test() {
        endpoint.progress();
        if (done) {
            status();
        }
        return done;
    }

    @Override
    public boolean cancel() {
        return !done && gotSource < 0 && endpoint.cancel(this);
    }

    private Status status() {
        if (error != null) {
            throw error;
        }
        return endpoint.status(gotSource, gotTag, gotCount);
    }

    /** Waits; then the array made to measure. */
    public Object awaitArray() {
        endpoint.await(this);
        if (error != null) {
            throw error;
        }
        Object array = data;
        if (array == null) {
            throw new IllegalStateException("receive has no array");
        }
        return array;
    }

    /** Takes the sender's array, if it is the one wanted; false if the message is in error. */
    boolean view(Parcel parcel) {
        if (error != null) {
            return false;
        }
        viewed = parcel;
        return true;
    }

    /** Waits; then the sender's own array. */
    public Object awaitView() {
        finish();
        return viewed().contents();
    }

    /** Where the elements begin in the sender's array. */
    public int viewOffset() {
        return viewed().offset;
    }

    /** Gives the array back. */
    public void releaseView() {
        endpoint.close(viewed());
        viewed = null;
    }

    private Parcel viewed() {
        Parcel parcel = viewed;
        if (parcel == null) {
            throw new IllegalStateException("receive has no view");
        }
        return parcel;
    }

    /** Waits without making a status. */
    public void finish() {
        endpoint.await(this);
        if (error != null) {
            throw error;
        }
    }
}
