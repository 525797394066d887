package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pellang.runtime.bootstrap.CollectivesTest.*;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.Site;
import org.pellang.runtime.bootstrap.Jobs.Link;
import org.pellang.runtime.collective.Algorithm;
import org.pellang.runtime.collective.AlgorithmTable;
import org.pellang.runtime.collective.Collective;

/** Every algorithm of every collective, chosen by a table of its own, against plain loops: types, operators, roots, 1 to 9 ranks, hosts of all shapes. */
@Timeout(120)
class AlgorithmsTest {
    private static final int[] LENGTHS = {0, 1, 40};

    /** Where a job runs. */
    interface Job {
        Jobs.Result run(Jobs.RankCode code);

        int ranks();

        /** The ranks that are to be the root once for each type, operator and length: all, or one of them. */
        default IntStream roots(int one) {
            return IntStream.of(one % ranks());
        }
    }

    /** With every root. */
    private record Whole(Link link, int ranks) implements Job {
        @Override
        public Jobs.Result run(Jobs.RankCode code) {
            return Jobs.run(link, ranks, code);
        }

        @Override
        public IntStream roots(int one) {
            return IntStream.range(0, ranks);
        }
    }

    private record OnLink(Link link, int ranks) implements Job {
        @Override
        public Jobs.Result run(Jobs.RankCode code) {
            return Jobs.run(link, ranks, code);
        }
    }

    /** Threads told to be on hosts by these numbers. */
    @SuppressWarnings("ArrayRecordComponent")
    private record OnHosts(int... hosts) implements Job {
        @Override
        public Jobs.Result run(Jobs.RankCode code) {
            return Jobs.onHosts(hosts, code);
        }

        @Override
        public int ranks() {
            return hosts.length;
        }

        @Override
        public String toString() {
            return "hosts " + Arrays.toString(hosts);
        }
    }

    static Stream<Job> jobs() {
        Stream<Job> one = IntStream.of(1, 2, 3, 4, 6, 8).mapToObj(p -> new OnLink(Link.LOCAL, p));
        Stream<Job> hosts = Stream.of(new OnHosts(0, 0, 1), new OnHosts(0, 1, 0), new OnHosts(0, 1, 1, 0), new OnHosts(0, 0, 1, 1), new OnHosts(0, 1, 2, 0, 1, 2),
                new OnHosts(0, 1, 1, 1, 2, 2, 3), new OnHosts(3, 1, 3, 1, 3, 1, 3, 1), new OnHosts(0, 0, 0, 1, 1, 1, 2, 2, 2), new OnHosts(2, 0, 1, 2, 2, 0, 0, 1, 2));
        return Stream.of(one, hosts, Stream.<Job>of(new OnLink(Link.SHARED, 5), new OnLink(Link.MIXED, 5))).flatMap(s -> s);
    }

    static Stream<Job> everywhere() {
        return Arrays.stream(Link.values()).flatMap(link -> IntStream.rangeClosed(1, 9).mapToObj(p -> new Whole(link, p)));
    }

    /** What one algorithm is to show. */
    private interface Check {
        void run(Comm comm, String what);
    }

