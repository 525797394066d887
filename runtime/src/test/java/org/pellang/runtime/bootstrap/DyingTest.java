package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Graph;
import org.pellang.runtime.Op;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Request;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** A rank that dies while the others are in the middle of an operation with it ends the job, whatever the operation. */
@Timeout(60)
class DyingTest {
    private static final int RANKS = 3;
    private static final int LONG = 200_000;

    private interface Operation {
        /** What all ranks but 1 do; rank 1 will never take its part. */
        void run(Comm world) throws Exception;
    }

    private static Map<String, Operation> operations() {
        Map<String, Operation> all = new LinkedHashMap<>();
        all.put("recv", w -> w.recv(new long[1], 0, 1, 1, 0));
        all.put("send without credit", w -> w.send(new long[LONG], 0, LONG, 1, 0));
        all.put("ssend", w -> w.ssend(new long[1], 0, 1, 1, 0));
        all.put("probe", w -> w.probe(1, 5));
        all.put("waitAny", w -> w.requests().waitAny(new Request[] {w.irecv(new long[1], 0, 1, 1, 0), w.irecv(new long[1], 0, 1, 1, 1)}));
        all.put("barrier", Comm::barrier);
        all.put("bcast", w -> w.bcast(new long[LONG], 0, LONG, 1));
        all.put("allreduce", w -> w.allreduce(new long[LONG], 0, LONG, Op.SUM));
        all.put("short allreduce", w -> w.allreduce(1L, Op.SUM));
        all.put("allgather", w -> w.allgather(new long[LONG], 0, LONG, new long[RANKS * LONG], 0));
        all.put("alltoall", w -> w.alltoall(new long[RANKS * 10], 0, 10, new long[RANKS * 10], 0));
        all.put("gather", w -> w.gather(new long[1], 0, 1, new long[RANKS], 0, w.rank()));
        all.put("scan", w -> w.scan(new long[LONG], 0, LONG, Op.SUM));
        all.put("nonblocking", w -> w.nonblocking().allreduce(new long[5], 0, 5, Op.SUM).await());
        all.put("split", w -> w.split(0, 0));
        all.put("createGroup", w -> w.createGroup(w.group(), 3));
        all.put("sendRecv", w -> w.sendRecv(new long[LONG], 0, LONG, 1, 0, new long[LONG], 0, LONG, 1, 0));
        all.put("mprobe", w -> w.mprobe(1, Comm.ANY_TAG));
        all.put("recvBytes", w -> w.recvBytes(1, 2));
        all.put("waitAll", w -> w.requests().waitAll(new Request[] {w.irecv(new long[1], 0, 1, 1, 0), w.isend(new long[LONG], 0, LONG, 1, 0)}));
        all.put("persistent", w -> {
            var again = w.persistent().bcast(new long[1], 0, 1, 1);
            again.start();
            again.await();
        });
        all.put("reduce", w -> w.reduce(new long[LONG], 0, LONG, Op.SUM, 2));
        all.put("reduceScatter", w -> w.reduceScatterBlock(new long[RANKS * 10], 0, 10, new long[10], 0, Op.SUM));
        all.put("scatter", w -> w.scatter(null, 0, new long[5], 0, 5, 1));
        all.put("exscan", w -> w.exscan(new long[1], 0, 1, Op.SUM));
        all.put("user operator", w -> w.allreduce(new long[1], 0, 1, (a, b) -> a + b));
        all.put("allgatherBytes", w -> w.allgatherBytes(org.pellang.runtime.Site.NONE, new byte[3]));
        all.put("neighbours", w -> Graph.adjacent(w, new int[] {1}, new int[] {1}));
        all.put("window", w -> w.window(new long[1]).fence());
        all.put("shared file", w -> w.openFile(java.nio.file.Path.of("/nonexistent"), java.nio.file.StandardOpenOption.READ));
        all.put("many messages", w -> {
            for (int i = 0; ; i++) {
                w.isend(new long[100], 0, 100, 1, 0);
                w.iprobe(1, 0);
            }
        });
        return all;
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Link link : Link.values()) {
            operations().keySet().forEach(name -> cases.add(Arguments.of(link, name)));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsTheJob(Link link, String name) {
        Operation operation = operations().get(name);
        Jobs.Result result = Jobs.run(link, RANKS, rank -> {
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
