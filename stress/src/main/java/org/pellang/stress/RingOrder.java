package org.pellang.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Two messages through a ring while the receiver looks once: none, the first, or both, each whole and in order. */
@JCStressTest
@Outcome(id = {"0, 0", "1, 0", "1, 2"}, expect = Expect.ACCEPTABLE, desc = "a beginning of what was sent")
@State
public class RingOrder extends Pair {
    private final long[] first = new long[2];
    private final long[] second = new long[2];

    public RingOrder() {
        super(2);
        endpoints[1].receive("irecv", WORLD, 0, TAG, first, 0, 2);
        endpoints[1].receive("irecv", WORLD, 0, TAG, second, 0, 2);
    }

    @Actor
    public void sender() {
        send(0, 1, 1, 2);
        send(0, 1, 2, 2);
    }

    @Actor
    public void receiver(JJ_Result r) {
        endpoints[1].progress();
        r.r1 = first[0] == first[1] ? first[0] : -1;
        r.r2 = second[0] == second[1] ? second[0] : -1;
    }
}
