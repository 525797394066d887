package org.pellang.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.pellang.compiler.source.SourceFile;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.backend.LocalBackend;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * What {@code bin/pel} runs once, while the JVM records an AOT cache: compiles and runs a small program, so that the classes of both halves are
 * in the caches. The ranks' own cache is recorded by the job that it starts.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final String PROGRAM =
            """
            ## Compiled and run once to learn which classes a start needs.
            config n = 1000
            domain D[0..<n] dist block
            var a: [D] float = 0.0
            forall i in D { a[i] = sqrt(float(i)) }
            let s = sum(a[i] forall i in D)
            print("{s:.3f}")
            """;

    /** The same without vectors: there is a cache for JVMs without their module. */
    private static final String PLAIN =
            """
            domain D[0..<1000] dist block
            var a: [D] int
            forall i in D { a[i] = i }
            print("{sum(a[i] forall i in D)}")
            """;

    private final Invocation invocation;

    WarmUpCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, LaunchRefused, InterruptedException {
        parse("pelc", "x.pel", "--check-only");
        Path folder = Files.createTempDirectory("pel-warm-up-");
        try {
            int code = train(folder, PROGRAM);
            return code == ExitCode.OK ? train(folder, PLAIN) : code;
        } finally {
            Files.deleteIfExists(folder.resolve("warm.jar"));
            Files.deleteIfExists(folder);
        }
    }

    private int train(Path folder, String program) throws IOException, LaunchRefused, InterruptedException {
        SourceFile source = SourceFile.of("warm-up.pel", program);
        FrontEnd.Compilation compilation = invocation.frontEnd().get().compile(source, folder, new FrontEnd.Goal.Jar());
        if (compilation.product().isEmpty()) {
            return ExitCode.SOURCE_ERRORS;
        }
        Path jar = Files.write(folder.resolve("warm.jar"), compilation.product().get());
        var places = invocation.places();
        for (int ranks : List.of(1, Runtime.getRuntime().availableProcessors())) {
            JobSpec.Host host = new JobSpec.Host(places.javaHome(), places.runtimePath(), Map.of(), folder, Optional.of(places.aotFolder()));
            JobSpec spec = new JobSpec(
                    jar, List.of(), ranks, Engine.THREADS, OptionalLong.empty(), host, OutputSpec.CAPTURED, Optional.empty());
            OutputStream nowhere = OutputStream.nullOutputStream();
            Outcome outcome = new LocalBackend(nowhere, nowhere, notice -> {}).training().start(spec).await();
            if (outcome.exitCode() != 0) {
                return outcome.exitCode();
            }
        }
        return ExitCode.OK;
    }

    // The option parser belongs to every start.
    private void parse(String... arguments) {
        new CommandLine(new PelcCommand(invocation)).parseArgs(java.util.Arrays.copyOfRange(arguments, 1, arguments.length));
        new CommandLine(new PelrunCommand(invocation)).setStopAtPositional(true).parseArgs("-n", "2", "x.pel", "--n=3");
    }
}
