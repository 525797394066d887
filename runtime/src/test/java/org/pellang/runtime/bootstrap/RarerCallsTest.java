package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pellang.runtime.bootstrap.Jobs.TEXT;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Cartesian;
import org.pellang.runtime.Comm;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Graph;
import org.pellang.runtime.Group;
import org.pellang.runtime.Op;
import org.pellang.runtime.Part;
import org.pellang.runtime.PersistentRequest;
import org.pellang.runtime.Request;
import org.pellang.runtime.SharedFile;
import org.pellang.runtime.Status;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** What of MPI-4.1 other tests do not use, on every transport. */
@Timeout(60)
class RarerCallsTest {
    @ParameterizedTest
    @EnumSource
    void requestsAndProbes(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int peer = 1 - rank.rank();
            long[] in = new long[1];
            Request both = world.isendRecv(new long[] {rank.rank()}, 0, 1, peer, 0, in, 0, 1, peer, 0);
            assertThat(both.await()).isEqualTo(new Status(peer, 0, 1));
            assertThat(in[0]).isEqualTo(peer);
            assertThat(world.probe(Comm.PROC_NULL, 3).source()).isEqualTo(Comm.PROC_NULL);
            assertThat(Objects.requireNonNull(world.iprobe(Comm.PROC_NULL, 3)).count()).isZero();
            long[] more = new long[2];
            Request[] requests = {world.irecv(more, 0, 1, peer, 1), null, world.irecv(more, 1, 1, peer, 2)};
            world.send(new long[] {20}, 0, 1, peer, 2);
            world.send(new long[] {10}, 0, 1, peer, 1);
            assertThat(world.requests().waitAll(requests)).containsExactly(new Status(peer, 1, 1), new Status(peer, 2, 1));
            assertThat(more).containsExactly(10, 20);
            world.send(new long[] {7}, 0, 1, peer, 5);
            assertThat(world.mprobe(peer, 5).irecv(in, 0, 1).await()).isEqualTo(new Status(peer, 5, 1));
            assertThat(in[0]).isEqualTo(7);
        });
    }

    @ParameterizedTest
    @EnumSource
    void collectivesOfPartsAndObjects(Link link) {
        good(link, 3, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            // Every second element.
            int[] data = {me, -1, 10 * me, -1};
            Part part = Part.of(data).strided(2, 1, 2);
            world.scan(part, Op.SUM);
            assertThat(data).containsExactly(me * (me + 1) / 2, -1, 10 * me * (me + 1) / 2, -1);
            world.reduce(part, Op.MAX, 1);
            assertThat(data[2]).isEqualTo(me == 1 ? 30 : 10 * me * (me + 1) / 2);
            int[] all = new int[12];
            world.gather(Part.of(new int[] {me, me + 5}), me == 2 ? Part.of(all).strided(6, 1, 2) : null, 2);
            assertThat(all).containsExactly(me == 2 ? new int[] {0, 0, 5, 0, 1, 0, 6, 0, 2, 0, 7, 0} : new int[12]);
            world.scatter(me == 2 ? Part.of(all).strided(6, 1, 2) : null, part, 2);
            assertThat(data).containsExactly(me, -1, me + 5, -1);
            assertThat(world.gatherObjects("r" + me, TEXT, 1)).isEqualTo(me == 1 ? List.of("r0", "r1", "r2") : List.of());
            assertThat(world.scatterObjects(me == 0 ? List.of("a", "b", "c") : null, TEXT, 0)).isEqualTo("abc".substring(me, me + 1));
            assertThat(world.allreduceObjects("r" + me, TEXT, (a, b) -> a + b)).isEqualTo("r0r1r2");
            long[] before = {me + 1};
            world.exscan(before, 0, 1, (a, b) -> 10 * a + b);
            assertThat(before[0]).isEqualTo(new long[] {1, 1, 12}[me]);
            double[] last = {me};
            world.exscan(last, 0, 1, (a, b) -> b);
            assertThat(last[0]).isEqualTo(Math.max(0, me - 1));
        });
    }

    @ParameterizedTest
    @EnumSource
    void anyPartToAnyRank(Link link) {
        good(link, 3, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            // To rank r: r doubles, or shorts if this is rank 1.
            Part[] out = new Part[3];
            Part[] in = new Part[3];
            double[] doubles = new double[6];
            short[] shorts = new short[2];
            for (int r = 0; r < 3; r++) {
                out[r] = me == 1 ? Part.of(new short[] {(short) (me + r), 9}, 0, r) : Part.of(new double[] {me + r, 9}, 0, r);
                in[r] = r == 1 ? Part.of(shorts, 0, me) : Part.of(doubles).strided(me, 1, 2);
            }
            world.alltoall(out, in);
            assertThat(shorts).containsExactly(me == 0 ? 0 : me + 1, me == 2 ? 9 : 0);
            assertThat(doubles[2]).isEqualTo(me == 2 ? 9 : 0);
            Graph ring = Graph.adjacent(world, new int[] {(me + 2) % 3}, new int[] {(me + 1) % 3});
            ring.neighborAlltoall(new Part[] {Part.of(new double[] {me, -1, me}).strided(2, 1, 2)}, new Part[] {Part.of(doubles, 0, 2)});
            assertThat(doubles[1]).isEqualTo((me + 2) % 3);
            int[] one = new int[1];
            ring.ineighborAllgather(new int[] {me}, 0, 1, one, 0).await();
            assertThat(one[0]).isEqualTo((me + 2) % 3);
            ring.ineighborAlltoall(new int[] {me + 3}, 0, 1, one, 0).await();
            assertThat(one[0]).isEqualTo((me + 2) % 3 + 3);
        });
    }

    @ParameterizedTest
    @EnumSource
    void neighboursOfAGridAgainAndAgain(Link link) {
        good(link, 4, rank -> {
            Cartesian grid = Objects.requireNonNull(Cartesian.create(rank.world(), new int[] {4}, new boolean[] {true}));
            int me = grid.comm().rank();
            int[] out = new int[2];
            int[] in = new int[2];
            int[] ones = {1, 1};
            PersistentRequest halo = grid.neighborAlltoallvInit(out, ones, new int[] {0, 1}, in, ones, new int[] {0, 1});
            for (int round = 0; round < 3; round++) {
                out[0] = 10 * me + round;
                out[1] = 10 * me + round + 5;
                halo.start();
                halo.await();
                assertThat(in).containsExactly(10 * ((me + 3) % 4) + round + 5, 10 * ((me + 1) % 4) + round);
            }
            grid.ineighborAllgather(new int[] {me}, 0, 1, in, 0).await();
            assertThat(in).containsExactly((me + 3) % 4, (me + 1) % 4);
            grid.ineighborAlltoall(new int[] {me, me + 7}, 0, 1, in, 0).await();
            assertThat(in).containsExactly((me + 3) % 4 + 7, (me + 1) % 4);
            grid.neighborAllgatherv(new int[] {me}, 0, 1, in, ones, new int[] {1, 0});
            assertThat(in).containsExactly((me + 1) % 4, (me + 3) % 4);
            Group odd = rank.world().group().incl(3, 1);
            assertThat(odd.translate(1, rank.world().group())).isEqualTo(1);
            assertThat(odd.similar(rank.world().group().incl(1, 3))).isTrue();
            assertThat(odd.similar(rank.world().group().incl(1, 2))).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource
    void vVariantsWithoutASiteAndAgainAndAgain(Link link) {
        good(link, 3, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            int[] counts = {1, 2, 3};
            int[] displs = {0, 1, 3};
            int[] expected = {0, 1, 1, 2, 2, 2};
            int[] mine = new int[counts[me]];
            Arrays.fill(mine, me);
            int[] all = new int[6];
            int[] back = new int[counts[me]];
            List<PersistentRequest> again = List.of(world.persistent().allgatherv(mine, 0, counts[me], all, counts, displs),
                    world.persistent().gatherv(mine, 0, counts[me], all, counts, displs, 1),
                    world.persistent().scatterv(expected, counts, displs, back, 0, counts[me], 0));
            for (int round = 0; round < 2; round++) {
                Arrays.fill(all, -1);
                for (PersistentRequest request : again) {
                    request.start();
                    request.await();
                }
                assertThat(all).isEqualTo(expected);
                assertThat(back).isEqualTo(mine);
            }
            Arrays.fill(all, -1);
            world.gatherv(mine, 0, counts[me], all, counts, displs, 2);
            assertThat(all[0]).isEqualTo(me == 2 ? 0 : -1);
            world.allgatherv(mine, 0, counts[me], all, counts, displs);
            assertThat(all).isEqualTo(expected);
            // In place: the own part lies where it belongs.
            int[] place = new int[6];
            System.arraycopy(mine, 0, place, displs[me], counts[me]);
            world.allgatherv(place, displs[me], counts[me], place, counts, displs);
            assertThat(place).isEqualTo(expected);
            world.scatterv(me == 1 ? place : null, counts, displs, me == 1 ? place : back, me == 1 ? displs[1] : 0, counts[me], 1);
            assertThat(back).isEqualTo(mine);
            int[] swap = {me, me, me};
            int[] ones = {1, 1, 1};
            world.alltoallv(swap, ones, new int[] {0, 1, 2}, swap, ones, new int[] {0, 1, 2});
            assertThat(swap).containsExactly(0, 1, 2);
            long[] sum = {me, 1, 1};
            PersistentRequest block = world.persistent().reduceScatterBlock(sum, 0, 1, sum, 0, Op.SUM);
            block.start();
            block.await();
            assertThat(sum[0]).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @EnumSource
    void windowsThatSwapAndTest(Link link) {
        good(link, 3, rank -> {
            Comm world = rank.world();
            double[] data = {rank.rank(), 0};
            try (var window = world.window(data)) {
                int right = (rank.rank() + 1) % 3;
                double[] old = new double[1];
                window.getAndPut(new double[] {rank.rank() + 10}, 0, 1, old, 0, right, 0);
                assertThat(old[0]).isEqualTo(right);
                window.fence();
                assertThat(data[0]).isEqualTo((rank.rank() + 2) % 3 + 10);
                assertThat(window.compareAndSwap(5.0, 6.0, right, 1)).isZero();
                assertThat(window.compareAndSwap(0.0, 6.0, right, 1)).isZero();
                assertThat(window.compareAndSwap(0.0, 7.0, right, 1)).isEqualTo(6);
                window.fence();
                window.post(world.group().incl((rank.rank() + 2) % 3));
                window.start(world.group().incl(right));
                window.put(new double[] {77}, 0, 1, right, 0);
                window.complete();
                while (!window.testComplete()) {
                    Thread.onSpinWait();
                }
                window.awaitComplete();
                assertThat(data[0]).isEqualTo(77);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void filesByPlaces(Link link, @TempDir Path folder) {
        good(link, 3, rank -> {
            try (SharedFile file = rank.world().openFile(folder.resolve("f"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                file.write(8L * rank.rank(), Part.of(new int[] {rank.rank(), 5}));
                file.sync();
                int[] all = new int[6];
                file.read(0, Part.of(all));
                assertThat(all).containsExactly(0, 5, 1, 5, 2, 5);
                assertThatThrownBy(() -> file.read(12, Part.of(all))).isInstanceOf(CommException.class).hasMessageContaining("the file ends at byte 24");
            }
        });
    }
}
