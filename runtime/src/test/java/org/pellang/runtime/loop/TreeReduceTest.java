package org.pellang.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.runtime.Op;
import org.pellang.runtime.Rank;
import org.pellang.runtime.array.DimDist;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Codec;

class TreeReduceTest {
    /** Associates visibly: each application leaves its brackets. The empty string is an identity. */
    private static final BinaryOperator<String> BRACKETS = (a, b) -> a.isEmpty() ? b : b.isEmpty() ? a : "(" + a + b + ")";

    private static double value(long[] index) {
        long h = 0x9E3779B97F4A7C15L;
        for (long i : index) {
            h = (h ^ i) * 0xBF58476D1CE4E5B9L;
            h ^= h >>> 29;
        }
        return (h >> 11) * 0x1.0p-40;
    }

    private static boolean filtered(long[] index) {
        return (value(index) * 1000) % 3 > 1.5;
    }

    private static long[] index(Domain space, long i0, long i1, long i) {
        return switch (space.axes()) {
            case 1 -> new long[] {i};
            case 2 -> new long[] {i0, i};
            default -> new long[] {i0, i1, i};
        };
    }

    /** Slots: float sum with filter, brackets, int count, argmin. */
    private static ReduceSpec spec() {
        return new ReduceSpec()
                .floats(Op.SUM)
                .tree((a, b) -> BRACKETS.apply((String) a, (String) b), () -> "", Codec.STRING)
                .ints(Op.SUM)
                .argmin(true);
    }

    private static LeafKernel kernel(Domain space) {
        return (i0, i1, from, to, out) -> {
            double[] lane = new double[16];
            for (long i = from; i <= to; i += space.step(space.axes() - 1)) {
                long[] at = index(space, i0, i1, i);
                out.l[2]++;
                if (!filtered(at)) {
                    lane[(int) Math.floorMod(i, 16L)] += value(at);
                    out.o[1] = BRACKETS.apply((String) out.o[1], "x" + i);
                }
                double low = Math.rint(value(at) / 500.0);
                if (out.at[3] < 0 || low < out.f[3]) {
                    out.f[3] = low;
                    out.at[3] = space.linear(at[0], at.length > 1 ? at[1] : 0, at.length > 2 ? at[2] : 0);
                }
            }
            for (int s = 8; s >= 1; s /= 2) {
                for (int k = 0; k < s; k++) {
                    lane[k] += lane[k + s];
                }
            }
            out.f[0] = lane[0];
        };
    }

