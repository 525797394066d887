package org.pellang.runtime.array;

import org.pellang.runtime.PelTrap;

/**
 * How one axis of a distributed domain is spread over the ranks of one axis of the process grid.
 *
 * @param kind the rule
 * @param block indices that are dealt out together; 1 where it has no meaning
 */
public record DimDist(Kind kind, long block) {
    /** The rules. */
    public enum Kind {
        /** Contiguous parts. */
        BLOCK,
        /** Blocks dealt out in turn, from the lowest index on. */
        CYCLIC,
        /** {@code *}: every rank has the whole axis. */
        WHOLE
    }

    /** Contiguous parts. */
    public static final DimDist BLOCK = new DimDist(Kind.BLOCK, 1);
    /** Index by index in turn. */
    public static final DimDist CYCLIC = new DimDist(Kind.CYCLIC, 1);
    /** {@code *}: every rank has the whole axis. */
    public static final DimDist WHOLE = new DimDist(Kind.WHOLE, 1);

    /** Blocks of {@code block} indices in turn; traps unless that is positive. */
    public static DimDist blockCyclic(long block) {
        if (block < 1) {
            throw new PelTrap("blockcyclic(" + block + "): a block has at least one index");
        }
        return new DimDist(Kind.CYCLIC, block);
    }

    /** Whether the axis is spread at all. */
    public boolean spread() {
        return kind != Kind.WHOLE;
    }
}
