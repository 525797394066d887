package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pellang.runtime.bootstrap.Jobs.TEXT;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Attributes;
import org.pellang.runtime.Comm;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Graph;
import org.pellang.runtime.Group;
import org.pellang.runtime.Op;
import org.pellang.runtime.Part;
import org.pellang.runtime.PersistentRequest;
import org.pellang.runtime.Request;
import org.pellang.runtime.SharedFile;
import org.pellang.runtime.SharedMemory;
import org.pellang.runtime.Status;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** The less usual calls of MPI, on every transport. */
@Timeout(60)
class CompletenessTest {
    @ParameterizedTest
    @EnumSource
    void modesAndPersistentSends(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            long[] box = {rank.rank()};
            world.sendRecvReplace(box, 0, 1, 1 - rank.rank(), 0, 1 - rank.rank(), 0);
            assertThat(box[0]).isEqualTo(1 - rank.rank());
            if (rank.rank() == 0) {
                PersistentRequest[] sends = {world.ssendInit(box, 0, 1, 1, 1), world.bsendInit(box, 0, 1, 1, 1), world.rsendInit(box, 0, 1, 1, 1)};
                for (int round = 0; round < 3; round++) {
                    for (PersistentRequest send : sends) {
                        box[0] = round;
                        send.start();
                        send.await();
                    }
                }
                world.rsend(box, 0, 1, 1, 2);
                world.ibsend(box, 0, 1, 1, 2).await();
                return;
            }
            for (int k = 0; k < 9; k++) {
                assertThat(world.recv(box, 0, 1, 0, 1)).isEqualTo(new Status(0, 1, 1));
                assertThat(box[0]).isEqualTo(k / 3);
            }
            world.recv(box, 0, 1, 0, 2);
            world.recv(box, 0, 1, 0, 2);
        });
    }

    @ParameterizedTest
    @EnumSource
    void objectsThroughASerializer(Link link) {
        good(link, 3, rank -> {
            Comm world = rank.world();
            world.sendObject("to the right from " + rank.rank(), TEXT, (rank.rank() + 1) % 3, 4);
            assertThat(world.recvObject(TEXT, (rank.rank() + 2) % 3, 4)).isEqualTo("to the right from " + (rank.rank() + 2) % 3);
            assertThat(world.bcastObject(rank.rank() == 2 ? "two" : null, TEXT, 2)).isEqualTo("two");
            assertThat(world.allgatherObjects("r" + rank.rank(), TEXT)).isEqualTo(List.of("r0", "r1", "r2"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void operatorsOfTheUserSeeRankOrder(Link link) {
        good(link, 5, rank -> {
            Comm world = rank.world();
            // Digits in rank order: associative with the right power of ten, not commutative.
            long[] first = {rank.rank() + 1, 7};
            world.allreduce(first, 0, 1, (a, b) -> a * (long) Math.pow(10, Long.toString(b).length()) + b);
            assertThat(first).containsExactly(12345, 7);
            double[] last = {rank.rank()};
            world.scan(last, 0, 1, (a, b) -> b);
            assertThat(last[0]).isEqualTo(rank.rank());
            double[] kept = {rank.rank()};
            world.reduce(kept, 0, 1, (a, b) -> a, 3);
            assertThat(kept[0]).isEqualTo(rank.rank() == 3 ? 0 : rank.rank());
        });
    }

    @ParameterizedTest
    @EnumSource
    void persistentCollectives(Link link) {
        good(link, 4, rank -> {
            Comm world = rank.world();
            long[] sum = new long[1];
            long[] all = new long[4];
            long[] mine = new long[1];
            PersistentRequest[] requests = {world.persistent().allreduce(sum, 0, 1, Op.SUM), world.persistent().barrier(),
                world.persistent().allgather(mine, 0, 1, all, 0)};
            for (int round = 0; round < 5; round++) {
                sum[0] = round;
                mine[0] = 10 * round + rank.rank();
                PersistentRequest.startAll(requests);
                Request.awaitAll(requests);
                assertThat(sum[0]).isEqualTo(4 * round);
                assertThat(all).containsExactly(10 * round, 10 * round + 1, 10 * round + 2, 10 * round + 3);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void attributesAndGroups(Link link) {
        good(link, 5, rank -> {
            Attributes.Key<String> local = Attributes.Key.local();
            Attributes.Key<String> copied = Attributes.Key.copied(UnaryOperator.identity());
            Comm world = rank.world();
            world.attributes().set(local, "here");
            world.attributes().set(copied, "everywhere");
            Comm copy = world.dup();
            assertThat(copy.attributes().get(local)).isNull();
            assertThat(copy.attributes().get(copied)).isEqualTo("everywhere");
            world.attributes().remove(copied);
            assertThat(world.attributes().get(copied)).isNull();
            Group odd = world.group().incl(3, 1);
            Group even = world.group().incl(4, 0, 2);
            // Only the group's ranks call; both groups at once, then communicators of all still have numbers of their own.
            Comm part = world.createGroup(rank.rank() % 2 == 1 ? odd : even, 7);
            assertThat(part.group()).isEqualTo(rank.rank() % 2 == 1 ? odd : even);
            Comm other = world.dup();
            part.send(new long[] {1}, 0, 1, part.rank(), 0);
            other.send(new long[] {2}, 0, 1, other.rank(), 0);
            long[] box = new long[1];
            other.recv(box, 0, 1, Comm.ANY_SOURCE, 0);
            assertThat(box[0]).isEqualTo(2);
            part.recv(box, 0, 1, Comm.ANY_SOURCE, 0);
            assertThat(box[0]).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void graphsWithSeveralEdgesAndLoops(Link link) {
        good(link, 4, rank -> {
            int me = rank.rank();
            // Everybody to the next twice, to itself once; rank 0 names all edges of the other kind.
            int next = (me + 1) % 4;
            int last = (me + 3) % 4;
            Graph graph = Graph.adjacent(rank.world(), new int[] {last, me, last}, new int[] {next, next, me});
            int[] in = new int[3];
            // A message that nobody has received yet is none of the neighbourhood's.
            graph.comm().send(new int[] {-1}, 0, 1, next, 0);
            graph.neighborAlltoall(new int[] {10 * me, 10 * me + 1, 10 * me + 2}, 0, 1, in, 0);
            assertThat(in).containsExactly(10 * last, 10 * me + 2, 10 * last + 1);
            graph.neighborAllgather(new int[] {me}, 0, 1, in, 0);
            assertThat(in).containsExactly(last, me, last);
            graph.comm().recv(in, 0, 1, last, 0);
            assertThat(in[0]).isEqualTo(-1);
            int[][] edges = me == 0 ? new int[][] {{0, 1}, {0, 2}, {0, 3}, {3, 0}} : new int[0][];
            Graph star = Graph.of(rank.world(), edges);
            assertThat(star.destinations()).containsExactly(me == 0 ? new int[] {1, 2, 3} : me == 3 ? new int[] {0} : new int[0]);
            int[] got = {-1, -1};
            Request first = star.ineighborAllgatherv(new int[] {me + 5}, 0, 1, got, filled(star.sources().length, 1), new int[star.sources().length]);
            Request second = star.ineighborAllgatherv(new int[] {me + 6}, 0, 1, got, filled(star.sources().length, 1), filled(star.sources().length, 1));
            second.await();
            first.await();
            assertThat(got).containsExactly(me == 0 ? new int[] {8, 9} : new int[] {5, 6});
        });
    }

    private static int[] filled(int n, int value) {
        int[] array = new int[n];
        Arrays.fill(array, value);
        return array;
    }

    @ParameterizedTest
    @EnumSource
    void windowsWithPostAndStartAndLocksOfAll(Link link) {
        good(link, 4, rank -> {
            Comm world = rank.world();
            long[] data = new long[4];
            try (var window = world.window(data)) {
                int me = rank.rank();
                Group left = world.group().incl((me + 3) % 4);
                Group right = world.group().incl((me + 1) % 4);
                for (int round = 0; round < 20; round++) {
                    window.post(left);
                    window.start(right);
                    window.put(new long[] {100 * round + me}, 0, 1, (me + 1) % 4, 0);
                    window.complete();
                    window.awaitComplete();
                    assertThat(data[0]).isEqualTo(100 * round + (me + 3) % 4);
                }
                window.lockAll();
                for (int target = 0; target < 4; target++) {
                    window.rput(new long[] {me}, 0, 1, target, 3).await();
                    window.raccumulate(new long[] {1}, 0, 1, target, 1, Op.SUM);
                    long[] old = new long[1];
                    Request request = window.rgetAccumulate(new long[] {5}, 0, 1, old, 0, target, 2, Op.MAX);
                    request.await();
                    assertThat(old[0]).isIn(0L, 5L);
                }
                window.flushAll();
                window.unlockAll();
                window.fence();
                assertThat(data[1]).isEqualTo(4);
                assertThat(data[2]).isEqualTo(5);
                assertThat(data[3]).isBetween(0L, 3L);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void sharedMemoryHasNoNameAndIsSeenByAll(Link link) throws Exception {
        good(link, 3, rank -> {
            Comm node = rank.world().splitShared();
            try (SharedMemory shared = node.sharedMemory(8L * (node.rank() + 1))) {
                assertThat(leftIn("/dev/shm")).isEmpty();
                MemorySegment mine = shared.mine();
                assertThat(mine.byteSize()).isEqualTo(8L * (node.rank() + 1));
                mine.setAtIndex(ValueLayout.JAVA_LONG, node.rank(), 70 + node.rank());
                shared.fence();
                for (int r = 0; r < node.size(); r++) {
                    assertThat(shared.of(r).getAtIndex(ValueLayout.JAVA_LONG, r)).isEqualTo(70 + r);
                }
                shared.fence();
                var counter = ValueLayout.JAVA_LONG.varHandle();
                for (int i = 0; i < 1_000; i++) {
                    long ignored = (long) counter.getAndAdd(shared.of(0), 0L, 1L);
                }
                shared.fence();
                assertThat(shared.of(0).getAtIndex(ValueLayout.JAVA_LONG, 0)).isEqualTo(70 + 3_000);
            }
        });
    }

    private static List<Path> leftIn(String folder) throws java.io.IOException {
        String mine = "pel-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.getFileName().toString().startsWith(mine)).toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesByBoxes(Link link, @TempDir Path folder) {
        Path path = folder.resolve("array.bin");
        good(link, 4, rank -> {
            // A 6 x 10 array behind a header of 16 bytes, as a 2 x 2 grid of boxes.
            long[] shape = {6, 10};
            long[] start = {3L * (rank.rank() / 2), 5L * (rank.rank() % 2)};
            long[] extents = {3, 5};
            double[] mine = new double[15];
            Arrays.setAll(mine, i -> (start[0] + i / 5) * 10 + start[1] + i % 5);
            try (SharedFile file = rank.world().openFile(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                file.writeBox(16, shape, start, extents, Part.of(mine));
                file.sync();
                assertThat(file.size()).isEqualTo(16 + 60 * 8);
                double[] rows = new double[20];
                boolean reads = rank.rank() < 3;
                file.readBox(16, shape, new long[] {2L * (rank.rank() % 3), 0}, new long[] {reads ? 2 : 0, 10},
                        reads ? Part.of(rows) : Part.of(rows, 0, 0));
                for (int i = 0; reads && i < 20; i++) {
                    assertThat(rows[i]).isEqualTo(20 * rank.rank() + i);
                }
                assertThatThrownBy(() -> file.readBox(16, new long[] {7, 10}, new long[] {rank.rank(), 0}, new long[] {4, 10}, Part.of(new double[40])))
                        .as("on all ranks, also on those that could").isInstanceOf(CommException.class).hasMessageContaining("the file ends at byte 496");
            }
        });
        good(link, 2, rank -> assertThatThrownBy(() -> rank.world().openFile(folder.resolve("none"), StandardOpenOption.READ))
                .isInstanceOf(CommException.class).hasMessageContaining("none"));
    }
}
