package org.pellang.runtime.loop;

import java.util.function.BiConsumer;
import org.pellang.runtime.Comm;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.array.Section;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** Whole arrays between distributions: elements correspond by their position in the domains. One message per pair of ranks that have something to move. */
public final class Redistribution {
    /** Above the tags of exchanges. */
    private static final int TAG = 0x7ff0_0003;

    private final PelArray to;
    private final PelArray from;

    private Redistribution(PelArray to, PelArray from) {
        this.to = to;
        this.from = from;
    }

    /** {@code to = from}. Traps unless the extents are equal. Collective if {@code from} is distributed. */
    public static void assign(Rank rank, Site site, PelArray to, PelArray from) {
        if (!from.domain().isDistributed() || alike(to, from)) {
            to.assign(from);
        } else if (!to.domain().isDistributed()) {
            to.assign(from.replicate(rank, site));
        } else {
            requireSameExtents(to.domain(), from.domain());
            new Redistribution(to, from).run(rank.world());
            to.touch();
        }
    }

    /** The array with the distribution of {@code model}: itself, or a copy; itself if the extents differ. Collective. */
    public static PelArray like(Rank rank, Site site, PelArray model, PelArray array) {
        if (!sameExtents(model.domain(), array.domain()) || !array.domain().isDistributed() || alike(model, array)) {
            return array;
        }
        PelArray copy = PelArray.create(model.domain(), array.type());
        assign(rank, site, copy, array);
        return copy;
    }

    private static boolean alike(PelArray a, PelArray b) {
        return a.domain().sameSet(b.domain()) && a.domain().root().sameParts(b.domain().root());
    }

    private static boolean sameExtents(Domain a, Domain b) {
        boolean same = a.axes() == b.axes();
        for (int d = 0; same && d < a.axes(); d++) {
            same = a.extent(d) == b.extent(d);
        }
        return same;
    }

    private static void requireSameExtents(Domain a, Domain b) {
        if (!sameExtents(a, b)) {
            throw new PelTrap("assignment between arrays of different extents: " + a + " and " + b);
        }
    }

    private void run(Comm comm) {
        int self = comm.rank();
        for (int step = 1; step < comm.size(); step++) {
            int peer = (self + step) % comm.size();
            Encoder out = new Encoder();
            each(self, peer, (index, n) -> rows(from, index, n, (at, count) -> Rows.packPlaces(from, at, count, out)));
            if (out.size() > 0) {
                comm.sendBytes(out.toBytes(), peer, TAG);
            }
        }
        Encoder own = new Encoder();
        each(self, self, (index, n) -> rows(from, index, n, (at, count) -> Rows.packPlaces(from, at, count, own)));
        take(self, self, own.toBytes());
        for (int step = 1; step < comm.size(); step++) {
            int peer = (self - step + comm.size()) % comm.size();
            boolean[] any = new boolean[1];
            each(peer, self, (index, n) -> any[0] = true);
            if (any[0]) {
                take(peer, self, comm.recvBytes(peer, TAG));
            }
        }
    }

    private void take(int sender, int self, byte[] bytes) {
        Decoder in = new Decoder(bytes);
        each(sender, self, (index, n) -> rows(to, index, n, (at, count) -> Rows.unpackPlaces(in, to, at, count)));
    }

    /** Places in an array of {@code n} positions of the last axis, as many at once as follow each other. */
    private static void rows(PelArray array, long[] position, int n, BiConsumer<Integer, Integer> action) {
        Domain domain = array.domain();
        long[] index = new long[position.length];
        for (int d = 0; d < index.length; d++) {
            index[d] = domain.lo(d) + position[d] * domain.step(d);
        }
        int at = array.layout().place(index);
        int step = Math.toIntExact(domain.step(index.length - 1));
        if (step == 1) {
            action.accept(at, n);
            return;
        }
        for (int k = 0; k < n; k++) {
            index[index.length - 1] = domain.lo(index.length - 1) + (position[index.length - 1] + k) * step;
            action.accept(array.layout().place(index), 1);
        }
    }

    /** The rows of positions that {@code sender} has in {@code from} and {@code receiver} in {@code to}, in row-major order. */
    private void each(int sender, int receiver, Rows.Action action) {
        Runs[] common = new Runs[to.axes()];
        for (int d = 0; d < common.length; d++) {
            common[d] = Runs.of(from.domain(), sender, d).with(Runs.of(to.domain(), receiver, d));
            if (common[d].count == 0) {
                return;
            }
        }
        each(common, 0, new long[common.length], action);
    }

    private static void each(Runs[] common, int d, long[] position, Rows.Action action) {
        for (int k = 0; k < common[d].count; k++) {
            long low = common[d].lo[k];
            long high = common[d].hi[k];
            position[d] = low;
            if (d == common.length - 1) {
                action.row(position, Math.toIntExact(high - low + 1));
                continue;
            }
            for (long p = low; p <= high; p++) {
                position[d] = p;
                each(common, d + 1, position, action);
            }
        }
    }

    /** Intervals of positions on one axis, ascending. */
    private static final class Runs {
        private long[] lo = new long[4];
        private long[] hi = new long[4];
        private int count;

        static Runs of(Domain domain, int rank, int d) {
            Runs runs = new Runs();
            Section section = domain.root().owned(rank).axes()[d];
            long step = domain.step(d);
            if (section.count(domain.lo(d), domain.hi(d)) == 0) {
                return runs;
            }
            long end = section.run(domain.hi(d));
            for (long run = section.runFrom(domain.lo(d)); run <= end; run++) {
                long low = Math.max(section.first(run), domain.lo(d)) - domain.lo(d);
                long high = Math.min(section.last(run), domain.hi(d)) - domain.lo(d);
                runs.add((low + step - 1) / step, high / step);
            }
            return runs;
        }

        private void add(long low, long high) {
            if (low > high) {
                return;
            }
            if (count == lo.length) {
                lo = java.util.Arrays.copyOf(lo, 2 * count);
                hi = java.util.Arrays.copyOf(hi, 2 * count);
            }
            lo[count] = low;
            hi[count++] = high;
        }

        Runs with(Runs other) {
            Runs both = new Runs();
            int a = 0;
            int b = 0;
            while (a < count && b < other.count) {
                both.add(Math.max(lo[a], other.lo[b]), Math.min(hi[a], other.hi[b]));
                if (hi[a] < other.hi[b]) {
                    a++;
                } else {
                    b++;
                }
            }
            return both;
        }
    }
}
