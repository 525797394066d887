package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Comm;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.Workers;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Root;
import org.pellang.runtime.trace.LoopTraffic;

/**
 * A divided loop on one rank: its part of the iteration space, and the exchange of array elements that its iterations read. All ranks make the same calls
 * in the same order with equal arguments. Order in generated code: {@link #over}, {@link #halos}, {@link #fetch}, then {@link #align}, then offsets and
 * strides, which halos and align may change.
 */
public final class ParallelLoop {
    private static final int MOST_THREADS = 1024;
    private static final ReduceSpec NOTHING = new ReduceSpec();

    private final Rank rank;
    private final Site site;
    private final Domain space;
    private final Parts parts;
    private final List<Window> windows = new ArrayList<>(2);

    private final boolean inOrder;
    /** Whether iterations that read no ghost cell may run before these have come. */
    private boolean overlapping;
    /** Ghost cells of loops that follow, which may come with this loop's own. */
    private final List<Halos.Ahead> ahead = new ArrayList<>(0);
    /** What is on its way while the loop begins, null: nothing is. */
    private @Nullable Overlap arriving;
    private Workers workers;
    /** What comes in steps while the loop runs, null: nothing does. */
    private @Nullable Panels panels;

    private ParallelLoop(Rank rank, Site site, Domain space, Parts parts, boolean inOrder) {
        this.rank = rank;
        this.site = site;
        this.space = space;
        this.parts = parts;
        this.inOrder = inOrder;
        // What is dealt out in many pieces has one geometry at a time.
        this.workers = parts.scattered() ? Workers.alone() : rank.workers();
    }

    /** A loop over {@code space}. A distributed space runs at the owners; an undistributed one is divided in blocks, rows first. */
    public static ParallelLoop over(Rank rank, Site site, Domain space) {
        Parts parts = Parts.of(space, rank.size());
        return new ParallelLoop(rank, site, space, parts, !parts.scattered());
    }

    /** As {@link #over}, for a loop whose ranks do not run their iterations in index order: a wavefront's tiles. */
    public static ParallelLoop tiled(Rank rank, Site site, Domain space) {
        return new ParallelLoop(rank, site, space, Parts.boxes(space, rank.size()), rank.size() == 1);
    }

    /** A loop whose iterations all run on rank 0, in index order. */
    public static ParallelLoop onOne(Rank rank, Site site, Domain space) {
        return new ParallelLoop(rank, site, space, Parts.onOne(space, rank.size()), true);
    }

    /** A loop whose iterations may run on any rank: each has what any iteration may read. */
    public static ParallelLoop anywhere(Rank rank, Site site, Domain space) {
        return new ParallelLoop(rank, site, space, Parts.anywhere(space, rank.size()), rank.size() == 1);
    }

    /** Says what {@code next}, which follows at once, will read of arrays that do not change before: if this loop needs ghost cells, they come together. */
    public void ahead(ParallelLoop next, PelArray[] arrays, Need[] needs) {
        for (int a = 0; a < arrays.length && !parts.scattered() && !next.parts.scattered(); a++) {
            Halos.Ahead one = new Halos.Ahead(next, arrays[a], needs[a]);
            if (one.serves()) {
                ahead.add(one);
            }
        }
    }

    /** Whether every rank runs its iterations in index order. */
    boolean isInOrder() {
        return inOrder;
    }

    public Rank rank() {
        return rank;
    }

    public Site site() {
        return site;
    }

    public Domain space() {
        return space;
    }

    Parts parts() {
        return parts;
    }

    Comm comm() {
        return rank.world();
    }

    /** Sends bytes to a rank; receive them by its communicator. */
    void send(String purpose, byte[] bytes, int peer, int tag) {
        count(purpose, bytes.length, peer);
        comm().sendBytes(bytes, peer, tag);
    }

    /** Everybody's bytes, by rank. Collective. */
    byte[][] allgather(String purpose, byte[] bytes) {
        for (int peer = 0; peer < rank.size(); peer++) {
            count(purpose, bytes.length, peer);
        }
        return comm().allgatherBytes(site, bytes);
    }

