package org.pellang.runtime.collective;

import org.pellang.runtime.progress.Receive;
import org.pellang.runtime.progress.Sharing;

/** The arrays of all ranks that are threads of one JVM, opened by each to all others until everybody is done. */
final class OpenArrays {
    private final Call call;
    private final Sharing[] open;
    private final Receive[] views;
    private final Object[] arrays;
    private final int[] offsets;

    /** Opens this rank's array, and waits for those of the others. */
    OpenArrays(Call call, Object buf, int off, int len) {
        this.call = call;
        int p = call.size;
        this.open = new Sharing[p];
        this.views = new Receive[p];
        this.arrays = new Object[p];
        this.offsets = new int[p];
        for (int k = 1; k < p; k++) {
            int peer = (call.rank + k) % p;
            views[peer] = call.postView(peer, buf, len);
            open[peer] = call.share(peer, buf, off, len);
        }
        for (int r = 0; r < p; r++) {
            arrays[r] = r == call.rank ? buf : views[r].awaitView();
            offsets[r] = r == call.rank ? off : views[r].viewOffset();
        }
    }

    /** The arrays by rank. */
    Object[] arrays() {
        return arrays;
    }

    /** Where the elements begin in each. */
    int[] offsets() {
        return offsets;
    }

    /** Gives the others' arrays back, and waits until they have given back this rank's. Not for after a failure: nobody waits for the others then. */
    void giveBack() {
        int p = call.size;
        for (int k = 1; k < p; k++) {
            views[(call.rank + k) % p].releaseView();
        }
        for (int k = 1; k < p; k++) {
            open[(call.rank + k) % p].await();
        }
    }
}
