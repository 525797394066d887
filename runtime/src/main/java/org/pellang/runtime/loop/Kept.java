package org.pellang.runtime.loop;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.array.PelArray;

/**
 * What a loop has fetched of an array, kept from pass to pass of a sequential loop around: as long as the array does not change, nothing travels. All ranks
 * find the same, since versions and plans are equal on all.
 */
public final class Kept {
    private @Nullable PelArray array;
    private @Nullable PelArray part;
    private @Nullable ExchangePlan plan;
    private long version;

    /** Of nothing yet. */
    public Kept() {}

    /** What was kept of this very array in its present version by the same plan, else null. */
    @Nullable PelArray find(PelArray a, ExchangePlan by) {
        return a == array && by == plan && a.version() == version ? part : null;
    }

    PelArray keep(PelArray a, ExchangePlan by, PelArray fetched) {
        array = a;
        plan = by;
        version = a.version();
        part = fetched;
        return fetched;
    }
}
