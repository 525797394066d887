package org.pellang.runtime.progress;

/**
 * How long a waiting rank spins before it parks: about 20 us if every rank has a core, else 1 us.
 *
 * @param spinNanos time spent with {@code onSpinWait}
 * @param tries polls before the clock is looked at
 */
public record Patience(long spinNanos, int tries) {
    /** For that many ranks on this machine (the JVM's count of processors respects cgroups). */
    public static Patience forRanks(int ranks) {
        return ranks <= Runtime.getRuntime().availableProcessors() ? new Patience(20_000, 32) : new Patience(1_000, 4);
    }
}
