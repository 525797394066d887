package org.pellang.runtime.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Workers;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * A replicated array that a divided loop writes: the ranks' pieces are put together on every rank at the loop's end. If each rank writes exactly a box
 * ({@link #own}, {@link #box}) the boxes are exchanged; else ({@link #begin}) the loop marks the places that it writes.
 */
public final class Merge {
    private static final VarHandle WRITERS = MethodHandles.arrayElementVarHandle(long[].class);

    private final ParallelLoop loop;
    private final PelArray array;
    private final Box @Nullable [][] boxes;
    private final boolean[] written;
    private final @Nullable String unique;
    private final long[] writer;
    private long iteration;
    private long stride = 1;
    private final @Nullable Merge[] others;

    private Merge(ParallelLoop loop, PelArray array, Box @Nullable [][] boxes) {
        this(loop, array, boxes, null);
    }

    private Merge(ParallelLoop loop, PelArray array, Box @Nullable [][] boxes, @Nullable String unique) {
        this.loop = loop;
        this.array = array;
        this.boxes = boxes;
        this.written = boxes == null ? new boolean[array.layout().size()] : new boolean[0];
        this.unique = unique;
        this.writer = new long[unique == null ? 0 : array.layout().size()];
        this.others = new Merge[loop.workers().count()];
    }

    /** The same for another thread: it counts iterations apart. */
    private Merge(Merge all, int worker) {
        loop = all.loop;
        array = all.array;
        boxes = all.boxes;
        written = all.written;
        unique = all.unique;
        writer = all.writer;
        others = all.others;
        iteration = worker + 1L;
        stride = loop.workers().count();
    }

    /** What the calling thread marks in: the threads of one rank count their iterations apart. */
    public Merge here() {
        int worker = Workers.current();
        if (others.length == 1) {
            return this;
        }
        Merge other = others[worker];
        if (other == null) {
            other = new Merge(this, worker);
            others[worker] = other;
        }
        return other;
    }

    /** For a loop that writes some elements: it must set {@link #written} at each place. */
    public static Merge begin(ParallelLoop loop, PelArray array) {
        return new Merge(loop, array, null);
    }

    /**
     * {@code a[unique(g(i))] = x}: traps if two iterations write one element. The loop must call {@link #iteration} at the start of each iteration and
     * {@link #once} at each place that it writes.
     *
     * @param name of the array, for the message
     */
    public static Merge unique(ParallelLoop loop, PelArray array, String name) {
        return new Merge(loop, array, null, name);
    }

    /** For a loop whose every iteration writes the element at its own index. */
    public static Merge own(ParallelLoop loop, PelArray array) {
        boolean sparse = false;
        for (int d = 0; d < array.axes(); d++) {
            sparse |= loop.space().step(d) != 1;
        }
        return sparse ? strided(loop, array) : box(loop, array, Views.OWN);
    }

    /** For a loop in which each box that a rank runs writes every element of the box that {@code writes} gives for it. */
    public static Merge box(ParallelLoop loop, PelArray array, Need writes) {
        Parts parts = loop.parts();
        Box[][] boxes = new Box[loop.rank().size()][];
        for (int r = 0; r < boxes.length; r++) {
            boxes[r] = new Box[Math.toIntExact(parts.runs(r))];
            for (int k = 0; k < boxes[r].length; k++) {
                Box box = parts.run(r, k);
                boxes[r][k] = Box.empty(array.axes());
                if (!box.isEmpty()) {
                    long[] lo = new long[array.axes()];
                    long[] hi = new long[array.axes()];
                    writes.box(box.lo(), box.hi(), lo, hi);
                    boxes[r][k] = new Box(lo, hi).intersect(array.domain().box());
                }
            }
        }
        return new Merge(loop, array, boxes);
    }

    /** Own indices of a strided space: mark them, since the boxes of neighbours' gaps must not be overwritten. */
    private static Merge strided(ParallelLoop loop, PelArray array) {
        Merge merge = begin(loop, array);
        Domain space = loop.space();
        for (long k = 0; k < loop.runs(); k++) {
            Rows.forEach(loop.run(k), (index, n) -> {
                for (int d = 0; d < index.length - 1; d++) {
                    if ((index[d] - space.lo(d)) % space.step(d) != 0) {
                        return;
                    }
                }
                int at = array.layout().place(index);
                for (long i = 0; i < n; i += space.step(index.length - 1)) {
                    merge.written[at + (int) i] = true;
                }
            });
        }
        return merge;
    }

    /** Flags by place in the array's columns; the loop sets those that it writes. Empty if boxes are known. */
    public boolean[] written() {
        return written;
    }

    /** The next iteration begins. */
    public void iteration() {
        iteration += stride;
    }

    /** Marks a place as written by this iteration. Traps if another one wrote it. */
    public void once(int place) {
        long before = (long) WRITERS.getAndSet(writer, place, iteration);
        if (before != 0 && before != iteration) {
            throw twice(place);
        }
        written[place] = true;
    }

    private PelTrap twice(int place) {
        Box bounds = array.domain().root().bounds();
        long[] index = new long[array.axes()];
        long rest = place;
        for (int d = index.length - 1; d >= 0; d--) {
            index[d] = bounds.lo()[d] + rest % bounds.extent(d);
            rest /= bounds.extent(d);
        }
        return new PelTrap("two iterations write " + unique + Arrays.toString(index) + ": its subscript is not unique");
    }

    /** Puts the pieces together. Collective. */
    public void end() {
        array.touch();
        if (loop.rank().size() == 1) {
            return;
        }
        if (boxes == null) {
            endMarked();
        } else {
            endBoxes(boxes);
        }
    }

    private void endBoxes(Box[][] written) {
        int self = loop.rank().rank();
        Encoder out = new Encoder();
        for (Box box : written[self]) {
            Rows.pack(array, box, out);
        }
        byte[][] parts = loop.allgather("merge", out.toBytes());
        for (int r = 0; r < parts.length; r++) {
            Decoder in = new Decoder(parts[r]);
            for (Box box : written[r]) {
                if (r != self) {
                    Rows.unpack(in, array, box);
                }
            }
        }
    }

    /** Runs of written places: first place, length, elements. */
    private void endMarked() {
        Encoder out = new Encoder();
        int i = 0;
        while (i < written.length) {
            if (!written[i]) {
                i++;
                continue;
            }
            int first = i;
            while (i < written.length && written[i]) {
                i++;
            }
            out.putInt(first).putInt(i - first);
            Rows.packPlaces(array, first, i - first, out);
        }
        byte[][] parts = loop.allgather("merge", out.toBytes());
        for (int r = 0; r < parts.length; r++) {
            Decoder in = new Decoder(parts[r]);
            while (r != loop.rank().rank() && in.remaining() > 0) {
                int first = in.getInt();
                int count = in.getInt();
                for (int place = first; unique != null && place < first + count; place++) {
                    if (written[place]) {
                        throw twice(place);
                    }
                    written[place] = true;
                }
                Rows.unpackPlaces(in, array, first, count);
            }
        }
    }
}
