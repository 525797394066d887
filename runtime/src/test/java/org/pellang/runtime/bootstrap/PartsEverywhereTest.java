package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pellang.runtime.bootstrap.Jobs.TEXT;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Cartesian;
import org.pellang.runtime.Comm;
import org.pellang.runtime.CommException;
import org.pellang.runtime.IntOperator;
import org.pellang.runtime.Nonblocking;
import org.pellang.runtime.Op;
import org.pellang.runtime.Part;
import org.pellang.runtime.PersistentCollectives;
import org.pellang.runtime.PersistentRequest;
import org.pellang.runtime.Request;
import org.pellang.runtime.Window;
import org.pellang.runtime.bootstrap.Jobs.Link;
import org.pellang.runtime.memory.Kind;

/** Elements that do not lie together, and memory outside of the heap, wherever arrays may be; objects too. */
@Timeout(60)
class PartsEverywhereTest {
    private static final int RANKS = 3;

    /** Every other element. */
    private static Part spaced(int[] array) {
        return Part.of(array).strided(array.length / 2, 1, 2);
    }

    private static void finish(Request request) {
        if (request instanceof PersistentRequest persistent) {
            persistent.start();
        }
        request.await();
    }

    @ParameterizedTest
    @EnumSource
    void inEveryModeOfSending(Link link) {
        good(link, 2, rank -> {
            Comm world = rank.world();
            int peer = 1 - rank.rank();
            int[] out = {1, -1, 2, -1};
            int[] in = new int[4];
            PersistentRequest receive = world.recvInit(spaced(in), peer, 0);
            List<UnaryOperator<Part>> modes = List.of(
                    p -> after(p, () -> world.send(p, peer, 0)), p -> after(p, () -> world.sendBuffered(p, peer, 0)),
                    p -> after(p, () -> world.rsend(p, peer, 0)), p -> after(p, () -> world.isend(p, peer, 0).await()),
                    p -> after(p, () -> world.ibsend(p, peer, 0).await()), p -> after(p, () -> world.irsend(p, peer, 0).await()),
                    p -> after(p, () -> finish(world.sendInit(p, peer, 0))), p -> after(p, () -> finish(world.bsendInit(p, peer, 0))),
                    p -> after(p, () -> finish(world.rsendInit(p, peer, 0))));
            for (UnaryOperator<Part> mode : modes) {
                in[2] = 0;
                receive.start();
                mode.apply(spaced(out));
                receive.await();
                assertThat(in).containsExactly(1, 0, 2, 0);
            }
            for (Request request : new Request[] {world.issend(spaced(out), peer, 0), world.ssendInit(spaced(out), peer, 0)}) {
                in[2] = 0;
                receive.start();
                if (request instanceof PersistentRequest persistent) {
                    persistent.start();
                }
                receive.await();
                request.await();
                assertThat(in).containsExactly(1, 0, 2, 0);
            }
            world.isendRecv(spaced(out), peer, 1, spaced(in), peer, 1).await();
            in[0] = rank.rank();
            world.sendRecvReplace(spaced(in), peer, 2, peer, 2);
            assertThat(in).containsExactly(peer, 0, 2, 0);
            world.sendBuffered(spaced(out), peer, 3);
            world.mprobe(peer, 3).recv(spaced(in));
            world.sendBuffered(spaced(out), peer, 3);
            world.mprobe(peer, 3).irecv(spaced(in)).await();
            assertThat(in).containsExactly(1, 0, 2, 0);
            world.sendObject("from " + rank.rank(), TEXT, peer, 4);
            assertThat(world.mprobe(peer, 4).recvObject(TEXT)).isEqualTo("from " + peer);
            Request synchronous = world.issend(spaced(out), peer, 5);
            assertThat(synchronous.test()).isFalse();
            world.barrier();
            world.recv(spaced(in), peer, 5);
            synchronous.await();
        });
    }

