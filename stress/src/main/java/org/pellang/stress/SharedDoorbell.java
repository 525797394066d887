package org.pellang.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Patience;
import org.pellang.runtime.transport.shm.SharedSegment;

/** As {@link Doorbell}, between two mappings of a segment: the doorbell is a futex. */
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "woken")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "a wake-up was lost")
@State
public class SharedDoorbell {
    private final Endpoint sender;
    private final Endpoint receiver;

    public SharedDoorbell() {
        try {
            Path memory = Path.of("/dev/shm");
            Path folder = Files.isWritable(memory) ? Files.createTempDirectory(memory, "pel-stress-") : Files.createTempDirectory("pel-stress-");
            sender = new Endpoint(SharedSegment.attach(folder, 2).transport(0), Patience.forRanks(2));
            receiver = new Endpoint(SharedSegment.attach(folder, 2).transport(1), Patience.forRanks(2));
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Actor
    public void receiver() {
        receiver.receiveNow("recv", Pair.WORLD, 0, Pair.TAG, new long[1], 0, 1);
    }

    @Signal
    public void sender() {
        sender.startSend("isend", Pair.WORLD, 1, Pair.TAG, new long[] {1}, 0, 1);
    }
}
