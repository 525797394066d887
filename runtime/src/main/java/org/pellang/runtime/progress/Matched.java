package org.pellang.runtime.progress;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Status;
import org.pellang.runtime.transport.Parcel;

/** A message taken out of the matching: nobody else can receive it. */
public final class Matched {
    private Matcher.@Nullable Arrival arrival;
    private final Parcel parcel;
    private final Status status;

    Matched(Matcher.Arrival arrival, Status status) {
        this.arrival = arrival;
        this.parcel = arrival.parcel;
        this.status = status;
    }

    Parcel parcel() {
        return parcel;
    }

    /** Its envelope; the source counts in the world. */
    public Status status() {
        return status;
    }

    Matcher.Arrival take() {
        Matcher.Arrival taken = arrival;
        if (taken == null) {
            throw new CommException("this message has been received already");
        }
        arrival = null;
        return taken;
    }
}
