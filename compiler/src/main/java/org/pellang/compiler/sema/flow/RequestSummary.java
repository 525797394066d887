package org.pellang.compiler.sema.flow;

import java.util.Map;
import java.util.Set;
import org.pellang.compiler.sema.typed.Var;

/**
 * What a call does with requests and with top-level variables.
 *
 * @param kept parameters and top-level variables whose requests may still be open afterwards
 * @param added requests that it starts and leaves in {@code mut} parameters and top-level variables
 * @param result requests in its result; of those given to it, too
 * @param reads top-level variables that it reads, itself or through others
 * @param writes top-level variables that it changes
 */
record RequestSummary(
        Set<Var> kept, Map<Var, Set<RequestState.Start>> added, Set<RequestState.Start> result, Set<Var> reads, Set<Var> writes) {

    static final RequestSummary NONE = new RequestSummary(Set.of(), Map.of(), Set.of(), Set.of(), Set.of());
}
