package org.pellang.compiler.interpreter;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/**
 * What a rank knows of a team.
 *
 * @param team null if this rank is in none
 * @param from the team that was split
 */
record TeamValue(@Nullable Team team, @Nullable Team from) {
    /** The color of ranks that join no team. */
    static final long NONE = Long.MIN_VALUE;

    /** The team, for a collective of it in the code of {@code current}. */
    Team member(Team current, Span site) {
        usable(current, site);
        if (team == null) {
            throw new Trap(site, "this rank is not in the team");
        }
        return team;
    }

    /** Only the team that runs the code, and what was split from it, may be used. */
    void usable(Team current, Span site) {
        Team known = team != null ? team : from;
        if (known != null && !known.within(current)) {
            throw new Trap(site, "wrong team: inside `on t` only t and teams split from it may be used");
        }
    }
}
