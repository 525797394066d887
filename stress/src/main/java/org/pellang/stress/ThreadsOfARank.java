package org.pellang.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Two threads of one rank receive at once: each gets one of the messages, whoever looks after the transport. */
@JCStressTest
@Outcome(id = {"1, 2", "2, 1"}, expect = Expect.ACCEPTABLE, desc = "one each")
@State
public class ThreadsOfARank extends Pair {
    public ThreadsOfARank() {
        super(2);
        endpoints[1].allowThreads();
        send(0, 1, 1, 1);
        send(0, 1, 2, 1);
    }

    @Actor
    public void first(JJ_Result r) {
        long[] data = new long[1];
        endpoints[1].receiveNow("recv", WORLD, 0, TAG, data, 0, 1);
        r.r1 = data[0];
    }

    @Actor
    public void second(JJ_Result r) {
        long[] data = new long[1];
        endpoints[1].receiveNow("recv", WORLD, 0, TAG, data, 0, 1);
        r.r2 = data[0];
    }
}
