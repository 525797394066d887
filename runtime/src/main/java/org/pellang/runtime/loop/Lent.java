package org.pellang.runtime.loop;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Op;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Column;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.NewArrays;
import org.pellang.runtime.array.Partition;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * An array that functions change by themselves which a divided loop calls (recursive ones, function values): the loop does not see the subscripts. Each rank
 * lends them a copy of the whole array, and afterwards what has changed in it goes to its owners, or to every rank.
 *
 * <p>If the array is only updated with one operator, iterations may meet in one element. Then the copy holds the operator's identity, and what an
 * iteration has added to it is applied in the order of the iterations, so that float sums have the same bits on any number of ranks.
 */
public final class Lent {
    private final ParallelLoop loop;
    private final PelArray array;
    private final PelArray copy;
    /** What the copy held when the loop began, or identities. */
    private final PelArray before;
    private final @Nullable Scatter contributions;
    private final boolean ordered;

    private Lent(ParallelLoop loop, PelArray array, PelArray copy, @Nullable Op op) {
        this.loop = loop;
        this.array = array;
        this.copy = copy;
        if (op != null) {
            identities(copy, op);
        }
        this.before = copy.copy();
        this.contributions = op == null ? null : contributions(loop, array, op);
        this.ordered = op != null && ArrayOperators.ordered(array.type(), op);
    }

    /**
     * Makes the copy. Collective.
     *
     * @param op the operator if the array is only updated, null: no two iterations change one element
     */
    public static Lent open(ParallelLoop loop, PelArray array, @Nullable Op op) {
        Need all = (from, to, lo, hi) -> {
            System.arraycopy(array.domain().box().lo(), 0, lo, 0, lo.length);
            System.arraycopy(array.domain().box().hi(), 0, hi, 0, hi.length);
        };
        boolean numbers = true;
        for (int k = 0; k < array.type().columns(); k++) {
            numbers &= array.type().column(k) != Column.OBJ;
        }
        boolean product = op == Op.PROD && array.type().columns() > 1;
        return new Lent(loop, array, Borrowed.copy(loop, array, all), numbers && !product ? op : null);
    }

    /** The sum's identity is -0.0, which leaves even -0.0 as it is. */
    private static void identities(PelArray copy, Op op) {
        ArrayOperators.clear(copy, op);
        for (int k = 0; op == Op.SUM && k < copy.type().columns(); k++) {
            switch (copy.type().column(k)) {
                case F64 -> Arrays.fill(copy.f64(k), -0.0);
                case F32 -> Arrays.fill(copy.f32(k), -0.0f);
                case I64, I32, I16, I8, BOOL, OBJ -> {}
            }
        }
    }

    private static Scatter contributions(ParallelLoop loop, PelArray array, Op op) {
        if (array.type().columns() == 1) {
            return Scatter.update(loop, array, op);
        }
        PelArray one = PelArray.create(Domain.range(0, 1), array.type());
        PelArray two = PelArray.create(Domain.range(0, 1), array.type());
        return Scatter.changes(loop, array, (which, element, value) -> {
            one.set(0, element);
            two.set(0, value);
            return ((PelArray) ArrayOperators.of(op).apply(one, two)).get(0);
        }, array.type().codec());
    }

    /** What the functions get, with the indices of the array. */
    public PelArray elements() {
        return copy;
    }

    /** To be called at the start of each iteration (unused axes 0) if the array is only updated. */
    public void iteration(long i, long j, long k) {
        if (contributions != null && ordered) {
            contribute(contributions);
            contributions.iteration(i, j, k);
        }
    }

    private void contribute(Scatter to) {
        Box box = copy.domain().box();
        for (int at = 0; at < copy.layout().size(); at++) {
            if (same(at)) {
                continue;
            }
            long[] index = Borrowed.index(box, at);
            long j = index.length > 1 ? index[1] : 0;
            long k = index.length > 2 ? index[2] : 0;
            if (copy.type().columns() > 1) {
                to.putChange(0, copy.get(at), index[0], j, k);
            } else {
                switch (copy.type().column(0)) {
                    case F64, F32 -> to.putFloat(copy.getDouble(at), index[0], j, k);
                    case I64, I32, I16, I8 -> to.putInt(copy.getLong(at), index[0], j, k);
                    case BOOL -> to.putInt(copy.bool(0)[at] ? 1 : 0, index[0], j, k);
                    case OBJ -> throw new IllegalStateException("contributions of objects");
                }
            }
            copy.set(at, before.get(at));
        }
    }

    private boolean same(int at) {
        for (int k = 0; k < copy.type().columns(); k++) {
            if (!same(k, at)) {
                return false;
            }
        }
        return true;
    }

    private boolean same(int k, int at) {
        return switch (copy.type().column(k)) {
            case F64 -> Double.doubleToRawLongBits(copy.f64(k)[at]) == Double.doubleToRawLongBits(before.f64(k)[at]);
            case F32 -> Float.floatToRawIntBits(copy.f32(k)[at]) == Float.floatToRawIntBits(before.f32(k)[at]);
            case I64 -> copy.i64(k)[at] == before.i64(k)[at];
            case I32 -> copy.i32(k)[at] == before.i32(k)[at];
            case I16 -> copy.i16(k)[at] == before.i16(k)[at];
            case I8 -> copy.i8(k)[at] == before.i8(k)[at];
            case BOOL -> copy.bool(k)[at] == before.bool(k)[at];
            case OBJ -> Objects.equals(copy.obj(k)[at], before.obj(k)[at]);
        };
    }

    /** Brings what has changed to its owners. Collective. */
    public void end() {
        if (contributions != null) {
            contribute(contributions);
            contributions.end();
            return;
        }
        array.touch();
        int ranks = loop.rank().size();
        Partition partition = array.domain().root().partition();
        Encoder[] out = new Encoder[ranks];
        Arrays.setAll(out, r -> new Encoder());
        Box box = copy.domain().box();
        for (int k = 0; k < copy.type().columns(); k++) {
            PelArray column = NewArrays.column(copy, k);
            for (int at = 0; at < copy.layout().size(); at++) {
                if (same(k, at)) {
                    continue;
                }
                long[] index = Borrowed.index(box, at);
                Encoder to = out[partition == null ? 0 : partition.owner(index)];
                to.putInt(k);
                for (long i : index) {
                    to.putLong(i);
                }
                Rows.packPlaces(column, at, 1, to);
            }
        }
        byte[][] arrived = partition == null ? loop.allgather("give back", out[0].toBytes())
                : loop.alltoall("give back", Arrays.stream(out).map(Encoder::toBytes).toArray(byte[][]::new));
        long[] index = new long[array.axes()];
        for (byte[] bytes : arrived) {
            Decoder in = new Decoder(bytes);
            while (in.remaining() > 0) {
                PelArray column = NewArrays.column(array, in.getInt());
                for (int d = 0; d < index.length; d++) {
                    index[d] = in.getLong();
                }
                Rows.unpackPlaces(in, column, array.layout().place(index), 1);
            }
        }
    }
}
