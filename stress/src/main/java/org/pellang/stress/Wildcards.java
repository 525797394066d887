package org.pellang.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.pellang.runtime.Comm;

/** Two ranks send, by one thread, to one that is looking and has posted a receive from anybody and one from rank 0, and receives the rest later: every message once. */
@JCStressTest
@Outcome(id = {"1, 2, 5", "5, 1, 2"}, expect = Expect.ACCEPTABLE, desc = "the first that came met the wildcard")
@State
public class Wildcards extends Pair {
    private final long[] any = new long[1];
    private final long[] zero = new long[1];

    public Wildcards() {
        super(3);
        endpoints[2].receive("irecv", WORLD, Comm.ANY_SOURCE, TAG, any, 0, 1);
        endpoints[2].receive("irecv", WORLD, 0, TAG, zero, 0, 1);
    }

    @Actor
    public void senders() {
        send(0, 2, 1, 1);
        send(1, 2, 5, 1);
        send(0, 2, 2, 1);
    }

    @Actor
    public void receiver() {
        endpoints[2].progress();
    }

    @Arbiter
    public void rest(JJJ_Result r) {
        endpoints[2].progress();
        long[] last = new long[1];
        endpoints[2].receiveNow("recv", WORLD, Comm.ANY_SOURCE, TAG, last, 0, 1);
        r.r1 = any[0];
        r.r2 = zero[0];
        r.r3 = last[0];
    }
}
