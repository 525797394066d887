package org.pellang.runtime.loop;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Comm;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.Partition;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Root;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * Elements of a distributed array at subscripts that are known only when they are evaluated: an inspector lists them, the owners learn the lists once, and from
 * then on only values travel, as long as nothing changes on which the lists depend, and not even these while the array does not change. One message per pair
 * of ranks and time.
 */
public final class Gather {
    /** Above the tags of exchanges. */
    private static final int TAG = 0x7ff0_0004;

    private final ParallelLoop loop;
    private final PelArray array;
    private final Key key;
    private final @Nullable State state;
    private final @Nullable Schedule known;
    private final Box bounds;
    private final BitSet wanted = new BitSet();

    private record Key(int number) {}

    /** What the lists depend on. Compared by identity of arrays: equal contents would not do. */
    private record State(Domain space, PelArray[] arrays, long[] versions) {
        boolean same(State other) {
            boolean alike = space.sameSet(other.space) && space.root().sameParts(other.space.root()) && Arrays.equals(versions, other.versions);
            for (int k = 0; alike && k < arrays.length; k++) {
                alike = arrays[k] == other.arrays[k];
            }
            return alike;
        }
    }

    /**
     * Places in the array's own columns that leave, places in the copy where they arrive, by rank: runs of neighbours as pairs (first place, number); what stays on
     * this rank as triples (place in the array, place in the copy, number).
     */
    private record Schedule(@Nullable State state, int[][] leaving, int[][] arriving, int[] staying, PelArray copy, Contents contents) {}

    /** Of which array, in which version, the elements are in the copy. */
    private static final class Contents {
        private @Nullable PelArray of;
        private long version;

        /** Whether they are those of the array as it is now; from now on they are. Every rank finds the same. */
        boolean become(PelArray array) {
            boolean already = of == array && version == array.version();
            of = array;
            version = array.version();
            return already;
        }
    }

    private Gather(ParallelLoop loop, PelArray array, Key key, @Nullable State state) {
        this.loop = loop;
        this.array = array;
        this.key = key;
        this.state = state;
        this.bounds = array.domain().root().bounds();
        this.known = state != null && array.domain().root().plan(key) instanceof Schedule s && s.state() != null && s.state().same(state) ? s : null;
    }

    /**
     * Begins. All ranks make the same calls.
     *
     * @param number of the read in the program
     * @param lasting whether the lists may be used again while the versions of {@code arrays} stay the same on every rank
     * @param arrays what the lists depend on
     */
    public static Gather begin(ParallelLoop loop, PelArray array, int number, boolean lasting, PelArray[] arrays) {
        long[] versions = new long[arrays.length];
        Arrays.setAll(versions, k -> arrays[k].version());
        State state = lasting ? new State(loop.space(), arrays.clone(), versions) : null;
        return new Gather(loop, array, new Key(number), state);
    }

    /** Whether the elements must be listed. */
    public boolean stale() {
        return known == null && loop.rank().size() > 1;
    }

    /** The loop will read this element. Outside of the domain: nothing, the loop will find out. */
    public void need(long i) {
        if (i >= bounds.lo()[0] && i <= bounds.hi()[0]) {
            wanted.set(Math.toIntExact(i - bounds.lo()[0]));
        }
    }

    /** As {@link #need(long)} for two axes. */
    public void need(long i, long j) {
        if (bounds.contains(i, j)) {
            wanted.set(Math.toIntExact((i - bounds.lo()[0]) * bounds.extent(1) + j - bounds.lo()[1]));
        }
    }

    /** As {@link #need(long)} for three axes. */
    public void need(long i, long j, long k) {
        if (bounds.contains(i, j, k)) {
            long row = (i - bounds.lo()[0]) * bounds.extent(1) + j - bounds.lo()[1];
            wanted.set(Math.toIntExact(row * bounds.extent(2) + k - bounds.lo()[2]));
        }
    }

    /** An array that stores the listed elements under their own indices. Collective. */
    public PelArray fetch() {
        if (loop.rank().size() == 1) {
            return array;
        }
        Schedule schedule = known;
        if (schedule == null) {
            schedule = agree();
            array.domain().root().keepPlan(key, schedule);
        }
        if (!schedule.contents().become(array)) {
            move(schedule);
        }
        return schedule.copy();
    }

