package org.pellang.runtime.loop;

import java.util.Arrays;

/** Folds the contributions of one leaf that come one by one: floats in 16 lanes, all else in sequence. One slot. */
final class LeafFold {
    private final ReduceSpec spec;
    private final Slots[] lanes = new Slots[CutLeaf.LANES];

    LeafFold(ReduceSpec spec) {
        this.spec = spec;
        Arrays.setAll(lanes, lane -> spec.identities());
    }

    void add(long i, Slots value) {
        int lane = spec.lanes(0) ? (int) Math.floorMod(i, (long) CutLeaf.LANES) : 0;
        spec.slot(0).combine(lanes[lane], value, 0);
    }

    /** The leaf's value; the fold starts anew. */
    void total(Slots result) {
        for (int half = CutLeaf.LANES / 2; half > 0 && spec.lanes(0); half /= 2) {
            for (int k = 0; k < half; k++) {
                spec.slot(0).combine(lanes[k], lanes[k + half], 0);
            }
        }
        spec.slot(0).copy(lanes[0], result, 0);
        for (Slots lane : lanes) {
            spec.slot(0).identity(lane, 0);
        }
    }
}
