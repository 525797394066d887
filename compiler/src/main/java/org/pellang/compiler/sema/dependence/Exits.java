package org.pellang.compiler.sema.dependence;

import java.util.function.BiConsumer;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;

/**
 * What holds behind a statement because control would not come there otherwise: {@code assert}, and branches that end with {@code continue}, {@code break}, {@code return} or
 * {@code abort}.
 */
final class Exits {
    private Exits() {}

    /** Hands on the conditions that hold (true), or do not, in the rest of the block. */
    static void behind(TStmt statement, BiConsumer<TExpr, Boolean> known) {
        if (statement instanceof TStmt.Assert a) {
            known.accept(a.condition(), true);
        }
        if (statement instanceof TStmt.If i) {
            if (ends(i.then())) {
                known.accept(i.condition(), false);
            } else if (i.otherwise() != null && ends(i.otherwise())) {
                known.accept(i.condition(), true);
            }
        }
    }

    /** Whether control never comes to the end of the block. */
    static boolean ends(TStmt.TBlock block) {
        return !block.statements().isEmpty() && switch (block.statements().getLast()) {
            case TStmt.Continue _, TStmt.Break _, TStmt.Return _ -> true;
            case TStmt.Do d -> d.expression() instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.ABORT;
            case TStmt.If i -> ends(i.then()) && i.otherwise() != null && ends(i.otherwise());
            case TStmt.Assert _, TStmt.Declare _, TStmt.DeclareTuple _, TStmt.Assign _, TStmt.Update _, TStmt.MultiAssign _, TStmt.Swap _, TStmt.Forall _, TStmt.For _,
                    TStmt.While _, TStmt.Checkpointed _, TStmt.On _, TStmt.Epoch _, TStmt.Sync _, TStmt.RemoteStore _ -> false;
        };
    }
}
