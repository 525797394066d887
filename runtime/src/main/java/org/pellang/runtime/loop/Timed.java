package org.pellang.runtime.loop;

import org.pellang.runtime.trace.LoopTimes;

/** Kernels whose iterations are timed, if anybody wants to know: {@code pelrun --report=balance}. */
final class Timed {
    private Timed() {}

    static BoxKernel box(ParallelLoop loop, BoxKernel kernel) {
        LoopTimes times = loop.rank().times();
        return times == null ? kernel : (box, slots) -> measure(loop, times, () -> kernel.run(box, slots));
    }

    static LeafKernel leaf(ParallelLoop loop, LeafKernel kernel) {
        LoopTimes times = loop.rank().times();
        return times == null ? kernel : (i0, i1, from, to, out) -> measure(loop, times, () -> kernel.leaf(i0, i1, from, to, out));
    }

    static ScanKernel scan(ParallelLoop loop, ScanKernel kernel) {
        LoopTimes times = loop.rank().times();
        return times == null ? kernel : (i0, i1, from, to, out) -> measure(loop, times, () -> kernel.values(i0, i1, from, to, out));
    }

    private static void measure(ParallelLoop loop, LoopTimes times, Runnable iterations) {
        long begun = System.nanoTime();
        iterations.run();
        times.add(loop.site(), System.nanoTime() - begun);
    }
}
