package org.pellang.compiler.sema;

import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;

/** Whether control can come to the end of a block. */
final class Reach {
    private Reach() {}

    /** Whether the end of the block can be reached. */
    static boolean endReachable(TStmt.TBlock block) {
        return block.statements().stream().noneMatch(Reach::stops);
    }

    /** Whether control never comes behind the statement. */
    private static boolean stops(TStmt statement) {
        return switch (statement) {
            case TStmt.Return r -> true;
            case TStmt.Break b -> true;
            case TStmt.Continue c -> true;
            case TStmt.If f -> {
                TStmt.TBlock otherwise = f.otherwise();
                yield otherwise != null && !endReachable(f.then()) && !endReachable(otherwise);
            }
            case TStmt.While w -> isTrue(w.condition()) && !hasBreak(w.body());
            case TStmt.Checkpointed c -> stops(c.loop());
            case TStmt.Do d -> d.expression() instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.ABORT;
            case TStmt.Assert a -> a.condition() instanceof TExpr.Constant c && Boolean.FALSE.equals(c.value());
            case TStmt.Declare d -> false;
            case TStmt.DeclareTuple d -> false;
            case TStmt.Assign a -> false;
            case TStmt.Update u -> false;
            case TStmt.MultiAssign m -> false;
            case TStmt.Swap w -> false;
            case TStmt.Forall f -> false;
            case TStmt.For f -> false;
        };
    }

    private static boolean isTrue(TExpr e) {
        return e instanceof TExpr.Constant c && Boolean.TRUE.equals(c.value());
    }

    /** Whether a {@code break} leaves the loop of this body. */
    private static boolean hasBreak(TStmt.TBlock block) {
        return block.statements().stream().anyMatch(x -> switch (x) {
            case TStmt.Break b -> true;
            case TStmt.If f -> {
                TStmt.TBlock otherwise = f.otherwise();
                yield hasBreak(f.then()) || (otherwise != null && hasBreak(otherwise));
            }
            case TStmt.Return r -> false;
            case TStmt.Continue c -> false;
            case TStmt.While w -> false;
            case TStmt.Checkpointed c -> false;
            case TStmt.Do d -> false;
            case TStmt.Assert a -> false;
            case TStmt.Declare d -> false;
            case TStmt.DeclareTuple d -> false;
            case TStmt.Assign a -> false;
            case TStmt.Update u -> false;
            case TStmt.MultiAssign m -> false;
            case TStmt.Swap w -> false;
            case TStmt.Forall f -> false;
            case TStmt.For f -> false;
        });
    }
}
