package org.pellang.runtime.array;

/** How one axis of a distributed domain is spread. */
public enum DimDist {
    /** Contiguous parts over the ranks of one axis of the process grid. */
    BLOCK,
    /** {@code *}: every rank has the whole axis. */
    WHOLE
}
