package org.pellang.quality.differential;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
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
    /** Loops are cut in pieces and steps however small they are, as in this JVM. */
    private static final String SMALL = "-Dpel.overlap.least=1 -Dpel.panel.bytes=256 -Dpel.panel.grain=1";

    private static final long HEAP = 128L << 20;

    private ProcessRuns() {}

    /** The run of a jar's bytes. */
    static Run run(byte[] jar, int ranks) {
        return in(folder -> job(Files.write(folder.resolve("p.jar"), jar), ranks, OptionalLong.empty(), Hosts.here(folder)));
    }

    /** One job that runs many programs, by name, one after another; {@link Batch#printed} takes its output apart. */
    static Run run(Map<String, byte[]> jars, int ranks) {
        return in(folder -> {
            Batch batch = new Batch(folder);
            for (Map.Entry<String, byte[]> jar : jars.entrySet()) {
                batch.add(jar.getKey(), jar.getValue(), List.of());
            }
            Map<String, String> environment = new HashMap<>(batch.environment());
            environment.put("JDK_JAVA_OPTIONS", SMALL);
            return job(batch.jar(), ranks, OptionalLong.of(HEAP), Hosts.here(folder, environment));
        });
    }

    private static Run job(Path jar, int ranks, OptionalLong heap, JobSpec.Host host) throws LaunchRefused, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        JobSpec spec = new JobSpec(jar, List.of(), ranks, Engine.PROCESSES, heap, host, OutputSpec.CAPTURED, Optional.of(LIMIT));
        Outcome outcome = new LocalBackend(out, err, notice -> {}).start(spec).await();
        return new Run(outcome.exitCode(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8) + outcome.report());
    }

    /** What is done in a folder that is there for it only. */
    private interface InFolder {
        Run run(Path folder) throws IOException, LaunchRefused, InterruptedException;
    }

    private static Run in(InFolder work) {
        try {
            Path folder = Files.createTempDirectory("pel-fuzz");
            try {
                return work.run(folder);
            } finally {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
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
