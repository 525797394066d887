package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** What messages and waiting cost. */
@Timeout(60)
class FrugalityTest {
    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Compiled code allocates nothing; the interpreter may, so the best of many rounds counts. */
    @ParameterizedTest
    @EnumSource
    void shortMessagesAllocateNothing(Link link) {
        int messages = 1_000;
        // A rank that sleeps in a selector is given an Integer by the JDK for each connection that is ready.
        boolean selects = link != Link.LOCAL && link != Link.SHARED;
        int most = selects ? 24 * messages : messages;
        Jobs.Result result = Jobs.run(link, 2, rank -> {
            Comm world = rank.world();
            long[] box = new long[1];
            long[] least = {Long.MAX_VALUE};
            for (int round = 0; round < 400 && least[0] > most; round++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < messages; i++) {
                    if (rank.rank() == 0) {
                        world.send(box, 0, 1, 1, 0);
                        world.recv(box, 0, 1, 1, 0);
                    } else {
                        world.recv(box, 0, 1, 0, 0);
                        world.send(box, 0, 1, 0, 0);
                    }
                }
                long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
                least[0] = Math.min(least[0], world.allreduce(allocated, Op.MAX));
            }
            assertThat(least[0]).as("bytes for " + messages + " messages").isLessThanOrEqualTo(most);
        });
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsUsesHardlyAnyCpu(Link link) {
        Jobs.Result result = Jobs.run(link, 2, rank -> {
            if (rank.rank() == 0) {
                long end = System.nanoTime() + 500_000_000L;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                rank.world().send(new int[1], 0, 1, 1, 0);
            } else {
                long before = THREADS.getCurrentThreadCpuTime();
                rank.world().recv(new int[1], 0, 1, 0, 0);
                assertThat(THREADS.getCurrentThreadCpuTime() - before).isLessThan(25_000_000L);
            }
        });
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }
}
