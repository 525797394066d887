package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pellang.runtime.bootstrap.Jobs.good;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Cartesian;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Graph;
import org.pellang.runtime.Op;
import org.pellang.runtime.PersistentRequest;
import org.pellang.runtime.Request;
import org.pellang.runtime.SharedFile;
import org.pellang.runtime.SharedMemory;
import org.pellang.runtime.Status;
import org.pellang.runtime.bootstrap.Jobs.Link;
import org.pellang.runtime.memory.Kind;

/** The typed calls of all that a communicator offers, with arrays of each type, on every transport. */
@Timeout(60)
class EveryTypeTest {
    private static final Class<?>[] TYPES = {double.class, long.class, int.class, float.class, short.class, byte.class, boolean.class};
    private static final int RANKS = 3;

    /** Small numbers as elements of a type. */
    private static Object array(Class<?> type, int... values) {
        Object array = Array.newInstance(type, values.length);
        for (int i = 0; i < values.length; i++) {
            Array.set(array, i, element(type, values[i]));
        }
        return array;
    }

    private static Object element(Class<?> type, int value) {
        return type == boolean.class ? (Object) (value != 0) : type == double.class ? (Object) (double) value : type == long.class ? (Object) (long) value
                : type == int.class ? (Object) value : type == float.class ? (Object) (float) value : type == short.class ? (Object) (short) value
                : (Object) (byte) value;
    }

    private static Op larger(Class<?> type) {
        return type == boolean.class ? Op.OR : Op.MAX;
    }

