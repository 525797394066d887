package org.pellang.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A message of 4 KiB in a block of the arena, and one of 8 KiB that is lent: all elements or none. */
@JCStressTest
@Outcome(id = {"0, 0", "7, 0", "7, 8"}, expect = Expect.ACCEPTABLE, desc = "whole messages in order")
@State
public class LongPayload extends Pair {
    private static final int IN_BLOCK = 512;
    private static final int LENT = 1024;

    private final long[] first = new long[IN_BLOCK];
    private final long[] second = new long[LENT];

    public LongPayload() {
        super(2);
        endpoints[1].receive("irecv", WORLD, 0, TAG, first, 0, IN_BLOCK);
        endpoints[1].receive("irecv", WORLD, 0, TAG, second, 0, LENT);
    }

    @Actor
    public void sender() {
        send(0, 1, 7, IN_BLOCK);
        send(0, 1, 8, LENT);
    }

    @Actor
    public void receiver(JJ_Result r) {
        endpoints[1].progress();
        r.r1 = same(first);
        r.r2 = same(second);
    }

    private static long same(long[] data) {
        for (long x : data) {
            if (x != data[0]) {
                return -1;
            }
        }
        return data[0];
    }
}
