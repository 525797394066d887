package org.pellang.runtime.transport;

import static org.pellang.runtime.wire.BoardDescriptor.*;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Words;
import org.pellang.runtime.wire.BoardDescriptor;

/**
 * What all ranks and the watchdog can see: each rank's state, counts of messages, the verdict and, once there is one,
 * descriptions of what each rank was doing. Lies in ordinary memory for threads, in the segment for processes.
 */
public final class Board {
    /** What a rank is doing. */
    public enum State {
        /** It goes on. */
        RUNNING,
        /** It waits for a message and has polled all that it shows as polled. */
        BLOCKED,
        /** It waits for room, or for a buffer it lent: that ends without anybody's sending. */
        HELD,
        /** Its program has returned. */
        ENDED
    }

    private static final int BLOCKED = State.BLOCKED.ordinal();
    private static final int HELD = State.HELD.ordinal();
    private static final int ENDED = State.ENDED.ordinal();

    private final MemorySegment memory;
    private final int ranks;
    private final boolean everywhere;
    private int @Nullable [] hosts;

    /** A board in memory of {@link BoardDescriptor#length} bytes, all zero at the job's start. */
    public Board(MemorySegment memory, int ranks) {
        this(memory, ranks, true);
    }

    private Board(MemorySegment memory, int ranks, boolean everywhere) {
        this.everywhere = everywhere;
        this.memory = memory;
        this.ranks = ranks;
    }

    /** A board for the threads of one JVM. */
    public static Board inHeap(int ranks) {
        return new Board(MemorySegment.ofArray(new long[(int) (BoardDescriptor.length(ranks) / Long.BYTES)]), ranks, false);
    }

    /** Whether all ranks of the job see this board, not only those of one JVM. */
    public boolean isEverywhere() {
        return everywhere;
    }

    /** Says on which host each rank is, by any numbers; without it all are on one. Before the ranks start, and the same for all. */
    public void place(int[] byRank) {
        hosts = byRank.clone();
    }

    /** A number that ranks of one host share. */
    public int hostOf(int rank) {
        int[] known = hosts;
        return known == null ? 0 : known[rank];
    }

    /** Number of ranks. */
    public int ranks() {
        return ranks;
    }

    // ---- states ----

    /** Shows what a rank is doing; its end with {@link #ended}. */
    public void show(int rank, State state) {
        state(rank, state.ordinal());
    }

    /** The rank's program has returned. Returns whether it was the last. */
    public boolean ended(int rank) {
        state(rank, ENDED);
        return Words.addInt(memory, ENDED_COUNT, 1) == ranks - 1;
    }

    /** Whether all programs have returned. */
    public boolean allEnded() {
        return Words.volatileInt(memory, ENDED_COUNT) == ranks;
    }

    /** Whether that rank's program has returned. */
    public boolean hasEnded(int rank) {
        return (stateWord(rank) & 3) == ENDED;
    }

    /** Whether that rank may wait for room: held, or serving the others after its end. */
    public boolean wantsRoom(int rank) {
        return (stateWord(rank) & 3) >= HELD;
    }

    private void state(int rank, int state) {
        long at = block(rank) + STATE;
        long old = Words.plainLong(memory, at);
        if ((old & 3) != state) {
            Words.volatileLong(memory, at, ((old >>> 2) + 1) << 2 | state);
        }
    }

    /** A rank's state with the number of its changes: equal only if nothing has changed in between. */
    public long stateWord(int rank) {
        return Words.volatileLong(memory, block(rank) + STATE);
    }

    /** Whether a rank with that word is blocked. */
    public static boolean isBlocked(long stateWord) {
        return (stateWord & 3) == BLOCKED;
    }

    /** Whether a rank with that word is blocked or has ended: it sends nothing by itself. */
    public static boolean isQuiet(long stateWord) {
        return (stateWord & 3) == BLOCKED || (stateWord & 3) == ENDED;
    }

    // ---- counts ----

    /** Messages published by a rank so far. */
    public long sent(int rank) {
        return Words.volatileLong(memory, block(rank) + SENT);
    }

    /** Messages polled by a rank so far, as it has shown. */
    public long polled(int rank) {
        return Words.volatileLong(memory, block(rank) + POLLED);
    }

    /** Messages published by a rank so far; to be shown before the message is. */
    public void sent(int rank, long count) {
        Words.releaseLong(memory, block(rank) + SENT, count);
    }

    /** Messages polled by a rank so far that did not end its wait. */
    public void polled(int rank, long count) {
        Words.volatileLong(memory, block(rank) + POLLED, count);
    }