    /** Calls the public method whose parameters take these arguments. */
    private static Object call(Object target, String name, Object... arguments) throws Throwable {
        Method found = Arrays.stream(target.getClass().getMethods()).filter(m -> m.getName().equals(name) && takes(m.getParameterTypes(), arguments))
                .findFirst().orElseThrow(() -> new AssertionError(target.getClass() + "." + name + Arrays.toString(arguments)));
        try {
            return found.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean takes(Class<?>[] parameters, Object... arguments) {
        boolean all = parameters.length == arguments.length;
        for (int k = 0; all && k < parameters.length; k++) {
            Class<?> given = arguments[k].getClass();
            all = parameters[k] == int.class ? given == Integer.class : parameters[k] == long.class ? given == Long.class || given == Integer.class
                    : parameters[k].isPrimitive() ? Objects.equals(Array.get(Array.newInstance(parameters[k], 1), 0).getClass(), given)
                    : parameters[k] != Object.class && parameters[k].isInstance(arguments[k]);
        }
        return all;
    }

    /** The left operand, as an operator of the user on that type. */
    private static Object first(Class<?> type) throws ClassNotFoundException {
        String name = type.getName();
        Class<?> operator = Class.forName("org.pellang.runtime." + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Operator");
        return Proxy.newProxyInstance(operator.getClassLoader(), new Class<?>[] {operator}, (proxy, method, arguments) ->
                method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments) : arguments[0]);
    }

    private static void await(Object request) {
        ((Request) request).await();
    }

    @ParameterizedTest
    @EnumSource
    void messages(Link link) {
        good(link, RANKS, rank -> {
            Comm world = rank.world();
            int right = (world.rank() + 1) % RANKS;
            int left = (world.rank() + 2) % RANKS;
            for (Class<?> type : TYPES) {
                Object out = array(type, 0, 1, 1, 0);
                Object in = array(type, 0, 0, 0, 0);
                PersistentRequest receive = (PersistentRequest) call(world, "recvInit", in, 1, 2, left, 0);
                for (String send : new String[] {"send", "sendBuffered", "rsend", "isend", "ibsend", "issend", "irsend", "sendInit", "bsendInit", "ssendInit",
                    "rsendInit"}) {
                    Array.set(in, 1, element(type, 0));
                    receive.start();
                    Object request = call(world, send, out, 1, 2, right, 0);
                    if (request instanceof PersistentRequest persistent) {
                        persistent.start();
                    }
                    receive.await();
                    if (request != null) {
                        await(request);
                    }
                    assertThat(in).as(type + " " + send).isEqualTo(out);
                }
                call(world, "isend", out, right, 1);
                assertThat(call(world.mprobe(left, 1), "recv", in)).isEqualTo(new Status(left, 1, 4));
                call(world, "isend", out, right, 1);
                await(call(world.mprobe(left, 1), "irecv", in, 0, 4));
                assertThat(in).isEqualTo(out);
                await(call(world, "isendRecv", array(type, 1), 0, 1, right, 2, in, 3, 1, left, 2));
                call(world, "sendRecvReplace", in, 0, 1, right, 3, left, 3);
                assertThat(in).isEqualTo(array(type, 0, 1, 1, 1));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void collectives(Link link) {
        good(link, RANKS, rank -> {
            Comm world = rank.world();
            int me = world.rank();
            for (Class<?> type : TYPES) {
                for (Object calls : new Object[] {world, world.nonblocking(), world.persistent()}) {
                    String what = type + " " + calls.getClass().getSimpleName();
                    int[] ones = {1, 1, 1};
                    int[] steps = {0, 1, 2};
                    Object buf = array(type, 9, me == 1 ? 1 : 0, 9);
                    finish(call(calls, "bcast", buf, 1, 1, 1));
                    assertThat(Array.get(buf, 1)).as(what).isEqualTo(element(type, 1));
                    Object most = array(type, me == 2 ? 1 : 0);
                    finish(call(calls, "allreduce", most, larger(type)));
                    assertThat(most).as(what).isEqualTo(array(type, 1));
                    Object root = array(type, me == 2 ? 1 : 0);
                    finish(call(calls, "reduce", root, 0, 1, larger(type), 0));
                    assertThat(root).as(what).isEqualTo(array(type, me == 1 ? 0 : 1));
                    Object lowest = array(type, me == 0 ? 1 : 0);
                    finish(call(calls, "allreduce", lowest, 0, 1, first(type)));
                    assertThat(lowest).as(what).isEqualTo(array(type, 1));
                    Object lower = array(type, me == 0 ? 1 : 0);
                    finish(call(calls, "reduce", lower, 0, 1, first(type), 2));
                    assertThat(lower).as(what).isEqualTo(array(type, me == 1 ? 0 : 1));
                    Object scan = array(type, me == 1 ? 1 : 0);
                    finish(call(calls, "scan", scan, 0, 1, larger(type)));
                    assertThat(scan).as(what).isEqualTo(array(type, me == 0 ? 0 : 1));
                    finish(call(calls, "exscan", array(type, 1), 0, 1, larger(type)));
                    Object before = array(type, me == 2 ? 0 : 1);
                    finish(call(calls, "exscan", before, 0, 1, first(type)));
                    assertThat(before).as(what).isEqualTo(array(type, 1));
                    Object part = array(type, 0);
                    finish(call(calls, "reduceScatter", array(type, 0, me % 2, 0), 0, ones, part, 0, larger(type)));
                    assertThat(part).as(what).isEqualTo(array(type, me % 2));
                    finish(call(calls, "reduceScatterBlock", array(type, 0, 0, me % 2), 0, 1, part, 0, larger(type)));
                    assertThat(part).as(what).isEqualTo(array(type, me / 2));
                    finish(call(calls, "reduceScatterBlock", array(type, 1 - Math.min(me, 1), 0, 0), 0, 1, part, 0, first(type)));
                    assertThat(part).as(what).isEqualTo(array(type, me == 0 ? 1 : 0));
                    Object all = array(type, 0, 0, 0);
                    Object mine = array(type, me % 2);
                    finish(call(calls, "gather", mine, all, 1));
                    assertThat(all).as(what).isEqualTo(array(type, 0, me == 1 ? 1 : 0, 0));
                    finish(call(calls, "gatherv", mine, 0, 1, all, ones, steps, 0));
                    finish(call(calls, "allgather", mine, all));
                    finish(call(calls, "allgatherv", mine, 0, 1, all, ones, new int[] {2, 1, 0}));
                    assertThat(all).as(what).isEqualTo(array(type, 0, 1, 0));
                    finish(call(calls, "scatter", all, part, 2));
                    finish(call(calls, "scatterv", all, ones, steps, part, 0, 1, 0));
                    assertThat(part).as(what).isEqualTo(mine);
                    Object across = array(type, 0, 0, 0);
                    finish(call(calls, "alltoall", array(type, me % 2, me % 2, me % 2), 0, 1, across, 0));
                    assertThat(across).as(what).isEqualTo(all);
                    // In place; again, and it is as it was.
                    Object swap = array(type, me % 2, me % 2, me % 2);
                    finish(call(calls, "alltoallv", swap, ones, steps, swap, ones, steps));
                    assertThat(swap).as(what).isEqualTo(all);
                }
            }
        });
    }

    private static void finish(Object request) {
        if (request instanceof PersistentRequest persistent) {
            persistent.start();
        }
        if (request != null) {
            await(request);
        }
    }

    @ParameterizedTest
    @EnumSource
    void neighbours(Link link) {
        good(link, RANKS, rank -> {
            int me = rank.rank();
            Cartesian grid = Objects.requireNonNull(Cartesian.create(rank.world(), new int[] {RANKS}, new boolean[] {true}));
            Graph graph = Graph.adjacent(rank.world(), new int[] {(me + 2) % RANKS, (me + 1) % RANKS}, new int[] {(me + 2) % RANKS, (me + 1) % RANKS});
            for (Class<?> type : TYPES) {
                for (Object calls : new Object[] {grid, graph}) {
                    for (String form : new String[] {"neighbor%s", "ineighbor%s", "neighbor%sInit"}) {
                        int[] ones = {1, 1};
                        Object in = array(type, 0, 0);
                        Object mine = array(type, me % 2, 1 - me % 2);
                        finish(call(calls, form.formatted("Allgather"), mine, 0, 1, in, 0));
                        assertThat(in).isEqualTo(array(type, (me + 2) % RANKS % 2, (me + 1) % RANKS % 2));
                        finish(call(calls, form.formatted("Allgatherv"), mine, 0, 1, in, ones, new int[] {1, 0}));
                        assertThat(in).isEqualTo(array(type, (me + 1) % RANKS % 2, (me + 2) % RANKS % 2));
                        finish(call(calls, form.formatted("Alltoall"), mine, 0, 1, in, 0));
                        assertThat(in).isEqualTo(array(type, 1 - (me + 2) % RANKS % 2, (me + 1) % RANKS % 2));
                        finish(call(calls, form.formatted("Alltoallv"), mine, ones, new int[] {0, 1}, in, ones, new int[] {1, 0}));
                        assertThat(in).isEqualTo(array(type, (me + 1) % RANKS % 2, 1 - (me + 2) % RANKS % 2));
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void windowsFilesAndMemory(Link link, @TempDir Path folder) {
        good(link, RANKS, rank -> {
            Comm world = rank.world();
            int me = rank.rank();
            int right = (me + 1) % RANKS;
            int left = (me + 2) % RANKS;
            for (Class<?> type : TYPES) {
                Object data = array(type, 0, 0, 0);
                Object old = array(type, 1, 1);
                try (AutoCloseable window = (AutoCloseable) call(world, "window", data)) {
                    call(window, "put", array(type, 1), right, 0);
                    await(call(window, "rput", array(type, 0, 1), 1, 1, right, 1));
                    call(window, "fence");
                    assertThat(data).isEqualTo(array(type, 1, 1, 0));
                    call(window, "fence");
                    call(window, "get", old, right, 1);
                    assertThat(old).isEqualTo(array(type, 1, 0));
                    await(call(window, "rget", old, 1, 1, right, 0));
                    assertThat(old).isEqualTo(array(type, 1, 1));
                    call(window, "fence");
                    call(window, "accumulate", array(type, 1), right, 2, larger(type));
                    await(call(window, "raccumulate", array(type, 0), 0, 1, right, 1, type == boolean.class ? Op.AND : Op.MIN));
                    call(window, "fence");
                    assertThat(data).isEqualTo(array(type, 1, 0, 1));
                    call(window, "fence");
                    call(window, "getAccumulate", array(type, 1), 0, 1, old, 1, right, 1, larger(type));
                    await(call(window, "rgetAccumulate", array(type, 1), 0, 1, old, 0, right, 1, larger(type)));
                    assertThat(old).isEqualTo(array(type, 1, 0));
                    call(window, "getAndPut", array(type, 0), 0, 1, old, 0, right, 2);
                    await(call(window, "rgetAndPut", array(type, 0), 0, 1, old, 1, right, 2));
                    assertThat(old).isEqualTo(array(type, 1, 0));
                    assertThat(call(window, "fetchAndOp", element(type, 1), right, 2, larger(type))).isEqualTo(element(type, 0));
                    assertThat(call(window, "getAndPut", element(type, 0), right, 2)).isEqualTo(element(type, 1));
                    assertThat(call(window, "compareAndSwap", element(type, 0), element(type, 1), right, 2)).isEqualTo(element(type, 0));
                    call(window, "fence");
                    assertThat(data).isEqualTo(array(type, 1, 1, 1));
                }
                int bytes = Kind.of(data).bytes();
                try (SharedFile file = world.openFile(folder.resolve(type.getName()), StandardOpenOption.CREATE, StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
                    call(file, "writeBox", 0L, new long[] {RANKS, 2}, new long[] {me, 0}, new long[] {1, 2}, array(type, 9, me % 2, 1), 1, 2);
                    Object seen = array(type, 0, 0, 0);
                    call(file, "readBox", 0L, new long[] {RANKS, 2}, new long[] {left, 0}, new long[] {1, 2}, seen, 0, 2);
                    assertThat(seen).isEqualTo(array(type, left % 2, 1, 0));
                    world.barrier();
                    call(file, "write", (long) me * bytes, array(type, 0, 1 - me % 2), 1, 1);
                    world.barrier();
                    call(file, "read", 0L, seen, 0, RANKS);
                    assertThat(seen).isEqualTo(array(type, 1, 0, 1));
                }
                try (SharedMemory memory = world.splitShared().sharedMemory(2L * bytes)) {
                    call(memory, "put", array(type, 0, 1), 1, 1, right, 1L);
                    memory.fence();
                    Object seen = array(type, 0, 0, 0);
                    call(memory, "get", seen, 1, 2, me, 0L);
                    assertThat(seen).isEqualTo(array(type, 0, 0, 1));
                    memory.fence();
                }
            }
        });
    }
}
