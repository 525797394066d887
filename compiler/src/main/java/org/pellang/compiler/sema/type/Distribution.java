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
        BLOCK("block"),
        CYCLIC("cyclic"),
        /** Blocks in turn; their length is a value of the domain. */
        BLOCKCYCLIC("blockcyclic"),
        /** {@code *}: the axis is whole on each rank. */
        WHOLE("*");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Whether different ranks have different indices. */
        public boolean spread() {
            return this != WHOLE;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** Not distributed. */
    public static final Distribution LOCAL = new Distribution(List.of(), false);

    /** Whether what a rank holds may be no box: several runs of indices. */
    public boolean scattered() {
        return axes.contains(Kind.CYCLIC) || axes.contains(Kind.BLOCKCYCLIC);
    }

    /** Whether every rank holds all of it. */
    public boolean isLocal() {
        return axes.isEmpty();
    }

    @Override
    public String toString() {
        if (isLocal()) {
            return periodic ? "periodic" : "";
        }
        Kind first = axes.getFirst();
        String kinds = axes.stream().allMatch(k -> k == first)
                ? first.toString()
                : axes.stream().map(Kind::toString).collect(Collectors.joining(", ", "(", ")"));
        return "dist " + kinds + (periodic ? " periodic" : "");
    }
}
