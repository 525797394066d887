package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.Request;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** Collectives that return at once: many at the same time, same bits as the blocking ones. */
@Timeout(60)
class NonblockingTest {
    static Stream<Arguments> jobs() {
        List<Arguments> jobs = new ArrayList<>();
        for (Link link : Link.values()) {
            for (int p : new int[] {1, 2, 3, 4, 6}) {
                jobs.add(Arguments.of(link, p));
            }
        }
        return jobs.stream();
    }

    private static double[] data(int rank, int length) {
        double[] data = new double[length];
        Arrays.setAll(data, i -> Math.pow(10, (rank * 7 + i) % 13) / 3);
        return data;
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void reductionsGiveTheBitsOfTheBlockingOnes(Link link, int p) {
        good(link, p, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            for (int n : new int[] {1, 700, 20_000}) {
                int root = (n + 1) % p;
                double[][] a = {data(me, n), data(me, n), data(me, n), data(me, n)};
                double[][] b = {data(me, n), data(me, n), data(me, n), data(me, n)};
                Request[] requests = {
                    world.nonblocking().allreduce(a[0], 0, n, Op.SUM), world.nonblocking().reduce(a[1], 0, n, Op.SUM, root),
                    world.nonblocking().scan(a[2], 0, n, Op.SUM), world.nonblocking().exscan(a[3], 0, n, Op.SUM),
                    world.nonblocking().barrier()};
                // Blocking ones in between: the started ones go on meanwhile.
                world.allreduce(b[0], 0, n, Op.SUM);
                world.reduce(b[1], 0, n, Op.SUM, root);
                world.scan(b[2], 0, n, Op.SUM);
                world.exscan(b[3], 0, n, Op.SUM);
                for (int k = requests.length - 1; k >= 0; k--) {
                    requests[k].await();
                }
                assertThat(a).isDeepEqualTo(b);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void movements(Link link, int p) {
        good(link, p, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            int n = 3_000;
            int root = p - 1;
            int[] whole = new int[p * n];
            Arrays.setAll(whole, i -> i * 3 + 1);
            int[] mine = Arrays.copyOfRange(whole, me * n, (me + 1) * n);
            int[] cast = me == root ? whole.clone() : new int[p * n];
            int[] all = new int[p * n];
            int[] gathered = me == root ? new int[p * n] : null;
            int[] part = new int[n];
            int[] swapped = new int[p * n];
            Request.awaitAll(
                    world.nonblocking().bcast(cast, 0, p * n, root), world.nonblocking().allgather(mine, 0, n, all, 0),
                    world.nonblocking().gather(mine, 0, n, gathered, 0, root),
                    world.nonblocking().scatter(me == root ? whole : null, 0, part, 0, n, root),
                    world.nonblocking().alltoall(whole, 0, n, swapped, 0));
            assertThat(cast).isEqualTo(whole);
            assertThat(all).isEqualTo(whole);
            assertThat(gathered).isEqualTo(me == root ? whole : null);
            assertThat(part).isEqualTo(mine);
            for (int r = 0; r < p; r++) {
                assertThat(Arrays.copyOfRange(swapped, r * n, (r + 1) * n)).isEqualTo(mine);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void reduceScatterAndAlltoallInPlace(Link link, int p) {
        good(link, p, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            int[] counts = new int[p];
            int total = 0;
            int before = 0;
            for (int r = 0; r < p; r++) {
                counts[r] = r % 3;
                before += r < me ? counts[r] : 0;
                total += counts[r];
            }
            long[] data = new long[total];
            Arrays.setAll(data, i -> i + 100L * me);
            long[] mine = new long[counts[me]];
            world.reduceScatter(data, 0, counts, mine, 0, Op.SUM);
            for (int i = 0; i < mine.length; i++) {
                assertThat(mine[i]).isEqualTo((long) p * (before + i) + 100L * p * (p - 1) / 2);
            }
            long[] one = new long[1];
            long[] each = new long[p];
            Arrays.setAll(each, r -> r + 1);
            world.reduceScatterBlock(each, 0, 1, one, 0, Op.PROD);
            assertThat(one[0]).isEqualTo((long) Math.pow(me + 1, p));
            long[] swap = new long[p];
            Arrays.setAll(swap, r -> 10L * me + r);
            world.alltoall(swap, 0, 1, swap, 0);
            for (int r = 0; r < p; r++) {
                assertThat(swap[r]).isEqualTo(10L * r + me);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void whoNeverComesIsNamed(Link link) {
        Jobs.Result result = Jobs.run(link, 3, rank -> {
            if (rank.rank() != 1) {
                rank.world().nonblocking().barrier().await();
            }
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("rank 1 has ended").contains("wait in ibarrier, missing rank 1");
    }
}
