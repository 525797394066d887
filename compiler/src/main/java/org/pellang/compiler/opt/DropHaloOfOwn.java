package org.pellang.compiler.opt;

import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.View;

/**
 * An aligned array that is read at the iteration's own index only needs no ghost cells.
 *
 * <pre>
 * before  halo a      forall i in V { b[i] = a[i] }
 * after               (a and b over V)
 * </pre>
 */
final class DropHaloOfOwn implements LoopRule {
    @Override
    public OwnedLoop apply(OwnedLoop loop) {
        var before = CommOps.map(loop.before(), op -> op instanceof CommOp.Halo h
                && h.views().stream().allMatch(id -> own(loop, loop.view(id))) ? null : op);
        return before == loop.before() ? loop : loop.withComm(before, loop.after());
    }

    private static boolean own(OwnedLoop loop, View view) {
        return view.sameOrigin() && view.uses().stream().allMatch(u -> u.isOwn(loop.axes()));
    }
}
