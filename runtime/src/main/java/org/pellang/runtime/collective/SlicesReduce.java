package org.pellang.runtime.collective;

import org.pellang.runtime.Op;

/** Reduction of long vectors: each rank combines one slice, and the slices go to the root. */
final class SlicesReduce {
    private SlicesReduce() {}

    static void run(Call call, Object buf, int off, int len, Op op, int root) {
        Slices slices = Slices.of(off, len, call.size);
        boolean mine = call.rank == root;
        Object slice = mine ? buf : call.scratch(call.size, buf, slices.counts()[call.rank]);
        int sliceOff = mine ? slices.displs()[root] : 0;
        SlicesReduceScatter.run(call, buf, slices.counts(), slices.displs(), slice, sliceOff, op);
        DirectGather.run(call, slice, sliceOff, slices.counts()[call.rank], mine ? buf : null, slices.counts(), slices.displs(), root);
    }
}
