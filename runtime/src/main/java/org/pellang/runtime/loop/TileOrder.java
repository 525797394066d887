package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.pellang.runtime.Workers;
import org.pellang.runtime.array.Box;

/** How far the threads of one rank have come in a wavefront, and which of them must wait for which. Counts tiles that are done. */
final class TileOrder {
    /** Counters lie on cache lines of their own. */
    private static final int APART = 16;
    private static final int SPINS = 200;

    private final Workers workers;
    private final List<List<Edge>> edges = new ArrayList<>();
    private final AtomicLongArray done;
    private final int received;

    /** {@code lag}: 0 if the same tile of the other thread must be done, 1 if the one before. */
    private record Edge(int thread, int lag) {}

    /**
     * @param shares the iterations of each thread
     * @param distances of all dependences, those of elements that are read before they are written included
     */
    TileOrder(Workers workers, List<Box> shares, long[][] distances) {
        this.workers = workers;
        this.received = shares.size();
        this.done = new AtomicLongArray((shares.size() + 1) * APART);
        for (int i = 0; i <= shares.size(); i++) {
            done.set(i * APART, Long.MIN_VALUE);
        }
        for (int w = 0; w < shares.size(); w++) {
            List<Edge> before = new ArrayList<>();
            for (int other = 0; other < shares.size(); other++) {
                if (other != w && depends(shares.get(w), shares.get(other), distances)) {
                    before.add(new Edge(other, Wavefront.isBefore(shares.get(other), shares.get(w)) ? 0 : 1));
                }
            }
            edges.add(before);
        }
    }

    private static boolean depends(Box later, Box earlier, long[][] distances) {
        for (long[] v : distances) {
            long[] lo = later.lo().clone();
            long[] hi = later.hi().clone();
            for (int d = 0; d < v.length; d++) {
                lo[d] -= v[d];
                hi[d] -= v[d];
            }
            if (!new Box(lo, hi).intersect(earlier).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Waits until a thread may run a tile. False: another thread has failed. */
    boolean await(int worker, long tile) {
        for (Edge e : edges.get(worker)) {
            if (!await(done, e.thread, tile - e.lag)) {
                return false;
            }
        }
        return await(done, received, tile);
    }

    private boolean await(AtomicLongArray counters, int which, long tile) {
        int spins = 0;
        while (counters.getAcquire(which * APART) < tile) {
            if (++spins < SPINS) {
                Thread.onSpinWait();
            } else if (workers.failed()) {
                return false;
            } else {
                Thread.yield();
            }
        }
        return true;
    }

    /** Whether a thread need not wait for a tile. */
    boolean ready(int worker, long tile) {
        for (Edge e : edges.get(worker)) {
            if (done.getAcquire(e.thread * APART) < tile - e.lag) {
                return false;
            }
        }
        return true;
    }

    /** A thread has done a tile and all before. */
    void done(int worker, long tile) {
        done.setRelease(worker * APART, tile);
    }

    /** What other ranks have written that a tile needs has been taken in. */
    void received(long tile) {
        done.setRelease(received * APART, tile);
    }

    /** The last tile that all threads have done. */
    long common() {
        long least = Long.MAX_VALUE;
        for (int w = 0; w < received; w++) {
            least = Math.min(least, done.getAcquire(w * APART));
        }
        return least;
    }
}
