package org.pellang.compiler.interpreter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/**
 * All ranks of a run. Each has a thread, but only the one whose turn it is runs; the turn goes on, in order of ranks, where a rank
 * waits: in a collective until all have come, in a receive until a message is there. What a collective does is done once, by the
 * rank that comes last, while all others wait.
 */
final class Job {
    /** Messages of one channel between two ranks of one team. */
    private record Line(Team team, int channel, int from, int to) {}

    final int ranks;
    final Output output;
    final Map<String, String> options;
    final ExternBridge library;
    final List<Machine> machines = new ArrayList<>();
    final long started = System.nanoTime();

    private final Map<Line, Deque<Object>> messages = new HashMap<>();
    private final Map<Line, Deque<RequestValue>> posted = new HashMap<>();
    private final Deque<Line> arrivals = new ArrayDeque<>();
    private final @Nullable BooleanSupplier[] waiting;
    private final String[] waitingFor;
    private final boolean[] ended;
    private int turn;
    private @Nullable RuntimeException failure;

    Job(int ranks, Output output, Map<String, String> options, ExternBridge library) {
        this.ranks = ranks;
        this.output = output;
        this.options = options;
        this.library = library;
        this.waiting = new BooleanSupplier[ranks];
        this.waitingFor = new String[ranks];
        this.ended = new boolean[ranks];
    }

    /** Waits for this rank's first turn. */
    synchronized void begin(int rank) {
        awaitTurn(rank);
    }

    /** This rank has nothing more to do. */
    synchronized void end(int rank, @Nullable RuntimeException why) {
        ended[rank] = true;
        if (why != null && failure == null) {
            failure = why;
        }
        pass(rank);
    }

    synchronized @Nullable RuntimeException failure() {
        return failure;
    }

    /** All ranks of the team that runs this code meet here; see {@link Team#meet}. */
    synchronized Object meet(Machine machine, Span site, String kind, Object operand, UnaryOperator<Object[]> action) {
        return machine.team.meet(machine, site, kind, operand, action);
    }

    /** The same for another team. */
    synchronized Object meet(Team team, Machine machine, Span site, String kind, Object operand, UnaryOperator<Object[]> action) {
        return team.meet(machine, site, kind, operand, action);
    }

    synchronized TeamValue split(Team team, Machine machine, Span site, long color, long key) {
        return team.split(machine, site, color, key);
    }

    synchronized void send(Team team, int channel, int from, int to, Object value) {
        Line line = new Line(team, channel, from, to);
        Deque<RequestValue> waiting = posted.get(line);
        if (waiting != null && !waiting.isEmpty()) {
            waiting.remove().deliver(value);
            return;
        }
        messages.computeIfAbsent(line, l -> new ArrayDeque<>()).add(value);
        arrivals.add(line);
    }

    /** Starts a receive. */
    synchronized void post(Team team, int channel, int from, int to, RequestValue request) {
        Line line = new Line(team, channel, from, to);
        Deque<Object> queue = messages.get(line);
        if (queue != null && !queue.isEmpty()) {
            arrivals.removeFirstOccurrence(line);
            request.deliver(queue.remove());
        } else {
            posted.computeIfAbsent(line, l -> new ArrayDeque<>()).add(request);
        }
    }

    /** Waits for a request. */
    synchronized void await(Machine machine, RequestValue request, String what) {
        waitUntil(machine.rank, request::ready, what);
    }

    /** The message that was sent first, with its sender: {@code (value, from)}. */
    synchronized Object[] receiveAny(Machine machine, Span site, int channel) {
        Team team = machine.team;
        int me = team.number(machine);
        waitUntil(machine.rank, () -> arrived(team, channel, me) != null, "recv_any at " + site);
        Line line = arrived(team, channel, me);
        if (line == null) {
            throw new IllegalStateException("woken without a message");
        }
        arrivals.removeFirstOccurrence(line);
        return new Object[] {messages.getOrDefault(line, new ArrayDeque<>()).remove(), (long) line.from()};
    }

    private @Nullable Line arrived(Team team, int channel, int to) {
        for (Line line : arrivals) {
            if (line.team() == team && line.channel() == channel && line.to() == to) {
                return line;
            }
        }
        return null;
    }

    /** Sent and never received, per channel and receiver: how many. */
    synchronized Map<Integer, Integer> leftOver() {
        Map<Integer, Integer> counts = new java.util.TreeMap<>();
        arrivals.forEach(line -> counts.merge(line.channel(), 1, Integer::sum));
        return counts;
    }

    /** Hands the turn on until {@code ready}; only for the rank whose turn it is. */
    synchronized void waitUntil(int rank, BooleanSupplier ready, String what) {
        if (ready.getAsBoolean()) {
            return;
        }
        waiting[rank] = ready;
        waitingFor[rank] = what;
        pass(rank);
        awaitTurn(rank);
        waiting[rank] = null;
    }

    private void awaitTurn(int rank) {
        while (turn != rank && failure == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = new JobEnd(130, "interrupted");
            }
        }
        if (failure != null) {
            throw new JobEnd(1, "another rank ended the job");
        }
    }

    private void pass(int from) {
        for (int k = 1; k <= ranks; k++) {
            int next = (from + k) % ranks;
            BooleanSupplier ready = waiting[next];
            if (!ended[next] && (ready == null || ready.getAsBoolean())) {
                turn = next;
                notifyAll();
                return;
            }
        }
        boolean all = true;
        StringBuilder report = new StringBuilder("deadlock: every rank is blocked");
        for (int r = 0; r < ranks; r++) {
            all &= ended[r];
            report.append("\n  rank ").append(r).append(ended[r] ? " has ended" : " waits in " + waitingFor[r]);
        }
        if (!all && failure == null) {
            failure = new JobEnd(1, report.toString());
        }
        notifyAll();
    }
}
