package org.pellang.compiler.ir.comm;

import java.util.ArrayList;
import java.util.List;

/**
 * The strips of a loop while whose iterations run what they read comes in steps, by the rules of the runtime's {@code Panels}.
 *
 * @param parts boxes of iterations of the ranks
 * @param bytes that come in all, on the rank that gets most
 */
@SuppressWarnings("ArrayRecordComponent")
record Strips(IndexBox[] parts, long bytes) {
    private static final long STEP_BYTES = 4 << 20;
    private static final int MOST_STEPS = 32;
    private static final int LAST_GRAIN = 64;
    private static final int GRAIN = 16;

    /** By step, the strip of each rank along an axis; none if one step does. */
    List<IndexBox[]> along(int d) {
        long longest = 0;
        for (IndexBox part : parts) {
            longest = Math.max(longest, part.isEmpty() ? 0 : part.extent(d));
        }
        long steps = Math.min(MOST_STEPS, Math.ceilDiv(bytes, STEP_BYTES));
        long grain = d == parts[0].axes() - 1 ? LAST_GRAIN : GRAIN;
        long width = bytes <= STEP_BYTES ? longest : Math.ceilDiv(Math.ceilDiv(longest, steps), grain) * grain;
        List<IndexBox[]> all = new ArrayList<>();
        for (long from = 0; width < longest && from < longest; from += width) {
            IndexBox[] strip = new IndexBox[parts.length];
            for (int r = 0; r < parts.length; r++) {
                long lo = parts[r].lo()[d] + from;
                strip[r] = parts[r].with(d, lo, Math.min(parts[r].hi()[d], lo + width - 1));
            }
            all.add(strip);
        }
        return all;
    }
}
