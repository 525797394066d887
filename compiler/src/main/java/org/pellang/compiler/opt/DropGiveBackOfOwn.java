package org.pellang.compiler.opt;

import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.View;

/**
 * What an aligned loop writes at its own index is at its owner already.
 *
 * <pre>
 * before  forall i in V { a[i] = 0.0 }   give back a
 * after   forall i in V { a[i] = 0.0 }   (a over V)
 * </pre>
 */
final class DropGiveBackOfOwn implements LoopRule {
    @Override
    public OwnedLoop apply(OwnedLoop loop) {
        var after = CommOps.map(loop.after(), op -> op instanceof CommOp.GiveBack g && own(loop, loop.view(g.view())) ? null : op);
        return after == loop.after() ? loop : loop.withComm(loop.before(), after);
    }

    private static boolean own(OwnedLoop loop, View view) {
        return view.sameOrigin() && view.uses().stream().filter(u -> u.writes()).allMatch(u -> u.isOwn(loop.axes()));
    }
}
