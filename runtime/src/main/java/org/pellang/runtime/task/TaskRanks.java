package org.pellang.runtime.task;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Idle;
import org.pellang.runtime.progress.Waitable;
import org.pellang.runtime.transport.Parcel;

/**
 * Lets idle ranks run the tasks of busy ones. A rank that waits, for whatever, and has no task of its own asks its neighbours once and is remembered there until
 * one of them has a task to give: the lifelines of Saraswat, Kambadur, Kodali, Grove and Krishnamoorthy, "Lifeline-based global load balancing", PPoPP 2011, here along
 * the edges of a hypercube, and between all of up to {@value #ALL} ranks. Tasks are functions of their arguments, so it does not matter who runs one, nor
 * whether two do: a task that another rank has not begun when its own has nothing else to do is taken back.
 *
 * <p>Calls that all ranks make alike are numbered; each is run by one rank, which tells the others the result.
 *
 * <p>Used by the rank's own thread, which is the one that makes it, except where it says otherwise.
 */
public final class TaskRanks implements Idle {
    private static final int ALL = 8;
    /** A busy rank looks for messages when it spawns, but not more often than so. */
    private static final long POLL_NANOS = 20_000;
    /** Results for all ranks gather for so long, or to so many bytes. */
    private static final long GATHER_NANOS = 50_000;
    private static final int GATHER_BYTES = 1 << 13;
    private static final byte[] NOTHING = {};
    /** Number, home, function, length of the top-level values or -1. */
    private static final int WORK_HEADER = Long.BYTES + 3 * Integer.BYTES;
    /** Number, length, whether it threw. */
    private static final int SHARED_HEADER = Long.BYTES + Integer.BYTES + 1;
    /** Beyond the tags that have names. */
    private static final int FIRST_TAG = 1 << 20;

    /** What a message says; the ordinal makes its tag. */
    private enum Word {
        /** I have nothing to do. */ ASK,
        /** A task: number, home of the program's values, function, values, arguments. */ WORK,
        /** I run it: number. */ BEGUN,
        /** I am not idle any more: number. */ REFUSED,
        /** Run it only if you have begun: number. */ RECALLED,
        /** Number and result. */ RESULT,
        /** It threw; run it yourself, to have the error where it belongs: number. */ FAILED,
        /** Have you come to this call that all ranks make: number. */ WHERE,
        /** I have not: number. */ NOT_YET,
        /** Results of calls that all ranks make: number, whether it threw, length, result; any number of times. */ SHARED
    }

    private final Endpoint endpoint;
    private final int context;
    private final TaskPool pool;
    private final Thread owner = Thread.currentThread();
    private final List<TaskKind> kinds = new ArrayList<>();
    private final List<Object> programs = new ArrayList<>();
    private final Map<Object, Integer> homes = new IdentityHashMap<>();
    private final Map<Shadow, Object> shadows = new HashMap<>();
    private final Set<Told> told = new HashSet<>();
    private final List<Integer> neighbours = new ArrayList<>();
    private final boolean[] asked;
    private final ArrayDeque<Integer> hungry = new ArrayDeque<>();
    /** Tasks of this rank that others have, by number; and those of them that have not begun, as far as is known. */
    private final Map<Long, Task> away = new HashMap<>();
    private final Map<Long, Away> notBegun = new LinkedHashMap<>();
    private final Map<Ticket, Guest> guests = new LinkedHashMap<>();
    private final ArrayDeque<Guest> running = new ArrayDeque<>();
    /** Calls of all ranks that others run, by number, and how far those have come, as far as is known or asked. */
    private final Map<Long, Task> expected = new LinkedHashMap<>();
    private final long[] reached;
    private final Map<Long, byte[]> early = new HashMap<>();
    private final ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final List<byte[]> gathered = new ArrayList<>();
    private int gatheredBytes;
    private long gatheredSince;
    private long given;
    private long shared;
    private long lastPoll;
    private volatile boolean idle;

    /** A program's instance that holds the values of rank {@code home}. */
    private record Shadow(int home, int kind) {}

