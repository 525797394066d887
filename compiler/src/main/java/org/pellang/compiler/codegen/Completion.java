package org.pellang.compiler.codegen;

import java.util.List;
import org.pellang.compiler.sema.typed.TStmt;

/** Whether control can run off the end of a statement, by Java's rules for the code that is generated: javac refuses unreachable statements. */
public final class Completion {
    private Completion() {}

    /** Whether what follows the block is reachable. */
    public static boolean completes(TStmt.TBlock block) {
        return completes(block.statements());
    }

    static boolean completes(List<TStmt> statements) {
        return statements.stream().allMatch(Completion::completes);
    }

    static boolean completes(TStmt s) {
        return switch (s) {
            case TStmt.Return _, TStmt.Break _, TStmt.Continue _ -> false;
            case TStmt.If i -> i.otherwise() == null || completes(i.then()) || completes(i.otherwise());
            case TStmt.Declare _, TStmt.DeclareTuple _, TStmt.Assign _, TStmt.Update _, TStmt.MultiAssign _ -> true;
            case TStmt.Swap _, TStmt.Do _, TStmt.Forall _, TStmt.For _, TStmt.While _, TStmt.Assert _, TStmt.Checkpointed _ -> true;
        };
    }
}
