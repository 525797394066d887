package org.pellang.runtime.bootstrap;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.transport.Board;

/**
 * The exact question whether a job on several hosts is deadlocked, in two looks (F. Mattern, four counters, 1987). The first look reads every
 * rank's state and how many messages it has polled; when all answers are in, the second reads how many it has sent, and the states again.
 * If all are blocked or ended, no state has changed, and as much was polled at the first look as was sent at the second, nothing was on its
 * way in between, and nobody can ever send again.
 */
final class JobCounts {
    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Asks all other JVMs for a look. */
    interface Asking {
        void look(int number, int half);
    }

    /** What a look at one JVM showed: a count of messages, and a word for each of its ranks. */
    private record Look(long count, long[] states) {}

    /** A board that some ranks of this JVM count on: their numbers there. */
    record Counter(Board board, int[] ranks) {}

    private final Placement placement;
    private final Board states;
    private final List<Counter> counters;
    private final Map<Integer, Look> answers = new ConcurrentHashMap<>();
    private int current;

    /** @param states board with the states of the ranks here @param counters boards with their counts */
    JobCounts(Placement placement, Board states, List<Counter> counters) {
        this.placement = placement;
        this.states = states;
        this.counters = List.copyOf(counters);
    }

    /** This JVM's answer. */
    ByteBuffer look(int number, int half) {
        Look look = look(half);
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + Long.BYTES * (1 + look.states.length));
        out.putInt(number).putLong(look.count);
        for (long word : look.states) {
            out.putLong(word);
        }
        return out.flip();
    }

    private Look look(int half) {
        // First half: states, then what was polled. Second half: what was sent, then states.
        long[] before = half == 0 ? words() : new long[0];
        long count = 0;
        for (Counter counter : counters) {
            for (int r : counter.ranks) {
                count += half == 0 ? counter.board.polled(r) : counter.board.sent(r);
            }
        }
        return new Look(count, half == 0 ? before : words());
    }

    private long[] words() {
        return Arrays.stream(placement.ranksOf(placement.me())).mapToLong(states::stateWord).toArray();
    }

    /** An answer from another JVM. */
    void seen(int jvm, ByteBuffer in) {
        int number = in.getInt();
        long count = in.getLong();
        long[] words = new long[in.remaining() / Long.BYTES];
        in.asLongBuffer().get(words);
        synchronized (answers) {
            if (number == current) {
                answers.put(jvm, new Look(count, words));
            }
        }
    }

    /** Whether the job is deadlocked; without a full set of answers it is not known to be. */
    boolean deadlocked(Asking others) {
        if (!quiet(words())) {
            return false;
        }
        Look[] first = all(others, 0);
        if (first == null || !deaf(first)) {
            return false;
        }
        Look[] second = all(others, 1);
        if (second == null) {
            return false;
        }
        long polled = 0;
        long sent = 0;
        for (int jvm = 0; jvm < first.length; jvm++) {
            if (!Arrays.equals(first[jvm].states, second[jvm].states)) {
                return false;
            }
            polled += first[jvm].count;
            sent += second[jvm].count;
        }
        return polled == sent;
    }

    private Look @Nullable [] all(Asking others, int half) {
        int number;
        synchronized (answers) {
            answers.clear();
            number = ++current;
        }
        others.look(number, half);
        answers.put(placement.me(), look(half));
        long end = System.nanoTime() + ANSWER_NANOS;
        while (answers.size() < placement.jvms()) {
            if (System.nanoTime() > end) {
                return null;
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        Look[] looks = new Look[placement.jvms()];
        answers.forEach((jvm, look) -> looks[jvm] = look);
        return looks;
    }

    private static boolean quiet(long[] words) {
        return Arrays.stream(words).allMatch(Board::isQuiet);
    }

    private static boolean deaf(Look[] looks) {
        boolean anyBlocked = false;
        for (Look look : looks) {
            if (!quiet(look.states)) {
                return false;
            }
            anyBlocked |= Arrays.stream(look.states).anyMatch(Board::isBlocked);
        }
        return anyBlocked;
    }
}
