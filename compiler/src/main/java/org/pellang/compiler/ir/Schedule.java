package org.pellang.compiler.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Work;

/** Which rank runs which iterations of a loop, and in which order. */
public sealed interface Schedule {

    /** At the owners of the indices, in any order. */
    Schedule BLOCK = new Block();

    record Block() implements Schedule {}

    /**
     * As if in index order: in tiles at the owners of the indices.
     *
     * @param distances from an iteration to one that must come later, each once, lexicographically positive
     * @param carried the views through which iterations read what earlier ones wrote
     * @param serial why the loop runs on one rank, empty if it is divided
     */
    record Wave(List<List<Long>> distances, List<Carried> carried, String serial) implements Schedule {
        /** Whether iterations that differ in the last index only depend on each other. */
        public boolean alongRows() {
            return distances.stream().anyMatch(v -> v.subList(0, v.size() - 1).stream().allMatch(x -> x == 0));
        }
    }

    /**
     * Elements that are written and read by later iterations.
     *
     * @param view of the array
     * @param shift the written element's index minus the iteration's
     * @param reads of what earlier iterations wrote
     */
    record Carried(int view, List<Long> shift, List<Use> reads) {}

    /** In chunks that go to whoever is idle. */
    record Chunks(Work.Kind kind, @Nullable TExpr amount) implements Schedule {}
}
