package org.pellang.runtime.wire;

/** Layout of the board: one header, then one block per rank. All zero is the initial state. Offsets in bytes. */
public final class BoardDescriptor {
    private BoardDescriptor() {}

    /** Why the job stopped: long, 0 while it runs; see {@code Verdict}. */
    public static final long VERDICT = 0;
    /** Ranks whose program has returned: int. */
    public static final long ENDED_COUNT = 8;
    /** Ranks that have mapped the segment: int. */
    public static final long ATTACHED_COUNT = 12;
    /** Set when the report on the verdict has been written: int. */
    public static final long REPORTED = 16;
    /** How often somebody has asked where the ranks are: int. */
    public static final long ASKED = 20;
    /** Length of the header. */
    public static final long HEADER = 128;

    /** Messages (cells) published: long. Written with every message, so it shares no cache line with what others look at. */
    public static final long SENT = 0;
    /** Messages (cells) taken in and found not to end the wait: long. */
    public static final long POLLED = 8;
    /** Futex word: int. */
    public static final long DOORBELL = 64;
    /** 1 if a waker must ring: int. */
    public static final long PARKED = 68;
    /** State of a rank with its epoch: long. */
    public static final long STATE = 72;
    /** Bytes of the description, 0 if there is none yet, {@link #BEING_WRITTEN} while it is written: int. */
    public static final long TEXT_LENGTH = 128;
    /** In TEXT_LENGTH. */
    public static final int BEING_WRITTEN = -1;
    /** The description in UTF-8. */
    public static final long TEXT = 132;
    /** Length of a rank's block. */
    public static final long RANK_BLOCK = 8192;
    /** Room for the description. */
    public static final int TEXT_ROOM = (int) (RANK_BLOCK - TEXT - 124);
    /** Work that is left to be handed out: long, on a cache line of its own. */
    public static final long WORK = RANK_BLOCK - 64;

    /** Bytes of the board of a job. */
    public static long length(int ranks) {
        return HEADER + ranks * RANK_BLOCK;
    }

    /** Start of a rank's block. */
    public static long block(int rank) {
        return HEADER + rank * RANK_BLOCK;
    }
}
