package org.pellang.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.pellang.runtime.trace.FlightLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pel flight}: what the ranks of a job did last, from the files of their flight recorders; of running jobs, or of those that were killed. */
@Command(name = "flight", description = "Show what the ranks of a job did last: of this user's running jobs, or of the files in a folder (pelrun --flight-dir).",
        sortOptions = false, usageHelpAutoWidth = true)
final class FlightCommand implements Callable<Integer> {
    private static final int WIDTH = 72;

    @Parameters(paramLabel = "FOLDER|FILE", arity = "0..*", description = "Default: the folders of running jobs on this host.")
    private List<Path> named = List.of();

    @Option(names = {"-n", "--last"}, paramLabel = "N", description = "Operations of each rank (default: 8).")
    private int last = 8;

    @Option(names = "--merged", description = "The last operations of all ranks together, in the order in which they began.")
    private boolean merged;

    @Option(names = "--memory", hidden = true, description = "Where running jobs keep their folders.")
    private Path memory = Path.of("/dev/shm");

    private final Invocation invocation;

    FlightCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailure {
        List<Path> places = named.isEmpty() ? running() : named;
        if (places.isEmpty()) {
            invocation.say("no job of this user runs on this host");
            return ExitCode.OK;
        }
        for (Path place : places) {
            show(place);
        }
        return ExitCode.OK;
    }

    private List<Path> running() throws CommandFailure {
        return list(memory).stream().filter(f -> f.getFileName().toString().startsWith("pel-job-") && Files.isReadable(f)).toList();
    }

    private static List<Path> list(Path folder) throws CommandFailure {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw CommandFailure.io(folder + " cannot be read: " + e.getMessage());
        }
    }

    private void show(Path place) throws CommandFailure {
        List<FlightLog> logs = new ArrayList<>();
        for (Path file : Files.isDirectory(place) ? list(place) : List.of(place)) {
            if (file.toString().endsWith(".flight")) {
                try {
                    logs.add(FlightLog.read(file));
                } catch (IOException e) {
                    throw CommandFailure.io(String.valueOf(e.getMessage()));
                }
            }
        }
        if (logs.isEmpty()) {
            throw CommandFailure.io("there are no flight recorders' files in " + place);
        }
        logs.sort(Comparator.comparing(FlightLog::rank));
        PrintStream out = invocation.terminal().out();
        out.println(place + ": " + logs.size() + " of " + logs.getFirst().ranks() + " ranks");
        double now = System.currentTimeMillis();
        for (FlightLog log : logs) {
            Optional<ProcessHandle> process = ProcessHandle.of(log.process()).filter(ProcessHandle::isAlive);
            String state = process.isPresent() ? ") " + log.state(now) : ", ended) " + log.count() + " operations";
            out.println("rank " + log.rank() + " (process " + log.process() + state);
            if (!merged) {
                log.lines(last).forEach(line -> out.println("    " + line));
            }
        }
        if (merged) {
            timeline(logs, out);
        }
    }

    private record Moment(int rank, FlightLog.Entry entry) {}

    /** One line for each operation, with a mark whose place across the page tells when it began. */
    private void timeline(List<FlightLog> logs, PrintStream out) {
        List<Moment> moments = new ArrayList<>();
        for (FlightLog log : logs) {
            log.entries().stream().skip(Math.max(0, log.entries().size() - last)).forEach(e -> moments.add(new Moment(log.rank(), e)));
        }
        moments.sort(Comparator.comparingDouble((Moment m) -> m.entry().millis()).thenComparing(Moment::rank));
        if (moments.isEmpty()) {
            return;
        }
        double first = moments.getFirst().entry().millis();
        double span = Math.max(1e-6, moments.getLast().entry().millis() - first);
        for (Moment m : moments) {
            double at = m.entry().millis() - first;
            int column = (int) (at / span * (WIDTH / 3));
            out.println(String.format(Locale.ROOT, "%12.3f ms  rank %-4d |%s*%s| %s", at, m.rank(), " ".repeat(column), " ".repeat(WIDTH / 3 - column), m.entry().line()));
        }
    }
}
