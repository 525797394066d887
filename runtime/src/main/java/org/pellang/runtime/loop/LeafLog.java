package org.pellang.runtime.loop;

import java.util.Arrays;
import java.util.List;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * Runs pieces of rows in any order, on several threads, and keeps what each leaf of the reduction tree gives, so that the tree can be evaluated afterwards as if
 * the loop had run in order. Leaves of which a piece came are kept element by element. Without reductions on the tree it only keeps the others' values.
 */
final class LeafLog {
    private final ParallelLoop loop;
    private final ReduceSpec spec;
    private final TreeShape shape;
    private final LeafKernel kernel;
    private final Box cover;
    private final boolean anywhere;
    private final boolean tree;
    private final int last;
    private final int leavesPerRow;
    private final long firstLeaf;
    private final LeafStore leaves;
    private final Worker[] workers;
    private long[] index = {};
    private LeafStore elements;

    /** What one thread has found. */
    private static final class Worker {
        final Slots total;
        final Slots value;
        final LeafStore elements;
        long[] index = new long[16];
        int size;
        int[] done = new int[16];
        int leaves;

        Worker(ReduceSpec spec) {
            total = spec.identities();
            value = spec.identities();
            elements = new LeafStore(spec, 16);
        }
    }

    /** @param anywhere whether any rank may run any piece, else only those of its own part */
    LeafLog(ParallelLoop loop, ReduceSpec spec, TreeShape shape, boolean anywhere, LeafKernel kernel) {
        this.loop = loop;
        this.spec = spec;
        this.shape = shape;
        this.kernel = kernel;
        this.anywhere = anywhere;
        this.last = loop.space().axes() - 1;
        this.cover = anywhere ? loop.space().box() : loop.parts().cover(loop.rank().rank());
        this.tree = spec.treeSlots().length > 0 && !cover.isEmpty();
        this.workers = new Worker[loop.workers().count()];
        Arrays.setAll(workers, w -> new Worker(spec));
        firstLeaf = tree ? shape.position(last, cover.lo()[last]) : 0;
        leavesPerRow = tree ? Math.toIntExact(shape.position(last, cover.hi()[last]) - firstLeaf + 1) : 0;
        leaves = new LeafStore(spec, tree ? Math.multiplyExact(rows(), leavesPerRow) : 0);
        elements = leaves;
    }

    /** A rank's part of a loop on all its threads. */
    static Slots onThreads(ParallelLoop loop, ReduceSpec spec, LeafKernel kernel) {
        TreeShape shape = new TreeShape(loop.space());
        LeafLog log = new LeafLog(loop, spec, shape, false, kernel);
        List<Box> shares = Shares.of(loop.space(), loop.box(), loop.workers().count(), shape.leaf());
        loop.workers().run(w -> {
            if (w < shares.size()) {
                Rows.forEach(shares.get(w), (index, n) -> log.row(w, index, n));
            }
        });
        return log.result();
    }

    private void row(int worker, long[] index, int n) {
        for (int d = 0; d < last; d++) {
            if (shape.atLeast(d, index[d]) != index[d]) {
                return;
            }
        }
        run(worker, last > 0 ? index[0] : 0, last > 1 ? index[1] : 0, index[last], index[last] + n - 1);
    }

    private int rows() {
        long rows = 1;
        for (int d = 0; d < last; d++) {
            rows = Math.multiplyExact(rows, cover.extent(d));
        }
        return Math.toIntExact(rows);
    }

    private int leaf(long i0, long i1, long position) {
        long row = last > 0 ? i0 - cover.lo()[0] : 0;
        row = last > 1 ? row * cover.extent(1) + i1 - cover.lo()[1] : row;
        return Math.toIntExact(row * leavesPerRow + position - firstLeaf);
    }

    private long linear(long i0, long i1, long i) {
        Domain space = loop.space();
        return switch (last) {
            case 0 -> space.linear(i, 0, 0);
            case 1 -> space.linear(i0, i, 0);
            default -> space.linear(i0, i1, i);
        };
    }

    /** Runs iterations {@code from..to} of a row on a thread. */
    void run(int worker, long i0, long i1, long from, long to) {
        Worker w = workers[worker];
        if (!tree) {
            // Pieces come in any order: of equal extremes the kernel itself would keep that of the earlier piece.
            call(w, i0, i1, from, to);
            return;
        }
        long step = loop.space().step(last);
        for (long i = from; i <= to; ) {
            long position = shape.position(last, i);
            long end = shape.atMost(last, Math.min(to, shape.end(last, position)));
            if (i == shape.atLeast(last, shape.first(last, position)) && end == shape.atMost(last, shape.end(last, position))) {
                call(w, i0, i1, i, end);
                int at = leaf(i0, i1, position);
                leaves.save(at, w.value);
                if (anywhere) {
                    done(w, at);
                }
            } else {
                for (long k = i; k <= end; k += step) {
                    call(w, i0, i1, k, k);
                    element(w, linear(i0, i1, k));
                }
            }
            spec.identity(w.value, spec.treeSlots());
            i = end + step;
        }
    }

