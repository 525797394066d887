package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.util.Arrays;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Op;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** One-sided communication: fences, locks, atomic operations. */
@Timeout(60)
class WindowTest {
    @ParameterizedTest
    @EnumSource
    void putsAndGetsOfAnyLengthBetweenFences(Link link) {
        good(link, 3, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            for (int n : new int[] {1, 4, 600, 200_000}) {
                double[] mine = new double[3 * n];
                try (var window = world.window(mine)) {
                    double[] out = new double[n];
                    for (int r = 0; r < 3; r++) {
                        Arrays.fill(out, 10 * me + r);
                        window.put(out, 0, n, r, me * n);
                    }
                    window.fence();
                    for (int r = 0; r < 3; r++) {
                        assertThat(mine[r * n]).isEqualTo(10 * r + me);
                        assertThat(mine[(r + 1) * n - 1]).isEqualTo(10 * r + me);
                    }
                    double[] in = new double[n];
                    window.get(in, 0, n, (me + 1) % 3, 2 * n);
                    assertThat(in[n - 1]).isEqualTo(20 + (me + 1) % 3);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void accumulatesFromAllAddUp(Link link) {
        good(link, 4, rank -> {
            int[] mine = new int[1_000];
            try (var window = rank.world().window(mine)) {
                int[] ones = new int[1_000];
                Arrays.fill(ones, 1);
                for (int i = 0; i < 50; i++) {
                    window.accumulate(ones, 0, 1_000, i % 4, 0, Op.SUM);
                }
                window.fence();
                assertThat(mine[999]).isEqualTo(4 * (rank.rank() < 2 ? 13 : 12));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void countersAndLocksAreExact(Link link) {
        good(link, 4, rank -> {
            long[] mine = new long[4];
            try (var window = rank.world().window(mine)) {
                int rounds = 100;
                long seen = 0;
                for (int i = 0; i < rounds; i++) {
                    seen += window.fetchAndOp(1, 0, 0, Op.SUM);
                    // A read, a change and a write under an exclusive lock.
                    window.lock(1, true);
                    long[] box = new long[1];
                    window.get(box, 0, 1, 1, 1);
                    box[0]++;
                    window.put(box, 0, 1, 1, 1);
                    window.unlock(1);
                }
                long winners = window.compareAndSwap(0, rank.rank() + 1, 2, 2) == 0 ? 1 : 0;
                window.fence();
                int all = 4 * rounds;
                assertThat(rank.world().allreduce(seen, Op.SUM)).isEqualTo((long) all * (all - 1) / 2);
                assertThat(rank.world().allreduce(winners, Op.SUM)).isEqualTo(1);
                if (rank.rank() < 2) {
                    assertThat(mine[rank.rank()]).isEqualTo(all);
                }
                window.lock(3, false);
                window.lock(2, false);
                window.unlock(3);
                window.unlock(2);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void placesOutsideAreErrorsAtTheOrigin(Link link) {
        good(link, 2, rank -> {
            try (var window = rank.world().window(new long[5 * rank.rank()])) {
                assertThatThrownBy(() -> window.put(new long[3], 0, 3, 1, 3)).isInstanceOf(CommException.class)
                        .hasMessageContaining("elements 3 to 5 of rank 1, which has 5");
                assertThatThrownBy(() -> window.get(new long[3], 0, 1, 0, 0)).isInstanceOf(CommException.class);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aLockThatIsNeverGivenBackIsADeadlock(Link link) {
        Jobs.Result result = Jobs.run(link, 2, rank -> {
            var window = rank.world().window(new int[1]);
            if (rank.rank() == 0) {
                window.lock(1, true);
            }
            rank.world().barrier();
            if (rank.rank() == 1) {
                window.lock(1, true);
            }
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("deadlock").contains("rank 0 has ended").contains("rank 1 waits in");
    }
}
