package org.pellang.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pellang.cli.report.HumanReport;
import org.pellang.cli.report.Report;
import org.pellang.cli.run.SearchPath;
import org.pellang.cli.run.SourceLoader;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;

/** Compiles one file and shows its diagnostics; shared by all commands. */
final class CompileStep {
    private final Invocation invocation;
    private final Report report;
    private final SearchPath path;

    CompileStep(Invocation invocation) {
        this(invocation, new HumanReport(invocation.terminal().color()));
    }

    CompileStep(Invocation invocation, Report report) {
        this(invocation, report, SearchPath.EMPTY);
    }

    /** For programs that use what is on this path. */
    CompileStep(Invocation invocation, Report report, SearchPath path) {
        this.invocation = invocation;
        this.report = report;
        this.path = path;
    }

    FrontEnd.Compilation compile(Path path, FrontEnd.Goal goal) throws CommandFailure {
        return compile(SourceLoader.load(path), path, goal);
    }

    FrontEnd.Compilation compile(SourceFile source, Path path, FrontEnd.Goal goal) throws CommandFailure {
        FrontEnd.Compilation result = guarded(() -> invocation.frontEnd().get().withPath(this.path).compile(source, folder(path), goal));
        report.write(result.diagnostics(), invocation.terminal().err());
        return result;
    }

    /** The product, or a failure if there were errors. */
    static byte[] product(FrontEnd.Compilation compilation) throws CommandFailure {
        if (compilation.hasErrors()) {
            throw new SourceErrors();
        }
        return compilation.product().orElseThrow(() -> new IllegalStateException("no errors, and no product"));
    }

    /** Whether there are warnings, which {@code --deny-warnings} forbids; says so. */
    static boolean denied(FrontEnd.Compilation compilation, Invocation invocation) {
        long warnings = compilation.diagnostics().stream().filter(d -> d.severity() == Diagnostic.Severity.WARNING).count();
        if (warnings > 0 && !compilation.hasErrors()) {
            invocation.say((warnings == 1 ? "a warning counts" : warnings + " warnings count") + " as errors (--deny-warnings)");
        }
        return warnings > 0;
    }

    /** Where the modules of a source are looked for. */
    static Path folder(Path source) {
        Path folder = source.toAbsolutePath().getParent();
        return folder == null ? Path.of("/") : folder;
    }

    /** Timings for people: a column of milliseconds. */
    static void show(List<FrontEnd.Timing> timings, Terminal terminal) {
        double total = 0;
        for (FrontEnd.Timing timing : timings) {
            double ms = timing.time().toNanos() / 1e6;
            total += ms;
            terminal.err().printf("%10.1f ms  %s%n", ms, timing.pass());
        }
        terminal.err().printf("%10.1f ms  in all%n", total);
    }

    // Deep recursion and lack of memory are our fault too: they end as a report, not as a Java trace.
    static <T> T guarded(Callable<T> work) {
        try {
            return work.call();
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