    private static void check(Rank rank, Domain space) {
        Slots got = TreeReduce.run(ParallelLoop.over(rank, Ranks.SITE, space), spec(), kernel(space));
        double sum = new NaiveTree<Double>(space, Double::sum, 0.0, true, at -> filtered(at) ? null : value(at)).value();
        assertThat(Double.doubleToLongBits(got.f[0])).as("sum over %s", space).isEqualTo(Double.doubleToLongBits(sum));
        String text = new NaiveTree<String>(space, BRACKETS, "", false, at -> filtered(at) ? null : "x" + at[at.length - 1]).value();
        assertThat(got.o[1]).as("brackets over %s", space).isEqualTo(text);
        assertThat(got.l[2]).as("count over %s", space).isEqualTo(space.size());
        long best = -1;
        double lowest = 0;
        for (long n = 0; n < space.box().size(); n++) {
            long[] at = new long[space.axes()];
            for (int d = 0; d < at.length; d++) {
                at[d] = space.index(n, d);
            }
            double low = Math.rint(value(at) / 500.0);
            if (space.contains(at) && (best < 0 || low < lowest)) {
                best = n;
                lowest = low;
            }
        }
        assertThat(got.at[3]).as("argmin over %s", space).isEqualTo(best);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void equalsTheTreeOfTheContractOnAnyNumberOfRanks(int ranks) {
        Ranks.run(ranks, rank -> {
            Random random = new Random(4711);
            for (int n = 0; n < 120; n++) {
                int axes = 1 + n % 3;
                Spaces.Declared declared = Spaces.declared(random, axes, axes == 1 ? 700 : axes == 2 ? 60 : 22, random.nextBoolean(), false);
                check(rank, Spaces.derived(random, declared.domain(rank)));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void longLinesAndRows(int ranks) {
        Ranks.run(ranks, rank -> {
            DimDist[] grid = {DimDist.BLOCK, DimDist.BLOCK};
            check(rank, Domain.distributed(rank, new long[] {1}, new long[] {5000}, new DimDist[] {DimDist.BLOCK}, false));
            check(rank, Domain.range(-3000, 6000));
            check(rank, Domain.distributed(rank, new long[2], new long[] {6, 4200}, grid, false).inner(1));
        });
    }

    /** A short slice of a long axis keeps the long axis' leaves, and every boundary cuts one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 9})
    void boundariesThatCutLongLeaves(int ranks) {
        Ranks.run(ranks, rank -> {
            check(rank, Domain.range(0, 9999).slice(0, 3, 402));
            check(rank, Domain.range(0, 9999).slice(0, 100, 900).by(0, 3));
            check(rank, Domain.local(new long[] {0, -7}, new long[] {1, 5000}).slice(1, 200, 777));
        });
    }

    @Test
    void aSparseRangeOfHugeBoundsTakesNoTime() {
        Ranks.run(3, rank -> {
            Domain space = Domain.range(-(1L << 61), 1L << 61).by(0, 1L << 57);
            Slots got = TreeReduce.run(ParallelLoop.over(rank, Ranks.SITE, space), new ReduceSpec().floats(Op.SUM), (i0, i1, from, to, out) -> out.f[0] = 1);
            assertThat(got.f[0]).isEqualTo(33.0);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void arraysReduceElementByElement(int ranks) {
        Ranks.run(ranks, rank -> {
            Domain space = Domain.distributed(rank, new long[] {-5}, new long[] {300}, new DimDist[] {DimDist.BLOCK}, false);
            PelArray like = PelArray.ofDoubles(0, 0, 0);
            PelArray counts = PelArray.ofLongs(0, 0, 0);
            ReduceSpec spec = new ReduceSpec().array(like, Op.SUM).array(counts, Op.SUM);
            Slots got = TreeReduce.run(ParallelLoop.over(rank, Ranks.SITE, space), spec, (i0, i1, from, to, out) -> {
                for (long i = from; i <= to; i++) {
                    int bin = (int) Math.floorMod(i * 7, 3L);
                    ((PelArray) out.o[0]).f64(0)[bin] += value(new long[] {i});
                    ((PelArray) out.o[1]).i64(0)[bin]++;
                }
            });
            for (int bin = 0; bin < 3; bin++) {
                int b = bin;
                double sum = new NaiveTree<Double>(space, Double::sum, 0.0, false, at -> Math.floorMod(at[0] * 7, 3L) == b ? value(at) : null).value();
                assertThat(((PelArray) got.o[0]).f64(0)[bin]).isEqualTo(sum);
            }
            assertThat(((PelArray) got.o[1]).i64(0)).containsExactly(102, 102, 102);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 9})
    void freeReductionsOfAnyKind(int ranks) {
        Ranks.run(ranks, rank -> {
            ParallelLoop loop = ParallelLoop.over(rank, Ranks.SITE, Domain.range(0, 99));
            ReduceSpec max = new ReduceSpec().floats(Op.MAX);
            Slots local = max.identities();
            local.f[0] = rank.rank();
            assertThat(TreeReduce.freeOnly(loop, max, local).f[0]).isEqualTo(ranks - 1.0);
            ReduceSpec several = new ReduceSpec().ints(Op.MIN).argmax(false).ints(Op.AND);
            Slots values = several.identities();
            values.l[0] = -rank.rank();
            values.l[1] = 5;
            values.at[1] = 100 - rank.rank();
            Slots got = TreeReduce.freeOnly(loop, several, values);
            assertThat(got.l[0]).isEqualTo(1 - ranks);
            assertThat(got.at[1]).isEqualTo(101 - ranks);
            assertThat(got.l[2]).isNotZero();
        });
    }
}
