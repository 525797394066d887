package com.acme;

import org.pellang.runtime.embed.KernelFailure;

/** Answers requests by the kernel, each on as many ranks as the service was made with. */
public final class RodService {
    private final Rod rod;

    public RodService(int ranks, double alpha) {
        this.rod = Rod.on(ranks).withAlpha(alpha);
    }

    /** The rod after some steps; the argument stays as it is. */
    public double[] after(double[] cold, long steps) {
        return rod.relax(cold, steps);
    }

    /** Where it is hottest, or -1 if the kernel refuses the rod. */
    public long hottest(double[] temperatures) {
        try {
            return rod.hottest(temperatures).place();
        } catch (KernelFailure refused) {
            return -1;
        }
    }
}
