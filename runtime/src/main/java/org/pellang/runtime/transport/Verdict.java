package org.pellang.runtime.transport;

/**
 * Why a job was stopped.
 *
 * @param reason kind of end
 * @param rank whose report it is
 * @param exitCode of the job, 1..255
 */
public record Verdict(Reason reason, int rank, int exitCode) {
    /** Kinds of ends. */
    public enum Reason {
        /** A rank failed or called abort. */
        FAILED,
        /** Everybody was blocked. */
        DEADLOCK,
        /** A rank or a host is lost, and the job goes on from a checkpoint: this attempt ends without a report. */
        RESTART
    }

    private static final Reason[] REASONS = Reason.values();

    /** As one word, never 0. */
    public long encode() {
        return 1L | (long) reason.ordinal() << 8 | (long) exitCode << 16 | (long) rank << 32;
    }

    /** What {@link #encode} gave. */
    public static Verdict decode(long code) {
        return new Verdict(REASONS[(int) (code >> 8 & 0xff)], (int) (code >>> 32), (int) (code >> 16 & 0xff));
    }
}
