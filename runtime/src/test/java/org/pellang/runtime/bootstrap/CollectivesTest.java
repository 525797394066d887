package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.Site;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** Every collective, element type and operator at 1 to 9 ranks against plain loops over all ranks' inputs. */
@Timeout(120)
class CollectivesTest {
    private static final Site SITE = new Site("test.pel", 1, "test");
    static final Class<?>[] TYPES = {byte.class, short.class, int.class, long.class, float.class, double.class, boolean.class};
    private static final int[] LENGTHS = {0, 1, 3, 40, 9_001};

    /** Over TCP two sizes stand for all; {@link CollectivesOverTcpTest} has the others. */
    static Stream<Arguments> jobs() {
        return Stream.concat(jobs(List.of(Link.LOCAL, Link.SHARED), 1, 2, 3, 4, 5, 6, 7, 8, 9), jobs(List.of(Link.TCP, Link.HOST, Link.MIXED), 2, 5));
    }

    static Stream<Arguments> jobs(List<Link> links, int... sizes) {
        return links.stream().flatMap(link -> Arrays.stream(sizes).mapToObj(p -> Arguments.of(link, p)));
    }

    /** What rank r has at place i: small enough for sums and products of nine to be exact in every float type. */
    private static long input(Class<?> type, int r, int i) {
        return type == boolean.class ? (r * 7 + i * 3) % 4 == 0 ? 0 : 1 : (r * 5 + i * 3) % 4;
    }

    static Object array(Class<?> type, long[] values) {
        Object array = Array.newInstance(type, values.length);
        for (int i = 0; i < values.length; i++) {
            switch (array) {
                case byte[] a -> a[i] = (byte) values[i];
                case short[] a -> a[i] = (short) values[i];
                case int[] a -> a[i] = (int) values[i];
                case long[] a -> a[i] = values[i];
                case float[] a -> a[i] = values[i];
                case double[] a -> a[i] = values[i];
                case boolean[] a -> a[i] = values[i] != 0;
                default -> throw new AssertionError(type);
            }
        }
        return array;
    }

    static Object inputs(Class<?> type, int r, int length) {
        long[] values = new long[length];
        for (int i = 0; i < length; i++) {
            values[i] = input(type, r, i);
        }
        return array(type, values);
    }

    static boolean defined(Class<?> type, Op op) {
        boolean arithmetic = op == Op.SUM || op == Op.PROD || op == Op.MIN || op == Op.MAX;
        return type == boolean.class ? !arithmetic : type != float.class && type != double.class || arithmetic;
    }

    private static long apply(Op op, long a, long b) {
        return switch (op) {
            case SUM -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case AND -> a != 0 && b != 0 ? 1 : 0;
            case OR -> a != 0 || b != 0 ? 1 : 0;
            case BAND -> a & b;
            case BOR -> a | b;
            case BXOR -> a ^ b;
        };
    }

    private record Combination(Class<?> type, Op op, int last, int length) {}

    private static final Map<Combination, Object> COMBINED = new ConcurrentHashMap<>();

    /** The values of ranks 0 to last combined; not to be changed. */
    static Object combined(Class<?> type, Op op, int last, int length) {
        return COMBINED.computeIfAbsent(new Combination(type, op, last, length), key -> combine(type, op, last, length));
    }

    /** As {@code assertThat(actual).as(what).isEqualTo(expected)}, which looks at each element by reflection. */
    static void equal(Object actual, Object expected, String what) {
        if (!Objects.deepEquals(actual, expected)) {
            assertThat(actual).as(what).isEqualTo(expected);
        }
    }

