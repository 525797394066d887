package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Cartesian;
import org.pellang.runtime.Comm;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Op;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** Grids of ranks and their neighbourhood collectives. */
@Timeout(60)
class CartesianTest {
    @Test
    void extentsAreBalancedAndDecreasing() {
        assertThat(Cartesian.dimsCreate(6, 0, 0)).containsExactly(3, 2);
        assertThat(Cartesian.dimsCreate(7, 0, 0)).containsExactly(7, 1);
        assertThat(Cartesian.dimsCreate(64, 0, 0, 0)).containsExactly(4, 4, 4);
        assertThat(Cartesian.dimsCreate(24, 0, 0, 0)).containsExactly(4, 3, 2);
        assertThat(Cartesian.dimsCreate(12, 0, 3)).containsExactly(4, 3);
        assertThat(Cartesian.dimsCreate(1, 0, 0)).containsExactly(1, 1);
        assertThatThrownBy(() -> Cartesian.dimsCreate(12, 5, 0)).isInstanceOf(CommException.class).hasMessageContaining("12 ranks");
        assertThatThrownBy(() -> Cartesian.dimsCreate(12, 3, 2)).isInstanceOf(CommException.class);
    }

    @ParameterizedTest
    @EnumSource
    void coordinatesNeighboursAndSubgrids(Link link) {
        good(link, 7, rank -> {
            Cartesian grid = Cartesian.create(rank.world(), new int[] {3, 2}, new boolean[] {false, true});
            if (rank.rank() == 6) {
                assertThat(grid).isNull();
                return;
            }
            int i = rank.rank() / 2;
            int j = rank.rank() % 2;
            assertThat(grid.coords(grid.comm().rank())).containsExactly(i, j);
            assertThat(grid.rank(i, j + 2)).isEqualTo(rank.rank());
            assertThat(grid.neighbor(0, -1)).isEqualTo(i == 0 ? Comm.PROC_NULL : rank.rank() - 2);
            assertThat(grid.neighbor(1, 1)).isEqualTo(2 * i + 1 - j);
            Cartesian column = grid.sub(true, false);
            assertThat(column.dims()).containsExactly(3);
            assertThat(column.comm().rank()).isEqualTo(i);
            assertThat(column.comm().allreduce(rank.rank(), Op.SUM)).isEqualTo(j == 0 ? 6 : 9);
        });
    }

    @ParameterizedTest
    @EnumSource
    void neighbourhoods(Link link) {
        good(link, 6, rank -> {
            Cartesian grid = Cartesian.create(rank.world(), new int[] {3, 2}, new boolean[] {false, true});
            int i = rank.rank() / 2;
            int j = rank.rank() % 2;
            for (int n : new int[] {1, 5_000}) {
                long[] in = new long[4 * n];
                Arrays.fill(in, -1);
                long[] mine = new long[n];
                Arrays.fill(mine, rank.rank());
                grid.neighborAllgather(mine, 0, n, in, 0);
                int side = 2 * i + 1 - j;
                assertBlocks(in, n, i == 0 ? -1 : rank.rank() - 2, i == 2 ? -1 : rank.rank() + 2, side, side);

                // Block k of rank r holds 10 r + k: what comes from below was sent upwards, and the other way round.
                long[] out = new long[4 * n];
                for (int k = 0; k < 4; k++) {
                    Arrays.fill(out, k * n, (k + 1) * n, 10L * rank.rank() + k);
                }
                Arrays.fill(in, -1);
                grid.neighborAlltoall(out, 0, n, in, 0);
                assertBlocks(in, n, i == 0 ? -1 : 10L * (rank.rank() - 2) + 1, i == 2 ? -1 : 10L * (rank.rank() + 2),
                        10L * side + 3, 10L * side + 2);
            }
        });
    }

    private static void assertBlocks(long[] in, int n, long... expected) {
        for (int k = 0; k < expected.length; k++) {
            assertThat(in[k * n]).isEqualTo(expected[k]);
            assertThat(in[(k + 1) * n - 1]).isEqualTo(expected[k]);
        }
    }
}
