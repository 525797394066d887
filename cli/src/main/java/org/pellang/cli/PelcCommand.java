package org.pellang.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import org.pellang.cli.report.HumanReport;
import org.pellang.cli.report.JsonReport;
import org.pellang.cli.report.Report;
import org.pellang.cli.run.Archive;
import org.pellang.cli.run.SafeWrite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pelc}: compiles one program into a jar. */
@Command(
        name = "pelc",
        description = "Compiles a PEL program into a jar.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {"", "Exit codes: 0 ok, 1 errors in the program, 2 command line, 3 file, 4 no JDK, 70 fault of PEL."})
final class PelcCommand implements Callable<Integer> {
    /** How diagnostics are written. */
    enum Format {
        HUMAN,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "prog.pel", description = "The program.", arity = "0..1")
    private @Nullable Path source;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "The jar to write (default: prog.jar in the current folder).")
    private @Nullable Path output;

    @Mixin
    private PathOptions paths = new PathOptions();

    @Option(names = "--java-package", paramLabel = "PACKAGE",
            description = "Java of this package may call the program's functions: with --facade write the Java class for that into a folder, else put what it calls into the jar.")
    private @Nullable String javaPackage;

    @Option(names = "--facade", paramLabel = "FOLDER", description = "Write the Java source of the facade below this folder, instead of a jar; the Java that the program calls "
            + "need not exist yet.")
    private @Nullable Path facade;

    @Option(names = "--check-only", description = "Report errors and warnings, write nothing.")
    private boolean checkOnly;

    @Option(names = "--error-format", paramLabel = "FORMAT", description = "human or json (one object per line).")
    private Format format = Format.HUMAN;

    @Option(names = "--deny-warnings", description = "A warning counts as an error: no jar is written.")
    private boolean denyWarnings;

    @Option(names = "--emit", paramLabel = "STAGE", description = "Print tokens, ast, typed, ir, ir-opt or java instead of writing a jar.")
    private @Nullable String emit;

    @Option(names = "--report", paramLabel = "WHAT", description = "Print what was found instead of writing a jar: vector (the form of divided loops), "
            + "comm (their communication: what, and by which formula), bounds (element accesses that are checked at run time), checkpoint (the state of checkpointed loops).")
    private @Nullable String about;

    @Option(names = "--ranks", paramLabel = "N", description = "With --report=comm: count messages and bytes for so many ranks.")
    private int ranks;

    @Option(names = "--set", paramLabel = "CONFIG=INT", description = "With --report=comm: the value of a config; others are as declared.")
    private Map<String, Long> configs = Map.of();

    @Option(names = "--timings", description = "Show how long each pass took.")
    private boolean timings;

    @Option(names = {"-V", "--version"}, description = "Print the version.")
    private boolean version;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
    private boolean help;

    private final Invocation invocation;

    PelcCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (version) {
            invocation.terminal().out().println("pelc " + Version.text());
            return ExitCode.OK;
        }
        Path path = source;
        if (path == null) {
            throw CommandFailure.usage("which program? pelc prog.pel -o prog.jar");
        }
        FrontEnd.Goal goal = goal();
        Report report = format == Format.JSON ? new JsonReport() : new HumanReport(invocation.terminal().color());
        FrontEnd.Compilation compilation = new CompileStep(invocation, report, paths.path()).compile(path, goal);
        if (timings) {
            CompileStep.show(compilation.timings(), invocation.terminal());
        }
        // Tokens and trees of a wrong program can be looked at all the same.
        if (compilation.hasErrors() && compilation.product().isEmpty()) {
            return ExitCode.SOURCE_ERRORS;
        }
        if (denyWarnings && CompileStep.denied(compilation, invocation)) {
            return ExitCode.SOURCE_ERRORS;
        }
        deliver(goal, compilation, path);
        return compilation.hasErrors() ? ExitCode.SOURCE_ERRORS : ExitCode.OK;
    }

    private FrontEnd.Goal goal() throws CommandFailure {
        if (ranks < 0 || (ranks > 0 || !configs.isEmpty()) && !"comm".equals(about)) {
            throw CommandFailure.usage("--ranks and --set belong to --report=comm, and there is at least one rank");
        }
        if ("comm".equals(about)) {
            return new FrontEnd.Goal.CommReport(ranks, configs);
        }
        if (about != null) {
            return new FrontEnd.Goal.Emit(switch (about) {
                case "vector" -> FrontEnd.Stage.VECTOR_REPORT;
                case "bounds" -> FrontEnd.Stage.BOUNDS_REPORT;
                case "checkpoint" -> FrontEnd.Stage.CHECKPOINT_REPORT;
                default -> throw CommandFailure.usage("--report=" + about + ": there are vector, comm, bounds and checkpoint");
            });
        }
        if (emit != null) {
            return new FrontEnd.Goal.Emit(stage(emit));
        }
        if (checkOnly) {
            return new FrontEnd.Goal.Check();
        }
        String into = javaPackage;
        if (into != null && !into.isEmpty() && !SourceVersion.isName(into)) {
            throw CommandFailure.usage("--java-package=" + into + " is no name of a Java package");
        }
        if (facade != null) {
            return new FrontEnd.Goal.Facade(into == null ? "" : into);
        }
        return into == null ? new FrontEnd.Goal.Jar() : new FrontEnd.Goal.Exports(into);
    }

    private static FrontEnd.Stage stage(String word) throws CommandFailure {
        for (FrontEnd.Stage stage : FrontEnd.Stage.values()) {
            if (stage.toString().equals(word)) {
                return stage;
            }
        }
        throw CommandFailure.usage("--emit=" + word + ": there are tokens, ast, typed, ir, ir-opt and java");
    }

    private void deliver(FrontEnd.Goal goal, FrontEnd.Compilation compilation, Path path) throws CommandFailure {
        switch (goal) {
            case FrontEnd.Goal.Check() -> {}
            case FrontEnd.Goal.Emit(_), FrontEnd.Goal.CommReport(_, _) -> {
                byte[] text = compilation.product().orElseThrow();
                invocation.terminal().out().write(text, 0, text.length);
                invocation.terminal().out().flush();
            }
            case FrontEnd.Goal.Jar(), FrontEnd.Goal.Exports(_) -> SafeWrite.write(jarPath(path), CompileStep.product(compilation));
            case FrontEnd.Goal.Facade(_) -> Archive.unpack(CompileStep.product(compilation), Objects.requireNonNull(facade));
            case FrontEnd.Goal.TestJar(String test) -> throw new IllegalStateException("pelc compiles no tests: " + test);
        }
    }

    private Path jarPath(Path path) {
        String name = String.valueOf(path.getFileName());
        return Optional.ofNullable(output).orElse(Path.of((name.endsWith(".pel") ? name.substring(0, name.length() - 4) : name) + ".jar"));
    }
}