    /** The bytes that each rank has for this one, by rank. Collective. */
    byte[][] alltoall(String purpose, byte[][] bytes) {
        for (int peer = 0; peer < rank.size(); peer++) {
            count(purpose, bytes[peer].length, peer);
        }
        return comm().alltoallBytes(site, bytes);
    }

    void count(String purpose, int bytes, int peer) {
        LoopTraffic traffic = rank.traffic();
        if (traffic != null && peer != rank.rank() && bytes > 0) {
            traffic.sent(site, purpose, peer, bytes);
        }
    }

    /** This rank's lowest and highest iteration; between them the strides of the space apply, and gaps if it has several {@link #runs}. */
    public Box box() {
        return parts.box(rank.rank());
    }

    /** Number of boxes of iterations that this rank runs one after the other: one, unless its distribution deals out several. */
    public long runs() {
        return parts.runs(rank.rank());
    }

    /** Box number {@code k}, from its lowest to its highest iteration; what {@link Views} and {@link #fetch} gave takes the geometry for it. */
    public Box run(long k) {
        Box box = parts.run(rank.rank(), k);
        for (Window window : windows) {
            window.enter((int) k, box);
        }
        return box;
    }

    /** Takes the geometry for the run that has this index. */
    void enter(long[] index) {
        if (parts.scattered()) {
            run(parts.runOf(rank.rank(), index));
        }
    }

    /** The window that was added last. */
    Window latest() {
        return windows.getLast();
    }

    void add(Window window) {
        windows.add(window);
        if (!parts.scattered()) {
            window.enter(0, parts.box(rank.rank()));
        }
    }

    /** The box of another rank. */
    public Box box(int r) {
        return parts.box(r);
    }

    /** The threads of this rank that the loop runs on. */
    Workers workers() {
        return workers;
    }

    /** Allows iterations that read no ghost cell to run while these are on their way: those that read some run last. To be called at once. */
    public ParallelLoop overlapping() {
        overlapping = !parts.scattered();
        return this;
    }

    /** Takes in what is on its way. */
    void settle() {
        Overlap waiting = arriving;
        if (waiting != null) {
            arriving = null;
            waiting.takeIn();
        }
    }

    /** Asks for this many threads of each rank; to be called at once. */
    public ParallelLoop onThreads(long count) {
        if (count < 1 || count > MOST_THREADS) {
            throw new PelTrap("a loop on " + count + " threads: there may be 1 to " + MOST_THREADS);
        }
        workers = parts.scattered() ? workers : rank.workers((int) count);
        return this;
    }

    /** Asks for a graphics processor. There is none: says so once. */
    public ParallelLoop onGpu() {
        rank.remark(site + ": no graphics processor can be used here, so the loop runs on the processor's own cores");
        return this;
    }

    /** Runs this rank's iterations, on all its threads. */
    public void run(BoxKernel kernel) {
        run(NOTHING, kernel);
    }

    /** Runs this rank's iterations, on all its threads, and combines reductions that need no tree with all other ranks. Collective if there is one. */
    public Slots run(ReduceSpec spec, BoxKernel untimed) {
        BoxKernel kernel = Timed.box(this, untimed);
        Slots total = spec.identities();
        Overlap waiting = arriving;
        if (panels != null) {
            panels.run(strip -> run(strip, spec, kernel, total));
        } else if (waiting != null) {
            waiting.run(kernel, spec, total);
        } else {
            for (long k = 0; k < runs(); k++) {
                run(run(k), spec, kernel, total);
            }
        }
        return spec.size() == 0 ? total : TreeReduce.freeOnly(this, spec, total);
    }

