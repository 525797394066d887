package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * Combines values that arrive in order of their positions as the binary tree over positions 0, 1, 2, ... does, in which a missing child passes its
 * sibling through. A value may stand for a complete node: its position is then that of its first leaf. At any time the stack holds the subtrees that
 * later values may still join; two neighbours are combined once the next position lies outside their common ancestor.
 */
final class TreeStack {
    private final ReduceSpec spec;
    private final List<Slots> values = new ArrayList<>();
    private long[] positions = new long[16];
    private int size;

    TreeStack(ReduceSpec spec) {
        this.spec = spec;
    }

    void clear() {
        size = 0;
    }

    /** Adds the value of the node that begins at {@code position}; takes a copy of the slots (of references to objects). */
    void push(long position, Slots value) {
        while (size >= 2) {
            int ancestor = 64 - Long.numberOfLeadingZeros(positions[size - 1] ^ positions[size - 2]);
            if (position >> ancestor == positions[size - 1] >> ancestor) {
                break;
            }
            merge();
        }
        if (size == values.size()) {
            values.add(new Slots(spec.size()));
            if (size == positions.length) {
                positions = java.util.Arrays.copyOf(positions, 2 * size);
            }
        }
        spec.copy(value, values.get(size), spec.treeSlots());
        positions[size++] = position;
    }

    private void merge() {
        size--;
        spec.combine(values.get(size - 1), values.get(size), spec.treeSlots());
    }

    /** Whether nothing was pushed. */
    boolean isEmpty() {
        return size == 0;
    }

    /** The value of the whole tree, in {@code result}; the identities if nothing was pushed. */
    void finish(Slots result) {
        while (size >= 2) {
            merge();
        }
        if (size == 1) {
            spec.copy(values.get(0), result, spec.treeSlots());
        } else {
            spec.identity(result, spec.treeSlots());
        }
        size = 0;
    }
}
