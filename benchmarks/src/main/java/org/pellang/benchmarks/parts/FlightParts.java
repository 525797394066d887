package org.pellang.benchmarks.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.pellang.runtime.Site;
import org.pellang.runtime.trace.FlightRecorder;

/** What it costs that each operation is recorded, in a mapped file (aim: at most 30 ns). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FlightParts {
    private final FlightRecorder recorder = new FlightRecorder();
    private final Site site = new Site("heat.pel", 12, "sum");
    private Path folder = Path.of("");
    private int sequence;

    @Setup
    public void open() throws IOException {
        Path memory = Path.of("/dev/shm");
        folder = Files.isWritable(memory) ? Files.createTempDirectory(memory, "pel-bench-") : Files.createTempDirectory("pel-bench-");
        recorder.recordIn(folder, 0, 2);
    }

    @TearDown
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve(FlightRecorder.fileName(0)));
        Files.deleteIfExists(folder);
    }

    @Benchmark
    public void message() {
        recorder.message("isend", 1, 3, 8);
    }

    @Benchmark
    public void collective() {
        recorder.collective("allreduce", site, sequence++, 8);
    }

    /** As a rank that has to wait. */
    @Benchmark
    public void waiting() {
        recorder.message("recv", 1, 3, 8);
        recorder.waits(sequence++);
        recorder.runs();
    }
}