    /** Runs a box, on all threads. */
    private void run(Box box, ReduceSpec spec, BoxKernel kernel, Slots total) {
        if (workers().count() == 1) {
            for (Box piece : FirstRuns.pieces(site, space, box)) {
                kernel.run(piece, total);
            }
            return;
        }
        List<Box> shares = Shares.of(space, box, workers().count(), 1);
        Slots[] each = new Slots[shares.size()];
        java.util.Arrays.setAll(each, k -> spec.identities());
        workers().run(w -> {
            if (w < each.length) {
                for (Box piece : FirstRuns.pieces(site, space, shares.get(w))) {
                    kernel.run(piece, each[w]);
                }
            }
        });
        for (Slots one : each) {
            spec.combine(total, one, spec.freeSlots());
        }
    }

    /** Gives arrays of the same parts the same layout, so that one offset and one set of strides serve all. Call it after halo exchanges. */
    public void align(PelArray... arrays) {
        if (arrays.length == 0) {
            return;
        }
        Root first = arrays[0].domain().root();
        for (PelArray array : arrays) {
            Root root = array.domain().root();
            if (root != first && root.sameParts(first)) {
                first.widen(root.below(), root.above());
            }
        }
        for (PelArray array : arrays) {
            Root root = array.domain().root();
            if (root != first && root.sameParts(first)) {
                root.widen(first.below(), first.above());
            }
            array.relayout();
        }
    }

    /** Whether on every rank the iterations are indices that it owns in {@code a}, so that accesses at the loop's own index are local. */
    public boolean owns(PelArray a) {
        return parts.ownedIn(a.domain().root());
    }

    /** Fills the ghost cells that the loop reads; see {@link #halos}. */
    public void halo(PelArray a, Need need) {
        halos(new PelArray[] {a}, new Need[] {need});
    }

    /**
     * Fills the ghost cells of arrays that the loop {@link #owns}, one message per peer for all of them. Layouts grow as needed; arrays whose ghost cells
     * are fresh are skipped. Undistributed arrays take part only if periodic.
     */
    public void halos(PelArray[] arrays, Need[] needs) {
        Halos halos = Halos.of(this, arrays, needs, ahead);
        if (halos != null) {
            Runnable takeIn = halos.begin();
            arriving = overlapping && workers().count() == 1 ? halos.overlap(takeIn) : null;
            if (arriving == null) {
                takeIn.run();
            }
        }
    }

    /** As {@link #fetch(PelArray, Need)}, but nothing travels if {@code kept} has it from the time before. */
    public PelArray fetch(PelArray a, Need need, Kept kept) {
        Root root = a.domain().root();
        if (root.partition() == null && !root.periodic() || parts.scattered() || root.scattered()) {
            return fetch(a, need);
        }
        ExchangePlan plan = plan(a, need);
        PelArray known = kept.find(a, plan);
        return known != null ? known : kept.keep(a, plan, fetch(a, need));
    }

    /**
     * The elements of {@code a} that this rank's iterations read, in an array that stores the needed box (clipped to the domain; unwrapped if periodic): index
     * it with the same indices by its own strides and offset. It is {@code a} itself if that stores them all. Read only.
     */
    public PelArray fetch(PelArray a, Need need) {
        Root root = a.domain().root();
        if (root.partition() == null && !root.periodic()) {
            return a;
        }
        if (parts.scattered() || root.scattered()) {
            return Window.fetch(this, a, need);
        }
        ExchangePlan plan = plan(a, need);
        Box mine = plan.needed(rank.rank());
        boolean here = root.part(rank.rank()).contains(mine);
        if (plan.silent() && here) {
            return a;
        }
        PelArray target = here ? a : PelArray.over(mine, a.type());
        Exchange.run(this, "fetch", new PelArray[] {a}, new PelArray[] {target}, new ExchangePlan[] {plan});
        return target;
    }

    /** As {@link #fetch(PelArray, Need)}, for a loop that is {@link #run} without reductions: what is long comes in steps while it runs. */
    public PelArray fetchInPanels(PelArray a, Need need) {
        if (panels == null) {
            panels = Panels.of(this, a, need);
            return panels == null ? fetch(a, need) : panels.view();
        }
        return fetch(a, need);
    }

