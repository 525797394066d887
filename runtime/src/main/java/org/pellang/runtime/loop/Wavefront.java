package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * Runs a loop as if in index order: each rank runs its iterations in tiles ({@link WavePlan}); before a tile it takes in what earlier tiles of other ranks have
 * written, afterwards it sends on what later ones will read. Elements that are read before they are written stay as they were, because a rank takes in another
 * one's tile only when its own next tile may depend on it.
 */
public final class Wavefront {
    /** Above the tags of exchanges and of what views give back. */
    private static final int TAG = 0x7ff0_0003;

    private final ParallelLoop loop;
    private final TreeShape shape;
    private final WavePlan plan;
    private final List<Carried> carried;
    private final LeafLog log;
    private final Box mine;
    private final List<Box> shares;
    private final long[][] distances;
    private final List<Neighbour> before = new ArrayList<>();
    private final List<Neighbour> after = new ArrayList<>();

    /** Another rank that this one receives from (or sends to): the iterations whose elements travel, one box per carried array. */
    private static final class Neighbour {
        final int rank;
        final Box[] regions;
        /** The last tile of the sender that the receiver needs. */
        final long last;
        /** How many tiles before its own the receiver needs: 0 from a rank before it in the grid. */
        final int lag;
        /** The next tile to be received. */
        long next;

        Neighbour(int rank, Box[] regions, long first, long last, int lag) {
            this.rank = rank;
            this.regions = regions;
            this.next = first;
            this.last = last;
            this.lag = lag;
        }
    }

    private Wavefront(ParallelLoop loop, ReduceSpec spec, long[][] distances, int cost, Carried[] carried, LeafKernel kernel) {
        this.loop = loop;
        this.shape = new TreeShape(loop.space());
        this.carried = List.of(carried);
        this.log = new LeafLog(loop, spec, shape, false, kernel);
        this.distances = distances;
        List<Box> all = new ArrayList<>();
        int ranks = loop.rank().size();
        int leaf = spec.treeSlots().length > 0 ? shape.leaf() : 1;
        for (int r = 0; r < ranks; r++) {
            all.addAll(shares(r, leaf));
        }
        int self = loop.rank().rank();
        this.mine = loop.box(self);
        this.shares = shares(self, leaf);
        this.plan = WavePlan.of(loop.space(), all, distances, cost, leaf);
        for (int r = 0; r < ranks; r++) {
            Box other = loop.box(r);
            if (r != self && !mine.isEmpty() && !other.isEmpty()) {
                neighbour(before, r, other, mine);
                neighbour(after, r, mine, other);
            }
        }
    }

    /** The iterations of each thread of a rank. */
    private List<Box> shares(int rank, int leaf) {
        int threads = loop.workers().count();
        return threads == 1 ? List.of(loop.box(rank)) : Shares.of(loop.space(), loop.box(rank), threads, leaf);
    }

    private void neighbour(List<Neighbour> list, int rank, Box sender, Box receiver) {
        Box[] regions = new Box[carried.size()];
        boolean any = false;
        for (int k = 0; k < regions.length; k++) {
            regions[k] = carried.get(k).between(sender, receiver);
            any |= !regions[k].isEmpty();
        }
        if (any) {
            int lag = isBefore(sender, receiver) ? 0 : 1;
            list.add(new Neighbour(rank, regions, plan.first(sender), plan.last(receiver) - lag, lag));
        }
    }

