package org.pellang.runtime.progress;

/**
 * How long a waiting rank spins before it parks: about 20 us if every rank has a core, else 1 us and then a few yields, which on
 * crowded cores hand over faster than parking does.
 *
 * @param spinNanos time spent with {@code onSpinWait}
 * @param tries polls before the clock is looked at
 * @param yields times the core is offered to others between spinning and parking
 */
public record Patience(long spinNanos, int tries, int yields) {
    /** For that many ranks on this machine (the JVM's count of processors respects cgroups). */
    public static Patience forRanks(int ranks) {
        return ranks <= Runtime.getRuntime().availableProcessors() ? new Patience(20_000, 32, 20) : new Patience(1_000, 4, 20);
    }
}
