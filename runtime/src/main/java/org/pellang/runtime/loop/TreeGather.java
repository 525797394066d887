package org.pellang.runtime.loop;

import java.util.Arrays;
import java.util.Comparator;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.value.Decoder;

/** Finishes the tree from the fragments of all ranks. */
final class TreeGather {
    private final Domain space;
    private final TreeShape shape;
    private final ReduceSpec spec;
    private final Parts parts;
    private final Integer[] order;
    private final Decoder[] in;
    private final int axis;
    private final TreeStack[] stacks;
    private final CutLeaf cut;
    private final long[] row = new long[3];

    TreeGather(Domain space, TreeShape shape, ReduceSpec spec, Parts parts, int axis, byte[][] payloads) {
        this.space = space;
        this.shape = shape;
        this.spec = spec;
        this.axis = axis;
        this.parts = parts;
        order = new Integer[payloads.length];
        in = new Decoder[payloads.length];
        for (int r = 0; r < payloads.length; r++) {
            order[r] = r;
            in[r] = new Decoder(payloads[r]);
        }
        Arrays.sort(order, Comparator.comparingLong(r -> parts.nothing(r) ? Long.MAX_VALUE : parts.cuts(r, axis).lo(0)));
        stacks = new TreeStack[axis + 1];
        Arrays.setAll(stacks, d -> new TreeStack(spec));
        cut = new CutLeaf(spec);
    }

    /** Tree slots from the fragments, then the free slots that follow them in each payload. */
    Slots result() {
        Slots result = spec.identities();
        if (!space.box().isEmpty()) {
            combine(0, result);
        }
        Slots value = spec.identities();
        for (Decoder part : in) {
            spec.read(part, value, spec.freeSlots());
            spec.combine(result, value, spec.freeSlots());
        }
        return result;
    }

    private void combine(int d, Slots result) {
        Slots value = spec.identities();
        if (d == axis) {
            // The ranks' runs take turns, all ranks in the same order each time.
            boolean more = true;
            for (long k = 0; more; k++) {
                more = false;
                for (int r : order) {
                    if (hasRow(r) && k < parts.cuts(r, d).count()) {
                        Cuts cuts = parts.cuts(r, d);
                        Fragments.each(shape, d, cuts.lo(k), cuts.hi(k), reader(stacks[d], in[r], value));
                        more = true;
                    }
                }
            }
            cut.flush(stacks[d]);
        } else {
            for (long i = space.lo(d); i <= space.hi(d); i += space.step(d)) {
                row[d] = i;
                combine(d + 1, value);
                stacks[d].push(shape.position(d, i), value);
            }
        }
        stacks[d].finish(result);
    }

    private boolean hasRow(int rank) {
        if (parts.nothing(rank)) {
            return false;
        }
        for (int d = 0; d < axis; d++) {
            if (!parts.cuts(rank, d).contains(row[d])) {
                return false;
            }
        }
        return true;
    }

    private Fragments.Visitor reader(TreeStack stack, Decoder from, Slots value) {
        return new Fragments.Visitor() {
            @Override
            public void node(long position, long low, long high) {
                cut.flush(stack);
                spec.read(from, value, spec.treeSlots());
                stack.push(position, value);
            }

            @Override
            public void element(long position, long i) {
                spec.read(from, value, spec.treeSlots());
                cut.add(stack, position, i, value);
            }
        };
    }
}
