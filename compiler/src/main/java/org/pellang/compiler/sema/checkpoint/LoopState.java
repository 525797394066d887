package org.pellang.compiler.sema.checkpoint;

import java.util.List;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/**
 * The state of a loop at its header.
 *
 * @param number of the loop among the program's checkpointed loops, from 0, in the order of the text
 * @param loop the loop with its clause
 * @param variables what is live at the header and modified in the loop, in order of declaration
 * @param nesting whether another checkpointed loop may run inside, called functions included
 * @param inTest whether it stands in a test, which has no checkpoints
 */
public record LoopState(int number, TStmt.Checkpointed loop, List<Var> variables, boolean nesting, boolean inTest) {
    public LoopState {
        variables = List.copyOf(variables);
    }
}
