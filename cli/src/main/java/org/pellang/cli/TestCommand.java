package org.pellang.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pellang.cli.run.PelFiles;
import org.pellang.launcher.Engine;
import org.pellang.launcher.LaunchRefused;
import org.jspecify.annotations.Nullable;
import org.pellang.cli.report.HumanReport;
import org.pellang.cli.report.JunitXml;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pel test}: runs each {@code test} of the given sources at each of its rank counts; what it prints and computes must not depend on them. */
@Command(name = "test", description = "Run the tests of programs at each of their rank counts.", usageHelpAutoWidth = true,
        footer = {"", "A test passes if it ends without a failed assert or a trap at each count, prints the same at all of them, and leaves",
                "variables that do not depend on the number of ranks with the same bits.", "",
                "Exit codes: 0 all passed, 1 a test failed or a program has errors, 2 command line, 3 file, 70 fault of PEL."})
final class TestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE|FOLDER", arity = "1..*", description = "Programs and modules, or folders with them.")
    private List<Path> sources = List.of();

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only tests whose name contains this.")
    private String filter = "";

    private final PathOptions paths = new PathOptions();

    @Option(names = "--engine", paramLabel = "E", description = "threads or processes.")
    private Engine engine = Engine.THREADS;

    @Option(names = "--junit-xml", paramLabel = "FOLDER", description = "Write a report per program, TEST-NAME.xml, in the form of JUnit and Surefire.")
    private @Nullable Path reports;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this text.")
    private boolean help;

    private final Invocation invocation;

    TestCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The command with its options. */
    static CommandLine line(Invocation invocation) {
        TestCommand command = new TestCommand(invocation);
        CommandLine line = new CommandLine(command);
        command.paths.addTo(new Options(line.getCommandSpec()));
        return line;
    }

    @Override
    public Integer call() throws CommandFailure, LaunchRefused {
        int passed = 0;
        int failed = 0;
        for (Path source : PelFiles.expand(sources)) {
            FrontEnd.Compilation checked = new CompileStep(invocation, new HumanReport(invocation.terminal().color()), paths.path()).compile(source, new FrontEnd.Goal.Check());
            if (checked.hasErrors()) {
                return ExitCode.SOURCE_ERRORS;
            }
            List<JunitXml.Case> cases = new ArrayList<>();
            for (FrontEnd.TestCase test : checked.tests()) {
                if (test.name().contains(filter)) {
                    long start = System.nanoTime();
                    List<String> faults = run(source, test);
                    cases.add(new JunitXml.Case(test.name(), (System.nanoTime() - start) / 1e9, faults));
                    passed += faults.isEmpty() ? 1 : 0;
                    failed += faults.isEmpty() ? 0 : 1;
                }
            }
            if (reports != null) {
                JunitXml.write(reports, source, cases);
            }
        }
        invocation.terminal().out().printf("%d passed, %d failed%n", passed, failed);
        return failed == 0 ? ExitCode.OK : ExitCode.SOURCE_ERRORS;
    }

    private List<String> run(Path source, FrontEnd.TestCase test) throws CommandFailure, LaunchRefused {
        JobRunner runner = new JobRunner(invocation, paths.path());
        Path jar = runner.compiled(source, new FrontEnd.Goal.TestJar(test.name()), "test " + test.name());
        List<Integer> counts = test.ranks().isEmpty() ? List.of(1) : test.ranks();
        List<String> faults = new ArrayList<>();
        Outcome first = null;
        for (int ranks : counts) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int code = runner.run(JobRunner.plain(invocation.places(), jar, ranks, engine), out);
            Outcome outcome = Outcome.of(ranks, out.toString(StandardCharsets.UTF_8));
            if (code != 0) {
                String text = outcome.text();
                faults.add("at " + ranks + " ranks: exit code " + code + (text.isEmpty() ? "" : "\n" + text.indent(8).stripTrailing()));
            } else if (first == null) {
                first = outcome;
            } else {
                faults.addAll(outcome.differences(first));
            }
        }
        invocation.terminal().out().println((faults.isEmpty() ? "ok    " : "FAIL  ") + source + ": " + test.name() + " (ranks " + counts + ")");
        faults.forEach(fault -> invocation.terminal().out().println("    " + fault));
        return faults;
    }

    /**
     * What a test leaves behind at one number of ranks.
     *
     * @param text what it printed
     * @param results the values at its end of the variables that do not depend on the number of ranks, by name; several of one name one after another
     */
    private record Outcome(int ranks, String text, Map<String, String> results) {
        private static final int SHOWN = 60;

        static Outcome of(int ranks, String out) {
            String[] parts = out.split(FrontEnd.RESULT_MARK, -1);
            Map<String, String> results = new LinkedHashMap<>();
            for (String part : List.of(parts).subList(1, parts.length)) {
                int name = Math.max(0, part.indexOf(" = "));
                results.merge(part.substring(0, name), part.substring(name).stripTrailing(), String::concat);
            }
            return new Outcome(ranks, parts[0], results);
        }

        List<String> differences(Outcome first) {
            List<String> all = new ArrayList<>();
            if (!text.equals(first.text)) {
                all.add("prints something else at " + ranks + " ranks than at " + first.ranks + ":\n" + text.indent(8) + "    instead of\n"
                        + first.text.indent(8).stripTrailing());
            }
            results.forEach((name, value) -> {
                String before = first.results.getOrDefault(name, "");
                if (!value.equals(before)) {
                    all.add("`" + name + "` has other bits at " + ranks + " ranks than at " + first.ranks + ":\n        " + name + around(value, before)
                            + "\n    instead of\n        " + name + around(before, value));
                }
            });
            return all;
        }

        /** A value from shortly before the place where it begins to differ from another one. */
        private static String around(String value, String other) {
            int same = 0;
            while (same < Math.min(value.length(), other.length()) && value.charAt(same) == other.charAt(same)) {
                same++;
            }
            int from = same < SHOWN ? 0 : same - SHOWN / 2;
            int to = Math.min(value.length(), from + 2 * SHOWN);
            return (from > 0 ? " = .. " : "") + value.substring(from, to) + (to < value.length() ? " .." : "");
        }
    }
}
