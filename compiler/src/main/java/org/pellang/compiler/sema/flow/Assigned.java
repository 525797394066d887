package org.pellang.compiler.sema.flow;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.Var;

/** The variables that statements change by themselves, not by the functions that they call. */
final class Assigned {
    private Assigned() {}

    static Set<Var> in(List<TStmt> statements) {
        Set<Var> found = new HashSet<>();
        statements.forEach(s -> collect(s, found));
        return found;
    }

    private static void collect(TStmt s, Set<Var> found) {
        places(s).forEach(p -> found.add(p.root()));
        TreeWalk.expressions(s).forEach(e -> TreeWalk.everyExpression(e, x -> {
            if (x instanceof TExpr.IntrinsicCall c && changesFirst(c.intrinsic())) {
                Var root = root(c.arguments().getFirst());
                if (root != null) {
                    found.add(root);
                }
            }
        }));
        TreeWalk.statements(s).forEach(t -> collect(t, found));
    }

    /** Whether the intrinsic changes its first argument. */
    static boolean changesFirst(Intrinsic intrinsic) {
        return intrinsic == Intrinsic.PUSH || intrinsic == Intrinsic.POP || intrinsic == Intrinsic.FILL || intrinsic == Intrinsic.SORT;
    }

    /** The places that a statement stores to itself. */
    static List<Place> places(TStmt s) {
        return switch (s) {
            case TStmt.Assign a -> List.of(a.place());
            case TStmt.Update u -> List.of(u.place());
            case TStmt.MultiAssign m -> m.places();
            case TStmt.Swap w -> List.of(w.left(), w.right());
            case TStmt.Declare _, TStmt.DeclareTuple _, TStmt.Do _, TStmt.Forall _, TStmt.For _, TStmt.While _, TStmt.If _ -> List.of();
            case TStmt.On _, TStmt.Epoch _, TStmt.Sync _, TStmt.RemoteStore _, TStmt.Checkpointed _ -> List.of();
            case TStmt.Break _, TStmt.Continue _, TStmt.Return _, TStmt.Assert _ -> List.of();
        };
    }

    /** The variable that an expression is, or is a part of; null for a value of its own. */
    static @org.jspecify.annotations.Nullable Var root(TExpr e) {
        return switch (e) {
            case TExpr.Read r -> r.variable();
            case TExpr.Element x -> root(x.array());
            case TExpr.Slice x -> root(x.array());
            case TExpr.Component x -> root(x.value());
            default -> null;
        };
    }
}
