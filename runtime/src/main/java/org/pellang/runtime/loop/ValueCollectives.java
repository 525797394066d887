package org.pellang.runtime.loop;

import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.pellang.runtime.Comm;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;
import org.pellang.runtime.value.PelList;

/** The collectives of the language on any value. Operators are {@link ValueOperators#of} or a user's; lower ranks stand on their left. */
public final class ValueCollectives {
    private ValueCollectives() {}

    private static <T> BinaryOperator<byte[]> onBytes(Codec<T> codec, BinaryOperator<? super T> op) {
        @SuppressWarnings("unchecked")
        BinaryOperator<Object> any = (BinaryOperator<Object>) op;
        return (a, b) -> codec.boxed().encode(any.apply(codec.decode(a), codec.decode(b)));
    }

    /** All values combined, on every rank. */
    public static <T> T allreduce(Rank rank, Site site, Codec<T> codec, T x, BinaryOperator<? super T> op) {
        return codec.decode(rank.world().allreduceBytes(site, codec.encode(x), onBytes(codec, op)));
    }

    /** All values combined on {@code root}; {@code zero} elsewhere. */
    public static <T> T reduce(Rank rank, Site site, Codec<T> codec, T x, BinaryOperator<? super T> op, long root, T zero) {
        byte[] result = rank.world().reduceBytes(site, codec.encode(x), onBytes(codec, op), root(rank, root));
        return rank.rank() == root ? codec.decode(result) : zero;
    }

    /** The values of ranks 0 to this one combined. */
    public static <T> T scan(Rank rank, Site site, Codec<T> codec, T x, BinaryOperator<? super T> op) {
        return codec.decode(rank.world().scanBytes(site, codec.encode(x), onBytes(codec, op)));
    }

    /** The values of the ranks before this one combined; {@code identity} on rank 0. */
    public static <T> T exscan(Rank rank, Site site, Codec<T> codec, T x, BinaryOperator<? super T> op, T identity) {
        byte[] result = rank.world().exscanBytes(site, codec.encode(x), onBytes(codec, op));
        return result == null ? identity : codec.decode(result);
    }

    /** Root's value on every rank. */
    public static <T> T bcast(Rank rank, Site site, Codec<T> codec, T x, long root) {
        int from = root(rank, root);
        byte[] mine = rank.rank() == from ? codec.encode(x) : null;
        byte[] result = rank.world().bcastBytes(site, mine, from);
        return mine != null ? x : codec.decode(result);
    }

    /** One scalar of each rank as an array 0..<P on {@code root}; an empty array elsewhere. */
    public static PelArray gather(Rank rank, Site site, ElemType type, Object x, long root) {
        return ofScalars(type, rank.world().gatherBytes(site, type.codec().encode(x), root(rank, root)));
    }

    /** One scalar of each rank as an array 0..<P on every rank. */
    public static PelArray allgather(Rank rank, Site site, ElemType type, Object x) {
        return ofScalars(type, rank.world().allgatherBytes(site, type.codec().encode(x)));
    }

    private static PelArray ofScalars(ElemType type, byte[][] parts) {
        Object[] values = new Object[parts.length];
        Arrays.setAll(values, r -> type.codec().decode(parts[r]));
        return PelArray.ofObjects(type, values);
    }

    /** The 1-D arrays of all ranks one after the other on {@code root}; an empty array elsewhere. Lengths may differ. */
    public static PelArray gatherArray(Rank rank, Site site, PelArray x, long root) {
        return concatenate(x.type(), rank.world().gatherBytes(site, line(x, "gather"), root(rank, root)));
    }

    /** The 1-D arrays of all ranks one after the other on every rank. Lengths may differ. */
    public static PelArray allgatherArray(Rank rank, Site site, PelArray x) {
        return concatenate(x.type(), rank.world().allgatherBytes(site, line(x, "allgather")));
    }

    /** Root's 1-D array in blocks: elements {@code r*n//P ..< (r+1)*n//P} to rank r. The argument of the others gives the type only. */
    public static PelArray scatterArray(Rank rank, Site site, PelArray x, long root) {
        int ranks = rank.size();
        byte[][] parts = null;
        if (rank.rank() == root) {
            parts = new byte[ranks][];
            long n = x.length(0);
            for (int r = 0; r < ranks; r++) {
                parts[r] = line(x, "scatter", r * n / ranks, (r + 1) * n / ranks);
            }
        }
        return concatenate(x.type(), rank.world().scatterBytes(site, parts, root(rank, root)));
    }

