package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pellang.runtime.Cartesian;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Graph;
import org.pellang.runtime.LongWindow;
import org.pellang.runtime.Nonblocking;
import org.pellang.runtime.Op;
import org.pellang.runtime.Part;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.PersistentCollectives;
import org.pellang.runtime.PersistentRequest;
import org.pellang.runtime.Request;
import org.pellang.runtime.SharedFile;
import org.pellang.runtime.SharedMemory;
import org.pellang.runtime.Site;
import org.pellang.runtime.Window;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** A rank that dies while the others are in the middle of an operation with it ends the job, whatever the operation. */
@Timeout(60)
class DyingTest {
    private static final int RANKS = 3;
    private static final int LONG = 200_000;
    private static final int[] ONES = {1, 1, 1};
    private static final int[] STEPS = {0, 1, 2};

    private interface Operation {
        /** What all ranks but 1 do; rank 1 will never take its part. */
        void run(Comm world) throws Exception;
    }

    private static Map<String, Operation> operations() {
        Map<String, Operation> all = new LinkedHashMap<>();
        messages(all);
        collectives(all);
        others(all);
        return all;
    }

    private static void started(PersistentRequest request) {
        request.start();
        request.await();
    }

    private static void messages(Map<String, Operation> all) {
        all.put("recv", w -> w.recv(new long[1], 0, 1, 1, 0));
        all.put("recv from anybody", w -> w.recv(new long[1], 0, 1, Comm.ANY_SOURCE, Comm.ANY_TAG));
        all.put("send without credit", w -> w.send(new long[LONG], 0, LONG, 1, 0));
        all.put("send of a part", w -> w.send(Part.of(new long[2 * LONG]).strided(LONG, 1, 2), 1, 0));
        all.put("recv of a part", w -> w.recv(Part.of(new long[10]).strided(5, 1, 2), 1, 0));
        all.put("rsend", w -> w.rsend(new long[LONG], 0, LONG, 1, 0));
        all.put("ssend", w -> w.ssend(new long[1], 0, 1, 1, 0));
        all.put("issend", w -> w.issend(new long[1], 0, 1, 1, 0).await());
        all.put("isend", w -> w.isend(new long[LONG], 0, LONG, 1, 0).await());
        all.put("irecv", w -> w.irecv(new long[1], 0, 1, 1, 0).await());
        all.put("sendBuffered", w -> {
            w.sendBuffered(new long[LONG], 0, LONG, 1, 0);
            w.recv(new long[1], 0, 1, 1, 0);
        });
        all.put("sendInit", w -> started(w.sendInit(new long[LONG], 0, LONG, 1, 0)));
        all.put("recvInit", w -> started(w.recvInit(new long[1], 0, 1, 1, 0)));
        all.put("sendRecv", w -> w.sendRecv(new long[LONG], 0, LONG, 1, 0, new long[LONG], 0, LONG, 1, 0));
        all.put("isendRecv", w -> w.isendRecv(new long[1], 0, 1, 1, 0, new long[1], 0, 1, 1, 0).await());
        all.put("sendRecvReplace", w -> w.sendRecvReplace(new long[1], 0, 1, 1, 0, 1, 0));
        all.put("probe", w -> w.probe(1, 5));
        all.put("mprobe", w -> w.mprobe(1, Comm.ANY_TAG));
        all.put("recvBytes", w -> w.recvBytes(1, 2));
        all.put("waitAny", w -> w.requests().waitAny(two(w)));
        all.put("waitSome", w -> w.requests().waitSome(two(w)));
        all.put("waitAll", w -> w.requests().waitAll(new Request[] {w.irecv(new long[1], 0, 1, 1, 0), w.isend(new long[LONG], 0, LONG, 1, 0)}));
        all.put("testAll", w -> {
            Request[] two = two(w);
            while (!w.requests().testAll(two)) {
                Thread.onSpinWait();
            }
        });
        all.put("many messages", w -> {
            for (int i = 0; ; i++) {
                w.isend(new long[100], 0, 100, 1, 0);
                w.iprobe(1, 0);
            }
        });
    }

