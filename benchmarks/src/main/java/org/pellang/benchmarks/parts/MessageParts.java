package org.pellang.benchmarks.parts;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pellang.runtime.Request;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Patience;
import org.pellang.runtime.transport.local.LocalFabric;

/** One message between two ranks, both driven by one thread: what matching, ring and copying cost without any waiting or cache line on its way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageParts {
    private static final int WORLD = 0;

    /** Elements of 8 bytes: in a cell, in a block, lent. */
    @Param({"1", "128", "8192"})
    private int elements;

    /** Messages that wait unexpected before the one that is received. */
    @Param({"0", "32"})
    private int waiting;

    private Endpoint sender = endpoint(new LocalFabric(2), 0);
    private Endpoint receiver = sender;
    private long[] out = {};
    private long[] in = {};

    private static Endpoint endpoint(LocalFabric fabric, int rank) {
        return new Endpoint(fabric.transport(rank), Patience.forRanks(2));
    }

    @Setup
    public void connect() {
        LocalFabric fabric = new LocalFabric(2);
        sender = endpoint(fabric, 0);
        receiver = endpoint(fabric, 1);
        out = new long[elements];
        in = new long[elements];
        for (int i = 0; i < waiting; i++) {
            sender.startSend("isend", WORLD, 1, i + 1, new long[1], 0, 1);
        }
        receiver.progress();
    }

    /** The receive is there first. */
    @Benchmark
    public long expected() {
        Request receive = receiver.receive("irecv", WORLD, 0, 0, in, 0, elements);
        sender.startSend("isend", WORLD, 1, 0, out, 0, elements);
        receiver.progress();
        return receive.await().count();
    }

    /** The message is there first. */
    @Benchmark
    public long unexpected() {
        sender.startSend("isend", WORLD, 1, 0, out, 0, elements);
        receiver.progress();
        return receiver.receiveNow("recv", WORLD, 0, 0, in, 0, elements).count();
    }
}
