package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.OwnedSet;
import org.pellang.runtime.array.Region;
import org.pellang.runtime.array.Root;

/**
 * Who sends which elements to whom so that every rank gets its needed boxes of an array: one per rank, or one per run of a loop whose ranks run several
 * boxes. A pure function of the distribution and of all needed boxes, so that the ranks agree without a word. Needed boxes are clipped to the
 * domain, or on periodic axes cut into pieces that are shifted into it.
 */
final class ExchangePlan {
    /**
     * Elements that move together.
     *
     * @param region indices at the owner
     * @param shift to be added for the index at which the reader wants them
     * @param patch number of the reader's box for which they are
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Piece(Region region, long[] shift, int patch) {
        boolean inPlace() {
            for (long s : shift) {
                if (s != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Needed boxes of all ranks as one key. */
    static final class Key {
        private final long[] values;

        Key(long[] values) {
            this.values = values;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key k && Arrays.equals(values, k.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    private final Box[][] needed;
    private final long[] below;
    private final long[] above;
    private final List<Piece> local = new ArrayList<>();
    private final Piece[][] outgoing;
    private final Piece[][] incoming;
    private final boolean silent;
    private final List<HaloMessages> halos = new ArrayList<>(1);

    /** @param needed boxes of each rank, clipped to the domain unless it is periodic */
    ExchangePlan(Root root, Box[][] needed, int self) {
        this.needed = needed;
        int ranks = needed.length;
        int axes = root.bounds().axes();
        below = new long[axes];
        above = new long[axes];
        outgoing = new Piece[ranks][];
        incoming = new Piece[ranks][];
        boolean quiet = true;
        for (int r = 0; r < ranks; r++) {
            for (Box need : needed[r]) {
                protrusion(root.part(r), need);
                quiet &= root.owned(r).contains(need);
            }
            outgoing[r] = root.partition() == null && r != self ? new Piece[0] : pieces(root, needed[r], root.owned(self));
            incoming[r] = root.partition() == null && r != self ? new Piece[0] : pieces(root, needed[self], root.owned(r));
        }
        local.addAll(Arrays.asList(incoming[self]));
        outgoing[self] = new Piece[0];
        incoming[self] = new Piece[0];
        silent = quiet;
    }

    /** The plan for these needs, made at most once per root. {@code values}: per rank lo and hi of each needed box; below lo if nothing. */
    static ExchangePlan of(Root root, long[] values, int ranks, int self) {
        Key key = new Key(values);
        if (root.plan(key) instanceof ExchangePlan known) {
            return known;
        }
        int axes = root.bounds().axes();
        int boxes = values.length / (2 * axes * ranks);
        Box[][] needed = new Box[ranks][boxes];
        for (int k = 0; k < ranks * boxes; k++) {
            int at = 2 * axes * k;
            needed[k / boxes][k % boxes] = clip(root, new Box(Arrays.copyOfRange(values, at, at + axes), Arrays.copyOfRange(values, at + axes, at + 2 * axes)));
        }
        ExchangePlan plan = new ExchangePlan(root, needed, self);
        root.keepPlan(key, plan);
        return plan;
    }

    /** What of a box can be needed: the part inside the domain, all of it where subscripts wrap. */
    static Box clip(Root root, Box raw) {
        Box clipped = root.periodic() ? raw : raw.intersect(root.bounds());
        return clipped.isEmpty() || root.bounds().isEmpty() ? Box.empty(raw.axes()) : clipped;
    }

    private void protrusion(Box part, Box need) {
        if (part.isEmpty() || need.isEmpty()) {
            return;
        }
        for (int d = 0; d < below.length; d++) {
            below[d] = Math.max(below[d], part.lo()[d] - need.lo()[d]);
            above[d] = Math.max(above[d], need.hi()[d] - part.hi()[d]);
        }
    }

    private static Piece[] pieces(Root root, Box[] needs, OwnedSet part) {
        List<Piece> found = new ArrayList<>();
        for (int k = 0; k < needs.length && !part.isEmpty(); k++) {
            if (!needs[k].isEmpty()) {
                pieces(root, needs[k], part, k, found);
            }
        }
        return found.toArray(Piece[]::new);
    }

    /** The parts of {@code need} that lie in {@code part}, one per shift, in the order of shifts. */
    private static void pieces(Root root, Box need, OwnedSet part, int patch, List<Piece> found) {
        int axes = need.axes();
        long[] first = new long[axes];
        long[] last = new long[axes];
        for (int d = 0; d < axes && root.periodic(); d++) {
            long n = root.bounds().extent(d);
            first[d] = Math.floorDiv(need.lo()[d] - root.bounds().lo()[d], n);
            last[d] = Math.floorDiv(need.hi()[d] - root.bounds().lo()[d], n);
        }
        long[] turn = first.clone();
        while (true) {
            long[] shift = new long[axes];
            long[] back = new long[axes];
            for (int d = 0; d < axes; d++) {
                shift[d] = turn[d] * root.bounds().extent(d);
                back[d] = -shift[d];
            }
            Region region = Region.of(move(need, back), part);
            if (!region.isEmpty()) {
                found.add(new Piece(region, shift, patch));
            }
            int d = axes - 1;
            while (d >= 0 && turn[d] == last[d]) {
                turn[d] = first[d];
                d--;
            }
            if (d < 0) {
                return;
            }
            turn[d]++;
        }
    }

    static Box move(Box box, long[] shift) {
        long[] lo = box.lo().clone();
        long[] hi = box.hi().clone();
        for (int d = 0; d < lo.length; d++) {
            lo[d] += shift[d];
            hi[d] += shift[d];
        }
        return new Box(lo, hi);
    }

    /** The box around all that {@code rank} needs. */
    Box needed(int rank) {
        Box all = needed[rank][0];
        for (Box box : needed[rank]) {
            all = box.isEmpty() ? all : all.isEmpty() ? box : Views.hull(all, box);
        }
        return all;
    }

    /** The boxes that {@code rank} needs. */
    Box[] patches(int rank) {
        return needed[rank];
    }

    /** Ghost widths at the low side that hold every rank's needed box. */
    long[] below() {
        return below;
    }

    long[] above() {
        return above;
    }

    /** Whether every rank owns what it needs. */
    boolean silent() {
        return silent;
    }

    /** What this rank needs and owns itself. */
    List<Piece> local() {
        return local;
    }

    /** Exchanges of ghost cells whose first plan this is. */
    List<HaloMessages> halos() {
        return halos;
    }

    /** What this rank sends to {@code peer}. */
    Piece[] outgoing(int peer) {
        return outgoing[peer];
    }

    /** What this rank gets from {@code peer}. */
    Piece[] incoming(int peer) {
        return incoming[peer];
    }

    /** Whether this plan brings at least what {@code other} brings, on every rank. */
    boolean covers(ExchangePlan other) {
        for (int r = 0; r < needed.length; r++) {
            for (Box theirs : other.needed[r]) {
                if (!theirs.isEmpty() && Arrays.stream(needed[r]).noneMatch(mine -> mine.contains(theirs))) {
                    return false;
                }
            }
        }
        return true;
    }
}
