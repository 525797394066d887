package org.pellang.compiler.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;

/**
 * How a loop's body sees an array from outside.
 *
 * @param id number within the loop
 * @param array the variable in the program
 * @param uses the elements that are reached through this view
 * @param group views of one group share one geometry (offset and strides); -1: a geometry of its own
 * @param path the component of the elements that is written through this view, see {@link Use#path}; empty for all of them
 * @param bare the array is used as a value (a slice of it, an argument of a function), not by single elements
 * @param origin the declaration that the array's domain goes back to, null if unknown; equal ones have equal parts
 * @param sameOrigin the loop's space is derived from the declaration of the array's domain
 */
public record View(int id, Var array, Mode mode, List<Use> uses, int group, List<Integer> path, boolean bare,
        @Nullable Var origin, boolean sameOrigin) {

    /** Where the elements are. */
    public enum Mode {
        /** A replicated array, only read: as it is. */
        LOCAL,
        /** A distributed array: a temporary with what this rank needs, or the array itself if it owns that. */
        FETCHED,
        /** A distributed array aligned with the loop: its own storage with ghost cells; a temporary of the same geometry if it is not. */
        ALIGNED,
        /** A replicated array, written at injective subscripts: the ranks' pieces are merged afterwards. */
        MERGED,
        /** Written (not read) at subscripts that may belong to other ranks: (index, value) pairs to the owners afterwards. */
        SCATTERED,
        /** {@code a[g(i)] op= x}, and stores mixed with updates: applied afterwards in global order. */
        ACCUMULATED,
        /**
         * A distributed array whose iterations read, at subscripts that may belong to other ranks, what they wrote there: a temporary with what
         * this rank touches (one for all views of the array); the elements that were written go to their owners.
         */
        BORROWED,
        /**
         * As BORROWED, also of a replicated array, where what was written cannot be told from the copy: components of records with strings, elements at
         * subscripts that the program promises to be unique. Stores go into the copy and are recorded: the recorded ones are applied afterwards.
         */
        RECORDED,
        /** Changed by functions that the iterations call and that are no part of the loop: a copy of all of it, see the runtime's {@code Lent}. */
        LENT,
        /** The contributions of a scan, which the runtime turns into its result. */
        SCANNED,
        /** An array-valued reduction variable: an accumulator of its own. */
        REDUCED
    }

    /** Whether the loop changes elements through it. */
    public boolean written() {
        return uses.stream().anyMatch(Use::writes);
    }

    /** Whether the loop writes through {@code other} components of the array that are read through this view. */
    public boolean mayMeet(View other) {
        return array.equals(other.array) && other.written() && uses.stream().anyMatch(r -> other.uses.stream()
                .anyMatch(w -> w.writes() && w.overlaps(r.path())));
    }

    /** Whether several boxes are fetched where its uses are {@link Use#apart}. */
    public boolean mayBeApart(OwnedLoop loop) {
        return (mode == Mode.FETCHED || mode == Mode.ALIGNED) && !bare && loop.schedule() instanceof Schedule.Block;
    }

    /** Whether its elements stand in a copy that the loop makes for this rank. */
    public boolean onCopy() {
        return mode == Mode.BORROWED || mode == Mode.RECORDED || mode == Mode.LENT;
    }

    /** Whether the loop reads elements through it. */
    public boolean read() {
        return uses.stream().anyMatch(u -> u.kind() != Use.Kind.WRITE);
    }

    /** The same in another mode and group. */
    public View as(Mode other, int otherGroup) {
        return new View(id, array, other, uses, otherGroup, path, bare, origin, sameOrigin);
    }
}
