package org.pellang.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pellang.cli.report.HumanReport;
import org.pellang.cli.report.TextDiff;
import org.pellang.cli.run.PelFiles;
import org.pellang.cli.run.SafeWrite;
import org.pellang.cli.run.SourceLoader;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.format.Formatter;
import org.pellang.compiler.source.SourceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pel fmt}: writes programs in the one style. */
@Command(
        name = "fmt",
        description = "Write programs in the one style: indentation, spaces, blank lines; the program and its comments stay the same.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {"", "Exit codes: 0 ok, 1 errors in a program or (--check) a file in another style, 2 command line, 3 file, 70 fault of PEL."})
final class FmtCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE|FOLDER",
            arity = "0..*",
            description = "Programs, or folders with programs; - reads standard input and writes standard output.")
    private List<Path> given = List.of();

    @Option(names = "--check", description = "Change nothing: name the files in another style.")
    private boolean check;

    @Option(names = "--diff", description = "Change nothing: show what would be changed.")
    private boolean diff;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
    private boolean help;

    private final Invocation invocation;

    FmtCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (given.isEmpty()) {
            throw CommandFailure.usage("which programs? pel fmt prog.pel, or pel fmt . for all below this folder");
        }
        if (given.equals(List.of(Path.of("-")))) {
            return standardInput();
        }
        int result = ExitCode.OK;
        for (Path file : PelFiles.expand(given)) {
            SourceFile source = SourceLoader.load(file);
            Optional<String> text = formatted(source);
            if (text.isEmpty() || !text.get().equals(source.text()) && !deliver(file, source.text(), text.get())) {
                result = ExitCode.SOURCE_ERRORS;
            }
        }
        return result;
    }

    /** False if a file in another style counts as a failure. */
    private boolean deliver(Path file, String before, String after) throws CommandFailure {
        if (diff) {
            invocation.terminal().out().print(TextDiff.of(file.toString(), before, after));
        } else if (check) {
            invocation.terminal().out().println(file);
        } else {
            SafeWrite.write(file, after.getBytes(StandardCharsets.UTF_8));
        }
        return !check;
    }

    private int standardInput() throws CommandFailure {
        try {
            SourceFile source = SourceFile.of("standard input", new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
            Optional<String> text = formatted(source);
            text.ifPresent(invocation.terminal().out()::print);
            invocation.terminal().out().flush();
            return text.isEmpty() || check && !text.get().equals(source.text()) ? ExitCode.SOURCE_ERRORS : ExitCode.OK;
        } catch (IOException e) {
            throw CommandFailure.io("standard input cannot be read: " + e.getMessage());
        }
    }

    private Optional<String> formatted(SourceFile source) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<String> text = CompileStep.guarded(() -> Formatter.format(source, diagnostics));
        new HumanReport(invocation.terminal().color()).write(diagnostics.sorted(), invocation.terminal().err());
        return text;
    }
}
