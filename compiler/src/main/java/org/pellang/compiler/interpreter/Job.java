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
    private record Message(int from, Object value) {}

    private record Line(int channel, int from, int to) {}

    private static final class Meeting {
        final Span site;
        final String kind;
        final Object[] operands;
        int present;
        Object @Nullable [] results;

        Meeting(Span site, String kind, int ranks) {
            this.site = site;
            this.kind = kind;
            this.operands = new Object[ranks];
        }
    }

    final int ranks;
    final Output output;
    final Map<String, String> options;
    final ExternBridge library;
    final List<Machine> machines = new ArrayList<>();
    final long started = System.nanoTime();

    private final Map<Integer, Meeting> meetings = new HashMap<>();
    private final Map<Line, Deque<Message>> messages = new HashMap<>();
    private final Deque<Line> arrivals = new ArrayDeque<>();
    private final int[] meetingsOf;
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
        this.meetingsOf = new int[ranks];
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

    /** All ranks meet here; {@code action} maps their operands to their results and runs once. */
    synchronized Object meet(Machine machine, Span site, String kind, Object operand, UnaryOperator<Object[]> action) {
        if (machine.loop != null) {
            throw new InterpreterFault(InterpreterFault.Kind.COLLECTIVE_IN_LOOP, site, kind + " in a divided loop");
        }
        int number = meetingsOf[machine.rank]++;
        Meeting meeting = meetings.computeIfAbsent(number, n -> new Meeting(site, kind, ranks));
        if (!meeting.site.equals(site) || !meeting.kind.equals(kind)) {
            throw new InterpreterFault(
                    InterpreterFault.Kind.MISMATCH, site, "rank " + machine.rank + " comes to " + kind + ", others to " + meeting.kind + " at " + meeting.site);
        }
        meeting.operands[machine.rank] = operand;
        if (++meeting.present == ranks) {
            meeting.results = action.apply(meeting.operands);
            meetings.remove(number);
        } else {
            waitUntil(machine.rank, () -> meeting.results != null, kind + " at " + site);
        }
        Object[] results = meeting.results;
        if (results == null) {
            throw new IllegalStateException("a meeting without results");
        }
        return results[machine.rank];
    }

    synchronized void send(int channel, int from, int to, Object value) {
        Line line = new Line(channel, from, to);
        messages.computeIfAbsent(line, l -> new ArrayDeque<>()).add(new Message(from, value));
        arrivals.add(line);
    }

    synchronized Object receive(Machine machine, Span site, int channel, int from) {
        Line line = new Line(channel, from, machine.rank);
        Deque<Message> queue = messages.computeIfAbsent(line, l -> new ArrayDeque<>());
        waitUntil(machine.rank, () -> !queue.isEmpty(), "recv from rank " + from + " at " + site);
        arrivals.removeFirstOccurrence(line);
        return queue.remove().value();
    }

    /** The message that was sent first, with its sender: {@code (value, from)}. */
    synchronized Object[] receiveAny(Machine machine, Span site, int channel) {
        waitUntil(machine.rank, () -> arrived(channel, machine.rank) != null, "recv_any at " + site);
        Line line = arrived(channel, machine.rank);
        if (line == null) {
            throw new IllegalStateException("woken without a message");
        }
        arrivals.removeFirstOccurrence(line);
        return new Object[] {messages.getOrDefault(line, new ArrayDeque<>()).remove().value(), (long) line.from()};
    }

    private @Nullable Line arrived(int channel, int to) {
        for (Line line : arrivals) {
            if (line.channel() == channel && line.to() == to) {
                return line;
            }
        }
        return null;
    }

    private void waitUntil(int rank, BooleanSupplier ready, String what) {
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
