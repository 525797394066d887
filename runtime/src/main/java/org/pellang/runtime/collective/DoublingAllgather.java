package org.pellang.runtime.collective;

import java.util.stream.IntStream;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Receive;

/** Allgather by recursive doubling, for powers of two: groups that know all of each other's parts double in each round. This rank's part lies in place already. */
final class DoublingAllgather {
    private DoublingAllgather() {}

    static void run(Call call, Object buf, int[] counts, int[] displs) {
        if (Packing.inOrder(counts, displs)) {
            run(call, buf, displs[0], Packing.starts(counts));
            return;
        }
        int[] starts = Packing.starts(counts);
        Object packed = call.scratch(0, buf, starts[call.size]);
        Kind.copy(buf, displs[call.rank], packed, starts[call.rank], counts[call.rank]);
        run(call, packed, 0, starts);
        Packing.unpack(packed, 0, IntStream.range(0, call.size).toArray(), buf, counts, displs);
    }

    private static void run(Call call, Object buf, int off, int[] starts) {
        for (int step = 1; step < call.size; step <<= 1) {
            int peer = call.rank ^ step;
            int mine = call.rank & -step;
            int theirs = peer & -step;
            Receive receive = call.post(peer, buf, off + starts[theirs], starts[theirs + step] - starts[theirs]);
            call.send(peer, buf, off + starts[mine], starts[mine + step] - starts[mine]);
            receive.finish();
        }
    }
}
