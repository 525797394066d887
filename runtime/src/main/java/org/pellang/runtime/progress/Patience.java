package org.pellang.runtime.progress;

/**
 * How long a waiting rank spins before it parks: about 20 us if every rank has a core, else not at all but yields at once, which on
 * crowded cores hands over faster than parking does: whoever else waits there needs less than a microsecond to see that it must wait on.
 *
 * @param spinNanos time spent with {@code onSpinWait}
 * @param tries polls before the clock is looked at
 * @param yields times the core is offered to others between spinning and parking
 */
public record Patience(long spinNanos, int tries, int yields) {
    /** For that many ranks on this machine (the JVM's count of processors respects cgroups). */
    public static Patience forRanks(int ranks) {
        return of(ranks <= Runtime.getRuntime().availableProcessors());
    }

    /** @param alone whether each rank has a core */
    public static Patience of(boolean alone) {
        return alone ? new Patience(20_000, 32, 20) : new Patience(0, 1, 20);
    }

    /** Where messages cannot wake a sleeping rank it spins longer, if it has a core. */
    public Patience longer() {
        return spinNanos < 20_000 ? this : new Patience(10 * spinNanos, tries, yields);
    }
}
