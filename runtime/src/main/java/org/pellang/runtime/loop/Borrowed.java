package org.pellang.runtime.loop;

import java.util.Arrays;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.Partition;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * A distributed array whose iterations read, at subscripts that may belong to other ranks, what they wrote there themselves: each rank works on a copy of
 * the box that it touches, marks what it writes, and the marked elements go to their owners at the loop's end. No two iterations write one component of one
 * element, and none reads what another one writes.
 */
public final class Borrowed {
    private final ParallelLoop loop;
    private final PelArray array;
    private final PelArray copy;
    private final int[][] paths;
    private final boolean[][] written;

    private Borrowed(ParallelLoop loop, PelArray array, PelArray copy, int[][] paths) {
        this.loop = loop;
        this.array = array;
        this.copy = copy;
        this.paths = paths;
        this.written = new boolean[paths.length][copy.layout().size()];
    }

    /**
     * Copies what the rank touches. Collective.
     *
     * @param touches the box that is read or written
     * @param paths the components of elements that are written, each with marks of its own; an empty path is the whole element
     */
    public static Borrowed open(ParallelLoop loop, PelArray array, Need touches, int[]... paths) {
        return new Borrowed(loop, array, copy(loop, array, touches), paths);
    }

    /** A copy of the box that the rank touches; of all of a replicated array. Collective. */
    public static PelArray copy(ParallelLoop loop, PelArray array, Need touches) {
        return array.domain().isDistributed() ? part(loop, array, touches) : array.copy();
    }

    private static PelArray part(ParallelLoop loop, PelArray array, Need touches) {
        ExchangePlan plan = loop.plan(array, touches);
        Box mine = plan.needed(loop.rank().rank());
        Domain domain = array.domain();
        Domain part = domain.periodic() && mine.equals(domain.box())
                ? Domain.localPeriodic(mine.lo(), mine.hi())
                : Domain.local(mine.lo(), mine.hi());
        PelArray copy = PelArray.create(part, array.type());
        Exchange.run(loop, "borrow", new PelArray[] {array}, new PelArray[] {copy}, new ExchangePlan[] {plan});
        return copy;
    }

    /** The copy, with the indices of the array. */
    public PelArray elements() {
        return copy;
    }

    /** Marks, by place in the copy, for path number {@code k}; the loop sets those that it writes. */
    public boolean[] written(int k) {
        return written[k];
    }

    /** Brings what was written to the owners. Collective. */
    public void end() {
        array.touch();
        int ranks = loop.rank().size();
        Encoder[] out = new Encoder[ranks];
        Arrays.setAll(out, r -> new Encoder());
        Partition partition = java.util.Objects.requireNonNull(array.domain().root().partition());
        Box box = copy.domain().box();
        for (int k = 0; k < paths.length; k++) {
            PelArray part = copy.component(paths[k]);
            for (int at = 0; at < written[k].length; at++) {
                if (written[k][at]) {
                    long[] index = index(box, at);
                    Encoder to = out[partition.owner(index)];
                    to.putInt(k);
                    for (long i : index) {
                        to.putLong(i);
                    }
                    Rows.packPlaces(part, at, 1, to);
                }
            }
        }
        byte[][] leaving = new byte[ranks][];
        Arrays.setAll(leaving, r -> out[r].toBytes());
        PelArray[] parts = new PelArray[paths.length];
        Arrays.setAll(parts, k -> array.component(paths[k]));
        long[] index = new long[array.axes()];
        for (byte[] arrived : loop.alltoall("give back", leaving)) {
            Decoder in = new Decoder(arrived);
            while (in.remaining() > 0) {
                int k = in.getInt();
                for (int d = 0; d < index.length; d++) {
                    index[d] = in.getLong();
                }
                Rows.unpackPlaces(in, parts[k], array.layout().place(index), 1);
            }
        }
    }

    /** The index of a place in row-major order. */
    static long[] index(Box box, int at) {
        long[] index = new long[box.axes()];
        long rest = at;
        for (int d = index.length - 1; d >= 0; d--) {
            index[d] = box.lo()[d] + rest % box.extent(d);
            rest /= box.extent(d);
        }
        return index;
    }
}
