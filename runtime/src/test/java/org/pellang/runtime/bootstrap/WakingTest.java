package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** More ranks than cores, so that they sleep all the time: no wake-up may get lost on its way, however a message comes. */
@Timeout(180)
class WakingTest {
    private static final int RANKS = 6;
    private static final int ROUNDS = 400;

    @ParameterizedTest
    @EnumSource
    void whoSleepsIsWoken(Link link) {
        Jobs.Result result = Jobs.run(link, RANKS, rank -> {
            Comm world = rank.world();
            int[] box = new int[1];
            for (int round = 0; round < ROUNDS; round++) {
                // A token round all ranks: one runs, all others sleep. Then all at once.
                int next = (rank.rank() + 1) % RANKS;
                int before = (rank.rank() + RANKS - 1) % RANKS;
                if (rank.rank() == 0) {
                    box[0] = round;
                    world.send(box, 0, 1, next, 0);
                    world.recv(box, 0, 1, before, 0);
                } else {
                    world.recv(box, 0, 1, before, 0);
                    box[0]++;
                    world.send(box, 0, 1, next, 0);
                }
                assertThat(box[0]).isEqualTo(round + (rank.rank() == 0 ? RANKS - 1 : rank.rank()));
                world.barrier();
            }
        });
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }
}
