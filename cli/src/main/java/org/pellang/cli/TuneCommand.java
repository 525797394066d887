package org.pellang.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.pellang.launcher.LaunchRefused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pel tune}: measures the algorithms of the collectives on given ranks and writes the table of the fastest. */
@Command(
        name = "tune",
        description = "Measure the algorithms of the collectives and write a table for pelrun --coll-table.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {"", "The table holds for this number of ranks, placed as here; tables can be put one behind the other.",
            "Exit codes: 0 ok, 2 command line, 3 the table cannot be written, 125 cannot be started."})
final class TuneCommand implements Callable<Integer> {
    private static final String TUNER = "org.pellang.runtime.tune.Tuner";

    @Option(names = "-o", paramLabel = "FILE", description = "Where to write the table (default: collectives.tsv).")
    private Path out = Path.of("collectives.tsv");

    @Option(names = "--most", paramLabel = "BYTES", description = "Longest buffer to measure (default 1048576).")
    private int most = 1 << 20;

    @Option(names = "--rounds", paramLabel = "N", description = "Measured rounds of each algorithm and size (default 5); the median counts.")
    private int rounds = 5;

    @Option(names = "--millis", paramLabel = "MS", description = "Length of a round (default 2.0).")
    private double millis = 2;

    @Mixin
    private JobOptions options = new JobOptions();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
    private boolean help;

    private final Invocation invocation;

    TuneCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailure, LaunchRefused {
        Path file = out.toAbsolutePath();
        if (most < 8 || rounds < 1 || millis <= 0) {
            throw CommandFailure.usage("--most is 8 bytes or more, --rounds 1 or more, --millis above 0");
        }
        Path parent = file.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw CommandFailure.io("-o " + out + ": there is no such folder");
        }
        List<String> arguments = List.of("--out=" + file, "--most=" + most, "--rounds=" + rounds, "--millis=" + millis);
        Path program = program();
        int code = new JobRunner(invocation).run(options.spec(program, program, arguments, invocation.places()));
        if (code == ExitCode.OK) {
            invocation.say("wrote " + out + "; use it by pelrun --coll-table=" + out);
        }
        return code;
    }

    /** The tuner is part of the runtime: a jar that only names it. */
    private static Path program() throws CommandFailure {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Pel-Program", TUNER);
        try {
            Path jar = Files.createTempFile("pel-tune-", ".jar");
            jar.toFile().deleteOnExit();
            try (OutputStream bytes = Files.newOutputStream(jar)) {
                new JarOutputStream(bytes, manifest).close();
            }
            return jar;
        } catch (IOException e) {
            throw CommandFailure.io("a temporary file cannot be written: " + e.getMessage());
        }
    }
}