    private static void all(Job job, Collective collective, Check check) {
        Jobs.Result result = job.run(rank -> {
            for (Algorithm algorithm : collective.algorithms()) {
                check.run(rank.world().dup(AlgorithmTable.of(collective + " " + algorithm + " - - - - -")), collective + " " + algorithm);
            }
        });
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    private interface Reduction {
        void run(Class<?> type, Op op, int length, String what);
    }

    private static void reductions(String what, Reduction reduction) {
        for (Class<?> type : TYPES) {
            for (Op op : Op.values()) {
                for (int length : defined(type, op) ? LENGTHS : new int[0]) {
                    reduction.run(type, op, length, what + " " + type + " " + op + " " + length);
                }
            }
        }
        reduction.run(double.class, Op.MAX, 9_001, what + " double MAX 9001");
        reduction.run(double.class, Op.SUM, 9_001, what + " double SUM 9001");
    }

    /** Longer than one slice at a time of those that go over hosts. */
    @ParameterizedTest
    @MethodSource("spread")
    void longVectorsGoInSeveralTurns(Job job) {
        int n = 150_001;
        all(job, Collective.ALLREDUCE, (comm, what) -> {
            int p = comm.size();
            double[] sum = new double[n];
            Arrays.setAll(sum, i -> i + comm.rank());
            comm.allreduce(sum, Op.SUM);
            equal(sum, IntStream.range(0, n).mapToDouble(i -> (double) i * p + p * (p - 1) / 2).toArray(), what);
        });
        all(job, Collective.REDUCE, (comm, what) -> {
            long[] best = new long[n];
            Arrays.setAll(best, i -> (long) i * (comm.rank() + 1));
            long[] mine = best.clone();
            comm.reduce(best, Op.MAX, 1);
            equal(best, comm.rank() == 1 ? IntStream.range(0, n).mapToLong(i -> (long) i * comm.size()).toArray() : mine, what);
        });
    }

    static Stream<Job> spread() {
        return Stream.of(new OnHosts(0, 0, 1), new OnHosts(1, 0, 0, 1, 1), new OnLink(Link.MIXED, 4));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void barrier(Job job) {
        AtomicInteger arrived = new AtomicInteger();
        all(job, Collective.BARRIER, (comm, what) -> {
            int before = (int) comm.allreduce(Site.NONE, (long) arrived.get(), Op.MAX);
            comm.barrier();
            for (int round = 1; round <= 10; round++) {
                arrived.incrementAndGet();
                comm.barrier();
                assertThat(arrived.get()).as(what).isEqualTo(before + round * comm.size());
                comm.barrier();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void allreduce(Job job) {
        all(job, Collective.ALLREDUCE, (comm, name) -> reductions(name, (type, op, length, what) -> {
            Object data = inputs(type, comm.rank(), length);
            comm.allreduce(Site.NONE, data, 0, length, op);
            equal(data, combined(type, op, comm.size() - 1, length), what);
        }));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void reduce(Job job) {
        all(job, Collective.REDUCE, (comm, name) -> reductions(name, (type, op, length, what) -> job.roots(length + op.ordinal()).forEach(root -> {
            Object data = inputs(type, comm.rank(), length);
            comm.reduce(Site.NONE, data, 0, length, op, root);
            equal(data, comm.rank() == root ? combined(type, op, comm.size() - 1, length) : inputs(type, comm.rank(), length), what);
        })));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void reduceScatter(Job job) {
        all(job, Collective.REDUCE_SCATTER, (comm, name) -> reductions(name, (type, op, length, what) -> {
            int p = comm.size();
            int[] counts = IntStream.range(0, p).map(r -> length * (r + 1) / p - length * r / p + (length > 1 ? r % 2 : 0)).toArray();
            int total = Arrays.stream(counts).sum();
            int at = Arrays.stream(counts, 0, comm.rank()).sum();
            Object data = inputs(type, comm.rank(), total);
            Object mine = Array.newInstance(type, counts[comm.rank()]);
            comm.reduceScatter(Site.NONE, data, 0, counts, mine, 0, op);
            equal(mine, slice(combined(type, op, p - 1, total), at, counts[comm.rank()]), what);
            equal(data, inputs(type, comm.rank(), total), what);
            // In place.
            comm.reduceScatter(Site.NONE, data, 0, counts, data, 0, op);
            equal(slice(data, 0, counts[comm.rank()]), mine, what);
        }));
    }

    private static Object slice(Object array, int from, int length) {
        Object slice = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, from, slice, 0, length);
        return slice;
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void scan(Job job) {
        all(job, Collective.SCAN, (comm, name) -> reductions(name, (type, op, length, what) -> {
            Object data = inputs(type, comm.rank(), length);
            comm.scan(Site.NONE, data, 0, length, op);
            equal(data, combined(type, op, comm.rank(), length), what);
            Object before = inputs(type, comm.rank(), length);
            comm.exscan(Site.NONE, before, 0, length, op);
            equal(before, comm.rank() == 0 ? Array.newInstance(type, length) : combined(type, op, comm.rank() - 1, length), what);
        }));
    }

    /** Whatever the algorithm and wherever the ranks are. */
    @ParameterizedTest
    @MethodSource("jobs")
    void floatsHaveTheBitsOfOneTree(Job job) {
        for (Collective collective : List.of(Collective.ALLREDUCE, Collective.REDUCE, Collective.REDUCE_SCATTER)) {
            all(job, collective, (comm, what) -> {
                int p = comm.size();
                for (int part : new int[] {1, 300}) {
                    int length = p * part;
                    double[] data = IntStream.range(0, length).mapToDouble(i -> inexact(comm.rank(), i)).toArray();
                    double[] mine = new double[part];
                    switch (collective) {
                        case ALLREDUCE -> comm.allreduce(Site.NONE, data, 0, length, Op.SUM);
                        case REDUCE -> comm.reduce(Site.NONE, data, 0, length, Op.SUM, p - 1);
                        default -> comm.reduceScatterBlock(data, 0, part, mine, 0, Op.SUM);
                    }
                    for (int i = 0; i < length; i++) {
                        int from = i - comm.rank() * part;
                        double expected = tree(0, p, i);
                        if (collective == Collective.ALLREDUCE || collective == Collective.REDUCE && comm.rank() == p - 1) {
                            assertThat(data[i] == expected).as(what).isTrue();
                        } else if (collective == Collective.REDUCE_SCATTER && from >= 0 && from < part) {
                            assertThat(mine[from] == expected).as(what).isTrue();
                        }
                    }
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void broadcast(Job job) {
        all(job, Collective.BCAST, (comm, what) -> movements(job, comm, (type, length, root) -> {
            Object data = comm.rank() == root ? inputs(type, root, length) : Array.newInstance(type, length);
            comm.bcast(Site.NONE, data, 0, length, root);
            equal(data, inputs(type, root, length), what);
        }));
    }

    private interface Movement {
        void run(Class<?> type, int length, int root);
    }

    private static void movements(Job job, Comm comm, Movement movement) {
        for (Class<?> type : TYPES) {
            for (int length : LENGTHS) {
                job.roots(length + 1).forEach(root -> movement.run(type, length, root));
            }
        }
        for (int root = 0; root < comm.size(); root++) {
            movement.run(int.class, 9_001, root);
        }
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void gathers(Job job) {
        all(job, Collective.ALLGATHER, (comm, what) -> movements(job, comm, (type, length, root) -> {
            Object all = Array.newInstance(type, comm.size() * length);
            comm.allgather(Site.NONE, inputs(type, comm.rank(), length), 0, length, all, 0);
            equal(all, concatenated(type, comm.size(), length), what);
        }));
        all(job, Collective.ALLGATHER, AlgorithmsTest::allgatherv);
        all(job, Collective.GATHER, (comm, what) -> movements(job, comm, (type, length, root) -> {
            Object all = comm.rank() == root ? Array.newInstance(type, comm.size() * length + 1) : null;
            comm.gather(Site.NONE, inputs(type, comm.rank(), length), 0, length, all, 1, root);
            if (all != null) {
                equal(slice(all, 1, comm.size() * length), concatenated(type, comm.size(), length), what);
            }
        }));
        all(job, Collective.SCATTER, (comm, what) -> movements(job, comm, (type, length, root) -> {
            Object mine = Array.newInstance(type, length);
            comm.scatter(Site.NONE, comm.rank() == root ? concatenated(type, comm.size(), length) : null, 0, mine, 0, length, root);
            equal(mine, inputs(type, comm.rank(), length), what);
        }));
    }

    /** Lengths that differ, places with gaps and in another order. */
    private static void allgatherv(Comm comm, String what) {
        int p = comm.size();
        int[] counts = IntStream.range(0, p).map(r -> 5 * (r % 3)).toArray();
        int[] displs = IntStream.range(0, p).map(r -> 12 * (p - 1 - r) + 1).toArray();
        int[] expected = new int[12 * p];
        for (int r = 0; r < p; r++) {
            System.arraycopy(inputs(int.class, r, counts[r]), 0, expected, displs[r], counts[r]);
        }
        int[] all = new int[12 * p];
        comm.allgatherv(Site.NONE, inputs(int.class, comm.rank(), counts[comm.rank()]), 0, counts[comm.rank()], all, counts, displs);
        equal(all, expected, what);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void alltoall(Job job) {
        all(job, Collective.ALLTOALL, (comm, what) -> movements(job, comm, (type, length, root) -> {
            int p = comm.size();
            // Rank s sends to rank r the block of rank s * p + r.
            Object out = Array.newInstance(type, p * length);
            Object expected = Array.newInstance(type, p * length);
            for (int r = 0; r < p; r++) {
                System.arraycopy(inputs(type, comm.rank() * p + r, length), 0, out, r * length, length);
                System.arraycopy(inputs(type, r * p + comm.rank(), length), 0, expected, r * length, length);
            }
            Object in = Array.newInstance(type, p * length);
            comm.alltoall(Site.NONE, out, 0, length, in, 0);
            equal(in, expected, what);
            comm.alltoall(Site.NONE, out, 0, length, out, 0);
            equal(out, expected, what + " in place");
        }));
    }
}