    /** The plan that brings each rank one box around all that its iterations need, or several that lie apart. */
    ExchangePlan plan(PelArray a, Need need) {
        int axes = a.axes();
        int ranks = rank.size();
        if (need.parts().size() > 1) {
            return apart(a, need.parts());
        }
        long[] values = new long[2 * axes * ranks];
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        for (int r = 0; r < ranks; r++) {
            needed(r, need, lo, hi);
            System.arraycopy(lo, 0, values, 2 * axes * r, axes);
            System.arraycopy(hi, 0, values, 2 * axes * r + axes, axes);
        }
        return ExchangePlan.of(a.domain().root(), values, ranks, rank.rank());
    }

    private ExchangePlan apart(PelArray a, List<Need> needs) {
        int axes = a.axes();
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        List<List<Box>> boxes = new ArrayList<>(rank.size());
        int most = 1;
        for (int r = 0; r < rank.size(); r++) {
            List<Box> all = new ArrayList<>(needs.size());
            for (Need need : needs) {
                needed(r, need, lo, hi);
                all.add(ExchangePlan.clip(a.domain().root(), new Box(lo.clone(), hi.clone())));
            }
            boxes.add(Disjoint.of(all));
            most = Math.max(most, boxes.get(r).size());
        }
        long[] values = new long[2 * axes * most * rank.size()];
        int at = 0;
        Box nothing = Box.empty(axes);
        for (List<Box> all : boxes) {
            for (int k = 0; k < most; k++, at += 2 * axes) {
                Box box = k < all.size() ? all.get(k) : nothing;
                System.arraycopy(box.lo(), 0, values, at, axes);
                System.arraycopy(box.hi(), 0, values, at + axes, axes);
            }
        }
        return ExchangePlan.of(a.domain().root(), values, rank.size(), rank.rank());
    }

    /** The needed box of rank {@code r}; nothing if it has no iterations. */
    void needed(int r, Need need, long[] lo, long[] hi) {
        Box box = parts.box(r);
        if (box.isEmpty()) {
            java.util.Arrays.fill(lo, 0);
            java.util.Arrays.fill(hi, -1);
        } else {
            need.box(box.lo(), box.hi(), lo, hi);
        }
    }

    /** Whether all that this rank's iterations read lies inside the domain of {@code a}, so that no access needs a check. Periodic: always. */
    public boolean inside(PelArray a, Need need) {
        return a.domain().periodic() || outside(a, need) < 0;
    }

    /** First axis on which the needed box of this rank leaves the domain of {@code a}; -1 if none. */
    private int outside(PelArray a, Need need) {
        long[] lo = new long[a.axes()];
        long[] hi = new long[a.axes()];
        needed(rank.rank(), need, lo, hi);
        if (new Box(lo, hi).isEmpty()) {
            return -1;
        }
        for (int d = 0; d < lo.length; d++) {
            if (lo[d] < a.domain().lo(d) || hi[d] > a.domain().hi(d) || a.domain().step(d) != 1) {
                return d;
            }
        }
        return -1;
    }

    /**
     * For accesses that every iteration makes: traps with the first index outside the domain, {@code index -1 of u is outside 0..9 on axis 0}.
     * Does nothing on periodic domains. Arrays over strided sets need checked accesses besides.
     */
    public void checkInside(PelArray a, String name, Need need) {
        int d = a.domain().periodic() ? -1 : outside(a, need);
        if (d < 0) {
            return;
        }
        long[] lo = new long[a.axes()];
        long[] hi = new long[a.axes()];
        needed(rank.rank(), need, lo, hi);
        Domain domain = a.domain();
        if (lo[d] >= domain.lo(d) && hi[d] <= domain.hi(d)) {
            return;
        }
        long first = lo[d] < domain.lo(d) ? lo[d] : Math.max(lo[d], domain.hi(d) + 1);
        throw new PelTrap("index " + first + " of " + name + " is outside " + domain.lo(d) + ".." + domain.hi(d) + " on axis " + d);
    }
}
