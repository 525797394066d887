package org.pellang.runtime.progress;

/**
 * How long a waiting rank spins before it parks: about 20 us if every rank has a core, else 1 us.
 *
 * @param spinNanos time spent with {@code onSpinWait}
 */
public record Patience(long spinNanos) {
    /** For that many ranks on this machine (the JVM's count of processors respects cgroups). */
    public static Patience forRanks(int ranks) {
        return new Patience(ranks <= Runtime.getRuntime().availableProcessors() ? 20_000 : 1_000);
    }
}
