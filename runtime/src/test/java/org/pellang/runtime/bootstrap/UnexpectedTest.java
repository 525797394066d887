package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Status;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** Messages that come before their receives: little memory, order kept. */
@Timeout(60)
class UnexpectedTest {
    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @ParameterizedTest
    @EnumSource
    void aMillionUnmatchedSendsStayBelow64MiB(Link link) {
        int n = 1_000_000;
        good(link, 2, rank -> {
            Comm world = rank.world();
            long[] box = new long[1];
            if (rank.rank() == 0) {
                for (int i = 0; i < n; i++) {
                    box[0] = i;
                    world.send(box, 0, 1, 1, 5);
                }
                world.send(box, 0, 0, 1, 6);
                return;
            }
            long before = usedHeap();
            world.recv(box, 0, 1, 0, 6);
            assertThat(usedHeap() - before).isLessThan(64L << 20);
            for (int i = 0; i < n; i++) {
                world.recv(box, 0, 1, 0, 5);
                if (box[0] != i) {
                    throw new AssertionError("message " + i + " holds " + box[0]);
                }
            }
        });
    }

    /** Short and long ones of several types and tags, taken from the middle, the head and through wildcards. */
    @ParameterizedTest
    @EnumSource
    void anyMixIsTakenInOrderPerTag(Link link) {
        int n = 3_000;
        good(link, 2, rank -> {
            Comm world = rank.world();
            SplittableRandom random = new SplittableRandom(7);
            if (rank.rank() == 0) {
                for (int i = 0; i < n; i++) {
                    int[] data = new int[1 + random.nextInt(random.nextInt(10) == 0 ? 3_000 : 9)];
                    data[0] = i;
                    world.sendBuffered(data, 0, data.length, 1, random.nextInt(4));
                }
                world.send(new int[0], 0, 0, 1, 9);
                return;
            }
            world.recv(new int[0], 0, 0, 0, 9);
            ArrayDeque<int[]> expected = new ArrayDeque<>();
            for (int i = 0; i < n; i++) {
                int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 3_000 : 9);
                expected.add(new int[] {i, length, random.nextInt(4)});
            }
            int[] data = new int[3_000];
            while (!expected.isEmpty()) {
                int wish = random.nextInt(5);
                int[] next = expected.stream().filter(e -> wish == 4 || e[2] == wish).findFirst().orElse(null);
                int tag = wish == 4 ? Comm.ANY_TAG : wish;
                if (next == null) {
                    assertThat(world.iprobe(0, tag)).isNull();
                    continue;
                }
                Status status = world.recv(data, 0, data.length, random.nextBoolean() ? 0 : Comm.ANY_SOURCE, tag);
                assertThat(status).isEqualTo(new Status(0, next[2], next[1]));
                assertThat(data[0]).isEqualTo(next[0]);
                expected.remove(next);
            }
        });
    }
}
