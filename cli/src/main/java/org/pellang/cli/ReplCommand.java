package org.pellang.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pellang.cli.report.HumanReport;
import org.pellang.compiler.diagnostic.Diagnostic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pel repl}: expressions, statements and declarations, line by line, on ranks that stay alive. */
@Command(
        name = "repl",
        description = "Talk to living ranks: type expressions, statements and declarations.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {"", "An expression is printed. Input goes on over several lines while a bracket is open; an empty line ends it. :quit or end of file leaves.",
            "Exit codes: 0 ok, 2 command line, 70 fault of PEL."})
final class ReplCommand implements Callable<Integer> {
    private static final int MOST_RANKS = 64;

    @Option(names = "-n", paramLabel = "N", description = "Number of ranks (default 2).")
    private int ranks = 2;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
    private boolean help;

    private final Invocation invocation;
    private final BufferedReader in;

    ReplCommand(Invocation invocation) {
        this(invocation, new BufferedReader(new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8)));
    }

    ReplCommand(Invocation invocation, BufferedReader in) {
        this.invocation = invocation;
        this.in = in;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        if (ranks < 1 || ranks > MOST_RANKS) {
            throw CommandFailure.usage("-n " + ranks + ": a dialogue has 1 to " + MOST_RANKS + " ranks");
        }
        PrintStream out = invocation.terminal().out();
        PrintStream err = invocation.terminal().err();
        Dialogue dialogue = CompileStep.guarded(() -> invocation.frontEnd().get().dialogue(ranks, Path.of(""), out, err));
        err.println("PEL " + Version.number() + " on " + ranks + (ranks == 1 ? " rank" : " ranks") + "; :quit leaves");
        StringBuilder input = new StringBuilder();
        for (String line = ask("pel> "); line != null; line = ask(input.isEmpty() ? "pel> " : "...> ")) {
            if (input.isEmpty() && (line.strip().equals(":quit") || line.strip().equals(":q"))) {
                return ExitCode.OK;
            }
            if (input.isEmpty() && line.strip().startsWith(":")) {
                err.println("expressions are printed, statements run, declarations stay; `use file` takes modules of this folder; an empty line ends an open input; :quit leaves");
                continue;
            }
            input.append(input.isEmpty() ? "" : "\n").append(line);
            if (!line.isBlank() && dialogue.isIncomplete(input.toString())) {
                continue;
            }
            List<Diagnostic> messages = dialogue.enter(input.toString());
            new HumanReport(invocation.terminal().color()).write(messages, err);
            input.setLength(0);
        }
        return ExitCode.OK;
    }

    private @org.jspecify.annotations.Nullable String ask(String prompt) throws IOException {
        invocation.terminal().err().print(prompt);
        invocation.terminal().err().flush();
        return in.readLine();
    }
}
