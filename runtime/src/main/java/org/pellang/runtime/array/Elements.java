package org.pellang.runtime.array;

import org.pellang.runtime.Comm;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** Operations on whole arrays and on single elements by global index. */
final class Elements {
    private Elements() {}

    /** Copies a region that both store under the same indices, row by row in {@code from}; references are copied as values. */
    static void copy(PelArray from, PelArray to, Region region) {
        Rows.copy(from, to, region, new long[from.axes()], to.layout());
        if (from.type().isObject()) {
            region.forEachRow((index, n) -> {
                int at = to.layout().place(index);
                for (int i = 0; i < n; i++) {
                    to.obj(0)[at + i] = ElemType.copyValue(to.obj(0)[at + i]);
                }
            });
        }
    }

    static void assign(PelArray to, PelArray from) {
        requireSameExtents(to.domain(), from.domain(), "assignment");
        boolean sameIndices = to.domain().sameSet(from.domain());
        boolean stored = !from.domain().isDistributed() || (sameIndices && to.domain().root().sameParts(from.domain().root()));
        if (!stored) {
            throw new PelTrap("assignment between arrays that are distributed differently");
        }
        if (sameIndices && to.type().equals(from.type())) {
            copy(from, to, to.domain().region());
            return;
        }
        Domain source = from.domain();
        long[] index = new long[to.axes()];
        eachOwned(to, (place, target) -> {
            for (int d = 0; d < index.length; d++) {
                index[d] = source.lo(d) + (target[d] - to.domain().lo(d)) / to.domain().step(d) * source.step(d);
            }
            to.set(place, ElemType.copyValue(from.get(from.layout().place(index))));
        });
    }

    /** What is done with an element. */
    @FunctionalInterface
    interface Visitor {
        void element(int place, long[] index);
    }

    /** Each element of this rank's part in row-major order, strides respected. */
    static void eachOwned(PelArray array, Visitor visitor) {
        Domain domain = array.domain();
        int last = domain.axes() - 1;
        long step = domain.step(last);
        domain.region().forEachRow((index, n) -> {
            for (int d = 0; d < last; d++) {
                if ((index[d] - domain.lo(d)) % domain.step(d) != 0) {
                    return;
                }
            }
            int place = array.layout().place(index);
            long first = index[last];
            for (long i = Math.floorMod(domain.lo(last) - first, step); i < n; i += step) {
                index[last] = first + i;
                visitor.element(place + (int) i, index);
            }
            index[last] = first;
        });
    }

    static void fill(PelArray array, Object value) {
        int n = array.layout().size();
        if (n > 0) {
            array.set(0, value);
            for (int k = 0; k < array.type().columns(); k++) {
                array.type().column(k).spread(array.column(k), 0, 0, n);
            }
        }
    }

    private static void requireSameExtents(Domain a, Domain b, String what) {
        boolean same = a.axes() == b.axes();
        for (int d = 0; same && d < a.axes(); d++) {
            same = a.extent(d) == b.extent(d);
        }
        if (!same) {
            throw new PelTrap(what + " between arrays of different extents: " + a + " and " + b);
        }
    }

    static boolean equal(PelArray a, PelArray b) {
        if (a.axes() != b.axes() || !a.type().equals(b.type())) {
            return false;
        }
        for (int d = 0; d < a.axes(); d++) {
            if (a.length(d) != b.length(d)) {
                return false;
            }
        }
        boolean[] same = {true};
        long[] index = new long[a.axes()];
        eachOwned(a, (place, own) -> {
            for (int d = 0; d < index.length; d++) {
                index[d] = b.domain().lo(d) + (own[d] - a.domain().lo(d)) / a.domain().step(d) * b.domain().step(d);
            }
            int other = b.domain().isDistributed() ? b.at(index) : b.layout().place(index);
            for (int k = 0; same[0] && k < a.type().columns(); k++) {
                same[0] = a.type().column(k).same(a.column(k), place, b.column(k), other);
            }
        });
        return same[0];
    }

    static PelArray slice(PelArray array, long[] lo, long[] hi, boolean[] drop) {
        Domain part = part(array, lo, hi);
        PelArray result = PelArray.create(Domain.extents(kept(part, drop)), array.type());
        int[] next = {0};
        eachIndex(part, index -> result.set(next[0]++, ElemType.copyValue(array.get(array.layout().place(index)))));
        return result;
    }

    static void assignSlice(PelArray array, long[] lo, long[] hi, boolean[] drop, PelArray from) {
        Domain part = part(array, lo, hi);
        long[] extents = kept(part, drop);
        requireSameExtents(Domain.extents(extents), from.domain(), "assignment to a slice");
        PelArray values = from.dense() && from != array ? from : slice(from, from.domain().box().lo(), from.domain().box().hi(), new boolean[from.axes()]);
        int[] next = {0};
        eachIndex(part, index -> array.set(array.layout().place(index), ElemType.copyValue(values.get(next[0]++))));
    }