    /** Rank {@code to} knows the values of {@code home} that the function reads. */
    private record Told(int to, int home, int kind) {}

    private record Away(Task task, int to) {}

    private record Ticket(int origin, long number) {}

    private record Guest(Ticket ticket, TaskGroup group, Task task) {}

    private record Ended(long number, Task task) {}

    /**
     * @param context of a communicator of its own
     * @param pool of this rank
     */
    public TaskRanks(Endpoint endpoint, int context, TaskPool pool) {
        this.endpoint = endpoint;
        this.context = context;
        this.pool = pool;
        this.asked = new boolean[endpoint.size()];
        this.reached = new long[endpoint.size()];
        for (int r = 0; r < endpoint.size(); r++) {
            int difference = r ^ endpoint.rank();
            if (difference != 0 && (endpoint.size() <= ALL || Integer.bitCount(difference) == 1)) {
                neighbours.add(r);
            }
        }
        endpoint.handle(context, this::take);
    }

    /** From now on this rank asks for tasks when it waits: all ranks can answer. */
    public void start() {
        endpoint.insteadOfWaiting(this);
    }

    /** Functions whose tasks travel, and the instance that they are called on here: all ranks in the same order. False if they are known. */
    public boolean add(Object program, TaskKind... functions) {
        if (homes.put(program, endpoint.rank()) != null) {
            return false;
        }
        for (TaskKind kind : functions) {
            int known = kinds.indexOf(kind);
            if (known >= 0) {
                programs.set(known, program);
            } else {
                kinds.add(kind);
                programs.add(program);
            }
        }
        return true;
    }

    /** Whether the calling thread is the rank's own. By any thread. */
    boolean isOwner() {
        return Thread.currentThread() == owner;
    }

    /** Something has changed for the rank's own thread. By any thread. */
    void ring() {
        if (idle && !isOwner()) {
            endpoint.ring();
        }
    }

    /** @param call the number of the call of all ranks that is waited for, or a negative number */
    void helpUntil(BooleanSupplier condition, long call) {
        while (!condition.getAsBoolean()) {
            if (!work()) {
                askWhere(call >= 0 ? call : anyExpected());
                endpoint.await(new TasksEnd(condition));
            }
        }
    }

    /** What a rank waits for that has no task to run. */
    private final class TasksEnd implements Waitable {
        private final BooleanSupplier condition;

        TasksEnd(BooleanSupplier condition) {
            this.condition = condition;
        }

        @Override
        public boolean done() {
            return condition.getAsBoolean() || pending();
        }

        @Override
        public boolean needsMessage() {
            // Its own threads may end it too; and a task that is away is under way as a message is.
            return false;
        }

        @Override
        public String describe() {
            return "tasks that it has spawned";
        }
    }

    // ---- instead of waiting ----

    @Override
    public boolean work() {
        tell(false);
        if (beginGuest() || pool.runOne()) {
            idle = false;
            tell(false);
            return true;
        }
        tell(true);
        if (takeBack()) {
            return true;
        }
        idle = true;
        for (int r : neighbours) {
            if (!asked[r] && kinds.size() > 0) {
                asked[r] = true;
                send(Word.ASK, r, NOTHING);
            }
        }
        return false;
    }

    @Override
    public boolean pending() {
        return !guests.isEmpty() || !ended.isEmpty() || pool.hasWork() || running.stream().anyMatch(g -> g.group.isDone());
    }

    @Override
    public void over() {
        idle = false;
    }

    private boolean beginGuest() {
        Iterator<Guest> waiting = guests.values().iterator();
        if (!waiting.hasNext()) {
            return false;
        }
        Guest guest = waiting.next();
        waiting.remove();
        send(Word.BEGUN, guest.ticket.origin, number(guest.ticket.number));
        running.add(guest);
        pool.push(guest.task);
        return pool.runOne();
    }

