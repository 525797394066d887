package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;

/** Every name of the runtime that the explicit level uses; a part of {@code RuntimeApi} and under the same test. */
public final class ExplicitApi {
    private ExplicitApi() {}

    private static final List<RuntimeMethod> METHODS = new ArrayList<>();

    private static final String RUNTIME = "org.pellang.runtime.";

    static final String RANK = RUNTIME + "Rank";
    static final String TEAM = RUNTIME + "Team";
    static final String CHANNEL = RUNTIME + "loop.Channel";
    static final String PENDING = RUNTIME + "explicit.Pending";
    static final String SHARED_ARRAY = RUNTIME + "explicit.SharedArray";
    static final String UPDATE = RUNTIME + "explicit.Update";
    static final String TASK = RUNTIME + "task.Task";
    static final String TASK_POOL = RUNTIME + "task.TaskPool";
    static final String TASK_GROUP = RUNTIME + "task.TaskGroup";
    static final String TASK_KIND = RUNTIME + "task.TaskKind";
    static final String PACKED = RUNTIME + "value.PackedValues";
    static final String CONSUMER = "java.util.function.Consumer";

    static final RuntimeMethod SEND = method(CHANNEL, "void send(Rank, Object, long)");
    static final RuntimeMethod ISEND = method(CHANNEL, "Pending isend(Rank, Object, long)");
    static final RuntimeMethod RECV = method(CHANNEL, "Object recv(Rank, long)");
    static final RuntimeMethod IRECV = method(CHANNEL, "Pending irecv(Rank, long, Consumer)");
    static final RuntimeMethod RECV_ANY = method(CHANNEL, "Message recvAny(Rank)");
    static final RuntimeMethod AWAIT_REQUEST = method(PENDING, "void await()");
    static final RuntimeMethod AWAIT_ALL = method(PENDING, "static void awaitAll(PelList)");
    static final RuntimeMethod EVERYBODY = method(RANK, "Team everybody()");
    static final RuntimeMethod TASKS = method(RANK, "TaskPool tasks()");
    static final RuntimeMethod SPLIT = method(TEAM, "Team split(Rank, Site, long, long)");
    static final RuntimeMethod MEMBER = method(TEAM, "Rank member(Rank)");
    static final RuntimeMethod ENTER = method(TEAM, "Rank enter(Rank)");
    static final RuntimeMethod LEAVE = method(TEAM, "void leave(Rank, Site)");
    static final RuntimeMethod FAILED = method(TEAM, "void failed()");
    static final RuntimeMethod NEW_SHARED = method(SHARED_ARRAY, "new(Rank, String, PelArray, boolean)");
    static final RuntimeMethod SHARED_PART = method(SHARED_ARRAY, "PelArray array()");
    static final RuntimeMethod UPDATE_INT = method(SHARED_ARRAY, "void update(Update, long, int, int, long)");
    static final RuntimeMethod UPDATE_FLOAT = method(SHARED_ARRAY, "void update(Update, long, int, int, double)");
    static final RuntimeMethod UPDATE_ANY = method(SHARED_ARRAY, "void update(Update, long, int, int, ElemType, Object)");
    static final RuntimeMethod GET_INT = method(SHARED_ARRAY, "long getLong(long, int, int)");
    static final RuntimeMethod GET_FLOAT = method(SHARED_ARRAY, "double getDouble(long, int, int)");
    static final RuntimeMethod GET_ANY = method(SHARED_ARRAY, "Object get(long, int, int, ElemType)");
    static final RuntimeMethod FETCH_ADD_INT = method(SHARED_ARRAY, "long fetchAdd(long, int, int, long)");
    static final RuntimeMethod FETCH_ADD_FLOAT = method(SHARED_ARRAY, "double fetchAdd(long, int, int, double)");
    static final RuntimeMethod OPEN_EPOCH = method(SHARED_ARRAY, "static void open(Rank, Site)");
    static final RuntimeMethod CLOSE_EPOCH = method(SHARED_ARRAY, "static void close(Rank, Site, SharedArray[])");
    static final RuntimeMethod SPAWN = method(TASK_POOL, "Task spawn(TaskKind, Object, Object[])");
    static final RuntimeMethod SPAWN_FOR_ALL = method(TASK_POOL, "Task spawnForAll(TaskKind, Object, Object[])");
    static final RuntimeMethod SHARE_TASKS = method(RANK, "void shareTasks(Object, TaskKind[])");
    static final RuntimeMethod NEW_TASK_KIND = method(TASK_KIND, "new(String, Body)");
    static final RuntimeMethod TASK_TRAVELS = method(TASK_KIND, "TaskKind travels(UnaryOperator, Travel, Travel)");
    static final RuntimeMethod PACKED_VALUES = method(PACKED, "new(Codec[])");
    static final RuntimeMethod TASK_READS = method(TASK_KIND, "TaskKind reads(Function, BiConsumer, Travel)");
    static final RuntimeMethod OPEN_GROUP = method(TASK_POOL, "TaskGroup open()");
    static final RuntimeMethod CLOSE_GROUP = method(TASK_GROUP, "void close()");
    static final RuntimeMethod TASK_VALUE = method(TASK, "Object get()");

    private static RuntimeMethod method(String owner, String signature) {
        RuntimeMethod method = RuntimeMethod.of(owner, signature);
        METHODS.add(method);
        return method;
    }

    /** All methods, for the contract test. */
    public static List<RuntimeMethod> methods() {
        return List.copyOf(METHODS);
    }

    /** Constants of the runtime by qualified name. */
    public static List<String> constants() {
        return List.of("PUT", "ADD", "SUB", "MUL", "MIN", "MAX", "AND", "OR", "XOR").stream().map(u -> UPDATE + "." + u).toList();
    }

    /** Simple names of the classes: no member of a generated class may hide one. */
    static List<String> simpleNames() {
        return List.of("Team", "Pending", "SharedArray", "Update", "Task", "TaskPool", "TaskGroup", "TaskKind", "PackedValues", "Consumer");
    }
}
