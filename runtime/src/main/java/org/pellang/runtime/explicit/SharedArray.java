package org.pellang.runtime.explicit;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.Part;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.Window;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;

/**
 * A {@code shared var}: each rank has an array of one shape, which the others reach in epochs. Elements are named by their place in the
 * columns and the first of the columns that are meant. Stores and updates are kept here and exchanged when the epoch ends; they are
 * carried out by rank, then in the order of the program, so the bits do not depend on timing. Reads and {@code fetch_add} go through
 * {@link Window}s, at once.
 */
public final class SharedArray {
    private final PelArray array;
    private final String name;
    private final Comm comm;
    private final Object[] columns;
    private final Window[] windows;
    private final Outbox[] boxes;

    /**
     * Collective.
     *
     * @param name for messages
     * @param read whether the program reads elements of other ranks
     */
    public SharedArray(Rank rank, String name, PelArray array, boolean read) {
        this.array = array;
        this.name = name;
        this.comm = rank.world();
        this.columns = new Object[array.type().columns()];
        Arrays.setAll(columns, array::column);
        this.windows = new Window[read ? columns.length : 0];
        Arrays.setAll(windows, k -> comm.window(whole(columns[k])));
        this.boxes = new Outbox[comm.size()];
        Arrays.setAll(boxes, r -> new Outbox());
    }

    private static Part whole(Object column) {
        return Part.ofAny(column, 0, Array.getLength(column));
    }

    /** This rank's own part. */
    public PelArray array() {
        return array;
    }

    private int target(long rank) {
        if (rank < 0 || rank >= comm.size()) {
            throw new PelTrap("rank " + rank + " does not exist: there are ranks 0.." + (comm.size() - 1));
        }
        return (int) rank;
    }

    private void add(Update action, long rank, int at, int column, long word) {
        boxes[target(rank)].add(action, at, column, word, columns[column] instanceof long[], array.layout().size());
    }

    /** One int of a column of ints of any size. */
    public void update(Update action, long rank, int at, int column, long value) {
        add(action, rank, at, column, value);
    }

    /** One float of a column of floats. */
    public void update(Update action, long rank, int at, int column, double value) {
        add(action, rank, at, column, Double.doubleToRawLongBits(value));
    }

    /** A value of any type: component by component, from {@code column} on. */
    public void update(Update action, long rank, int at, int column, ElemType type, Object value) {
        PelArray one = single(type);
        one.set(0, value);
        for (int k = 0; k < type.columns(); k++) {
            add(action, rank, at, column + k, Update.word(one.column(k), 0));
        }
    }

    private static PelArray single(ElemType type) {
        return PelArray.ofObjects(type, type.zero());
    }

    /** One int. */
    public long getLong(long rank, int at, int column) {
        long[] one = new long[1];
        get(target(rank), at, column, one);
        return one[0];
    }

    /** One float. */
    public double getDouble(long rank, int at, int column) {
        double[] one = new double[1];
        get(target(rank), at, column, one);
        return one[0];
    }

    /** A value of any type. */
    public Object get(long rank, int at, int column, ElemType type) {
        PelArray one = single(type);
        for (int k = 0; k < type.columns(); k++) {
            get(target(rank), at, column + k, one.column(k));
        }
        return one.get(0);
    }

    private void get(int rank, int at, int column, Object one) {
        if (rank == comm.rank()) {
            Update.PUT.apply(one, 0, Update.word(columns[column], at));
        } else {
            windows[column].get(whole(one), rank, at);
        }
    }

    /** Adds at once; returns what was there before. */
    public long fetchAdd(long rank, int at, int column, long value) {
        int r = target(rank);
        if (r != comm.rank()) {
            long[] old = new long[1];
            windows[column].getAccumulate(Part.of(new long[] {value}), Part.of(old), r, at, Op.SUM);
            return old[0];
        }
        long before = Update.word(columns[column], at);
        Update.ADD.apply(columns[column], at, value);
        return before;
    }

    /** Adds at once; returns what was there before. */
    public double fetchAdd(long rank, int at, int column, double value) {
        int r = target(rank);
        if (r != comm.rank()) {
            double[] old = new double[1];
            windows[column].getAccumulate(Part.of(new double[] {value}), Part.of(old), r, at, Op.SUM);
            return old[0];
        }
        long before = Update.word(columns[column], at);
        Update.ADD.apply(columns[column], at, Double.doubleToRawLongBits(value));
        return Double.longBitsToDouble(before);
    }

    /** Collective, first thing in an epoch: what the ranks did with their own parts before is done. */
    public static void open(Rank rank, Site site) {
        rank.world().barrier(site);
    }

    /** Collective, last thing in an epoch: stores and updates are done everywhere when it returns. */
    public static void close(Rank rank, Site site, SharedArray... touched) {
        for (SharedArray shared : touched) {
            shared.exchange(site);
        }
        if (touched.length == 0) {
            rank.world().barrier(site);
        }
    }

    private void exchange(Site site) {
        for (int k = 0; k < columns.length; k++) {
            if (columns[k] != array.column(k)) {
                throw new PelTrap("`<=>` of the shared variable `" + name + "`");
            }
        }
        byte[][] out = new byte[boxes.length][];
        Arrays.setAll(out, r -> {
            long[] words = boxes[r].take();
            byte[] bytes = new byte[Long.BYTES * words.length];
            ByteBuffer.wrap(bytes).asLongBuffer().put(words);
            return bytes;
        });
        byte[][] in = comm.alltoallBytes(site, out);
        Map<Long, Integer> owners = new HashMap<>();
        for (int r = 0; r < in.length; r++) {
            var words = ByteBuffer.wrap(in[r]).asLongBuffer();
            while (words.hasRemaining()) {
                carryOut(r, words.get(), words.get(), owners);
            }
        }
    }

    private void carryOut(int origin, long head, long word, Map<Long, Integer> owners) {
        Update action = Outbox.action(head);
        if (action == Update.PUT) {
            Integer other = owners.putIfAbsent(head, origin);
            if (other != null && other != origin) {
                throw new PelTrap("ranks " + other + " and " + origin + " put the same element of `" + name + "` on rank " + comm.rank());
            }
        }
        action.apply(columns[Outbox.column(head)], Outbox.place(head), word);
    }
}
