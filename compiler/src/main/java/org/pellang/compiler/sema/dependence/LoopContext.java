package org.pellang.compiler.sema.dependence;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * The divided loop whose body is walked.
 *
 * @param head span of the loop's head
 * @param what "forall" or "comprehension", for messages
 * @param reductions declared reduction variables
 * @param functions the program's functions, for calls
 * @param values its function values, for calls through them
 * @param ordered whether its iterations run as if in index order
 */
record LoopContext(
        Span head, String what, Map<Var, TStmt.Reduction> reductions, List<TFunction> functions, FunctionValues values, boolean ordered) {

    /** The clause that declares a reduction variable, or null if it is none. */
    TStmt.@Nullable Reduction reduction(Var v) {
        return reductions.get(v);
    }
}