    /** Whether a box lies before another one on every axis, or at the same place. */
    static boolean isBefore(Box a, Box b) {
        for (int d = 0; d < a.axes(); d++) {
            if (a.lo()[d] > b.lo()[d]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Runs the loop. Collective.
     *
     * @param spec reductions, none of them: an empty one
     * @param distances from an iteration to one that must come later, lexicographically positive; constants of the program
     * @param cost of an iteration, in nanoseconds, roughly
     * @param carried the arrays through which iterations depend on earlier ones
     * @param kernel runs a piece of a row
     * @return the reductions' values; the same on all ranks
     */
    public static Slots run(ParallelLoop loop, ReduceSpec spec, long[][] distances, int cost, Carried[] carried, LeafKernel kernel) {
        LeafKernel timed = Timed.leaf(loop, kernel);
        ExactReduce exact = ExactReduce.of(loop, spec);
        Wavefront wavefront = new Wavefront(loop, spec, distances, cost, carried, exact == null ? timed : exact.around(timed));
        wavefront.run();
        Slots values = wavefront.log.result();
        return exact == null ? values : exact.result(values);
    }

    private void run() {
        if (mine.isEmpty()) {
            return;
        }
        if (shares.size() == 1) {
            alone();
            return;
        }
        TileOrder order = new TileOrder(loop.workers(), shares, distances);
        loop.workers().run(worker -> {
            if (worker == 0) {
                lead(order);
            } else if (worker < shares.size()) {
                follow(order, worker);
            }
        });
    }

    private void alone() {
        long last = plan.last(mine);
        for (long tile = plan.first(mine); tile <= last; tile++) {
            for (Neighbour n : before) {
                for (; n.next <= Math.min(tile - n.lag, n.last); n.next++) {
                    receive(n, n.next);
                }
            }
            tile(0, tile);
            for (Neighbour n : after) {
                if (tile <= n.last) {
                    send(n, tile);
                }
            }
        }
    }

    private void tile(int worker, long tile) {
        plan.rows(shape, loop.space(), tile, shares.get(worker), (row, from, to) -> log.run(worker, row[0], row.length > 1 ? row[1] : 0, from, to));
    }

    /** A thread that has nothing to do with other ranks. */
    private void follow(TileOrder order, int worker) {
        long last = plan.last(mine);
        for (long tile = plan.first(mine); tile <= last; tile++) {
            if (!order.await(worker, tile)) {
                return;
            }
            tile(worker, tile);
            order.done(worker, tile);
        }
    }

    /** The rank's own thread: runs its tiles, and speaks with other ranks whenever there is something to say. It never blocks, since the others count on it. */
    private void lead(TileOrder order) {
        long last = plan.last(mine);
        long next = plan.first(mine);
        long received = next - 1;
        long sent = received;
        while (sent < last && !loop.workers().failed()) {
            boolean moved = false;
            for (long common = Math.min(order.common(), last); sent < common; sent++) {
                for (Neighbour n : after) {
                    if (sent + 1 <= n.last) {
                        send(n, sent + 1);
                    }
                }
                moved = true;
            }
            if (received < last && arrived(received + 1)) {
                received++;
                order.received(received);
                moved = true;
            }
            if (next <= received && order.ready(0, next)) {
                tile(0, next);
                order.done(0, next++);
                moved = true;
            }
            if (!moved) {
                loop.comm().ensureRunning();
                Thread.yield();
            }
        }
    }

    /** Takes in what has come; whether all is there that a tile needs. */
    private boolean arrived(long tile) {
        for (Neighbour n : before) {
            for (; n.next <= Math.min(tile - n.lag, n.last); n.next++) {
                if (isEmpty(n, n.next)) {
                    continue;
                }
                if (loop.comm().iprobe(n.rank, TAG) == null) {
                    return false;
                }
                receive(n, n.next);
            }
        }
        return true;
    }

    private boolean isEmpty(Neighbour n, long tile) {
        int[] boxes = {0};
        for (Box region : n.regions) {
            pieces(region, tile, box -> boxes[0]++);
        }
        return boxes[0] == 0;
    }

    private void send(Neighbour n, long tile) {
        Encoder out = new Encoder();
        int[] boxes = {0};
        for (int k = 0; k < n.regions.length; k++) {
            Carried c = carried.get(k);
            pieces(n.regions[k], tile, box -> {
                Rows.pack(c.array(), c.written(box), out);
                boxes[0]++;
            });
        }
        if (boxes[0] > 0) {
            loop.send("carry", out.toBytes(), n.rank, TAG);
        }
    }

    private void receive(Neighbour n, long tile) {
        if (isEmpty(n, tile)) {
            return;
        }
        Decoder in = new Decoder(loop.comm().recvBytes(n.rank, TAG));
        for (int k = 0; k < n.regions.length; k++) {
            Carried c = carried.get(k);
            pieces(n.regions[k], tile, box -> Rows.unpack(in, c.array(), c.written(box)));
        }
    }

    private interface Visitor {
        void box(Box box);
    }

    /** The iterations of a tile in a region, as boxes of single rows. */
    private void pieces(Box region, long tile, Visitor visitor) {
        if (region.isEmpty()) {
            return;
        }
        plan.rows(shape, loop.space(), tile, region, (row, from, to) -> {
            long[] lo = row.clone();
            long[] hi = row.clone();
            lo[row.length - 1] = from;
            hi[row.length - 1] = to;
            visitor.box(new Box(lo, hi));
        });
    }
}
