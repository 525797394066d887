package org.pellang.runtime.loop;

import org.pellang.runtime.Comm;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.SharedWords;
import org.pellang.runtime.Workers;
import org.pellang.runtime.array.Domain;

/**
 * Runs a loop whose iterations go to whichever rank and thread is idle, in chunks: pieces of a row of the last axis, or several whole rows. Reductions are
 * evaluated on the tree of the whole space, so the schedule does not show in the result; where it costs little balance, chunks are made of whole leaves.
 */
public final class Chunks {
    /** No chunk size was given. */
    public static final long UNSAID = Long.MIN_VALUE;

    /** Chunks that a thread gets on average if no size is given. */
    private static final int PER_THREAD = 16;
    private static final int MOST = 1 << 30;

    /** How chunks are handed out. */
    public enum Kind {
        /** One by one. */
        DYNAMIC,
        /** As many as are worth it: the rest divided by twice the number of threads. */
        GUIDED,
        /** A block to each rank; the idle take from the others. */
        STEAL
    }

    private final ParallelLoop loop;
    private final Domain space;
    private final TreeShape shape;
    private final LeafLog log;
    private final int last;
    private final long rows;
    private final long rowsPerChunk;
    private final long piecesPerRow;
    private final long pieceWidth;
    private final long pieceOrigin;

    private Chunks(ParallelLoop loop, ReduceSpec spec, long amount, LeafKernel kernel) {
        this.loop = loop;
        this.space = loop.space();
        this.shape = new TreeShape(space);
        this.log = new LeafLog(loop, spec, shape, true, kernel);
        this.last = space.axes() - 1;
        long width = space.extent(last);
        long all = 1;
        for (int d = 0; d < last; d++) {
            all = Math.multiplyExact(all, space.extent(d));
        }
        rows = width == 0 ? 0 : all;
        long size = Math.max(amount, 1);
        if (amount == UNSAID) {
            size = Math.max(1, Math.ceilDiv(space.size(), (long) PER_THREAD * loop.rank().size() * loop.workers().count()));
        } else if (amount < 1) {
            throw new PelTrap("a chunk has at least one iteration, not " + amount);
        }
        size = Math.max(size, Math.ceilDiv(space.size(), MOST / 2));
        if (size >= width && last > 0) {
            rowsPerChunk = Math.ceilDiv(size, Math.max(1, width));
            piecesPerRow = 1;
            pieceWidth = Math.max(1, space.hi(last) - space.lo(last) + 1);
            pieceOrigin = space.lo(last);
        } else {
            long leaf = spec.treeSlots().length > 0 && space.step(last) == 1 && size >= shape.leaf() ? shape.leaf() : 1;
            rowsPerChunk = 1;
            pieceWidth = Math.multiplyExact(Math.ceilDiv(Math.min(size, Math.max(1, width)), leaf) * leaf, space.step(last));
            pieceOrigin = leaf > 1 ? Math.floorDiv(space.lo(last), leaf) * leaf : space.lo(last);
            piecesPerRow = width == 0 ? 0 : Math.floorDiv(space.hi(last) - pieceOrigin, pieceWidth) + 1;
        }
    }

    /**
     * Runs the loop. Collective.
     *
     * @param spec reductions, none of them: an empty one
     * @param amount iterations of a chunk, about; with {@code GUIDED} of the smallest; {@link #UNSAID}: by the number of threads
     * @param kernel runs a piece of a row
     * @return the reductions' values; the same on all ranks
     */
    public static Slots run(ParallelLoop loop, ReduceSpec spec, Kind kind, long amount, LeafKernel kernel) {
        LeafKernel timed = Timed.leaf(loop, kernel);
        ExactReduce exact = ExactReduce.of(loop, spec);
        Chunks chunks = new Chunks(loop, spec, amount, exact == null ? timed : exact.around(timed));
        int count = Math.toIntExact(Math.ceilDiv(chunks.rows, chunks.rowsPerChunk) * chunks.piecesPerRow);
        Workers workers = loop.workers();
        WorkSource source = source(loop, kind, count);
        workers.run(worker -> {
            for (long some = source.next(); some != 0 && !workers.failed(); some = source.next()) {
                for (int k = 0; k < WorkSource.count(some); k++) {
                    chunks.chunk(worker, WorkSource.first(some) + k);
                }
            }
        });
        Slots values = chunks.log.result();
        return exact == null ? values : exact.result(values);
    }

    private static WorkSource source(ParallelLoop loop, Kind kind, int count) {
        int ranks = loop.rank().size();
        int threads = loop.workers().count();
        if (ranks == 1 && threads == 1) {
            return new WorkSource.All(count);
        }
        Comm comm = loop.comm();
        SharedWords words = comm.sharedWords();
        int self = comm.rank();
        if (!words.areShared()) {
            return new WorkSource.Cards(count, self, ranks);
        }
        // Nobody asks for work of the loop before any more.
        comm.barrier(loop.site());
        switch (kind) {
            case DYNAMIC, GUIDED -> {
                if (self == 0) {
                    words.set(0, 0);
                }
            }
            case STEAL -> words.set(self, WorkSource.pack((long) count * self / ranks, (long) count * (self + 1) / ranks));
        }
        comm.barrier(loop.site());
        return switch (kind) {
            case DYNAMIC -> new WorkSource.Counter(words, count, 0);
            case GUIDED -> new WorkSource.Counter(words, count, 2 * ranks * threads);
            case STEAL -> new WorkSource.Blocks(words, self, ranks);
        };
    }

    private void chunk(int worker, int number) {
        long first = number / piecesPerRow * rowsPerChunk;
        long piece = number % piecesPerRow;
        long from = shape.atLeast(last, pieceOrigin + piece * pieceWidth);
        long to = shape.atMost(last, pieceOrigin + (piece + 1) * pieceWidth - 1);
        for (long row = first; row < Math.min(rows, first + rowsPerChunk) && from <= to; row++) {
            long i1 = last < 2 ? 0 : space.lo(1) + row % space.extent(1) * space.step(1);
            long i0 = last == 0 ? 0 : space.lo(0) + (last < 2 ? row : row / space.extent(1)) * space.step(0);
            log.run(worker, i0, i1, from, to);
        }
    }
}
