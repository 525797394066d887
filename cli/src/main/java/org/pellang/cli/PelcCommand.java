package org.pellang.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
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
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pelc}: compiles one program into a jar. Its options are declared by calls, since to read annotations takes a tenth of a second at every start. */
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

    private @Nullable Path source;
    private @Nullable Path output;
    private final PathOptions paths = new PathOptions();
    private @Nullable String javaPackage;
    private @Nullable Path facade;
    private boolean checkOnly;
    private Format format = Format.HUMAN;
    private boolean denyWarnings;
    private @Nullable String emit;
    private @Nullable String about;
    private int ranks;
    private final Map<String, Long> configs = new LinkedHashMap<>();
    private boolean timings;
    private boolean version;
    private final Invocation invocation;

    private PelcCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The command with its options. */
    static CommandLine line(Invocation invocation) {
        PelcCommand command = new PelcCommand(invocation);
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name("pelc");
        spec.usageMessage()
                .description("Compiles a PEL program into a jar.")
                .sortOptions(false)
                .autoWidth(true)
                .footer("", "Exit codes: 0 ok, 1 errors in the program, 2 command line, 3 file, 4 no JDK, 70 fault of PEL.");
        command.options(new Options(spec));
        return new CommandLine(spec);
    }

    private void options(Options all) {
        all.parameter("prog.pel", Path.class, "The program.", x -> source = x);
        all.value("FILE", Path.class, "The jar to write (default: prog.jar in the current folder).", x -> output = x, "-o", "--output");
        paths.addTo(all);
        all.value("PACKAGE", String.class, "Java of this package may call the program's functions: with --facade write the Java class for that into a folder, else "
                + "put what it calls into the jar.", x -> javaPackage = x, "--java-package");
        all.value("FOLDER", Path.class, "Write the Java source of the facade below this folder, instead of a jar; the Java that the program calls "
                + "need not exist yet.", x -> facade = x, "--facade");
        all.flag("Report errors and warnings, write nothing.", x -> checkOnly = x, "--check-only");
        all.value("FORMAT", Format.class, "human or json (one object per line).", x -> format = x, "--error-format");
        all.flag("A warning counts as an error: no jar is written.", x -> denyWarnings = x, "--deny-warnings");
        all.value("STAGE", String.class, "Print tokens, ast, typed, ir, ir-opt or java instead of writing a jar.", x -> emit = x, "--emit");
        all.value("WHAT", String.class, "Print what was found instead of writing a jar: vector (the form of divided loops), "
                + "comm (their communication: what, and by which formula), bounds (element accesses that are checked at run time), checkpoint (the state of checkpointed loops).",
                x -> about = x, "--report");
        all.value("N", Integer.class, "With --report=comm: count messages and bytes for so many ranks.", x -> ranks = x, "--ranks");
        all.numbers("CONFIG=INT", "With --report=comm: the value of a config; others are as declared.", configs, "--set");
        all.flag("Show how long each pass took.", x -> timings = x, "--timings");
        all.flag("Print the version.", x -> version = x, "-V", "--version");
        all.help();
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
