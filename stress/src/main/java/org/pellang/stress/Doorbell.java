package org.pellang.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/** A rank that waits for a message sleeps sooner or later; the message wakes it whenever it comes. */
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "woken")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "a wake-up was lost")
@State
public class Doorbell extends Pair {
    public Doorbell() {
        super(2);
    }

    @Actor
    public void receiver() {
        endpoints[1].receiveNow("recv", WORLD, 0, TAG, new long[1], 0, 1);
    }

    @Signal
    public void sender() {
        send(0, 1, 1, 1);
    }
}
