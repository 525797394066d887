package org.pellang.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.runtime.Op;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.DimDist;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Codec;

/** What happens at a loop's end: scans, merges, scatters. */
class LoopEndTest {
    private static final BinaryOperator<String> BRACKETS = (a, b) -> a.isEmpty() ? b : b.isEmpty() ? a : "(" + a + b + ")";

    private interface Visitor {
        void at(long[] index);
    }

    /** All indices of a set in row-major order. */
    private static void each(Domain space, Visitor visitor) {
        for (long n = 0; !space.box().isEmpty() && n < space.box().size(); n++) {
            long[] at = new long[space.axes()];
            for (int d = 0; d < at.length; d++) {
                at[d] = space.index(n, d);
            }
            if (space.contains(at)) {
                visitor.at(at);
            }
        }
    }

    /** This rank's iterations in order. */
    private static void mine(ParallelLoop loop, Visitor visitor) {
        Box box = loop.box();
        each(loop.space(), at -> {
            if (box.contains(at)) {
                visitor.at(at);
            }
        });
    }

    private static double value(long[] at) {
        return Math.sin(Arrays.hashCode(at)) * 1e3;
    }

    private static long[] index(Domain space, long i0, long i1, long i) {
        return space.axes() == 1 ? new long[] {i} : space.axes() == 2 ? new long[] {i0, i} : new long[] {i0, i1, i};
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 9})
    void scansFollowTheContract(int ranks) {
        Ranks.run(ranks, rank -> {
            Random random = new Random(21);
            for (int n = 0; n < 40; n++) {
                int axes = 1 + n % 3;
                Spaces.Declared declared = Spaces.declared(random, axes, axes == 1 ? 500 : axes == 2 ? 45 : 11, random.nextBoolean(), false);
                Domain space = Spaces.derived(random, declared.domain(rank));
                ParallelLoop loop = ParallelLoop.over(rank, Ranks.SITE, space);
                long step = space.step(axes - 1);
                PelArray sums = Scan.run(loop, new ReduceSpec().floats(Op.SUM), ElemType.FLOAT, (i0, i1, from, to, out) -> {
                    for (long i = from; i <= to; i += step) {
                        out.putFloat(value(index(space, i0, i1, i)));
                    }
                });
                ReduceSpec spec = new ReduceSpec().tree((a, b) -> BRACKETS.apply((String) a, (String) b), () -> "", Codec.STRING);
                PelArray texts = Scan.run(loop, spec, ElemType.STRING, (i0, i1, from, to, out) -> {
                    for (long i = from; i <= to; i += step) {
                        out.putObject("x" + i);
                    }
                });
                assertThat(sums.domain().isDistributed()).isEqualTo(space.isDistributed());
                verifyScan(space, sums, texts);
            }
        });
    }

    /** Sequentially over all leaves, as docs/architecture.md says. */
    private static void verifyScan(Domain space, PelArray sums, PelArray texts) {
        int leaf = NaiveTree.leafLength(space.root().bounds().extent(space.axes() - 1));
        double[] carry = {0.0, 0.0};
        double[] lanes = new double[16];
        String[] text = {"", ""};
        long[] last = {Long.MIN_VALUE, 0, 0, 0};
        each(space, at -> {
            long[] key = Arrays.copyOf(at, 4);
            key[at.length - 1] = Math.floorDiv(at[at.length - 1], leaf);
            if (!Arrays.equals(key, last)) {
                double[] l = lanes.clone();
                for (int s = 8; s >= 1; s /= 2) {
                    for (int k = 0; k < s; k++) {
                        l[k] += l[k + s];
                    }
                }
                carry[0] += l[0];
                carry[1] = 0.0;
                Arrays.fill(lanes, 0.0);
                text[0] = BRACKETS.apply(text[0], text[1]);
                text[1] = "";
                System.arraycopy(key, 0, last, 0, 4);
            }
            carry[1] += value(at);
            text[1] = BRACKETS.apply(text[1], "x" + at[at.length - 1]);
            lanes[(int) Math.floorMod(at[at.length - 1], 16L)] += value(at);
            if (!space.isDistributed() || space.owned().contains(at)) {
                assertThat(sums.f64(0)[sums.at(at)]).as("%s of %s", Arrays.toString(at), space).isEqualTo(carry[0] + carry[1]);
                assertThat(texts.obj(0)[texts.at(at)]).isEqualTo(BRACKETS.apply(text[0], text[1]));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void mergesPutThePiecesTogether(int ranks) {
        Ranks.run(ranks, rank -> {
            Random random = new Random(5);
            for (int n = 0; n < 40; n++) {
                Spaces.Declared declared = Spaces.declared(random, 1 + n % 3, 12, false, false);
                Domain domain = declared.domain(rank);
                Domain space = Spaces.derived(random, domain);
                boolean filter = random.nextBoolean();
                int kind = n % 4;
                PelArray a = PelArray.create(domain, kind == 0 ? ElemType.STRING : ElemType.FLOAT);
                a.fill(kind == 0 ? "old" : (Object) (-1.0));
                ParallelLoop loop = ParallelLoop.over(rank, Ranks.SITE, space);
                Merge merge = filter ? Merge.begin(loop, a) : Merge.own(loop, a);
                mine(loop, at -> {
                    if (!filter || at[0] % 3 != 0) {
                        a.set(a.at(at), kind == 0 ? "new" : (Object) value(at));
                        if (filter) {
                            merge.written()[a.at(at)] = true;
                        }
                    }
                });
                merge.end();
                each(domain, at -> {
                    boolean written = space.contains(at) && (!filter || at[0] % 3 != 0);
                    Object expected = kind == 0 ? (written ? "new" : "old") : (Object) (written ? value(at) : -1.0);
                    assertThat(a.get(a.at(at))).isEqualTo(expected);
                });
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void updatesAreAddedInIterationOrder(int ranks) {
        Ranks.run(ranks, rank -> {
            Random random = new Random(3);
            for (int n = 0; n < 40; n++) {
                Domain space = Spaces.derived(random, Spaces.declared(random, 1 + n % 3, 14, random.nextBoolean(), false).domain(rank));
                Domain bins = Spaces.declared(random, 1 + random.nextInt(2), 6, random.nextBoolean(), true).domain(rank);
                PelArray a = PelArray.create(bins, ElemType.FLOAT);
                PelArray expected = PelArray.create(Domain.localPeriodic(bins.box().lo(), bins.box().hi()), ElemType.FLOAT);
                ParallelLoop loop = ParallelLoop.over(rank, Ranks.SITE, space);
                Scatter scatter = Scatter.update(loop, a, Op.SUM);
                mine(loop, at -> {
                    scatter.iteration(at[0], at.length > 1 ? at[1] : 0, at.length > 2 ? at[2] : 0);
                    scatter.putFloat(value(at), at[0] * 5, at[at.length - 1], 0);
                });
                scatter.end();
                each(space, at -> {
                    int place = bins.axes() == 1 ? expected.at(at[0] * 5) : expected.at(at[0] * 5, at[at.length - 1]);
                    expected.f64(0)[place] += value(at);
                });
                PelArray all = a.replicate(rank, Ranks.SITE);
                assertThat(all.f64(0)).containsExactly(expected.f64(0));
            }
        });
    }

    @Test
    void aSubscriptThatIsNotUniqueTraps() {
        String report = Ranks.report(3, rank -> {
            Domain domain = Domain.distributed(rank, new long[1], new long[] {9}, new DimDist[] {DimDist.BLOCK}, false);
            PelArray a = PelArray.create(domain, ElemType.INT);
            ParallelLoop loop = ParallelLoop.over(rank, Ranks.SITE, domain);
            Scatter scatter = Scatter.unique(loop, a, "a");
            mine(loop, at -> scatter.putInt(1, at[0] == 7 ? 2 : at[0], 0, 0));
            scatter.end();
        });
        assertThat(report).contains("two iterations write a[2]: its subscript is not unique");
    }
}
