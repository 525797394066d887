package org.pellang.runtime.collective;

import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;

/** Prefixes over ranks, handed on from each to the next: least work, p - 1 steps. Combines in another order than {@link DoublingScan}. */
final class ChainScan {
    private ChainScan() {}

    static void run(Call call, Object buf, int off, int len, Op op, boolean exclusive) {
        Object before = call.scratch(0, buf, len);
        Object sum = exclusive ? call.scratchCopy(1, buf, off, len) : buf;
        int sumOff = exclusive ? 0 : off;
        if (call.rank > 0) {
            call.recv(call.rank - 1, before, 0, len);
            Combine.intoRight(op, before, 0, sum, sumOff, len);
        }
        if (call.rank + 1 < call.size) {
            call.send(call.rank + 1, sum, sumOff, len);
        }
        if (exclusive) {
            Kind.copy(call.rank > 0 ? before : Kind.of(buf).allocate(len), 0, buf, off, len);
        }
    }
}
