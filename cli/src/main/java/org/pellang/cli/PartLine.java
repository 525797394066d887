package org.pellang.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.Part;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What stands behind a {@code :} of {@code pelrun}, as mpirun has it: another program of the same job, with ranks, hosts, variables and a folder of its own. */
@Command(name = ":")
final class PartLine {
    private static final String SEPARATOR = ":";

    @Option(names = {"-n", "-np", "--np"})
    private int ranks;

    @Option(names = {"--host", "-H"})
    private @Nullable String hosts;

    @Option(names = "-x")
    private List<String> variables = List.of();

    @Option(names = "--wdir")
    private @Nullable Path folder;

    @Parameters(arity = "0..*")
    private List<String> programAndArguments = new ArrayList<>();

    private PartLine() {}

    /** The words between separators; those of the first program first. */
    static List<List<String>> split(List<String> words) {
        List<List<String>> all = new ArrayList<>(List.of(new ArrayList<>()));
        for (String word : words) {
            if (word.equals(SEPARATOR)) {
                all.add(new ArrayList<>());
            } else {
                all.getLast().add(word);
            }
        }
        return all;
    }

    static PartLine of(List<String> words) throws CommandFailure {
        PartLine line = new PartLine();
        String text = ": " + String.join(" ", words);
        try {
            new CommandLine(line).setStopAtPositional(true).parseArgs(words.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw CommandFailure.usage(text + ": " + e.getMessage() + "; behind a ':' there are -n, --host, -x and --wdir, all else stands before the first program");
        }
        if (line.programAndArguments.isEmpty()) {
            throw CommandFailure.usage(text + ": which program?");
        }
        if (line.ranks < 1) {
            throw CommandFailure.usage(text + ": how many ranks? Where there are several programs each has its -n");
        }
        noQuestions(line.arguments());
        return line;
    }

    /** Its ranks would leave, and those of the others wait for them. */
    static void noQuestions(List<String> arguments) throws CommandFailure {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            throw CommandFailure.usage("--help: ask one program at a time");
        }
    }

    int ranks() {
        return ranks;
    }

    Path program() {
        return Path.of(programAndArguments.getFirst());
    }

    private List<String> arguments() {
        return programAndArguments.subList(1, programAndArguments.size());
    }

    /** Where its ranks go, if it names hosts itself. */
    Optional<List<JobSpec.Place>> places() throws CommandFailure {
        return hosts == null ? Optional.empty() : Optional.of(HostList.of(hosts).places(ranks));
    }

    /** @param jar its program, compiled @param far whether there are hosts, which are asked for the folder */
    Part part(Path jar, boolean far) throws CommandFailure {
        if (folder != null && !far && !Files.isDirectory(folder)) {
            throw CommandFailure.io("--wdir=" + folder + ": there is no such folder");
        }
        return new Part(jar.toAbsolutePath(), arguments(), ranks, variables(variables), Optional.ofNullable(folder).map(Path::toAbsolutePath));
    }

    /** {@code -x NAME=value}, or {@code -x NAME} for the value that it has here. */
    static Map<String, String> variables(List<String> options) throws CommandFailure {
        Map<String, String> all = new LinkedHashMap<>();
        for (String variable : options) {
            int equals = variable.indexOf('=');
            String name = equals < 0 ? variable : variable.substring(0, equals);
            if (name.isEmpty()) {
                throw CommandFailure.usage("-x " + variable + ": a variable is written NAME or NAME=value");
            }
            String value = equals < 0 ? System.getenv(name) : variable.substring(equals + 1);
            if (value != null) {
                all.put(name, value);
            }
        }
        return all;
    }
}
