package org.pellang.compiler.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;

/** Communication around a divided loop. Numbers are view ids; what moves is decided at run time from the needed boxes. */
public sealed interface CommOp {

    /** Gives aligned arrays one layout and fills the ghost cells that the loop reads. */
    record Halo(List<Integer> views) implements CommOp {}

    /**
     * Fills the ghost cells that a loop reads which follows at once, in the messages of this loop's own.
     *
     * @param next the loop that follows
     * @param views of that loop
     */
    record HaloAhead(OwnedLoop next, List<Integer> views) implements CommOp {}

    /**
     * Makes a temporary with what this rank needs of a distributed array.
     *
     * @param how it comes
     */
    record Fetch(int view, Coming how) implements CommOp {

        Fetch(int view) {
            this(view, Coming.WHOLE);
        }
    }

    /** How what is fetched comes. */
    enum Coming {
        /** Before the loop, each time. */
        WHOLE,
        /** Before the loop, and is kept from pass to pass of a sequential loop while the array does not change. */
        KEPT,
        /** If it is long, in steps, while the loop runs strip by strip. */
        PANELS
    }

    /** Brings the elements that an inspector has listed before. */
    record Gather(int view, Inspection inspection) implements CommOp {}

    /** Begins to record what the loop writes into a replicated array; afterwards its pieces are exchanged. */
    record Merge(int view) implements CommOp {}

    /** (index, value) pairs to the owners. */
    record Scatter(int view) implements CommOp {}

    /** {@code op=} updates to the owners (or to every rank), applied in global order. */
    record Accumulate(int view) implements CommOp {}

    /** Changes of a map's entries to the ranks of the keys (or to every rank), applied in global order. */
    record MapChanges(Var map) implements CommOp {}

    /** Makes a temporary with what this rank reads and writes, and afterwards brings what it wrote to the owners. */
    record Borrow(int view) implements CommOp {}

    /** Makes a temporary with what this rank reads and writes; stores are recorded and applied afterwards. */
    record Record(int view) implements CommOp {}

    /**
     * Gives functions a copy of a whole array to change.
     *
     * @param operator the runtime's operator if the array is only updated, else null
     */
    record Lend(int view, @Nullable String operator) implements CommOp {}

    /** Writes through a view that turned out not to be the array itself go back to their owners. */
    record GiveBack(int view) implements CommOp {}

    /** Combination on the fixed tree over the global index. */
    record TreeReduce(List<Integer> reductions) implements CommOp {}

    /** Combination in any order. */
    record FreeReduce(List<Integer> reductions) implements CommOp {}
}
