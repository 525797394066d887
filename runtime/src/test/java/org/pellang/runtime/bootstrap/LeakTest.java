package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Message;
import org.pellang.runtime.Op;
import org.pellang.runtime.Request;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** However many messages of all kinds have gone, no more memory is in use than after the first few. */
class LeakTest {
    private static final int BATCH = 40;
    private static final long SLACK = 3L << 20;

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void memoryStaysConstant(Link link) {
        messages(link, 400);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    @Timeout(1800)
    void memoryStaysConstantOverAMillionMessages(Link link) {
        messages(link, 1_000_000 / (2 * BATCH));
    }

    /** As several jobs of one JVM must not add up: its threads, connections and buffers go with a job. */
    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void jobsLeaveNoThreads(Link link) throws InterruptedException {
        for (int job = 0; job < 3; job++) {
            Jobs.good(link, 4, rank -> rank.world().barrier());
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("pel ")) {
                thread.join(10_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    private static void messages(Link link, int batches) {
        Jobs.Result result = Jobs.run(link, 2, rank -> {
            Comm world = rank.world();
            byte[] out = new byte[20_000];
            byte[] in = new byte[20_000];
            batches(world, 100, out, in);
            long before = used(world);
            batches(world, batches, out, in);
            assertThat(used(world) - before).as("bytes more after %d batches", batches).isLessThan(SLACK);
        });
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    /** Short, medium and long ones, unexpected, probed, synchronous, cancelled, with and without credit. */
    private static void batches(Comm world, int batches, byte[] out, byte[] in) {
        int peer = 1 - world.rank();
        Request[] requests = new Request[BATCH];
        for (int b = 0; b < batches; b++) {
            for (int m = 0; m < BATCH; m++) {
                int length = m % 10 == 0 ? out.length : m * 7;
                requests[m] = m % 8 == 3 ? world.issend(out, 0, length, peer, m) : world.isend(out, 0, length, peer, m);
            }
            Request never = world.irecv(in, 0, in.length, peer, BATCH);
            for (int m = BATCH - 1; m >= 0; m--) {
                Message found = m % 5 == 2 ? world.improbe(peer, m) : null;
                if (found != null) {
                    found.recv(in, 0, in.length);
                } else {
                    world.recv(in, 0, in.length, peer, m);
                }
            }
            Request.awaitAll(requests);
            assertThat(never.cancel()).isTrue();
        }
    }

    private static long used(Comm world) {
        world.barrier();
        System.gc();
        long bytes = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        return world.allreduce(bytes, Op.MIN);
    }
}