    private static Request[] two(Comm w) {
        return new Request[] {w.irecv(new long[1], 0, 1, 1, 0), w.irecv(new long[1], 0, 1, 1, 1)};
    }

    private static void collectives(Map<String, Operation> all) {
        all.put("barrier", Comm::barrier);
        all.put("bcast", w -> w.bcast(new long[LONG], 0, LONG, 1));
        all.put("reduce", w -> w.reduce(new long[LONG], 0, LONG, Op.SUM, 2));
        all.put("allreduce", w -> w.allreduce(new long[LONG], 0, LONG, Op.SUM));
        all.put("short allreduce", w -> w.allreduce(1L, Op.SUM));
        all.put("user operator", w -> w.allreduce(new long[1], 0, 1, (a, b) -> a + b));
        all.put("reduceScatter", w -> w.reduceScatter(new long[RANKS * 10], 0, new int[] {10, 10, 10}, new long[10], 0, Op.SUM));
        all.put("reduceScatterBlock", w -> w.reduceScatterBlock(new long[RANKS * 10], 0, 10, new long[10], 0, Op.SUM));
        all.put("scan", w -> w.scan(new long[LONG], 0, LONG, Op.SUM));
        all.put("exscan", w -> w.exscan(new long[1], 0, 1, Op.SUM));
        all.put("gather", w -> w.gather(new long[1], 0, 1, new long[RANKS], 0, w.rank()));
        all.put("gatherv", w -> w.gatherv(new long[1], 0, 1, new long[RANKS], ONES, STEPS, w.rank()));
        all.put("scatter", w -> w.scatter(null, 0, new long[5], 0, 5, 1));
        all.put("scatterv", w -> w.scatterv(null, null, null, new long[5], 0, 5, 1));
        all.put("allgather", w -> w.allgather(new long[LONG], 0, LONG, new long[RANKS * LONG], 0));
        all.put("allgatherv", w -> w.allgatherv(new long[1], 0, 1, new long[RANKS], ONES, STEPS));
        all.put("alltoall", w -> w.alltoall(new long[RANKS * 10], 0, 10, new long[RANKS * 10], 0));
        all.put("alltoallv", w -> w.alltoallv(new long[RANKS], ONES, STEPS, new long[RANKS], ONES, STEPS));
        all.put("alltoallw", w -> w.alltoall(parts(), parts()));
        all.put("allgatherBytes", w -> w.allgatherBytes(Site.NONE, new byte[3]));
        started(all, "nonblocking ", (w, start) -> start.apply(w.nonblocking(), null).await());
        started(all, "persistent ", (w, start) -> started((PersistentRequest) start.apply(null, w.persistent())));
    }

    private static Part[] parts() {
        return new Part[] {Part.of(new long[1]), Part.of(new int[2]), Part.of(new byte[3])};
    }

    private interface Start {
        Request apply(@Nullable Nonblocking at, @Nullable PersistentCollectives init);
    }

    private static void started(Map<String, Operation> all, String how, BiConsumer<Comm, Start> run) {
        Map<String, Start> starts = new LinkedHashMap<>();
        starts.put("barrier", (at, init) -> at != null ? at.barrier() : init.barrier());
        starts.put("bcast", (at, init) -> at != null ? at.bcast(new long[5], 1) : init.bcast(new long[5], 1));
        starts.put("reduce", (at, init) -> at != null ? at.reduce(new long[5], Op.SUM, 2) : init.reduce(new long[5], Op.SUM, 2));
        starts.put("allreduce", (at, init) -> at != null ? at.allreduce(new long[5], Op.SUM) : init.allreduce(new long[5], Op.SUM));
        starts.put("scan", (at, init) -> at != null ? at.scan(new long[5], 0, 5, Op.SUM) : init.scan(new long[5], 0, 5, Op.SUM));
        starts.put("exscan", (at, init) -> at != null ? at.exscan(new long[5], 0, 5, Op.SUM) : init.exscan(new long[5], 0, 5, Op.SUM));
        starts.put("gather", (at, init) -> at != null ? at.gather(new long[1], new long[RANKS], 0) : init.gather(new long[1], new long[RANKS], 0));
        starts.put("allgather", (at, init) -> at != null ? at.allgather(new long[1], new long[RANKS]) : init.allgather(new long[1], new long[RANKS]));
        starts.put("scatter", (at, init) -> at != null ? at.scatter(null, new long[1], 1) : init.scatter(null, new long[1], 1));
        starts.put("alltoall", (at, init) -> at != null ? at.alltoall(new long[RANKS], 0, 1, new long[RANKS], 0)
                : init.alltoall(new long[RANKS], 0, 1, new long[RANKS], 0));
        starts.put("reduceScatter", (at, init) -> at != null ? at.reduceScatter(new long[RANKS], 0, ONES, new long[1], 0, Op.SUM)
                : init.reduceScatter(new long[RANKS], 0, ONES, new long[1], 0, Op.SUM));
        starts.forEach((name, start) -> all.put(how + name, w -> run.accept(w, start)));
    }

