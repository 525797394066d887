package org.pellang.runtime.progress;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Status;
import org.pellang.runtime.transport.Parcel;

/** Waits for a message without taking it. */
final class Probe implements Waitable {
    private final Inbox inbox;
    private final int context;
    private final int source;
    private final int tag;
    private @Nullable Parcel seen;

    Probe(Inbox inbox, int context, int source, int tag) {
        this.inbox = inbox;
        this.context = context;
        this.source = source;
        this.tag = tag;
    }

    @Override
    public boolean done() {
        if (seen == null) {
            Matcher.Arrival arrival = inbox.matcher().matchUnexpected(source, context, tag, false);
            seen = arrival == null ? null : arrival.parcel;
        }
        return seen != null;
    }

    Status status() {
        Parcel parcel = seen;
        if (parcel == null) {
            throw new IllegalStateException("nothing was seen");
        }
        return inbox.status(parcel);
    }

    @Override
    public boolean needsMessage() {
        return true;
    }

    @Override
    public String describe() {
        return "probe" + (source < 0 ? " for any rank" : " for rank " + source) + (tag < 0 ? ", any tag" : ", tag " + tag);
    }
}