    /** Neither commutative, nor of arrays: operators of the user on parts. */
    @ParameterizedTest
    @EnumSource
    void operatorsOfTheUser(Link link) {
        good(link, RANKS, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            IntOperator digits = (left, right) -> left * (int) Math.pow(10, Integer.toString(right).length()) + right;
            for (int form = 0; form < 3; form++) {
                int[] buf = {me + 1, -1, me + 4, -1};
                Part part = spaced(buf);
                switch (form) {
                    case 0 -> world.allreduce(part, digits);
                    case 1 -> finish(world.nonblocking().allreduce(part, digits));
                    default -> finish(world.persistent().allreduce(part, digits));
                }
                assertThat(buf).containsExactly(123, -1, 456, -1);
                buf[0] = me + 1;
                switch (form) {
                    case 0 -> world.reduce(part, digits, 1);
                    case 1 -> finish(world.nonblocking().reduce(part, digits, 1));
                    default -> finish(world.persistent().reduce(part, digits, 1));
                }
                assertThat(buf[0]).isEqualTo(me == 1 ? 123 : me + 1);
                buf[0] = me + 1;
                switch (form) {
                    case 0 -> world.scan(part, digits);
                    case 1 -> finish(world.nonblocking().scan(part, digits));
                    default -> finish(world.persistent().scan(part, digits));
                }
                assertThat(buf[0]).isEqualTo(new int[] {1, 12, 123}[me]);
                buf[0] = me + 1;
                switch (form) {
                    case 0 -> world.exscan(part, digits);
                    case 1 -> finish(world.nonblocking().exscan(part, digits));
                    default -> finish(world.persistent().exscan(part, digits));
                }
                assertThat(me == 0 || buf[0] == (me == 1 ? 1 : 12)).isTrue();
                int[] all = {me + 1, 0, me + 4, 0, me + 7, 0};
                int[] mine = {0, -1};
                switch (form) {
                    case 0 -> world.reduceScatterBlock(spaced(all), spaced(mine), digits);
                    case 1 -> finish(world.nonblocking().reduceScatterBlock(spaced(all), spaced(mine), digits));
                    default -> finish(world.persistent().reduceScatterBlock(spaced(all), spaced(mine), digits));
                }
                assertThat(mine).containsExactly(new int[] {123, 456, 789}[me], -1);
            }
            assertThatThrownBy(() -> world.allreduce(Part.of(new long[1]), digits)).isInstanceOf(CommException.class)
                    .hasMessage("an operator of another kind than the part's elements, which are of kind LONG");
        });
    }

    private static Part after(Part part, Runnable work) {
        work.run();
        return part;
    }

    @ParameterizedTest
    @EnumSource
    void inCollectives(Link link) {
        good(link, RANKS, rank -> {
            Comm world = rank.world();
            Nonblocking at = world.nonblocking();
            PersistentCollectives init = world.persistent();
            int me = rank.rank();
            for (int form = 0; form < 2; form++) {
                boolean once = form == 0;
                int[] buf = {me, -1, me + 1, -1};
                Part part = spaced(buf);
                finish(once ? at.bcast(part, 1) : init.bcast(part, 1));
                assertThat(buf).containsExactly(1, -1, 2, -1);
                finish(once ? at.allreduce(part, Op.SUM) : init.allreduce(part, Op.SUM));
                assertThat(buf).containsExactly(3, -1, 6, -1);
                finish(once ? at.reduce(part, Op.SUM, 2) : init.reduce(part, Op.SUM, 2));
                assertThat(buf[0]).isEqualTo(me == 2 ? 9 : 3);
                buf[0] = 1;
                buf[2] = 2;
                finish(once ? at.scan(part, Op.SUM) : init.scan(part, Op.SUM));
                assertThat(buf).containsExactly(me + 1, -1, 2 * (me + 1), -1);
                finish(once ? at.exscan(part, Op.MAX) : init.exscan(part, Op.MAX));
                assertThat(buf).containsExactly(me, -1, 2 * me, -1);
                int[] all = new int[2 * RANKS];
                int[] one = {me, -1};
                finish(once ? at.gather(spaced(one), spaced(all), 1) : init.gather(spaced(one), spaced(all), 1));
                assertThat(all[4]).isEqualTo(me == 1 ? 2 : 0);
                finish(once ? at.allgather(spaced(one), spaced(all)) : init.allgather(spaced(one), spaced(all)));
                assertThat(all).containsExactly(0, 0, 1, 0, 2, 0);
                finish(once ? at.scatter(spaced(all), spaced(one), 0) : init.scatter(spaced(all), spaced(one), 0));
                assertThat(one).containsExactly(me, -1);
                int[] across = new int[2 * RANKS];
                finish(once ? at.alltoall(spaced(all), spaced(across)) : init.alltoall(spaced(all), spaced(across)));
                assertThat(across).containsExactly(me, 0, me, 0, me, 0);
                finish(once ? at.reduceScatterBlock(spaced(all), spaced(one), Op.SUM) : init.reduceScatterBlock(spaced(all), spaced(one), Op.SUM));
                assertThat(one).containsExactly(RANKS * me, -1);
                finish(once ? at.reduceScatter(spaced(all), new long[] {1, 1, 1}, spaced(one), Op.MAX)
                        : init.reduceScatter(spaced(all), new long[] {1, 1, 1}, spaced(one), Op.MAX));
                assertThat(one).containsExactly(me, -1);
                Part[] out = {Part.of(new long[] {me}), Part.of(new double[] {me, me}), Part.of(new byte[] {(byte) me})};
                long[] longs = new long[RANKS];
                double[] doubles = new double[2 * RANKS];
                byte[] bytes = new byte[RANKS];
                Part[] in = new Part[RANKS];
                for (int r = 0; r < RANKS; r++) {
                    in[r] = me == 0 ? Part.of(longs, r, 1) : me == 1 ? Part.of(doubles, 2 * r, 2) : Part.of(bytes, r, 1);
                }
                finish(once ? at.alltoall(out, in) : init.alltoall(out, in));
                assertThat(longs).containsExactly(0, me == 0 ? 1 : 0, me == 0 ? 2 : 0);
                assertThat(doubles).containsExactly(0, 0, me == 1 ? 1 : 0, me == 1 ? 1 : 0, me == 1 ? 2 : 0, me == 1 ? 2 : 0);
                assertThat(bytes[2]).isEqualTo((byte) (me == 2 ? 2 : 0));
            }
            assertThatThrownBy(() -> at.bcast(new int[1], 0, 1, RANKS)).hasMessageContaining("rank 3 does not exist");
        });
    }

    @ParameterizedTest
    @EnumSource
    void withLengthsOfTheirOwn(Link link) {
        good(link, RANKS, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            int[] mine = {me, -1, me, -1, me, -1};
            Part own = Part.of(mine).strided(me + 1, 1, 2);
            int[] all = new int[6];
            Part[] parts = {Part.of(all, 0, 1), Part.of(all, 1, 2), Part.of(all, 3, 3)};
            world.gatherv(own, me == 1 ? parts : null, 1);
            assertThat(all[5]).isEqualTo(me == 1 ? 2 : 0);
            world.allgatherv(own, parts);
            assertThat(all).containsExactly(0, 1, 1, 2, 2, 2);
            world.scatterv(me == 2 ? parts : null, own, 2);
            assertThat(mine[2 * me]).isEqualTo(me);
            for (int form = 0; form < 2; form++) {
                Arrays.fill(all, -1);
                Part[] by = Part.of(all).pieces(new long[] {1, 2, 3}, new long[] {5, 3, 0});
                finish(form == 0 ? world.nonblocking().gatherv(own, me == 1 ? by : null, 1) : world.persistent().gatherv(own, me == 1 ? by : null, 1));
                assertThat(all).isEqualTo(me == 1 ? new int[] {2, 2, 2, 1, 1, 0} : new int[] {-1, -1, -1, -1, -1, -1});
                finish(form == 0 ? world.nonblocking().allgatherv(own, by) : world.persistent().allgatherv(own, by));
                assertThat(all).containsExactly(2, 2, 2, 1, 1, 0);
                all[3] = 7;
                finish(form == 0 ? world.nonblocking().scatterv(me == 2 ? by : null, own, 2) : world.persistent().scatterv(me == 2 ? by : null, own, 2));
                assertThat(mine[0]).isEqualTo(me == 1 ? 7 : me);
                mine[0] = me;
            }
            world.allgatherv(own, parts);
            world.reduceScatter(Part.of(all), new long[] {1, 2, 3}, own, Op.SUM);
            assertThat(mine[2 * me]).isEqualTo(RANKS * me);
            world.reduceScatterBlock(Part.of(all), Part.of(mine, 0, 2), Op.MAX);
            assertThat(mine[0]).isEqualTo(me);
            Cartesian ring = Objects.requireNonNull(Cartesian.create(world, new int[] {RANKS}, new boolean[] {true}));
            int[] in = new int[4];
            for (int form = 0; form < 3; form++) {
                Part here = Part.of(new int[] {me + 1});
                switch (form) {
                    case 0 -> ring.neighborAllgather(here, spaced(in));
                    case 1 -> ring.ineighborAllgather(here, spaced(in)).await();
                    default -> finish(ring.neighborAllgatherInit(here, spaced(in)));
                }
                assertThat(in).containsExactly((me + 2) % RANKS + 1, 0, (me + 1) % RANKS + 1, 0);
                Part[] from = {Part.of(in, 3, 1), Part.of(in, 1, 1)};
                switch (form) {
                    case 0 -> ring.neighborAllgatherv(here, from);
                    case 1 -> ring.ineighborAllgatherv(here, from).await();
                    default -> finish(ring.neighborAllgathervInit(here, from));
                }
                assertThat(in[3]).isEqualTo((me + 2) % RANKS + 1);
                Part[] to = {Part.of(new int[] {me}), Part.of(new int[] {me + 10})};
                switch (form) {
                    case 0 -> ring.neighborAlltoall(to, from);
                    case 1 -> ring.ineighborAlltoall(to, from).await();
                    default -> finish(ring.neighborAlltoallInit(to, from));
                }
                assertThat(in[3]).isEqualTo((me + 2) % RANKS + 10);
                assertThat(in[1]).isEqualTo((me + 1) % RANKS);
                in[1] = 0;
                in[3] = 0;
            }
            assertThatThrownBy(() -> ring.neighborAlltoall(new Part[1], new Part[2])).isInstanceOf(CommException.class).hasMessageContaining("1 parts for 2");
        });
    }

    @ParameterizedTest
    @EnumSource
    void windowsOverMemoryAndOverSpacedElements(Link link) {
        good(link, RANKS, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            int right = (me + 1) % RANKS;
            try (Arena arena = Arena.ofShared()) {
                MemorySegment memory = arena.allocate(3 * Integer.BYTES, Long.BYTES);
                int[] heap = new int[6];
                try (Window over = world.window(me == 1 ? spaced(heap) : Part.of(memory, Kind.INT))) {
                    over.put(spaced(new int[] {7, -1, 8, -1}), right, 1);
                    over.fence();
                    for (int i = 0; i < 2; i++) {
                        assertThat(me == 1 ? heap[2 * (i + 1)] : memory.getAtIndex(ValueLayout.JAVA_INT, i + 1)).isEqualTo(7 + i);
                    }
                    assertThat(heap[1] + heap[3] + heap[5]).isZero();
                    over.fence();
                    over.accumulate(Part.of(new int[] {3}), right, 1, Op.SUM);
                    over.raccumulate(Part.of(new int[] {5}), right, 1, Op.MAX).await();
                    int[] old = new int[4];
                    over.getAccumulate(Part.of(new int[] {2}), Part.of(old, 0, 1), right, 1, Op.PROD);
                    over.rgetAccumulate(Part.of(new int[] {0}), Part.of(old, 1, 1), right, 1, Op.SUM).await();
                    over.getAndPut(Part.of(new int[] {4}), Part.of(old, 2, 1), right, 2);
                    over.rgetAndPut(Part.of(new int[] {5}), Part.of(old, 3, 1), right, 2).await();
                    assertThat(old).containsExactly(10, 20, 8, 4);
                    over.rput(Part.of(new int[] {1}), right, 0).await();
                    int[] in = new int[6];
                    over.get(spaced(in), right, 0);
                    assertThat(in).containsExactly(1, 0, 20, 0, 5, 0);
                    over.rget(Part.of(in, 1, 1), right, 1).await();
                    assertThat(in[1]).isEqualTo(20);
                    assertThatThrownBy(() -> over.put(Part.of(new long[1]), right, 0)).isInstanceOf(CommException.class).hasMessageContaining("LONG");
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void objectsAreReducedAndExchanged(Link link) {
        good(link, RANKS, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            String mine = String.valueOf((char) ('a' + me));
            assertThat(world.reduceObjects(mine, TEXT, String::concat, 1)).isEqualTo(me == 1 ? "abc" : null);
            assertThat(world.scanObjects(mine, TEXT, String::concat)).isEqualTo("abc".substring(0, me + 1));
            assertThat(world.exscanObjects(mine, TEXT, String::concat)).isEqualTo(me == 0 ? null : "abc".substring(0, me));
            assertThat(world.alltoallObjects(List.of(mine + 0, mine + 1, mine + 2), TEXT)).isEqualTo(List.of("a" + me, "b" + me, "c" + me));
        });
    }
}