    /** Element r of root's list to rank r; a list whose length is not the number of ranks traps. */
    public static <T> T scatterList(Rank rank, Site site, Codec<T> codec, PelList<T> list, long root) {
        byte[][] parts = rank.rank() == root ? encoded(rank, codec, list, "scatter") : null;
        return codec.decode(rank.world().scatterBytes(site, parts, root(rank, root)));
    }

    /** Block r of this rank's array to rank r; the blocks received in rank order. The length must be a multiple of the number of ranks (trap). */
    public static PelArray alltoallArray(Rank rank, Site site, PelArray x) {
        int ranks = rank.size();
        long n = x.length(0);
        if (n % ranks != 0) {
            throw new PelTrap("alltoall of " + n + " elements on " + ranks + " ranks: the length must be a multiple");
        }
        byte[][] parts = new byte[ranks][];
        for (int r = 0; r < ranks; r++) {
            parts[r] = line(x, "alltoall", r * (n / ranks), (r + 1) * (n / ranks));
        }
        return concatenate(x.type(), rank.world().alltoallBytes(site, parts));
    }

    /** Element r of this rank's list to rank r; what came from rank s is element s. */
    public static <T> PelList<T> alltoallList(Rank rank, Site site, Codec<T> codec, PelList<T> list) {
        PelList<T> result = new PelList<>();
        for (byte[] part : rank.world().alltoallBytes(site, encoded(rank, codec, list, "alltoall"))) {
            result.push(codec.decode(part));
        }
        return result;
    }

    /** Returns {@code x}; traps on every rank if its bits differ between ranks. */
    public static <T> T agree(Rank rank, Site site, Codec<T> codec, T x) {
        byte[] mine = codec.encode(x);
        byte[][] all = rank.world().allgatherBytes(site, mine);
        for (int r = 1; r < all.length; r++) {
            if (!Arrays.equals(all[0], all[r])) {
                throw new PelTrap("agree: rank " + r + " has " + codec.decode(all[r]) + " where rank 0 has " + codec.decode(all[0]));
            }
        }
        return x;
    }

    private static int root(Rank rank, long root) {
        Comm world = rank.world();
        if (root < 0 || root >= world.size()) {
            throw new PelTrap("root " + root + " does not exist: there are ranks 0.." + (world.size() - 1));
        }
        return (int) root;
    }

    private static <T> byte[][] encoded(Rank rank, Codec<T> codec, PelList<T> list, String what) {
        if (list.size() != rank.size()) {
            throw new PelTrap(what + " of a list with " + list.size() + " elements on " + rank.size() + " ranks");
        }
        byte[][] parts = new byte[rank.size()][];
        Arrays.setAll(parts, r -> codec.encode(list.get(r)));
        return parts;
    }

    private static byte[] line(PelArray x, String what) {
        return line(x, what, 0, x.length(0));
    }

    /** Number of elements, then the elements at positions {@code from..<to}. */
    private static byte[] line(PelArray x, String what, long from, long to) {
        if (x.axes() != 1 || x.domain().isDistributed()) {
            throw new PelTrap(what + " needs a replicated array of one axis, not " + x.domain());
        }
        Encoder out = new Encoder(16 + (int) (to - from) * Math.max(8, x.type().bytes()));
        out.putLong(to - from);
        Domain domain = x.domain();
        for (long p = from; p < to; p++) {
            int at = x.layout().place(new long[] {domain.lo(0) + p * domain.step(0)});
            int run = domain.step(0) == 1 ? (int) (to - p) : 1;
            Rows.packPlaces(x, at, run, out);
            p += run - 1L;
        }
        return out.toBytes();
    }

    private static PelArray concatenate(ElemType type, byte[]... parts) {
        Decoder[] in = new Decoder[parts.length];
        long[] counts = new long[parts.length];
        long n = 0;
        for (int r = 0; r < parts.length; r++) {
            in[r] = new Decoder(parts[r]);
            counts[r] = in[r].getLong();
            n += counts[r];
        }
        PelArray result = PelArray.create(Domain.range(0, n - 1), type);
        int at = 0;
        for (int r = 0; r < parts.length; r++) {
            Rows.unpackPlaces(in[r], result, at, (int) counts[r]);
            at += (int) counts[r];
        }
        return result;
    }
}
