package com.acme;

/** What the program calls; it calls the program back. */
public final class Bounds {
    private Bounds() {}

    public static double left() {
        return 0.5 + Heat.on(2).ranksHere();
    }

    public static double twice(double x) {
        return 2 * x;
    }

    public static double boom() {
        throw new IllegalArgumentException("no more");
    }
}
