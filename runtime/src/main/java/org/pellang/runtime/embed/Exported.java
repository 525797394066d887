package org.pellang.runtime.embed;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;

/**
 * What the compiler generates for an exported function: a class with a public constructor without parameters. Each rank of a call has an instance
 * of its own, which evaluates the top-level declarations that the function needs and then calls it.
 */
public interface Exported {
    /** The program's options among other things. */
    ProgramInfo info();

    /**
     * Called by each rank.
     *
     * @param rank this rank
     * @param arguments numbers, bools and strings boxed; one-dimensional arrays as Java arrays, others as PelArray; records and tuples as Object[] of
     *     their components
     * @return the result in the same form; null for none
     * @throws Throwable whatever ends the call
     */
    @Nullable Object call(Rank rank, Object[] arguments) throws Throwable;
}
