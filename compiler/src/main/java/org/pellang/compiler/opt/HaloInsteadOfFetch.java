package org.pellang.compiler.opt;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.typed.Var;

/**
 * An array that is touched near the loop's own index only is used in place, with ghost cells.
 *
 * <pre>
 * before  fetch u        forall (i, j) in inner { v[i, j] = u[i-1, j] + u[i+1, j] }
 * after   halo u(1..1)   in the group of all arrays with the same declaration of their domain
 * </pre>
 */
final class HaloInsteadOfFetch implements LoopRule {
    @Override
    public OwnedLoop apply(OwnedLoop loop) {
        List<View> views = new ArrayList<>();
        List<@Nullable Var> groups = new ArrayList<>();
        loop.views().stream().filter(v -> v.mode() == View.Mode.ALIGNED).forEach(v -> group(v, groups));
        boolean changed = false;
        for (View v : loop.views()) {
            boolean near = v.mode() == View.Mode.FETCHED && !v.bare() && v.uses().stream().allMatch(u -> u.isNear(loop.axes()));
            views.add(near ? v.as(View.Mode.ALIGNED, group(v, groups)) : v);
            changed |= near;
        }
        if (!changed) {
            return loop;
        }
        List<CommOp> before = CommOps.map(loop.before(), op ->
                op instanceof CommOp.Fetch f && views.get(f.view()).mode() == View.Mode.ALIGNED
                        ? new CommOp.Halo(List.of(f.view()))
                        : op);
        return loop.withViews(views).withComm(before, loop.after());
    }

    /** The number of the group: one for the loop's own origin and all unknown ones, one for each other origin. */
    private static int group(View v, List<@Nullable Var> groups) {
        Var key = v.sameOrigin() ? null : v.origin();
        for (int g = 0; g < groups.size(); g++) {
            if (Objects.equals(groups.get(g), key)) {
                return g;
            }
        }
        groups.add(key);
        return groups.size() - 1;
    }
}
