package org.pellang.runtime.loop;

import java.util.Arrays;
import java.util.Random;
import org.pellang.runtime.Rank;
import org.pellang.runtime.array.DimDist;
import org.pellang.runtime.array.Domain;

/** Random index sets, made alike on every rank from a seed. */
final class Spaces {
    private Spaces() {}

    /** A declaration without strides. */
    record Declared(long[] lo, long[] hi, DimDist[] dist, boolean distributed, boolean periodic) {
        Domain domain(Rank rank) {
            return distributed ? Domain.distributed(rank, lo, hi, dist, periodic) : periodic ? Domain.localPeriodic(lo, hi) : Domain.local(lo, hi);
        }
    }

    static Declared declared(Random random, int axes, int most, boolean distributed, boolean periodic) {
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        DimDist[] dist = new DimDist[axes];
        for (int d = 0; d < axes; d++) {
            lo[d] = random.nextInt(5) == 0 ? random.nextInt(-70, 70) : random.nextInt(2);
            hi[d] = lo[d] - 1 + random.nextInt(periodic ? 1 : 0, most + 1);
            dist[d] = random.nextInt(4) == 0 ? DimDist.WHOLE : DimDist.BLOCK;
        }
        if (Arrays.stream(dist).allMatch(kind -> kind == DimDist.WHOLE)) {
            dist[0] = DimDist.BLOCK;
        }
        return new Declared(lo, hi, dist, distributed, periodic);
    }

    /** The set itself or one derived from it. */
    static Domain derived(Random random, Domain domain) {
        return switch (random.nextInt(5)) {
            case 0 -> domain.inner(1);
            case 1 -> domain.by(random.nextInt(domain.axes()), random.nextInt(2, 40));
            case 2 -> domain.inner(random.nextInt(3)).by(domain.axes() - 1, random.nextInt(2, 5));
            default -> domain;
        };
    }
}
