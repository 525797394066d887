package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.DimDist;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;

class StatsTest {
    private static final Site SITE = new Site("stats.pel", 1, "stats");

    private interface Figure {
        Object of(Rank rank);
    }

    private static String one(Figure figure) {
        return Ranks.run(1, rank -> rank.print(Format.show(figure.of(rank)))).strip();
    }

    /** Expectations: Python's statistics and numpy. */
    @Test
    void smallFigures() {
        PelArray a = PelArray.ofDoubles(2, 4, 4, 4, 5, 5, 7, 9);
        assertThat(one(r -> Stats.mean(r, SITE, a))).isEqualTo("5.0");
        assertThat(one(r -> Stats.variance(r, SITE, a))).isEqualTo("4.571428571428571");
        assertThat(one(r -> Stats.median(r, SITE, a))).isEqualTo("4.5");
        assertThat(one(r -> Stats.quantile(r, SITE, a, PelArray.ofDoubles(0, 0.1, 0.9, 1)))).isEqualTo("[2.0, 3.4000000000000004, 7.6, 9.0]");
        assertThat(one(r -> Stats.histogram(r, SITE, a, 3, 2.0, 8.0))).isEqualTo("[1, 5, 1]");
        assertThat(one(r -> Stats.histogram(r, SITE, a, 7))).isEqualTo("[1, 0, 3, 2, 0, 1, 1]");
        assertThat(one(r -> Stats.mean(r, SITE, PelArray.ofLongs(1, 2)))).isEqualTo("1.5");
        PelArray b = PelArray.ofDoubles(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(one(r -> Stats.covariance(r, SITE, a, b))).isEqualTo("4.857142857142857");
        assertThat(one(r -> Stats.correlation(r, SITE, b, b))).isEqualTo("1.0");
    }

    /** The sum over 32 elements: lanes i and i+16 first, then halves; computed by hand from the page on reductions. */
    @Test
    void sumsOverTheTree() {
        double[] values = new double[32];
        values[0] = 1e16;
        values[16] = -1e16;
        values[1] = 1.0;
        values[8] = 1.0;
        // leaves 0..15 and 16..31: (1e16 + 1) + 1 rounds to 1e16 in the first, -1e16 is the second.
        assertThat(TreeSum.of(Domain.range(0, 31), values)).isEqualTo(0.0);
        double[] shifted = {1e16, 1.0, -1e16};
        assertThat(TreeSum.of(Domain.range(15, 17), shifted)).isEqualTo(0.0);
        double[] near = {1.0, 1e16, -1e16};
        assertThat(TreeSum.of(Domain.range(0, 2), near)).isEqualTo(0.0);
    }

    @Test
    void sameBitsOnAnyNumberOfRanks() {
        Set<String> seen = new HashSet<>();
        for (int ranks : new int[] {1, 2, 3, 4, 7}) {
            seen.add(Ranks.run(ranks, rank -> {
                PelArray a = distributed(rank);
                rank.print(Stats.mean(rank, SITE, a) + " " + Stats.variance(rank, SITE, a) + " " + Stats.quantile(rank, SITE, a, 0.99));
            }));
        }
        assertThat(seen).hasSize(1);
    }

    /** The two ways to walk the reduction tree, written independently: over the parts by the runtime, over a replica here. */
    @Test
    void replicasHaveTheSameBits() {
        Ranks.run(3, rank -> {
            PelArray a = distributed(rank);
            PelArray all = a.replicate(rank, SITE);
            assertThat(Stats.mean(rank, SITE, a)).isEqualTo(Stats.mean(rank, SITE, all));
            assertThat(Stats.variance(rank, SITE, a)).isEqualTo(Stats.variance(rank, SITE, all));
            assertThat(Stats.covariance(rank, SITE, a, a)).isEqualTo(Stats.variance(rank, SITE, a));
            PelArray longLine = PelArray.create(
                    Domain.distributed(rank, new long[] {-7}, new long[] {9999}, new DimDist[] {DimDist.BLOCK}, false), ElemType.INT);
            for (long i = longLine.owned().lo()[0]; i <= longLine.owned().hi()[0]; i++) {
                longLine.set(longLine.at(i), i * i);
            }
            assertThat(Stats.mean(rank, SITE, longLine)).isEqualTo(33305020.0);
            assertThat(Stats.variance(rank, SITE, longLine)).isEqualTo(Stats.variance(rank, SITE, longLine.replicate(rank, SITE)));
        });
    }

    static PelArray distributed(Rank rank) {
        Domain d = Domain.distributed(rank, new long[] {0, 0}, new long[] {40, 299}, new DimDist[] {DimDist.BLOCK, DimDist.BLOCK}, false);
        PelArray a = PelArray.create(d, ElemType.FLOAT);
        Box box = a.owned();
        for (long i = box.lo()[0]; i <= box.hi()[0]; i++) {
            for (long j = box.lo()[1]; j <= box.hi()[1]; j++) {
                a.set(a.at(i, j), new Random(i * 1000 + j).nextGaussian() + 0.01 * j);
            }
        }
        return a;
    }
}
