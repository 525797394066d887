package org.pellang.compiler.sema.dependence;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/**
 * The calls that led from the loop's body into the function that is walked.
 *
 * @param site the call in the loop's body, where errors are shown; null in the body itself
 * @param active functions whose bodies surround the place
 * @param anyArguments whether the function is walked for all arguments at once, and so is what it calls
 */
record CallPath(@Nullable Span site, Set<Integer> active, boolean anyArguments) {
    private static final int MAX_DEPTH = 12;

    static final CallPath NONE = new CallPath(null, Set.of(), false);

    /** Into a function with the arguments of this call. */
    CallPath into(int function, Span call) {
        return new CallPath(site != null ? site : call, with(function), anyArguments);
    }

    /** Into a function with any arguments. */
    CallPath intoAny(int function, Span call) {
        return new CallPath(site != null ? site : call, with(function), true);
    }

    private Set<Integer> with(int function) {
        Set<Integer> all = new HashSet<>(active);
        all.add(function);
        return Set.copyOf(all);
    }

    /** Whether a call of the function is walked with its own arguments: neither recursive nor too deep. */
    boolean follows(int function) {
        return !anyArguments && !active.contains(function) && active.size() < MAX_DEPTH;
    }
}
