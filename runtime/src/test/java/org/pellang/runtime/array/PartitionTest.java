package org.pellang.runtime.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionTest {
    private static final DimDist B = DimDist.BLOCK;
    private static final DimDist W = DimDist.WHOLE;

    @ParameterizedTest
    @CsvSource({"1,1,1", "2,2,1", "3,3,1", "4,2,2", "6,3,2", "7,7,1", "9,3,3", "12,4,3", "16,4,4"})
    void gridsAreNearSquareLargerFactorFirst(int ranks, int first, int second) {
        assertThat(Partition.gridFor(new DimDist[] {B, B}, ranks)).containsExactly(first, second);
        assertThat(Partition.gridFor(new DimDist[] {B, W}, ranks)).containsExactly(ranks, 1);
        assertThat(Partition.gridFor(new DimDist[] {W, B, B}, ranks)).containsExactly(1, first, second);
    }

    @Test
    void threeBlockAxes() {
        assertThat(Partition.gridFor(new DimDist[] {B, B, B}, 8)).containsExactly(2, 2, 2);
        assertThat(Partition.gridFor(new DimDist[] {B, B, B}, 12)).containsExactly(3, 2, 2);
    }

    @Test
    void leavesGrowWithTheAxis() {
        assertThat(new int[] {Partition.leaf(0), Partition.leaf(255), Partition.leaf(512), Partition.leaf(4095), Partition.leaf(4096), Partition.leaf(1L << 62)})
                .containsExactly(16, 16, 32, 128, 256, 256);
    }

    @Test
    void theFormulaOfTheContractWhereTheDomainStartsAtZero() {
        for (int p = 1; p <= 9; p++) {
            for (long n : new long[] {0, 1, 5, 31, 32, 100, 1000, 5000, 100_000}) {
                int q = Partition.leaf(n);
                long u = n >= 2L * p * q ? q : 1;
                long units = (n + u - 1) / u;
                Partition partition = new Partition(Box.of(0, n - 1), new DimDist[] {B}, p);
                for (int r = 0; r < p; r++) {
                    long from = Math.min(n, r * units / p * u);
                    long to = Math.min(n, (r + 1) * units / p * u);
                    // One empty part is like another.
                    assertThat(partition.part(r)).isEqualTo(from == to ? Box.of(0, -1) : Box.of(from, to - 1));
                }
            }
        }
    }

    @Test
    void everyIndexHasOneOwner() {
        Random random = new Random(1);
        for (int n = 0; n < 300; n++) {
            int ranks = random.nextInt(1, 10);
            Box whole = new Box(
                    new long[] {random.nextInt(-20, 20), random.nextInt(-400, 20)},
                    new long[] {random.nextInt(-20, 30), random.nextInt(-400, 800)});
            Partition partition = new Partition(whole, random.nextBoolean() ? new DimDist[] {B, B} : new DimDist[] {W, B}, ranks);
            long size = 0;
            for (int r = 0; r < ranks; r++) {
                Box part = partition.part(r);
                size += part.size();
                assertThat(whole.contains(part)).isTrue();
                if (!part.isEmpty()) {
                    assertThat(partition.owner(part.lo())).isEqualTo(r);
                    assertThat(partition.owner(part.hi())).isEqualTo(r);
                }
            }
            assertThat(size).isEqualTo(whole.size());
        }
    }

    @Test
    void cutsDoNotCutLeavesEvenIfTheDomainStartsAtOne() {
        Partition partition = new Partition(Box.of(1, 1000), new DimDist[] {B}, 3);
        assertThat(partition.part(1).lo()[0] % Partition.leaf(1000)).isZero();
        assertThat(partition.part(2).lo()[0] % Partition.leaf(1000)).isZero();
    }

    @Test
    void rowsAreCutLikeLines() {
        for (int ranks = 1; ranks <= 9; ranks++) {
            for (long n : new long[] {1, 31, 100, 1000, 5000, 14_000}) {
                Partition line = new Partition(Box.of(0, n - 1), new DimDist[] {B}, ranks);
                Partition rows = new Partition(new Box(new long[] {0, 0}, new long[] {n - 1, 6}), new DimDist[] {B, W}, ranks);
                for (int r = 0; r < ranks; r++) {
                    assertThat(rows.part(r).isEmpty()).isEqualTo(line.part(r).isEmpty());
                    if (!line.part(r).isEmpty()) {
                        assertThat(rows.part(r).lo()[0]).isEqualTo(line.part(r).lo()[0]);
                        assertThat(rows.part(r).hi()[0]).isEqualTo(line.part(r).hi()[0]);
                    }
                }
            }
        }
    }

    @Test
    void boundsBeyondInt() {
        long top = 1L << 62;
        Partition partition = new Partition(Box.of(0, top), new DimDist[] {B}, 1000);
        assertThat(partition.part(999).hi()[0]).isEqualTo(top);
        assertThat(partition.part(500).lo()[0]).isEqualTo(partition.part(499).hi()[0] + 1).isBetween(top / 2 - (1L << 40), top / 2 + (1L << 40));
    }
}
