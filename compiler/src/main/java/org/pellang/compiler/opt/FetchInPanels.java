package org.pellang.compiler.opt;

import java.util.List;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Schedule;
import org.pellang.compiler.ir.View;

/**
 * What a loop without reductions fetches of an array that it does not write may come in steps: the loop runs strip by strip, and while one strip runs, what the
 * next one reads is on its way. The runtime decides whether it is long enough.
 *
 * <pre>
 * before  fetch b; forall (i, j) in D { c[i, j] = sum(a[i, k] * b[k, j] for k in 0..&lt;n) }
 * after   for each strip of j { fetch of b what the next strip reads; forall (i, j) in the strip { .. } }
 * </pre>
 */
final class FetchInPanels implements LoopRule {
    @Override
    public OwnedLoop apply(OwnedLoop loop) {
        if (!(loop.schedule() instanceof Schedule.Block) || loop.scan() != null || !loop.reductions().isEmpty() || !loop.unitSteps()) {
            return loop;
        }
        List<CommOp> before = CommOps.map(loop.before(), op -> op instanceof CommOp.Fetch f && f.how() == CommOp.Coming.WHOLE && fits(loop.view(f.view()), loop)
                ? new CommOp.Fetch(f.view(), CommOp.Coming.PANELS)
                : op);
        return before == loop.before() ? loop : loop.withComm(before, loop.after());
    }

    private static boolean fits(View view, OwnedLoop loop) {
        return view.mode() == View.Mode.FETCHED && view.group() < 0 && !view.written() && !view.bare()
                && loop.views().stream().noneMatch(view::mayMeet);
    }
}
