package org.pellang.quality.differential;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.backend.LocalBackend;
import org.pellang.quality.differential.Toolchain.Run;

/** Runs compiled programs with one process per rank. */
final class ProcessRuns {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private ProcessRuns() {}

    /** The run of a jar's bytes. */
    static Run run(byte[] jar, int ranks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            Path folder = Files.createTempDirectory("pel-fuzz");
            Path file = folder.resolve("p.jar");
            try {
                Files.write(file, jar);
                JobSpec spec = new JobSpec(file, List.of(), ranks, Engine.PROCESSES, OptionalLong.empty(), Hosts.here(folder), OutputSpec.CAPTURED, Optional.of(LIMIT));
                Outcome outcome = new LocalBackend(out, err, notice -> {}).start(spec).await();
                return new Run(outcome.exitCode(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8) + outcome.report());
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LaunchRefused e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
