package org.pellang.runtime.loop;

import java.util.Arrays;

/** A leaf whose elements came from several ranks: the fold that a kernel does over a whole leaf, over single values. */
final class CutLeaf {
    static final int LANES = 16;

    private final ReduceSpec spec;
    /** Made at the first cut leaf; most loops have none. */
    private Slots[] lanes = {};
    private final Slots sequence;
    private long position;
    private boolean open;

    CutLeaf(ReduceSpec spec) {
        this.spec = spec;
        this.sequence = spec.identities();
    }

    /** Adds the contribution of index {@code i}; indices come in ascending order. */
    void add(TreeStack stack, long leaf, long i, Slots value) {
        if (open && leaf != position) {
            flush(stack);
        }
        if (lanes.length == 0) {
            lanes = new Slots[LANES];
            Arrays.setAll(lanes, lane -> spec.identities());
        }
        open = true;
        position = leaf;
        Slots lane = lanes[(int) Math.floorMod(i, (long) LANES)];
        for (int s : spec.treeSlots()) {
            spec.slot(s).combine(spec.lanes(s) ? lane : sequence, value, s);
        }
    }

    /** Pushes the leaf's value, if there is one, and starts anew. */
    void flush(TreeStack stack) {
        if (!open) {
            return;
        }
        for (int s : spec.treeSlots()) {
            if (spec.lanes(s)) {
                for (int half = LANES / 2; half > 0; half /= 2) {
                    for (int k = 0; k < half; k++) {
                        spec.slot(s).combine(lanes[k], lanes[k + half], s);
                    }
                }
                spec.slot(s).copy(lanes[0], sequence, s);
            }
        }
        stack.push(position, sequence);
        spec.identity(sequence, spec.treeSlots());
        for (Slots lane : lanes) {
            spec.identity(lane, spec.treeSlots());
        }
        open = false;
    }
}
