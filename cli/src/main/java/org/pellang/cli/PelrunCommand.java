package org.pellang.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.pellang.cli.report.HumanReport;
import org.pellang.cli.run.SearchPath;
import org.pellang.cli.run.SourceLoader;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pelrun}: runs a program on N ranks, compiling it first if it is a source. */
@Command(
        name = "pelrun",
        aliases = "run",
        description = "Runs a PEL program on N ranks; what follows the program are its own options (try pelrun prog.pel --help).",
        sortOptions = false,
        usageHelpAutoWidth = true,
        customSynopsis = "pelrun [-n N] [options] prog.pel|prog.jar [program options] [: -n M [--host, -x, --wdir] other.pel|other.jar [its options]]...",
        footer = {
            "",
            "Exit codes: the program's own; 1 errors in the program or a trap, 2 command line, 3 file, 4 no JDK, 70 fault of PEL,",
            "124 time-out, 125 cannot be started, 128+s ended by signal s, 130 Ctrl-C."
        })
final class PelrunCommand implements Callable<Integer> {
    @Mixin
    private JobOptions options = new JobOptions();

    @Option(names = "--interpret", description = "Run by the reference interpreter: slow, and always right.")
    private boolean interpret;

    private final PathOptions paths = new PathOptions();

    @Option(names = "--dry-run", description = "Show what would be started.")
    private boolean dryRun;

    @Option(names = "--json", description = "With --dry-run: as JSON.")
    private boolean json;

    @Option(names = {"-V", "--version"}, description = "Print the version.")
    private boolean version;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
    private boolean help;

    @Parameters(paramLabel = "prog", arity = "0..*", hidden = true)
    private List<String> programAndArguments = new ArrayList<>();

    private final Invocation invocation;

    PelrunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The command with its options. */
    static CommandLine line(Invocation invocation) {
        PelrunCommand command = new PelrunCommand(invocation);
        CommandLine line = new CommandLine(command).setStopAtPositional(true);
        command.paths.addTo(new Options(line.getCommandSpec()));
        return line;
    }

    @Override
    public Integer call() throws CommandFailure, LaunchRefused {
        if (version) {
            invocation.terminal().out().println("pelrun " + Version.text());
            return ExitCode.OK;
        }
        Continuation continuation = options.checkpoints().continuation();
        if (continuation != null) {
            programAndArguments = continuation.complete(programAndArguments);
        }
        if (programAndArguments.isEmpty()) {
            throw CommandFailure.usage("which program? pelrun -n 4 prog.pel");
        }
        List<List<String>> programs = PartLine.split(programAndArguments);
        if (programs.getFirst().isEmpty()) {
            throw CommandFailure.usage("which program stands before the ':'? pelrun -n 2 a.pel : -n 1 b.pel");
        }
        Path program = Path.of(programs.getFirst().getFirst());
        List<String> arguments = programs.getFirst().subList(1, programs.getFirst().size());
        if (interpret && programs.size() > 1) {
            throw CommandFailure.usage("--interpret takes one program");
        }
        return interpret ? interpreted(program, arguments) : compiled(program, arguments, programs.subList(1, programs.size()));
    }

    private int compiled(Path program, List<String> arguments, List<List<String>> others) throws CommandFailure, LaunchRefused {
        JobRunner runner = new JobRunner(invocation, paths.path());
        List<PartLine> more = new ArrayList<>();
        for (List<String> words : others) {
            more.add(PartLine.of(words));
        }
        options.besides(more, arguments);
        // The options are checked first: a misspelt engine need not wait for the compiler.
        options.spec(program, program, arguments, invocation.places(), more.stream().map(PartLine::program).toList());
        List<Path> jars = new ArrayList<>();
        Path first = runner.jar(program);
        for (PartLine line : more) {
            jars.add(runner.jar(line.program()));
        }
        JobSpec spec = options.spec(program, first, arguments, invocation.places(), jars);
        if (dryRun) {
            runner.dryRun(spec, json);
            return ExitCode.OK;
        }
        return runner.run(spec);
    }

    private int interpreted(Path program, List<String> arguments) throws CommandFailure {
        if (!program.toString().endsWith(".pel")) {
            throw CommandFailure.usage("--interpret wants a .pel program, not " + program);
        }
        var source = SourceLoader.load(program);
        int ranks = options.ranks();
        Terminal terminal = invocation.terminal();
        SearchPath path = paths.path();
        var check = new CompileStep(invocation, new HumanReport(terminal.color()), path).compile(source, program, new FrontEnd.Goal.Check());
        if (check.hasErrors()) {
            return ExitCode.SOURCE_ERRORS;
        }
        return CompileStep.guarded(() -> invocation
                .frontEnd()
                .get()
                .withPath(path)
                .interpret(source, CompileStep.folder(program), ranks, arguments, terminal.out(), terminal.err()));
    }
}
