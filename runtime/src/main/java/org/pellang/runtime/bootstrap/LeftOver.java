package org.pellang.runtime.bootstrap;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.transport.Parcel;

/** Messages that were sent and never received. */
final class LeftOver {
    private LeftOver() {}

    /** One line per sender and tag; null if nothing is left over. */
    static @Nullable String text(Endpoint endpoint) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Parcel parcel : endpoint.leftOver()) {
            String what = (parcel.context & 1) == 1
                    ? " of a collective that rank " + endpoint.rank() + " took no part in, from rank " + parcel.source
                    : " from rank " + parcel.source + " to rank " + endpoint.rank() + " (" + endpoint.recorder().tag(parcel.tag) + ")";
            counts.merge(what, 1, Integer::sum);
        }
        if (counts.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        counts.forEach((what, count) -> text.append("pelrun: warning: ").append(count == 1 ? "1 message" : count + " messages")
                .append(what).append(count == 1 ? " was" : " were").append(" never received\n"));
        return text.toString();
    }
}