    private boolean takeBack() {
        Iterator<Map.Entry<Long, Away>> waiting = notBegun.entrySet().iterator();
        if (!waiting.hasNext()) {
            return false;
        }
        Map.Entry<Long, Away> oldest = waiting.next();
        waiting.remove();
        away.remove(oldest.getKey());
        send(Word.RECALLED, oldest.getValue().to, number(oldest.getKey()));
        return comesBack(oldest.getValue().task);
    }

    private long anyExpected() {
        return expected.isEmpty() ? -1 : expected.keySet().iterator().next();
    }

    /** A rank that has not come to a call that it is to run for all may wait for this one: then this one runs that call itself. */
    private void askWhere(long call) {
        int runner = (int) (call % reached.length);
        if (expected.containsKey(call) && reached[runner] <= call) {
            reached[runner] = call + 1;
            send(Word.WHERE, runner, number(call));
        }
    }

    private boolean comesBack(Task task) {
        if (task.comeBack()) {
            pool.push(task);
            return true;
        }
        return false;
    }

    // ---- giving ----

    /** This rank has spawned a task: perhaps for others. By any thread. */
    void spawned() {
        if (!isOwner()) {
            return;
        }
        serve();
        long now = System.nanoTime();
        if (now - lastPoll > POLL_NANOS) {
            lastPoll = now;
            endpoint.progress();
            tell(false);
        }
    }

    private void serve() {
        while (!hungry.isEmpty()) {
            Task task = pool.traveller(this::mayLeave);
            if (task == null) {
                return;
            }
            give(hungry.remove(), task);
        }
    }

    private boolean mayLeave(Task task) {
        return task.kind().travels() && kinds.contains(task.kind()) && homes.containsKey(task.program());
    }

    private void give(int to, Task task) {
        Object[] arguments = task.arguments();
        int kind = kinds.indexOf(task.kind());
        Integer home = homes.get(task.program());
        if (arguments == null || home == null) {
            throw new IllegalStateException("a task that cannot travel: " + task.kind());
        }
        long number = given++;
        boolean news = task.kind().readsGlobals() && home != to && told.add(new Told(to, home, kind));
        byte[] globals = news ? task.kind().packGlobals(task.program()) : NOTHING;
        byte[] values = task.kind().packArguments(arguments);
        byte[] message = ByteBuffer.allocate(WORK_HEADER + globals.length + values.length)
                .putLong(number).putInt(home).putInt(kind).putInt(news ? globals.length : -1).put(globals).put(values).array();
        away.put(number, task);
        notBegun.put(number, new Away(task, to));
        send(Word.WORK, to, message);
    }

    // ---- calls that all ranks make ----

    /** Numbers a call that all ranks make; false if another rank runs it. */
    boolean isMine(Task task) {
        long number = shared++;
        task.isCall(number);
        if (number % endpoint.size() == endpoint.rank()) {
            task.goesTo(t -> ended.add(new Ended(number, t)));
            return true;
        }
        task.leave();
        byte[] known = early.remove(number);
        if (known == null) {
            expected.put(number, task);
        } else {
            complete(task, known);
        }
        return false;
    }

    /** @param outcome 1 if it threw, else 0 and the result */
    private void complete(Task task, byte[] outcome) {
        if (outcome[0] != 0) {
            comesBack(task);
        } else {
            task.ran(task.kind().unpackResult(outcome, 1));
        }
    }

    /** Sends off the results that are there: of guests to their ranks, of this rank's share to all. */
    private void tell(boolean now) {
        for (int k = running.size(); k > 0; k--) {
            Guest guest = running.remove();
            if (guest.group.isDone()) {
                answer(guest);
            } else {
                running.add(guest);
            }
        }
        for (Ended e = ended.poll(); e != null; e = ended.poll()) {
            if (gathered.isEmpty()) {
                gatheredSince = System.nanoTime();
            }
            boolean threw = e.task.failure() != null;
            byte[] value = threw ? NOTHING : e.task.kind().packResult(e.task.result());
            byte[] one = ByteBuffer.allocate(SHARED_HEADER + value.length)
                    .putLong(e.number).putInt(1 + value.length).put((byte) (threw ? 1 : 0)).put(value).array();
            gathered.add(one);
            gatheredBytes += one.length;
        }
        if (!gathered.isEmpty() && (now || gatheredBytes >= GATHER_BYTES || System.nanoTime() - gatheredSince > GATHER_NANOS)) {
            ByteBuffer all = ByteBuffer.allocate(gatheredBytes);
            gathered.forEach(all::put);
            for (int r = 0; r < endpoint.size(); r++) {
                if (r != endpoint.rank()) {
                    send(Word.SHARED, r, all.array().clone());
                }
            }
            gathered.clear();
            gatheredBytes = 0;
        }
    }