    private static Object combine(Class<?> type, Op op, int last, int length) {
        long[] values = new long[length];
        for (int i = 0; i < length; i++) {
            values[i] = input(type, 0, i);
            for (int r = 1; r <= last; r++) {
                values[i] = apply(op, values[i], input(type, r, i));
            }
        }
        return array(type, values);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void reductions(Link link, int p) {
        good(link, p, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            for (Class<?> type : TYPES) {
                for (Op op : Op.values()) {
                    for (int length : defined(type, op) ? LENGTHS : new int[0]) {
                        String what = type + " " + op + " " + length;
                        Object all = inputs(type, me, length);
                        world.allreduce(SITE, all, 0, length, op);
                        equal(all, combined(type, op, p - 1, length), "allreduce " + what);

                        int root = length % p;
                        Object one = inputs(type, me, length);
                        world.reduce(SITE, one, 0, length, op, root);
                        equal(one, me == root ? combined(type, op, p - 1, length) : inputs(type, me, length), "reduce " + what);

                        Object scan = inputs(type, me, length);
                        world.scan(SITE, scan, 0, length, op);
                        equal(scan, combined(type, op, me, length), "scan " + what);

                        Object before = inputs(type, me, length);
                        world.exscan(SITE, before, 0, length, op);
                        equal(before, me == 0 ? array(type, new long[length]) : combined(type, op, me - 1, length), "exscan " + what);
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void bytesCountFromZeroTo255AndIntegersWrap(Link link, int p) {
        good(link, p, rank -> {
            byte[] data = {(byte) (250 - rank.rank()), (byte) (250 - rank.rank()), 100};
            rank.world().allreduce(SITE, data, 0, 1, Op.MAX);
            rank.world().allreduce(SITE, data, 1, 1, Op.MIN);
            rank.world().allreduce(SITE, data, 2, 1, Op.SUM);
            assertThat(data).containsExactly(250, 250 - (p - 1), 100 * p % 256);
            assertThat(rank.world().allreduce(SITE, Long.MAX_VALUE, Op.SUM)).isEqualTo(Long.MAX_VALUE * p);
        });
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void nobodyLeavesABarrierBeforeAllHaveCome(Link link, int p) {
        AtomicInteger arrived = new AtomicInteger();
        good(link, p, rank -> {
            for (int round = 1; round <= 20; round++) {
                arrived.incrementAndGet();
                rank.world().barrier(SITE);
                assertThat(arrived.get()).isEqualTo(round * p);
                rank.world().barrier(SITE);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void movements(Link link, int p) {
        good(link, p, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            for (Class<?> type : TYPES) {
                for (int length : LENGTHS) {
                    int root = (length + 1) % p;
                    world.barrier(SITE);
                    Object data = me == root ? inputs(type, root, length) : Array.newInstance(type, length);
                    world.bcast(SITE, data, 0, length, root);
                    assertThat(data).isEqualTo(inputs(type, root, length));

                    Object all = Array.newInstance(type, p * length);
                    world.allgather(SITE, inputs(type, me, length), 0, length, all, 0);
                    assertThat(all).isEqualTo(concatenated(type, p, length));

                    Object gathered = me == root ? Array.newInstance(type, p * length) : null;
                    world.gather(SITE, inputs(type, me, length), 0, length, gathered, 0, root);
                    if (me == root) {
                        assertThat(gathered).isEqualTo(concatenated(type, p, length));
                    }

                    Object mine = Array.newInstance(type, length);
                    world.scatter(SITE, me == root ? concatenated(type, p, length) : null, 0, mine, 0, length, root);
                    assertThat(mine).isEqualTo(inputs(type, me, length));

                    // Everybody sends to rank r what the concatenation has as block r, so rank r gets p copies of block r.
                    Object swapped = Array.newInstance(type, p * length);
                    world.alltoall(SITE, concatenated(type, p, length), 0, length, swapped, 0);
                    for (int r = 0; r < p; r++) {
                        Object block = Array.newInstance(type, length);
                        System.arraycopy(swapped, r * length, block, 0, length);
                        assertThat(block).isEqualTo(inputs(type, me, length));
                    }
                }
            }
        });
    }

    static Object concatenated(Class<?> type, int p, int length) {
        Object all = Array.newInstance(type, p * length);
        for (int r = 0; r < p; r++) {
            System.arraycopy(inputs(type, r, length), 0, all, r * length, length);
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void differingLengthsAndPlaces(Link link, int p) {
        good(link, p, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            for (int scale : new int[] {1, 3_000}) {
                int[] counts = new int[p];
                int[] displs = new int[p];
                int total = 1;
                for (int r = 0; r < p; r++) {
                    counts[r] = scale * (r % 3);
                    displs[r] = total;
                    total += counts[r] + 1;
                }
                int[] mine = (int[]) inputs(int.class, me, counts[me]);
                int[] expected = new int[total];
                for (int r = 0; r < p; r++) {
                    System.arraycopy(inputs(int.class, r, counts[r]), 0, expected, displs[r], counts[r]);
                }
                int[] all = new int[total];
                world.allgatherv(SITE, mine, 0, counts[me], all, counts, displs);
                assertThat(all).isEqualTo(expected);
                int[] atRoot = new int[total];
                world.gatherv(SITE, mine, 0, counts[me], me == p - 1 ? atRoot : null, counts, displs, p - 1);
                assertThat(atRoot).isEqualTo(me == p - 1 ? expected : new int[total]);
                int[] back = new int[counts[me]];
                world.scatterv(SITE, me == p - 1 ? expected : null, counts, displs, back, 0, counts[me], p - 1);
                assertThat(back).isEqualTo(mine);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void payloads(Link link, int p) {
        good(link, p, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            int root = p / 2;
            byte[] mine = text(me);
            assertThat(world.bcastBytes(SITE, me == root ? mine : null, root)).isEqualTo(text(root));
            byte[][] all = world.allgatherBytes(SITE, mine);
            byte[][] gathered = world.gatherBytes(SITE, mine, root);
            assertThat(gathered).hasDimensions(me == root ? p : 0, me == root ? text(0).length : 0);
            byte[][] parts = new byte[p][];
            for (int r = 0; r < p; r++) {
                assertThat(all[r]).isEqualTo(text(r));
                parts[r] = text(r * 10 + me);
            }
            byte[][] swapped = world.alltoallBytes(SITE, parts);
            for (int r = 0; r < p; r++) {
                assertThat(swapped[r]).isEqualTo(text(me * 10 + r));
            }
            assertThat(world.scatterBytes(SITE, me == root ? parts : null, root)).isEqualTo(text(me * 10 + root));
        });
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void operatorsThatDoNotCommuteSeeRankOrder(Link link, int p) {
        good(link, p, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            String whole = "abcdefghi".substring(0, p);
            byte[] letter = bytes(whole.substring(me, me + 1));
            assertThat(world.allreduceBytes(SITE, letter, CollectivesTest::joined)).isEqualTo(bytes(whole));
            assertThat(world.reduceBytes(SITE, letter, CollectivesTest::joined, p - 1)).isEqualTo(bytes(me == p - 1 ? whole : ""));
            assertThat(world.scanBytes(SITE, letter, CollectivesTest::joined)).isEqualTo(bytes(whole.substring(0, me + 1)));
            byte[] before = world.exscanBytes(SITE, letter, CollectivesTest::joined);
            assertThat(before).isEqualTo(me == 0 ? null : bytes(whole.substring(0, me)));
        });
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void floatsCombineInOneFixedTreeWhateverTheAlgorithm(Link link, int p) {
        good(link, p, rank -> {
            for (int length : new int[] {1, 20_000}) {
                double[] data = new double[length];
                for (int i = 0; i < length; i++) {
                    data[i] = inexact(rank.rank(), i);
                }
                double[] reduced = data.clone();
                rank.world().allreduce(SITE, data, 0, length, Op.SUM);
                rank.world().reduce(SITE, reduced, 0, length, Op.SUM, 0);
                for (int i = 0; i < length; i++) {
                    double expected = tree(0, p, i);
                    assertThat(data[i] == expected).isTrue();
                    assertThat(rank.rank() != 0 || reduced[i] == expected).isTrue();
                }
            }
        });
    }

    static double inexact(int r, int i) {
        return Math.pow(10, (r * 7 + i) % 13) / 3;
    }

    /** Of n ranks from the first on, the left child holds the largest power of two below n. */
    static double tree(int first, int n, int i) {
        if (n == 1) {
            return inexact(first, i);
        }
        int left = Integer.highestOneBit(n - 1);
        return tree(first, left, i) + tree(first + left, n - left, i);
    }

    private static byte[] text(int r) {
        return bytes(String.format("payload %06d", r));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] a, byte[] b) {
        return bytes(new String(a, StandardCharsets.UTF_8) + new String(b, StandardCharsets.UTF_8));
    }
}