    /** One call of the kernel; free slots go into the thread's total at once. */
    private void call(Worker w, long i0, long i1, long from, long to) {
        spec.identity(w.value, spec.treeSlots());
        kernel.leaf(i0, i1, from, to, w.value);
        int[] free = spec.freeSlots();
        if (free.length > 0) {
            spec.combine(w.total, w.value, free);
            spec.identity(w.value, free);
        }
    }

    private static void done(Worker w, int leaf) {
        if (w.leaves == w.done.length) {
            w.done = Arrays.copyOf(w.done, 2 * w.leaves);
        }
        w.done[w.leaves++] = leaf;
    }

    private static void element(Worker w, long index) {
        if (w.size == w.index.length) {
            w.index = Arrays.copyOf(w.index, 2 * w.size);
            w.elements.grow(2 * w.size);
        }
        w.index[w.size] = index;
        w.elements.save(w.size++, w.value);
    }

    /** Evaluates the tree; the same values on all ranks. Collective if there is a reduction. */
    Slots result() {
        Slots total = spec.identities();
        for (Worker w : workers) {
            spec.combine(total, w.total, spec.freeSlots());
        }
        if (spec.size() == 0) {
            return total;
        }
        if (spec.treeSlots().length == 0) {
            return TreeReduce.freeOnly(loop, spec, total);
        }
        if (!anywhere) {
            sort();
            return TreeReduce.run(loop, spec, total, this::replay);
        }
        Slots all = loop.rank().size() == 1 ? total : exchange(total);
        sort();
        return TreeReduce.whole(loop, spec, all, this::replay);
    }

    /** Gets what all ranks have found: whole leaves, then elements, then the other slots. */
    private Slots exchange(Slots total) {
        Slots scratch = spec.identities();
        Encoder out = new Encoder();
        for (Worker w : workers) {
            out.putInt(w.leaves).putInt(w.size);
            for (int k = 0; k < w.leaves; k++) {
                leaves.write(out.putInt(w.done[k]), w.done[k], scratch);
            }
            for (int k = 0; k < w.size; k++) {
                w.elements.write(out.putLong(w.index[k]), k, scratch);
            }
        }
        spec.write(out, total, spec.freeSlots());
        Slots all = spec.identities();
        byte[][] parts = loop.allgather("reduce", out.toBytes());
        for (int r = 0; r < parts.length; r++) {
            Decoder in = new Decoder(parts[r]);
            for (int w = 0; w < workers.length; w++) {
                int whole = in.getInt();
                int single = in.getInt();
                for (int k = 0; k < whole; k++) {
                    leaves.read(in, in.getInt(), scratch);
                }
                for (int k = 0; k < single; k++) {
                    long at = in.getLong();
                    spec.read(in, workers[0].value, spec.treeSlots());
                    if (r != loop.rank().rank()) {
                        element(workers[0], at);
                    }
                }
            }
            Slots free = spec.identities();
            spec.read(in, free, spec.freeSlots());
            spec.combine(all, free, spec.freeSlots());
        }
        return all;
    }

    /** Puts the single elements of all threads in order of their indices. */
    private void sort() {
        int size = 0;
        for (Worker w : workers) {
            size += w.size;
        }
        record At(long index, Worker worker, int number) {}
        At[] all = new At[size];
        int next = 0;
        for (Worker w : workers) {
            for (int k = 0; k < w.size; k++) {
                all[next++] = new At(w.index[k], w, k);
            }
        }
        Arrays.sort(all, java.util.Comparator.comparingLong(At::index));
        index = new long[size];
        elements = new LeafStore(spec, size);
        Slots scratch = spec.identities();
        for (int k = 0; k < size; k++) {
            index[k] = all[k].index;
            all[k].worker.elements.load(all[k].number, scratch);
            elements.save(k, scratch);
        }
    }

    /** The value of a leaf, or of a single element, as the kernel gave it. */
    private void replay(long i0, long i1, long from, long to, Slots out) {
        int at = index.length == 0 ? -1 : Arrays.binarySearch(index, linear(i0, i1, from));
        if (at < 0) {
            leaves.load(leaf(i0, i1, shape.position(last, from)), out);
        } else if (from == to) {
            elements.load(at, out);
        } else {
            folded(at, linear(i0, i1, to), i0, i1, from, out);
        }
    }

    /** A leaf of which pieces came: its elements from number {@code at} on. */
    private void folded(int at, long end, long i0, long i1, long from, Slots out) {
        CutLeaf parts = new CutLeaf(spec);
        TreeStack one = new TreeStack(spec);
        Slots scratch = spec.identities();
        long position = shape.position(last, from);
        long base = linear(i0, i1, from);
        for (int k = at; k < index.length && index[k] <= end; k++) {
            elements.load(k, scratch);
            parts.add(one, position, from + index[k] - base, scratch);
        }
        parts.flush(one);
        one.finish(out);
    }
}