    /** Tells the owners what this rank wants, and learns what the others want. */
    private Schedule agree() {
        Root root = array.domain().root();
        Partition partition = java.util.Objects.requireNonNull(root.partition());
        int ranks = loop.rank().size();
        PelArray copy = PelArray.over(around(), array.type());
        Encoder[] lists = new Encoder[ranks];
        Arrays.setAll(lists, r -> new Encoder());
        int[][] arriving = new int[ranks][wanted.cardinality()];
        int[] counts = new int[ranks];
        for (int k = wanted.nextSetBit(0); k >= 0; k = wanted.nextSetBit(k + 1)) {
            long[] index = index(k);
            int owner = partition.owner(index);
            lists[owner].putInt(k);
            arriving[owner][counts[owner]++] = copy.layout().place(index);
        }
        Arrays.setAll(arriving, r -> Arrays.copyOf(arriving[r], counts[r]));
        byte[][] sent = new byte[ranks][];
        Arrays.setAll(sent, r -> lists[r].toBytes());
        byte[][] asked = loop.alltoall("lists", sent);
        int[][] leaving = new int[ranks][];
        for (int r = 0; r < ranks; r++) {
            Decoder in = new Decoder(asked[r]);
            leaving[r] = new int[asked[r].length / Integer.BYTES];
            for (int k = 0; k < leaving[r].length; k++) {
                leaving[r][k] = array.layout().place(index(in.getInt()));
            }
        }
        int self = loop.comm().rank();
        int[] staying = staying(leaving[self], arriving[self]);
        leaving[self] = new int[0];
        arriving[self] = new int[0];
        // Of several columns a run is packed column by column: both sides would have to cut the runs alike.
        boolean joined = array.type().columns() == 1;
        for (int r = 0; r < ranks; r++) {
            leaving[r] = runs(leaving[r], joined);
            arriving[r] = runs(arriving[r], joined);
        }
        return new Schedule(state, leaving, arriving, staying, copy, new Contents());
    }

    private static int[] runs(int[] places, boolean joined) {
        int[] runs = new int[2 * places.length];
        int n = 0;
        for (int at : places) {
            if (joined && n > 0 && runs[n - 2] + runs[n - 1] == at) {
                runs[n - 1]++;
            } else {
                runs[n++] = at;
                runs[n++] = 1;
            }
        }
        return Arrays.copyOf(runs, n);
    }

    private static int[] staying(int[] from, int[] to) {
        int[] runs = new int[3 * from.length];
        int n = 0;
        for (int k = 0; k < from.length; k++) {
            if (n > 0 && runs[n - 3] + runs[n - 1] == from[k] && runs[n - 2] + runs[n - 1] == to[k]) {
                runs[n - 1]++;
            } else {
                runs[n++] = from[k];
                runs[n++] = to[k];
                runs[n++] = 1;
            }
        }
        return Arrays.copyOf(runs, n);
    }

    /** The smallest box around the listed elements. */
    private Box around() {
        Box box = Box.empty(bounds.axes());
        for (int k = wanted.nextSetBit(0); k >= 0; k = wanted.nextSetBit(k + 1)) {
            long[] index = index(k);
            Box one = new Box(index, index.clone());
            box = box.isEmpty() ? one : Views.hull(box, one);
        }
        return box;
    }

    private long[] index(long number) {
        long[] index = new long[bounds.axes()];
        long rest = number;
        for (int d = index.length - 1; d >= 0; d--) {
            index[d] = bounds.lo()[d] + rest % bounds.extent(d);
            rest /= bounds.extent(d);
        }
        return index;
    }

    private void move(Schedule schedule) {
        Comm comm = loop.comm();
        int self = comm.rank();
        for (int step = 1; step < comm.size(); step++) {
            int peer = (self + step) % comm.size();
            if (schedule.leaving()[peer].length > 0) {
                loop.send("gather", packed(schedule.leaving()[peer]), peer, TAG);
            }
        }
        int[] staying = schedule.staying();
        for (int k = 0; k < staying.length; k += 3) {
            Rows.move(array, staying[k], schedule.copy(), staying[k + 1], staying[k + 2]);
        }
        for (int step = 1; step < comm.size(); step++) {
            int peer = (self - step + comm.size()) % comm.size();
            if (schedule.arriving()[peer].length > 0) {
                take(comm.recvBytes(peer, TAG), schedule, peer);
            }
        }
    }

    private byte[] packed(int[] runs) {
        long elements = 0;
        for (int k = 0; k < runs.length; k += 2) {
            elements += runs[k + 1];
        }
        Encoder out = new Encoder(Math.max(16, Math.toIntExact(elements * Math.max(1, array.type().bytes()))));
        for (int k = 0; k < runs.length; k += 2) {
            Rows.packPlaces(array, runs[k], runs[k + 1], out);
        }
        return out.toBytes();
    }

    private static void take(byte[] bytes, Schedule schedule, int peer) {
        Decoder in = new Decoder(bytes);
        int[] runs = schedule.arriving()[peer];
        for (int k = 0; k < runs.length; k += 2) {
            Rows.unpackPlaces(in, schedule.copy(), runs[k], runs[k + 1]);
        }
    }
}
