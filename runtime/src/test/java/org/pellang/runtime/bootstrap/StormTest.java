package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Request;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** Random traffic among more ranks than cores: everything arrives once, unharmed, and no deadlock is reported by mistake. */
@Timeout(120)
class StormTest {
    private static final int MESSAGES = 60;

    @ParameterizedTest
    @CsvSource({"LOCAL,2", "LOCAL,7", "LOCAL,16", "SHARED,2", "SHARED,7", "SHARED,16", "TCP,3", "MIXED,7"})
    void checksumsAgree(Link link, int ranks) {
        Jobs.Result result = Jobs.run(link, ranks, StormTest::storm);
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"LOCAL", "SHARED"})
    void sixtyFourRanksMakeSteadyProgress(Link link) {
        Jobs.Result result = Jobs.run(link, 64, rank -> {
            for (int i = 0; i < 20; i++) {
                assertThat(rank.world().allreduce(rank.rank(), Op.SUM)).isEqualTo(64 * 63 / 2);
            }
        });
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    private static void storm(Rank rank) {
        Comm world = rank.world();
        int p = world.size();
        SplittableRandom random = new SplittableRandom(1000 + rank.rank());
        long sent = 0;
        long[] per = new long[p];
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            int peer = random.nextInt(p);
            long[] data = new long[length(random)];
            for (int k = 0; k < data.length; k++) {
                data[k] = random.nextLong();
                sent += data[k] * (k + 1);
            }
            per[peer]++;
            switch (random.nextInt(3)) {
                case 0 -> world.send(data, 0, data.length, peer, 1);
                case 1 -> world.sendBuffered(data, 0, data.length, peer, 1);
                default -> requests.add(world.isend(data, 0, data.length, peer, 1));
            }
        }
        long[] counts = new long[p];
        world.alltoall(per, 0, 1, counts, 0);
        long received = 0;
        long[] buffer = new long[200_000];
        for (int source = 0; source < p; source++) {
            for (long m = 0; m < counts[source]; m++) {
                int n = world.recv(buffer, 0, buffer.length, source, 1).count();
                for (int k = 0; k < n; k++) {
                    received += buffer[k] * (k + 1);
                }
            }
        }
        Request.awaitAll(requests.toArray(Request[]::new));
        assertThat(world.allreduce(received, Op.SUM)).isEqualTo(world.allreduce(sent, Op.SUM));
    }

    private static int length(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(6);
            case 1 -> random.nextInt(600);
            case 2 -> random.nextInt(10_000);
            default -> random.nextInt(100) == 0 ? random.nextInt(200_000) : random.nextInt(70);
        };
    }
}
