package org.pellang.stdlib;

import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;
import org.pellang.runtime.value.PelList;

/**
 * Sorts a distributed array of one axis without bringing it together: each rank sorts its part, regular samples give the pivots, every rank merges what lies
 * between two of them and hands it to the owners. No rank holds more than about two parts, unless many elements are equal. Source: H. Shi and J. Schaeffer,
 * "Parallel sorting by regular sampling", Journal of Parallel and Distributed Computing 14(4), 1992.
 */
final class DistributedSort {
    private final Comm comm;
    private final Site site;
    private final Domain domain;
    private final PelArray array;

    private DistributedSort(Rank rank, Site site, PelArray array) {
        this.comm = rank.world();
        this.site = site;
        this.array = array;
        this.domain = array.domain();
    }

    /** An array over the same domain with the elements in ascending order. Collective. */
    static PelArray sorted(Rank rank, Site site, PelArray array) {
        return new DistributedSort(rank, site, array).run();
    }

    private PelArray run() {
        PelArray mine = Sorting.sorted(part());
        PelArray between = exchange(Sorting.splitAt(mine, pivots(mine)));
        long[] counts = new long[comm.size()];
        byte[][] all = comm.allgatherBytes(site, new Encoder().putLong(between.size()).toBytes());
        for (int r = 0; r < counts.length; r++) {
            counts[r] = new Decoder(all[r]).getLong();
        }
        return deal(between, counts);
    }

    /** This rank's elements. */
    private PelArray part() {
        List<Integer> places = new ArrayList<>();
        owned(comm.rank(), 0, domain.size(), (position, index) -> places.add(array.at(index)));
        if (array.type().equals(ElemType.FLOAT)) {
            return PelArray.ofDoubles(places.stream().mapToDouble(array::getDouble).toArray());
        }
        if (array.type().equals(ElemType.INT)) {
            return PelArray.ofLongs(places.stream().mapToLong(array::getLong).toArray());
        }
        return Elements.ofObjects(array, places.stream().map(array::get).toList());
    }

    private interface Visitor {
        void element(long position, long index);
    }

    /** The elements at positions {@code from ..< to} that a rank owns, in ascending order. */
    private void owned(int rank, long from, long to, Visitor visitor) {
        long lo = domain.lo(0);
        long step = domain.step(0);
        if (from >= to) {
            return;
        }
        domain.root().owned(rank).forEachRow(Box.of(lo + from * step, lo + (to - 1) * step), (index, n) -> {
            for (long position = Math.ceilDiv(index[0] - lo, step); lo + position * step < index[0] + n; position++) {
                visitor.element(position, lo + position * step);
            }
        });
    }

    /** One less than there are ranks, from as many regular samples of each; none if there is nothing to sort. */
    private PelArray pivots(PelArray mine) {
        int ranks = comm.size();
        Encoder out = new Encoder();
        int samples = mine.size() == 0 ? 0 : ranks;
        out.putInt(samples);
        for (int k = 0; k < samples; k++) {
            Rows.packPlaces(mine, Math.toIntExact(k * mine.size() / ranks), 1, out);
        }
        PelList<PelArray> all = new PelList<>();
        for (byte[] bytes : comm.allgatherBytes(site, out.toBytes())) {
            all.push(read(new Decoder(bytes)));
        }
        PelArray sorted = Sorting.merge(all);
        List<Object> pivots = new ArrayList<>();
        for (long k = 1; k < ranks && sorted.size() > 0; k++) {
            pivots.add(sorted.get(Math.toIntExact(k * sorted.size() / ranks)));
        }
        return Elements.ofObjects(array, pivots);
    }

    /** Gives each rank the part of its number and merges what comes. */
    private PelArray exchange(PelList<PelArray> parts) {
        byte[][] out = new byte[comm.size()][];
        for (int r = 0; r < out.length; r++) {
            Encoder bytes = new Encoder();
            int n = r < parts.size() ? Math.toIntExact(parts.get(r).size()) : 0;
            bytes.putInt(n);
            if (n > 0) {
                Rows.packPlaces(parts.get(r), 0, n, bytes);
            }
            out[r] = bytes.toBytes();
        }
        PelList<PelArray> came = new PelList<>();
        for (byte[] bytes : comm.alltoallBytes(site, out)) {
            came.push(read(new Decoder(bytes)));
        }
        return Sorting.merge(came);
    }

    private PelArray read(Decoder in) {
        int n = in.getInt();
        PelArray some = PelArray.create(Domain.range(0, n - 1L), array.type());
        if (n > 0) {
            Rows.unpackPlaces(in, some, 0, n);
        }
        return some;
    }

    /** Brings the sorted pieces of all ranks, one after another, to the owners of their positions. */
    private PelArray deal(PelArray between, long[] counts) {
        long[] first = new long[counts.length + 1];
        for (int r = 0; r < counts.length; r++) {
            first[r + 1] = first[r] + counts[r];
        }
        int self = comm.rank();
        byte[][] out = new byte[counts.length][];
        for (int r = 0; r < counts.length; r++) {
            Encoder bytes = new Encoder();
            owned(r, first[self], first[self + 1], (position, index) -> Rows.packPlaces(between, Math.toIntExact(position - first[self]), 1, bytes));
            out[r] = bytes.toBytes();
        }
        PelArray result = PelArray.create(domain, array.type());
        byte[][] came = comm.alltoallBytes(site, out);
        for (int r = 0; r < counts.length; r++) {
            Decoder in = new Decoder(came[r]);
            owned(self, first[r], first[r + 1], (position, index) -> Rows.unpackPlaces(in, result, result.at(index), 1));
        }
        result.touch();
        return result;
    }
}
