package org.pellang.quality.differential;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.backend.LocalBackend;

/** Surroundings of jobs that tests start. Their JVMs share an AOT cache, as those of pelrun do: hundreds of them start in a test run. */
final class Hosts {
    private static final String VECTORS = """
            domain D[0..<1000] dist block
            var a: [D] float = 0.0
            forall i in D { a[i] = sqrt(float(i)) }
            print("{sum(a[i] forall i in D):.3f}")
            """;
    private static final String NO_VECTORS = """
            domain D[0..<1000] dist block
            var a: [D] int
            forall i in D { a[i] = i }
            print("{sum(a[i] forall i in D)}")
            """;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Hosts() {}

    /** Made once, in the build's folder, when the first job needs it; empty if the runtime is not in jars, of which alone there are caches. */
    private static final class Aot {
        static final Optional<Path> FOLDER =
                Toolchain.runtimePath().stream().allMatch(Files::isRegularFile) ? Optional.of(trained(Path.of("target", "aot").toAbsolutePath())) : Optional.empty();

        private static Path trained(Path folder) {
            try {
                Files.createDirectories(folder);
                Path jar = folder.resolve("training.jar");
                for (String text : List.of(VECTORS, NO_VECTORS)) {
                    byte[] program = new Toolchain().compile("training.pel", text).jar();
                    if (program == null) {
                        throw new IllegalStateException("the training program does not compile");
                    }
                    Files.write(jar, program);
                    // With one rank and with as many as there are cores: there is a cache for each collector.
                    train(folder, jar, 1);
                    train(folder, jar, Runtime.getRuntime().availableProcessors());
                }
                return folder;
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

    private static void train(Path folder, Path jar, int ranks) throws LaunchRefused, InterruptedException {
        JobSpec spec = new JobSpec(jar, List.of(), ranks, Engine.THREADS, OptionalLong.empty(), host(folder, Map.of(), Optional.of(folder)),
                OutputSpec.CAPTURED, Optional.of(LIMIT));
        OutputStream nowhere = OutputStream.nullOutputStream();
        new LocalBackend(nowhere, nowhere, notice -> {}).training().start(spec).await();
    }

    /** This machine with this JDK; jobs run in that folder. */
    static JobSpec.Host here(Path folder) {
        return here(folder, Map.of());
    }

    /** The same, with these variables in the environment. */
    static JobSpec.Host here(Path folder, Map<String, String> environment) {
        return host(folder, environment, Aot.FOLDER);
    }

    private static JobSpec.Host host(Path folder, Map<String, String> environment, Optional<Path> aot) {
        return new JobSpec.Host(Path.of(System.getProperty("java.home")), Toolchain.runtimePath(), environment, folder, aot);
    }
}
