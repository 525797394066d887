package org.pellang.runtime.collective;

import org.pellang.runtime.Op;

/** Allreduce by recursive halving and doubling, for powers of two (R. Rabenseifner 2004). */
final class HalvingAllreduce {
    private HalvingAllreduce() {}

    static void run(Call call, Object buf, int off, int len, Op op) {
        Slices slices = Slices.of(off, len, call.size);
        HalvingReduceScatter.run(call, buf, slices.counts(), slices.displs(), buf, slices.displs()[call.rank], op);
        DoublingAllgather.run(call, buf, slices.counts(), slices.displs());
    }
}
