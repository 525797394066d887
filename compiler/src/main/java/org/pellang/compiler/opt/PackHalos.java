package org.pellang.compiler.opt;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.OwnedLoop;

/**
 * Halos of arrays of one group travel in one message per neighbour.
 *
 * <pre>
 * before  halo u; halo v
 * after   halo u, v
 * </pre>
 */
final class PackHalos implements LoopRule {
    @Override
    public OwnedLoop apply(OwnedLoop loop) {
        List<CommOp> out = new ArrayList<>();
        for (CommOp op : loop.before()) {
            int earlier = op instanceof CommOp.Halo h ? sameGroup(loop, out, h) : -1;
            if (earlier >= 0) {
                List<Integer> both = new ArrayList<>(((CommOp.Halo) out.get(earlier)).views());
                both.addAll(((CommOp.Halo) op).views());
                out.set(earlier, new CommOp.Halo(List.copyOf(both)));
            } else {
                out.add(op);
            }
        }
        return out.size() == loop.before().size() ? loop : loop.withComm(out, loop.after());
    }

    private static int sameGroup(OwnedLoop loop, List<CommOp> ops, CommOp.Halo halo) {
        int group = loop.view(halo.views().getFirst()).group();
        for (int k = 0; k < ops.size(); k++) {
            if (ops.get(k) instanceof CommOp.Halo h && loop.view(h.views().getFirst()).group() == group) {
                return k;
            }
        }
        return -1;
    }
}
