package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Op;
import org.pellang.runtime.Part;
import org.pellang.runtime.Request;
import org.pellang.runtime.Status;
import org.pellang.runtime.bootstrap.Jobs.Link;
import org.pellang.runtime.memory.Kind;

/** Elements that do not lie together, and memory outside of the heap. */
@Timeout(60)
class PartTest {
    @ParameterizedTest
    @EnumSource
    void layoutsMeetArraysAndEachOther(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int[] grid = new int[48];
            if (rank.rank() == 0) {
                Arrays.setAll(grid, i -> i);
                world.send(Part.of(grid).strided(6, 1, 8), 1, 0);
                world.send(Part.of(grid).indexed(new int[] {40, 3, 3}, new int[] {2, 0, 3}), 1, 1);
                world.isend(Part.of(grid).box(new int[] {2, 3, 8}, new int[] {0, 1, 2}, new int[] {2, 2, 3}), 1, 2).await();
                world.send(Part.of(grid, 47, 1).strided(1, 1, -1), 1, 3);
                world.send(Part.of(grid).indexed(new int[] {47, 40, 8}, 1), 1, 4);
                return;
            }
            int[] got = new int[12];
            assertThat(world.recv(got, 0, 12, 0, 0)).isEqualTo(new Status(0, 0, 6));
            assertThat(got).startsWith(0, 8, 16, 24, 32, 40, 0);
            world.recv(Part.of(grid).strided(3, 2, 4), 0, 1);
            assertThat(grid).startsWith(40, 41, 0, 0, 3, 4, 0, 0, 5, 0);
            Request box = world.irecv(Part.of(got), 0, 2);
            box.await();
            assertThat(got).containsExactly(10, 11, 12, 18, 19, 20, 34, 35, 36, 42, 43, 44);
            world.recv(Part.of(got).indexed(new int[] {5, 2}, 1), 0, 3);
            assertThat(got[5]).isEqualTo(47);
            assertThat(got[2]).as("not reached by a shorter message").isEqualTo(12);
            Request late = world.irecv(Part.of(got).strided(3, 1, 3), Comm.ANY_SOURCE, Comm.ANY_TAG);
            while (!late.test()) {
                Thread.onSpinWait();
            }
            assertThat(new int[] {got[0], got[3], got[6]}).containsExactly(47, 40, 8);
        });
    }

    @ParameterizedTest
    @EnumSource
    void memoryOutsideOfTheHeap(Link link) {
        good(link, 2, rank -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(80_003, 8);
                if (rank.rank() == 0) {
                    for (int i = 0; i < 10_000; i++) {
                        memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, i / 2.0);
                    }
                    rank.world().send(Part.of(memory, Kind.DOUBLE), 1, 0);
                    rank.world().send(Part.of(memory, Kind.DOUBLE).strided(100, 1, 100), 1, 0);
                } else {
                    Part all = Part.of(memory, Kind.DOUBLE);
                    assertThat(all.count()).isEqualTo(10_000);
                    assertThat(rank.world().recv(all, 0, 0).elements()).isEqualTo(10_000);
                    assertThat(memory.getAtIndex(ValueLayout.JAVA_DOUBLE, 9_999)).isEqualTo(4_999.5);
                    double[] some = new double[100];
                    rank.world().recv(some, 0, 100, 0, 0);
                    assertThat(some[99]).isEqualTo(4_950);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void collectivesOfParts(Link link) {
        good(link, 3, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            long[] grid = new long[12];
            Arrays.fill(grid, me + 1);
            world.allreduce(Part.of(grid).strided(4, 1, 3), Op.SUM);
            long[] expected = new long[12];
            Arrays.setAll(expected, i -> i % 3 == 0 ? 6 : me + 1);
            assertThat(grid).isEqualTo(expected);
            long[] bigger = new long[20];
            world.bcast(me == 1 ? Part.of(grid, 0, 5) : Part.of(bigger).strided(5, 1, 4), 1);
            assertThat(me == 1 || bigger[4] == 2 && bigger[12] == 6 && bigger[1] == 0).isTrue();
            long[] all = new long[18];
            world.allgather(Part.of(new long[] {me, -1, 10 + me}).strided(2, 1, 2), Part.of(all).strided(6, 1, 3));
            assertThat(all).containsExactly(0, 0, 0, 10, 0, 0, 1, 0, 0, 11, 0, 0, 2, 0, 0, 12, 0, 0);
            long[] in = new long[6];
            world.alltoall(Part.of(new long[] {me, 0, 10 + me, 0, 20 + me, 0}).strided(3, 1, 2), Part.of(in).strided(3, 1, 2));
            assertThat(in).containsExactly(10L * me, 0, 10L * me + 1, 0, 10L * me + 2, 0);
        });
    }

    /** Against plain loops: any nesting of what a part can be. */
    @Test
    void randomLayoutsHaveTheirElements() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 300; round++) {
            int n = 1 + random.nextInt(60);
            int[] array = new int[n];
            Arrays.setAll(array, i -> i);
            int blocks = random.nextInt(5);
            int[] places = new int[blocks];
            int[] lengths = new int[blocks];
            int[] expected = new int[0];
            for (int b = 0; b < blocks; b++) {
                places[b] = random.nextInt(n);
                lengths[b] = random.nextInt(n - places[b] + 1);
                int at = expected.length;
                expected = Arrays.copyOf(expected, at + lengths[b]);
                for (int k = 0; k < lengths[b]; k++) {
                    expected[at + k] = places[b] + k;
                }
            }
            Part part = Part.of(array).indexed(places, lengths);
            assertThat(part.count()).isEqualTo(expected.length);
            int[] wanted = expected;
            Jobs.Result result = Jobs.run(Link.LOCAL, 1, rank -> {
                int[] got = new int[wanted.length];
                Request incoming = rank.world().irecv(got, 0, got.length, 0, 0);
                rank.world().send(part, 0, 0);
                incoming.await();
                assertThat(got).isEqualTo(wanted);
            });
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        double[] array = new double[10];
        assertThatThrownBy(() -> Part.of(array, 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Part.of(array).strided(4, 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Part.of(array).strided(3, 1, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Part.of(array).indexed(new int[] {9}, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Part.of(array).box(new int[] {3, 4}, new int[] {2, 0}, new int[] {1, 3})).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Part.of(array).box(new int[] {3}, new int[] {2, 0}, new int[] {1, 3})).isInstanceOf(CommException.class);
        assertThatThrownBy(() -> Part.of(array).strided(2, 1, 3).strided(1, 1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
