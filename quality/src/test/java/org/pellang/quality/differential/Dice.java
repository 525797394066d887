package org.pellang.quality.differential;

import java.util.List;

/** Pseudo-random choices (SplitMix64): the same seed makes the same program everywhere and for ever. */
final class Dice {
    private long state;

    Dice(long seed) {
        this.state = seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L;
    }

    private long bits() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** 0 to n-1. */
    int below(int n) {
        return (int) Math.floorMod(bits(), (long) n);
    }

    /** low to high, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** True that often of a hundred times. */
    boolean chance(int percent) {
        return below(100) < percent;
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T> T pick(T... choices) {
        return choices[below(choices.length)];
    }
}
