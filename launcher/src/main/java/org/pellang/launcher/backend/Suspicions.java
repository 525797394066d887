package org.pellang.launcher.backend;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the JVMs of an attempt say of each other: that one cannot be reached. Where a link is cut both its ends say so, and who waits for somebody who waits may blame the
 * wrong one; so all are heard before one is given up.
 */
final class Suspicions {
    /** @param jvm whom nothing is heard of @param reason in words */
    record Suspicion(int jvm, String reason) {}

    private final Map<Integer, Suspicion> byAccuser = new HashMap<>();

    /** Notes what a JVM says; its first word counts. Returns whether it is the first at all. */
    boolean add(int accuser, int accused, String reason) {
        boolean first = byAccuser.isEmpty();
        byAccuser.putIfAbsent(accuser, new Suspicion(accused, reason));
        return first;
    }

    /** Who is given up: one who says nothing rather than one who speaks, then the one whom most cannot reach, then the one with the highest number. Empty if nobody is accused. */
    Optional<Suspicion> verdict() {
        Comparator<Suspicion> order = Comparator.<Suspicion, Boolean>comparing(s -> !byAccuser.containsKey(s.jvm))
                .thenComparing(s -> byAccuser.values().stream().filter(o -> o.jvm == s.jvm).count())
                .thenComparing(Suspicion::jvm);
        return byAccuser.values().stream().max(order);
    }

    void clear() {
        byAccuser.clear();
    }
}
