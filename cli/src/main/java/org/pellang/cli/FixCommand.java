package org.pellang.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.pellang.cli.report.HumanReport;
import org.pellang.cli.report.TextDiff;
import org.pellang.cli.run.PelFiles;
import org.pellang.cli.run.SafeWrite;
import org.pellang.cli.run.SourceLoader;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.FixApplier;
import org.pellang.compiler.source.SourceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pel fix}: carries out the fixes that messages offer, checks again, and goes on as long as that helps. */
@Command(
        name = "fix",
        description = "Carry out the fixes that messages offer.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {"", "Exit codes: 0 no error is left, 1 errors are left (they are shown), 2 command line, 3 file, 70 fault of PEL."})
final class FixCommand implements Callable<Integer> {
    /** One fix may bring out the next message; more rounds than this do not converge. */
    private static final int ROUNDS = 20;

    @Parameters(paramLabel = "FILE|FOLDER", arity = "0..*", description = "Programs, or folders with programs.")
    private List<Path> given = List.of();

    @Option(names = "--dry-run", description = "Change nothing: show what would be changed.")
    private boolean dryRun;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
    private boolean help;

    private final Invocation invocation;

    FixCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** A text with what a check says of it. */
    private record Checked(SourceFile source, List<Diagnostic> diagnostics) {
        long errors() {
            return diagnostics.stream().filter(Diagnostic::isError).count();
        }
    }

    @Override
    public Integer call() throws CommandFailure {
        if (given.isEmpty()) {
            throw CommandFailure.usage("which programs? pel fix prog.pel");
        }
        int result = ExitCode.OK;
        for (Path file : PelFiles.expand(given)) {
            result = Math.max(result, fix(file));
        }
        return result;
    }

    private int fix(Path file) throws CommandFailure {
        SourceFile source = SourceLoader.load(file);
        List<Diagnostic> done = new ArrayList<>();
        Checked now = check(source.text(), file);
        for (int round = 0; round < ROUNDS; round++) {
            Checked next = better(now, file, done);
            if (next == now) {
                break;
            }
            now = next;
        }
        String text = now.source.text();
        if (dryRun) {
            invocation.terminal().out().print(TextDiff.of(file.toString(), source.text(), text));
        } else if (!text.equals(source.text())) {
            SafeWrite.write(file, text.getBytes(StandardCharsets.UTF_8));
            done.forEach(d -> invocation.say(d.primary() + ": " + d.code() + " " + d.fixes().getFirst().title()));
        }
        new HumanReport(invocation.terminal().color()).write(now.diagnostics, invocation.terminal().err());
        return now.errors() == 0 ? ExitCode.OK : ExitCode.SOURCE_ERRORS;
    }

    /** The text after all its fixes at once, or else after those that help one by one; the same if none does. */
    private Checked better(Checked now, Path file, List<Diagnostic> done) {
        FixApplier.Fixed all = FixApplier.apply(now.source, now.diagnostics);
        if (all.done().isEmpty()) {
            return now;
        }
        Checked next = check(all.text(), file);
        if (isBetter(next, now)) {
            done.addAll(all.done());
            return next;
        }
        for (Diagnostic one : all.done()) {
            next = check(FixApplier.apply(now.source, List.of(one)).text(), file);
            if (isBetter(next, now)) {
                done.add(one);
                return next;
            }
        }
        return now;
    }

    // A syntax error hides the errors behind it, so that their number may grow when it is gone.
    private static boolean isBetter(Checked next, Checked now) {
        long syntaxNow = syntaxErrors(now);
        long syntaxNext = syntaxErrors(next);
        return syntaxNext < syntaxNow || syntaxNext == syntaxNow && next.diagnostics.size() < now.diagnostics.size() && next.errors() <= now.errors();
    }

    private static long syntaxErrors(Checked checked) {
        return checked.diagnostics.stream().filter(d -> d.isError() && d.code().startsWith("PEL00")).count();
    }

    private Checked check(String text, Path file) {
        SourceFile source = SourceFile.of(file.toString(), text);
        return CompileStep.guarded(() ->
                new Checked(source, invocation.frontEnd().get().compile(source, CompileStep.folder(file), new FrontEnd.Goal.Check()).diagnostics()));
    }
}
