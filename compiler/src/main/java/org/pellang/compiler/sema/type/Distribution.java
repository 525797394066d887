package org.pellang.compiler.sema.type;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How the indices of a domain are spread over the ranks, as far as the type knows it.
 *
 * @param axes one kind per axis; empty: not distributed, every rank holds all of it
 * @param periodic whether subscripts wrap
 */
public record Distribution(List<Kind> axes, boolean periodic) {

    /** How one axis is spread. */
    public enum Kind {
        BLOCK,
        /** {@code *}: the axis is whole on each rank. */
        WHOLE
    }

    /** Not distributed. */
    public static final Distribution LOCAL = new Distribution(List.of(), false);

    /** Whether every rank holds all of it. */
    public boolean isLocal() {
        return axes.isEmpty();
    }

    @Override
    public String toString() {
        if (isLocal()) {
            return periodic ? "periodic" : "";
        }
        String kinds = axes.stream().allMatch(k -> k == Kind.BLOCK)
                ? "block"
                : axes.stream().map(k -> k == Kind.BLOCK ? "block" : "*").collect(Collectors.joining(", ", "(", ")"));
        return "dist " + kinds + (periodic ? " periodic" : "");
    }
}
