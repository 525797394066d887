package org.pellang.compiler.sema.flow;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** Teams in the analysis of uniformity: what is the same on all ranks of one. */
final class TeamFlow {
    private TeamFlow() {}

    /** The variable that holds the team for good, or null. */
    static @Nullable Var name(@Nullable TExpr team) {
        return team instanceof TExpr.Read r && fixed(r.variable()) ? r.variable() : null;
    }

    private static boolean fixed(Var v) {
        return switch (v.kind()) {
            case GLOBAL_LET, LET, PARAM, COMPREHENSION_LET -> true;
            case GLOBAL_VAR, SHARED, CONFIG, DOMAIN, CHANNEL, VAR, MUT_PARAM, FORALL_INDEX, FOR_INDEX -> false;
        };
    }

    /** {@code let t = u.split(color: c)}: {@code c} is the same on all ranks of {@code t}. */
    static void made(Var team, TExpr.IntrinsicCall split, FlowState state) {
        state.forget(team);
        Var color = name(split.arguments().get(1));
        if (color != null && fixed(team)) {
            state.colors(color, team);
        }
    }

    /** Whether it is the team of all ranks. */
    static boolean isWorld(TExpr team) {
        return team instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.WORLD;
    }
}
