package org.pellang.runtime.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.Console;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;
import org.pellang.runtime.transport.local.LocalFabric;
import org.pellang.runtime.transport.shm.SharedSegment;

/** Runs small jobs over either transport in this JVM and captures what they write. */
final class Jobs {
    private Jobs() {}

    /** The transports under test. */
    enum Link {
        LOCAL,
        /** Ranks are threads, but each has a mapping of its own, as separate JVMs would. */
        SHARED
    }

    /** What every rank of a job runs. */
    interface RankCode {
        void run(Rank rank) throws Throwable;
    }

    /** How a job ended. */
    record Result(int exitCode, String out, String err) {}

    static Result run(Link link, int ranks, RankCode code) {
        return run(link, ranks, List.of(), new ProgramInfo("job", "", List.of()), code);
    }

    static Result run(Link link, int ranks, List<String> args, ProgramInfo info, RankCode code) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        PelProgram program = new PelProgram() {
            @Override
            public ProgramInfo info() {
                return info;
            }

            @Override
            public void run(Rank rank) throws Throwable {
                code.run(rank);
            }
        };
        Outcome outcome = ThreadsEngine.run(() -> program, wiring(link, ranks), args, console, dump -> {});
        return new Result(outcome.exitCode(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Wiring wiring(Link link, int ranks) {
        return switch (link) {
            case LOCAL -> new Wiring.Local(new LocalFabric(ranks));
            case SHARED -> shared(ranks);
        };
    }

    private static Wiring shared(int ranks) {
        try {
            Path folder = sharedFolder();
            List<SharedSegment> mappings = new ArrayList<>();
            for (int r = 0; r < ranks; r++) {
                mappings.add(SharedSegment.attach(folder, ranks));
            }
            // Empty by now: the last to attach has removed the segment's name.
            Files.delete(folder);
            return new Wiring.Shared(List.copyOf(mappings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path sharedFolder() throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? Files.createTempDirectory(memory, "pel-test-") : Files.createTempDirectory("pel-test-");
    }
}
