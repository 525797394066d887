package org.pellang.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    /** Something of each construct; see the resource. */
    private static final String PROGRAM = "warm-up.pel";

    private static final String WRONG = "let x = 1\nforall i in 0..<9 { x += i }\nprint(rnk())\nlet y: int = 2.5\n";

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
        Path folder = Files.createTempDirectory("pel-warm-up-");
        try {
            parse();
            String program = program();
            commands(folder, program);
            int code = train(folder, program);
            return code == ExitCode.OK ? train(folder, PLAIN) : code;
        } finally {
            for (String name : List.of("warm.jar", "warm.pel", "wrong.pel")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(folder);
        }
    }

    private static String program() throws IOException {
        try (InputStream in = Objects.requireNonNull(WarmUpCommand.class.getResourceAsStream(PROGRAM))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The commands as a user gives them, with a right and a wrong program. */
    private void commands(Path folder, String program) throws IOException {
        String right = Files.writeString(folder.resolve("warm.pel"), program).toString();
        String wrong = Files.writeString(folder.resolve("wrong.pel"), WRONG).toString();
        run("pelc", right, "-o", folder.resolve("warm.jar").toString());
        run("pelc", wrong, "--check-only");
        run("pelc", wrong, "--check-only", "--error-format=json");
        run("pel", "fmt", "--check", right);
    }

    private void run(String name, String... arguments) {
        new CommandRunner(new Invocation(name, List.of(arguments), invocation.terminal(), invocation.places(), invocation.environment(), invocation.frontEnd())).run();
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

    // The option parser belongs to every start, also of programs that are compiled already.
    private void parse() {
        PelrunCommand.line(invocation).parseArgs("-n", "2", "x.pel", "--n=3");
    }
}
