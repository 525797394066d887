package org.pellang.runtime.loop;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Root;

/**
 * What the runs of a loop need of an array: each distinct box once.
 *
 * @param plan the exchange that brings the boxes
 * @param patchOf number of the box that each run of this rank needs, -1 if none
 * @param runOf of each box of this rank a run that needs it
 */
@SuppressWarnings("ArrayRecordComponent")
record PatchPlan(ExchangePlan plan, int[] patchOf, int[] runOf) {
    /** Beyond so many runs of a rank one box around all that it needs is cheaper than keeping books. */
    private static final long MOST_RUNS = 4096;

    /** Whether the runs of a loop are few enough to be planned one by one. */
    static boolean manageable(ParallelLoop loop) {
        for (int r = 0; r < loop.rank().size(); r++) {
            if (loop.parts().runs(r) > MOST_RUNS) {
                return false;
            }
        }
        return true;
    }

    /** The plan for reads: per run if they are few, else one box around all. */
    static PatchPlan reads(ParallelLoop loop, PelArray array, Need need) {
        if (manageable(loop)) {
            return exact(loop, array, need);
        }
        int runs = Math.toIntExact(loop.parts().runs(loop.rank().rank()));
        return new PatchPlan(loop.plan(array, need), new int[runs], new int[1]);
    }

    /** The plan with one box per run, however many; boxes of different ranks overlap only if their needs do. */
    static PatchPlan exact(ParallelLoop loop, PelArray array, Need need) {
        Root root = array.domain().root();
        long[] values = values(loop, array.axes(), need);
        ExchangePlan.Key key = new ExchangePlan.Key(values);
        if (root.plan(key) instanceof PatchPlan known) {
            return known;
        }
        int ranks = loop.rank().size();
        int axes = array.axes();
        Box[][] needed = new Box[ranks][];
        int[][] patchOf = new int[ranks][];
        int at = ranks;
        for (int r = 0; r < ranks; r++) {
            Map<Box, Integer> patches = new LinkedHashMap<>();
            patchOf[r] = new int[(int) values[r]];
            for (int k = 0; k < patchOf[r].length; k++) {
                Box raw = new Box(Arrays.copyOfRange(values, at, at + axes), Arrays.copyOfRange(values, at + axes, at + 2 * axes));
                at += 2 * axes;
                Box box = ExchangePlan.clip(root, raw);
                patchOf[r][k] = box.isEmpty() ? -1 : patches.computeIfAbsent(box, b -> patches.size());
            }
            needed[r] = patches.keySet().toArray(Box[]::new);
        }
        int self = loop.rank().rank();
        int[] runOf = new int[needed[self].length];
        for (int k = patchOf[self].length - 1; k >= 0; k--) {
            if (patchOf[self][k] >= 0) {
                runOf[patchOf[self][k]] = k;
            }
        }
        PatchPlan plan = new PatchPlan(new ExchangePlan(root, needed, self), patchOf[self], runOf);
        root.keepPlan(key, plan);
        return plan;
    }

    /** The numbers of runs of all ranks, then lo and hi of what each run needs. */
    private static long[] values(ParallelLoop loop, int axes, Need need) {
        int ranks = loop.rank().size();
        Parts parts = loop.parts();
        long all = 0;
        for (int r = 0; r < ranks; r++) {
            all = Math.addExact(all, parts.runs(r));
        }
        long[] values = new long[Math.toIntExact(ranks + 2 * axes * all)];
        int at = ranks;
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        for (int r = 0; r < ranks; r++) {
            values[r] = parts.runs(r);
            for (int k = 0; k < values[r]; k++) {
                Box run = parts.run(r, k);
                if (run.isEmpty()) {
                    Arrays.fill(lo, 0);
                    Arrays.fill(hi, -1);
                } else {
                    need.box(run.lo(), run.hi(), lo, hi);
                }
                System.arraycopy(lo, 0, values, at, axes);
                System.arraycopy(hi, 0, values, at + axes, axes);
                at += 2 * axes;
            }
        }
        return values;
    }
}