    private static void others(Map<String, Operation> all) {
        all.put("split", w -> w.split(0, 0));
        all.put("dup", Comm::dup);
        all.put("splitShared", Comm::splitShared);
        all.put("createGroup", w -> w.createGroup(w.group(), 3));
        all.put("grid", w -> Cartesian.create(w, new int[] {RANKS}, new boolean[] {true}));
        all.put("graph", w -> Graph.adjacent(w, new int[] {1}, new int[] {1}));
        all.put("graph of edges", w -> Graph.of(w, new int[][] {{0, 1}}));
        all.put("window", w -> w.window(new long[1]).fence());
        all.put("shared memory", w -> w.sharedMemory(8));
        all.put("shared file", w -> w.openFile(Path.of("/nonexistent"), StandardOpenOption.READ));
    }

    /** Each on two transports; {@link DyingEverywhereTest} has all. */
    static Stream<Arguments> cases() {
        return some(List.copyOf(operations().keySet()));
    }

    private static Stream<Arguments> some(List<String> names) {
        int all = Link.values().length;
        return IntStream.range(0, names.size()).boxed().flatMap(k -> Stream.of(k % all, (k + 2) % all)
                .map(link -> Arguments.of(Link.values()[link], names.get(k))));
    }

    static Stream<Arguments> everywhere(boolean afterwards) {
        return Stream.of(Link.values()).flatMap(
                link -> (afterwards ? made(Path.of("")).keySet() : operations().keySet()).stream().map(name -> Arguments.of(link, name)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsTheJob(Link link, String name) {
        ended(link, world -> Objects.requireNonNull(operations().get(name)));
    }

    private static void ended(Link link, Made made) {
        Jobs.Result result = Jobs.run(link, RANKS, rank -> {
            Operation operation = made.make(rank.world());
            rank.world().barrier();
            if (rank.rank() == 1) {
                // Let the others get into it.
                long end = System.nanoTime() + 20_000_000L;
                while (System.nanoTime() < end) {
                    rank.world().iprobe(0, 77);
                }
                throw new PelTrap("rank 1 dies");
            }
            operation.run(rank.world());
            rank.world().barrier();
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("pelrun: rank 1 of 3 on host").containsOnlyOnce("rank 1 dies").contains("the others:");
    }

    /** Of what rank 1 has helped to make. */
    private interface Made {
        /** Collective; returns what all ranks but 1 then do. */
        Operation make(Comm world) throws Exception;
    }

    private static Map<String, Made> made(Path folder) {
        Map<String, Made> all = new LinkedHashMap<>();
        all.put("get", w -> on(w, window -> window.get(new long[1], 1, 0)));
        all.put("fence", w -> on(w, Window::fence));
        all.put("put and flush", w -> on(w, window -> {
            window.put(new long[1], 1, 0);
            window.flush(1);
        }));
        all.put("rget", w -> on(w, window -> window.rget(new long[1], 0, 1, 1, 0).await()));
        all.put("accumulate and flushAll", w -> on(w, window -> {
            window.accumulate(new long[1], 1, 0, Op.SUM);
            window.flushAll();
        }));
        all.put("getAccumulate", w -> on(w, window -> window.getAccumulate(new long[1], 0, 1, new long[1], 0, 1, 0, Op.SUM)));
        all.put("fetchAndOp", w -> on(w, window -> window.fetchAndOp(1, 1, 0, Op.SUM)));
        all.put("compareAndSwap", w -> on(w, window -> window.compareAndSwap(0, 1, 1, 0)));
        all.put("lock", w -> on(w, window -> window.lock(1, true)));
        all.put("lockAll", w -> on(w, Window::lockAll));
        all.put("start", w -> on(w, window -> window.start(w.group().incl(1))));
        all.put("awaitComplete", w -> on(w, window -> {
            window.post(w.group().incl(1));
            window.awaitComplete();
        }));
        all.put("free", w -> on(w, Window::close));
        all.put("fence of memory", w -> {
            if (w.splitShared().size() < RANKS) {
                return x -> x.recv(new long[1], 1, 0);
            }
            SharedMemory memory = w.sharedMemory(8);
            return x -> memory.fence();
        });
        all.put("readBox", w -> {
            SharedFile file = w.openFile(folder.resolve("f"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return x -> file.readBox(0, new long[] {3}, new long[] {0}, new long[] {0}, new long[0], 0, 0);
        });
        all.put("writeBox", w -> {
            SharedFile file = w.openFile(folder.resolve("f"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return x -> file.writeBox(0, new long[] {3}, new long[] {x.rank()}, new long[] {1}, new long[1], 0, 1);
        });
        all.put("sync", w -> {
            SharedFile file = w.openFile(folder.resolve("f"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return x -> file.sync();
        });
        all.put("neighborAllgather", w -> ring(w, ring -> ring.neighborAllgather(new long[1], 0, 1, new long[2], 0)));
        all.put("neighborAlltoallv", w -> ring(w, ring -> ring.neighborAlltoallv(new long[2], new int[] {1, 1}, new int[2], new long[2], new int[] {1, 1}, new int[2])));
        all.put("neighborAlltoallw", w -> ring(w, ring -> ring.neighborAlltoall(new Part[] {Part.of(new long[1]), Part.of(new long[1])},
                new Part[] {Part.of(new long[1]), Part.of(new long[1])})));
        all.put("ineighborAlltoall", w -> ring(w, ring -> ring.ineighborAlltoall(new long[2], 0, 1, new long[2], 0).await()));
        all.put("neighborAlltoallInit", w -> ring(w, ring -> started(ring.neighborAlltoallInit(new long[2], 0, 1, new long[2], 0))));
        return all;
    }

    private static Operation on(Comm world, Consumer<LongWindow> work) {
        LongWindow window = world.window(new long[1]);
        return w -> work.accept(window);
    }

    private static Operation ring(Comm world, Consumer<Cartesian> work) {
        Cartesian ring = Objects.requireNonNull(Cartesian.create(world, new int[] {RANKS}, new boolean[] {true}));
        return w -> work.accept(ring);
    }

    static Stream<Arguments> later() {
        return some(List.copyOf(made(Path.of("")).keySet()));
    }

    @ParameterizedTest
    @MethodSource("later")
    void endsTheJobAlsoAfterwards(Link link, String name, @TempDir Path folder) {
        ended(link, Objects.requireNonNull(made(folder).get(name)));
    }

    @ParameterizedTest
    @MethodSource("links")
    void withALockOnAWindow(Link link) {
        Jobs.Result result = Jobs.run(link, RANKS, rank -> {
            var window = rank.world().window(new long[1]);
            if (rank.rank() == 1) {
                window.lock(0, true);
                rank.world().sendBuffered(new long[1], 0, 1, 2, 0);
                throw new PelTrap("rank 1 dies");
            }
            if (rank.rank() == 2) {
                rank.world().recv(new long[1], 0, 1, 1, 0);
                window.lock(0, true);
            }
            window.fence();
        });
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).containsOnlyOnce("rank 1 dies");
    }

    static Stream<Link> links() {
        return Stream.of(Link.values());
    }
}