    /**
     * Whether every rank is blocked or has ended, at least one is blocked, and nothing is on its way. Exact: if the same states
     * with the same epochs are seen before and after the counts, nobody ran in between, so nobody sent.
     */
    public boolean deadlocked() {
        long[] before = states();
        boolean anyBlocked = false;
        for (long word : before) {
            if (!isQuiet(word)) {
                return false;
            }
            anyBlocked |= isBlocked(word);
        }
        if (!anyBlocked) {
            return false;
        }
        // All that was polled before anything that was sent: blocked and ended ranks answer requests (Mattern 1987, four counters).
        long polled = 0;
        for (int r = 0; r < ranks; r++) {
            polled += polled(r);
        }
        long sent = 0;
        for (int r = 0; r < ranks; r++) {
            sent += sent(r);
        }
        return sent == polled && Arrays.equals(before, states());
    }

    private long[] states() {
        long[] words = new long[ranks];
        for (int r = 0; r < ranks; r++) {
            words[r] = stateWord(r);
        }
        return words;
    }

    // ---- parking ----

    /** Sets or clears a rank's parked flag. */
    public void parked(int rank, boolean parked) {
        Words.volatileInt(memory, block(rank) + PARKED, parked ? 1 : 0);
    }

    /** Whether a rank's parked flag is still set: nobody has taken it to ring. */
    public boolean isParked(int rank) {
        return Words.volatileInt(memory, block(rank) + PARKED) != 0;
    }

    /** Whether the caller must ring: one of those who find the rank parked. */
    public boolean takeParked(int rank) {
        long at = block(rank) + PARKED;
        return Words.volatileInt(memory, at) != 0 && Words.replaceInt(memory, at, 1, 0);
    }

    // ---- work to be handed out ----

    /** A rank's word about work. */
    public long work(int rank) {
        return Words.volatileLong(memory, block(rank) + WORK);
    }

    /** Sets a rank's word about work. */
    public void work(int rank, long value) {
        Words.volatileLong(memory, block(rank) + WORK, value);
    }

    /** Replaces a rank's word about work; false if it is not as expected. */
    public boolean replaceWork(int rank, long expected, long value) {
        return Words.replaceLong(memory, block(rank) + WORK, expected, value);
    }

    // ---- the end of the job ----

    /** Whether the job has been stopped. */
    public boolean stopped() {
        return Words.volatileLong(memory, VERDICT) != 0;
    }

    /** What the job has agreed on, if several hosts stopped it at once. */
    public void settle(Verdict verdict) {
        Words.volatileLong(memory, VERDICT, verdict.encode());
    }

    /** Stops the job; only the first verdict counts. Wake everybody afterwards. Returns whether this was it. */
    public boolean stop(Verdict verdict) {
        return Words.replaceLong(memory, VERDICT, 0, verdict.encode());
    }

    /** Why the job was stopped, or null. */
    public @Nullable Verdict verdict() {
        long code = Words.volatileLong(memory, VERDICT);
        return code == 0 ? null : Verdict.decode(code);
    }

    /** Says what a rank was doing when the job was stopped; the first text stays, also if two threads say it at once. */
    public void describe(int rank, String text) {
        long at = block(rank);
        if (!Words.replaceInt(memory, at + TEXT_LENGTH, 0, BEING_WRITTEN)) {
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, TEXT_ROOM);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, at + TEXT, length);
        Words.volatileInt(memory, at + TEXT_LENGTH, length == 0 ? BEING_WRITTEN : length);
    }

    /** What {@link #describe} said, or null. */
    public @Nullable String description(int rank) {
        long at = block(rank);
        int length = Words.volatileInt(memory, at + TEXT_LENGTH);
        if (length == 0 || length == BEING_WRITTEN) {
            return null;
        }
        byte[] bytes = new byte[length];
        MemorySegment.copy(memory, at + TEXT, MemorySegment.ofArray(bytes), 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The report on the verdict has been written. */
    public void markReported() {
        Words.volatileInt(memory, REPORTED, 1);
    }

    /** Whether the report on the verdict has been written: ranks end only then, so that it is not cut short. */
    public boolean isReported() {
        return Words.volatileInt(memory, REPORTED) != 0;
    }

    /** Asks all ranks to say where they are. */
    public void ask() {
        Words.addInt(memory, ASKED, 1);
    }

    /** How often that has been asked. */
    public int asked() {
        return Words.volatileInt(memory, ASKED);
    }

    // ---- attaching ----

    /** Counts a rank that has mapped the board. Returns whether it was the last. */
    public boolean attach() {
        return Words.addInt(memory, ATTACHED_COUNT, 1) == ranks - 1;
    }
}