    private static Domain part(PelArray array, long[] lo, long[] hi) {
        if (array.domain().isDistributed()) {
            throw new PelTrap("slice of a distributed array in sequential code: replicate it first");
        }
        Domain part = array.domain();
        for (int d = 0; d < part.axes(); d++) {
            part = part.slice(d, lo[d], hi[d]);
        }
        return part;
    }

    private static long[] kept(Domain part, boolean[] drop) {
        int n = 0;
        for (boolean dropped : drop) {
            n += dropped ? 0 : 1;
        }
        long[] extents = new long[n];
        int next = 0;
        for (int d = 0; d < drop.length; d++) {
            if (!drop[d]) {
                extents[next++] = part.extent(d);
            } else if (part.extent(d) != 1) {
                throw new PelTrap("a fixed subscript of a slice names " + part.extent(d) + " indices of axis " + d);
            }
        }
        return extents;
    }

    private static void eachIndex(Domain domain, java.util.function.Consumer<long[]> action) {
        if (domain.size() == 0) {
            return;
        }
        long[] index = domain.box().lo().clone();
        while (true) {
            action.accept(index);
            int d = index.length - 1;
            while (d >= 0 && index[d] >= domain.hi(d)) {
                index[d] = domain.lo(d);
                d--;
            }
            if (d < 0) {
                return;
            }
            index[d] += domain.step(d);
        }
    }

    static Object read(PelArray array, Rank rank, Site site, long[] index) {
        long[] at = wrapped(array, index);
        Partition partition = array.domain().root().partition();
        if (partition == null || rank.size() == 1) {
            return array.get(array.layout().place(at));
        }
        int owner = partition.owner(at);
        byte[] bytes = null;
        if (owner == rank.rank()) {
            bytes = array.type().codec().encode(array.get(array.layout().place(at)));
        }
        return array.type().codec().decode(rank.world().bcastBytes(site, bytes, owner));
    }

    static void write(PelArray array, Object value, long[] index) {
        long[] at = wrapped(array, index);
        Root root = array.domain().root();
        if (root.owned(root.rank()).contains(at)) {
            array.set(array.layout().place(at), value);
        }
    }

    /** The index within the domain, or a trap on every rank. */
    private static long[] wrapped(PelArray array, long[] index) {
        Domain domain = array.domain();
        Box bounds = domain.root().bounds();
        long[] at = index.clone();
        for (int d = 0; d < at.length; d++) {
            if (domain.periodic() && bounds.extent(d) > 0) {
                at[d] = bounds.lo()[d] + Math.floorMod(at[d] - bounds.lo()[d], bounds.extent(d));
            }
            if (at[d] < domain.lo(d) || at[d] > domain.hi(d) || (at[d] - domain.lo(d)) % domain.step(d) != 0) {
                throw new PelTrap("index " + index[d] + " outside " + domain.lo(d) + ".." + domain.hi(d) + " of axis " + d);
            }
        }
        return at;
    }

    static PelArray replicate(PelArray array, Rank rank, Site site) {
        Domain domain = array.domain();
        if (!domain.isDistributed()) {
            return array.copy();
        }
        Domain everywhere = Domain.local(domain.box().lo(), domain.box().hi());
        for (int d = 0; d < domain.axes(); d++) {
            everywhere = domain.step(d) == 1 ? everywhere : everywhere.by(d, domain.step(d));
        }
        PelArray result = PelArray.create(everywhere, array.type());
        Comm world = rank.world();
        Region owned = domain.region();
        Encoder out = new Encoder(Rows.bytes(array.type(), owned));
        Rows.pack(array, owned, out);
        byte[][] parts = world.allgatherBytes(site, out.toBytes());
        for (int r = 0; r < parts.length; r++) {
            Rows.unpack(new Decoder(parts[r]), result, domain.region(r), new long[domain.axes()], result.layout());
        }
        return result;
    }

    /** Nested brackets for replicated arrays, a summary for distributed ones. */
    static String show(PelArray array) {
        Domain domain = array.domain();
        if (domain.isDistributed()) {
            return "array " + domain + " of " + array.type();
        }
        StringBuilder text = new StringBuilder();
        show(array, domain.box().lo().clone(), 0, text);
        return text.toString();
    }

    private static void show(PelArray array, long[] index, int d, StringBuilder text) {
        Domain domain = array.domain();
        text.append('[');
        for (long i = domain.lo(d); i <= domain.hi(d); i += domain.step(d)) {
            index[d] = i;
            text.append(i == domain.lo(d) ? "" : ", ");
            if (d + 1 < domain.axes()) {
                show(array, index, d + 1, text);
            } else {
                text.append(array.get(array.layout().place(index)));
            }
        }
        text.append(']');
    }
}