    private void answer(Guest guest) {
        boolean threw = guest.group.failure() != null;
        byte[] value = threw ? NOTHING : guest.task.kind().packResult(guest.task.result());
        byte[] message = ByteBuffer.allocate(Long.BYTES + value.length).putLong(guest.ticket.number).put(value).array();
        send(threw ? Word.FAILED : Word.RESULT, guest.ticket.origin, message);
    }

    // ---- messages ----

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private void send(Word word, int to, byte[] payload) {
        endpoint.give("task", context, to, FIRST_TAG + word.ordinal(), payload);
    }

    private void take(Parcel parcel) {
        byte[] bytes = new byte[parcel.count];
        Kind.copy(parcel.contents(), parcel.offset, bytes, 0, bytes.length);
        Word word = Word.values()[parcel.tag - FIRST_TAG];
        long number = word == Word.ASK ? 0 : ByteBuffer.wrap(bytes).getLong();
        switch (word) {
            case ASK -> {
                hungry.add(parcel.source);
                serve();
            }
            case WORK -> arrived(new Ticket(parcel.source, number), bytes);
            case BEGUN -> notBegun.remove(number);
            case RECALLED -> guests.remove(new Ticket(parcel.source, number));
            case REFUSED, FAILED -> back(number).ifPresent(this::comesBack);
            case RESULT -> back(number).ifPresent(task -> task.ran(task.kind().unpackResult(bytes, Long.BYTES)));
            case WHERE -> {
                if (shared <= number) {
                    send(Word.NOT_YET, parcel.source, number(number));
                }
            }
            case NOT_YET -> {
                Task task = expected.remove(number);
                reached[parcel.source] = Math.min(reached[parcel.source], number);
                if (task != null) {
                    comesBack(task);
                }
            }
            case SHARED -> shared(bytes);
        }
    }

    private Optional<Task> back(long number) {
        notBegun.remove(number);
        return Optional.ofNullable(away.remove(number));
    }

    private void arrived(Ticket ticket, byte[] bytes) {
        asked[ticket.origin] = false;
        ByteBuffer in = ByteBuffer.wrap(bytes).position(Long.BYTES);
        int home = in.getInt();
        int number = in.getInt();
        int globals = in.getInt();
        TaskKind kind = kinds.get(number);
        Object own = programs.get(number);
        Object program = own;
        if (kind.readsGlobals() && home != endpoint.rank()) {
            program = shadows.computeIfAbsent(new Shadow(home, programs.indexOf(own)), _ -> kind.fresh(own));
            homes.put(program, home);
        }
        if (globals >= 0) {
            byte[] values = new byte[globals];
            in.get(values);
            kind.unpackGlobals(values, program);
        }
        if (!idle) {
            send(Word.REFUSED, ticket.origin, number(ticket.number));
            return;
        }
        TaskGroup group = new TaskGroup(pool, null);
        guests.put(ticket, new Guest(ticket, group, pool.guest(group, kind, program, kind.unpackArguments(bytes, in.position()))));
    }

    private void shared(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            long number = in.getLong();
            byte[] outcome = new byte[in.getInt()];
            in.get(outcome);
            Task task = expected.remove(number);
            if (task != null) {
                complete(task, outcome);
            } else if (number >= shared) {
                early.put(number, outcome);
            }
        }
    }
}
