package org.pellang.runtime.collective;

import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Receive;

/** Allgather in ceil(log2 p) rounds on any number of ranks (Bruck, Ho, Kipnis, Upfal, Weathersby 1997). This rank's part lies in place already. */
final class BruckAllgather {
    private BruckAllgather() {}

    static void run(Call call, Object buf, int[] counts, int[] displs) {
        int p = call.size;
        // The parts of the ranks from this one on.
        int[] order = new int[p];
        int[] starts = new int[p + 1];
        for (int k = 0; k < p; k++) {
            order[k] = (call.rank + k) % p;
            starts[k + 1] = starts[k] + counts[order[k]];
        }
        Object packed = call.scratch(0, buf, starts[p]);
        Kind.copy(buf, displs[call.rank], packed, 0, counts[call.rank]);
        for (int step = 1; step < p; step <<= 1) {
            int parts = Math.min(step, p - step);
            Receive receive = call.post((call.rank + step) % p, packed, starts[step], starts[step + parts] - starts[step]);
            call.send((call.rank - step + p) % p, packed, 0, starts[parts]);
            receive.finish();
        }
        Packing.unpack(packed, 0, order, buf, counts, displs);
    }
}
