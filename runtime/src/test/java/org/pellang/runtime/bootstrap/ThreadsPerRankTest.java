package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Request;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** Several threads of each rank at once (MPI_THREAD_MULTIPLE). */
@Timeout(120)
class ThreadsPerRankTest {
    private static final int THREADS = 4;

    private interface ThreadCode {
        void run(int thread) throws Exception;
    }

    private static void threads(Rank rank, ThreadCode code) throws Exception {
        rank.allowThreads();
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int number = t;
                all.add(pool.submit((Callable<Object>) () -> {
                    code.run(number);
                    return number;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    /** Each thread has a tag of its own; lengths on both sides of every limit. */
    @ParameterizedTest
    @EnumSource
    void theThreadsOfOneRankTalkToThoseOfAnother(Link link) {
        good(link, 2, rank -> threads(rank, thread -> {
            Comm world = rank.world();
            int peer = 1 - rank.rank();
            long[] out = new long[200_000];
            long[] in = new long[200_000];
            for (int i = 0; i < 100; i++) {
                int n = i % 20 == 0 ? 200_000 : i % 5 == 0 ? 3_000 : 1 + i;
                out[n - 1] = 1_000L * thread + i;
                if (rank.rank() == 0) {
                    world.send(out, 0, n, peer, thread);
                    world.recv(in, 0, n, peer, thread);
                } else {
                    Request incoming = world.irecv(in, 0, n, peer, thread);
                    incoming.await();
                    world.issend(out, 0, n, peer, thread).await();
                }
                assertThat(in[n - 1]).isEqualTo(1_000L * thread + i);
            }
        }));
    }

    @ParameterizedTest
    @EnumSource
    void eachThreadHasACommunicatorForItsCollectives(Link link) {
        good(link, 3, rank -> {
            Comm[] comms = new Comm[THREADS];
            for (int t = 0; t < THREADS; t++) {
                comms[t] = rank.world().dup();
            }
            threads(rank, thread -> {
                Comm mine = comms[thread];
                for (int i = 0; i < 50; i++) {
                    assertThat(mine.allreduce((long) i + thread, Op.SUM)).isEqualTo(3L * (i + thread));
                    double[] data = new double[5_000];
                    data[17] = mine.rank() == i % 3 ? i + thread : 0;
                    mine.bcast(data, 0, data.length, i % 3);
                    assertThat(data[17]).isEqualTo(i + thread);
                    mine.nonblocking().barrier().await();
                }
            });
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFailureReachesAllThreads(Link link) {
        Jobs.Result result = Jobs.run(link, 2, rank -> {
            if (rank.rank() == 1) {
                rank.world().recv(new long[1], 0, 1, 0, 99);
                throw new org.pellang.runtime.PelTrap("the end");
            }
            rank.allowThreads();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int tag = t;
                threads.add(Thread.ofPlatform().daemon().start(() -> {
                    try {
                        rank.world().recv(new long[1], 0, 1, 1, tag);
                    } catch (Throwable stopped) {
                        // The job is over.
                    }
                }));
            }
            rank.world().send(new long[1], 0, 1, 1, 99);
            for (Thread thread : threads) {
                thread.join(30_000);
                assertThat(thread.isAlive()).isFalse();
            }
            rank.world().barrier();
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("the end");
    }
}
