package org.pellang.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pellang.cli.report.HumanReport;
import org.pellang.cli.report.JsonReport;
import org.pellang.cli.run.PelFiles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pel}: one command for the daily things. */
@Command(
        name = "pel",
        description = "PEL: a small language for parallel loops.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND")
final class PelCommand implements Callable<Integer> {
    @Option(names = {"-V", "--version"}, description = "Print the version.")
    private boolean version;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
    private boolean help;

    private final Invocation invocation;

    private PelCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The command with its subcommands. */
    static CommandLine commandLine(Invocation invocation) {
        return new CommandLine(new PelCommand(invocation))
                .addSubcommand("run", PelrunCommand.line(invocation))
                .addSubcommand("compile", PelcCommand.line(invocation))
                .addSubcommand("check", Check.line(invocation))
                .addSubcommand("test", TestCommand.line(invocation))
                .addSubcommand("fmt", new CommandLine(new FmtCommand(invocation)))
                .addSubcommand("fix", new CommandLine(new FixCommand(invocation)))
                .addSubcommand("new", new CommandLine(new NewCommand(invocation)))
                .addSubcommand("doc", new CommandLine(new DocCommand(invocation)))
                .addSubcommand("repl", new CommandLine(new ReplCommand(invocation)))
                .addSubcommand("tune", new CommandLine(new TuneCommand(invocation)))
                .addSubcommand("flight", new CommandLine(new FlightCommand(invocation)))
                .addSubcommand("completion", new CommandLine(new CompletionCommand(invocation)))
                .addSubcommand("explain", new CommandLine(new Explain(invocation)))
                .addSubcommand("version", new CommandLine(new ShowVersion(invocation)));
    }

    @Override
    public Integer call() throws CommandFailure {
        if (version) {
            invocation.terminal().out().println("pel " + Version.text());
            return ExitCode.OK;
        }
        throw CommandFailure.usage("which command? pel run, compile, check, test, fmt, fix, new, doc, repl, tune, flight, completion, explain or version");
    }

    /** {@code pel check}: messages only. */
    @Command(name = "check", description = "Report errors and warnings of programs.", usageHelpAutoWidth = true)
    private static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "FILE|FOLDER", arity = "1..*", description = "Programs and modules, or folders with them.")
        private List<Path> sources = List.of();

        @Option(names = "--error-format", paramLabel = "FORMAT", description = "human or json (one object per line).")
        private PelcCommand.Format format = PelcCommand.Format.HUMAN;

        private final PathOptions paths = new PathOptions();

        @Option(names = "--deny-warnings", description = "A warning counts as an error.")
        private boolean denyWarnings;

        @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
        private boolean help;

        private final Invocation invocation;

        private Check(Invocation invocation) {
            this.invocation = invocation;
        }

        /** The command with its options. */
        static CommandLine line(Invocation invocation) {
            Check command = new Check(invocation);
            CommandLine line = new CommandLine(command);
            command.paths.addTo(new Options(line.getCommandSpec()));
            return line;
        }

        @Override
        public Integer call() throws CommandFailure {
            var report = format == PelcCommand.Format.JSON ? new JsonReport() : new HumanReport(invocation.terminal().color());
            boolean errors = false;
            for (Path source : PelFiles.expand(sources)) {
                FrontEnd.Compilation compilation = new CompileStep(invocation, report, paths.path()).compile(source, new FrontEnd.Goal.Check());
                errors |= compilation.hasErrors() || denyWarnings && CompileStep.denied(compilation, invocation);
            }
            return errors ? ExitCode.SOURCE_ERRORS : ExitCode.OK;
        }
    }

    /** {@code pel explain}: what a code means. */
    @Command(name = "explain", description = "Explain the code of a message: the rule, a wrong and a right program.", usageHelpAutoWidth = true)
    private static final class Explain implements Callable<Integer> {
        @Parameters(paramLabel = "CODE", description = "For instance PEL0301, or 301.")
        private String code = "";

        @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
        private boolean help;

        private final Invocation invocation;

        private Explain(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() throws CommandFailure {
            String digits = code.replaceFirst("(?i)^PEL", "");
            String full = "PEL" + "0".repeat(Math.max(0, 4 - digits.length())) + digits;
            String text = invocation
                    .frontEnd()
                    .get()
                    .explain(full)
                    .orElseThrow(() -> CommandFailure.usage("there is no message " + code + "; codes look like PEL0301"));
            invocation.terminal().out().println(text.stripTrailing());
            return ExitCode.OK;
        }
    }

    /** {@code pel version}. */
    @Command(name = "version", description = "Print the version.", usageHelpAutoWidth = true)
    private static final class ShowVersion implements Callable<Integer> {
        private final Invocation invocation;

        private ShowVersion(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            invocation.terminal().out().println("pel " + Version.text());
            return ExitCode.OK;
        }
    }
}
