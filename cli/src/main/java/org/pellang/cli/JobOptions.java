package org.pellang.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.cli.run.Places;
import org.pellang.cli.run.Quantities;
import org.pellang.launcher.CheckpointSpec;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.Part;
import org.pellang.launcher.Reach;
import org.pellang.runtime.bootstrap.StandardInput;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code pelrun} and {@code pel run}: mpirun's habits. */
final class JobOptions {
    private static final int MOST_RANKS = 4096;
    private static final int MOST_THREADS = 1024;

    @Option(names = {"-n", "-np", "--np"}, paramLabel = "N", description = "Ranks (default: one per core).")
    private @Nullable Integer ranks;

    @Option(names = "--engine", paramLabel = "E",
            description = "threads (ranks are threads of one JVM), processes (one JVM each), hosts (one JVM per --host), openmpi or mpich (started by mpirun, messages "
                    + "by the MPI library), or auto.")
    private String engine = "auto";

    @Mixin
    private HostFlags hosts = new HostFlags();

    @Option(names = "--report", paramLabel = "WHAT", description = "At the end rank 0 says of each divided loop: comm, what it sent (messages, bytes, neighbours); "
            + "balance, how long its iterations took on the ranks.")
    private @Nullable String report;

    @Option(names = "--reduce", paramLabel = "MODE", description = "How sums of floats are combined: tree (the same bits on any number of ranks), exact (correctly rounded, slow) "
            + "or fast (by ranks: other bits on another number).")
    private String reduce = "tree";

    @Option(names = "--explain-coll", description = "At the end rank 0 says which algorithms the collectives used, by ranks and size.")
    private boolean explainCollectives;

    @Option(names = "--coll-table", paramLabel = "FILE", description = "Lines that go before the built-in table of the collectives' algorithms.")
    private @Nullable Path collectives;

    @Option(names = "--bind-to", paramLabel = "WHAT", description = "core: rank r stays on the r-th core, round and round; none (default): a bound rank waits for its core.")
    private String binding = "none";

    @Option(names = "--report-bindings", description = "Each rank says at its start to which core it is bound.")
    private boolean reportBindings;

    @Option(names = "--flight-dir", paramLabel = "DIR", description = "Keep the files of the ranks' flight recorders there (pel flight DIR shows them).")
    private @Nullable Path flights;

    @Option(names = "-x", paramLabel = "VAR[=v]", description = "Set a variable in the environment of the ranks.")
    private List<String> variables = List.of();

    @Option(names = "--wdir", paramLabel = "DIR", description = "Run the ranks there (default: this folder; on hosts that have none like it, the home folder).")
    private @Nullable Path folder;

    @Option(names = "--tag-output", description = "Put [rank] before each line (implies --engine=processes).")
    private boolean tag;

    @Option(names = "--timestamp", description = "Put the time of day before each line (implies --engine=processes).")
    private boolean timestamp;

    @Option(names = "--output-dir", paramLabel = "DIR", description = "Write rank.N.out and rank.N.err there (implies --engine=processes).")
    private @Nullable Path outputFolder;

    @Option(names = "--ranks", paramLabel = "LIST", description = "Show only the output of these ranks: 0,2-3 (implies --engine=processes).")
    private @Nullable String shownRanks;

    @Option(names = "--stdin", paramLabel = "WHO", description = "Who gets standard input: a rank, all, or none (default). Ranks that are threads of one JVM share it.")
    private String stdin = "none";

    @Option(names = "--progress", paramLabel = "HOW", description = "How the outer loop's progress and the time that is left are shown: bar (default on a terminal), lines "
            + "(every 2 s), off.")
    private @Nullable String progress;

    @Option(names = "--timeout", paramLabel = "TIME", description = "End the job after 90s, 5m, 2h: says where every rank is, exit code 124.")
    private @Nullable String timeout;

    @Option(names = "--heap", paramLabel = "SIZE", description = "Java heap of each rank: 512m, 2g (default: half of the memory, divided).")
    private @Nullable String heap;

    @Option(names = "--threads", paramLabel = "K", description = "Threads of each rank (default 1): its part of a divided loop runs on all of them.")
    private int threads = 1;

    /** Options of mpirun that are known here, and answered with one clear line. */
    static final Set<String> NOT_IN_THIS_VERSION = Set.of("--rankfile", "--cpus-per-rank", "--app");

    @Mixin
    private CheckpointFlags checkpoints = new CheckpointFlags();

    /** What was asked about checkpoints. */
    CheckpointFlags checkpoints() {
        return checkpoints;
    }

    private List<PartLine> more = List.of();

    /** There are other programs besides the first one, which has these arguments. */
    void besides(List<PartLine> others, List<String> arguments) throws CommandFailure {
        if (!others.isEmpty()) {
            PartLine.noQuestions(arguments);
            if (ranks == null) {
                throw CommandFailure.usage("where there are several programs each has its -n: pelrun -n 2 a.pel : -n 1 b.pel");
            }
            if (checkpoints.used()) {
                throw CommandFailure.usage("checkpoints, --resume and --max-restarts are for jobs of one program");
            }
        }
        more = List.copyOf(others);
    }

    /** How many ranks, of all programs together. */
    int ranks() throws CommandFailure {
        int n = (ranks != null ? ranks : hosts.usualRanks().orElseGet(Runtime.getRuntime()::availableProcessors)) + more.stream().mapToInt(PartLine::ranks).sum();
        if (n < 1 || n > MOST_RANKS) {
            throw CommandFailure.usage("-n " + n + ": a job has 1 to " + MOST_RANKS + " ranks");
        }
        return n;
    }

    /**
     * The job for a compiled program.
     *
     * @param source as the user named it
     */
    JobSpec spec(Path source, Path program, List<String> arguments, Places places) throws CommandFailure {
        return spec(source, program, arguments, places, List.of());
    }

    /**
     * The same with other programs.
     *
     * @param others their jars, in order
     */
    JobSpec spec(Path source, Path program, List<String> arguments, Places places, List<Path> others) throws CommandFailure {
        if (threads < 1 || threads > MOST_THREADS) {
            throw CommandFailure.usage("--threads=" + threads + ": a rank has 1 to " + MOST_THREADS + " threads");
        }
        Path where = folder == null ? Path.of("").toAbsolutePath() : folder.toAbsolutePath();
        // With hosts elsewhere each of them is asked.
        if (!far() && !Files.isDirectory(where)) {
            throw CommandFailure.io("--wdir=" + folder + ": there is no such folder");
        }
        OutputSpec output = new OutputSpec(
                tag, timestamp, Optional.ofNullable(outputFolder), shownRanks == null ? Set.of() : Quantities.ranks("--ranks", shownRanks, ranks()), false);
        JobSpec.Host host =
                new JobSpec.Host(places.javaHome(), places.runtimePath(), environment(), where, Optional.of(places.aotFolder()));
        Engine chosen = engine(output);
        List<JobSpec.Place> hostPlaces = places(chosen, output);
        return new JobSpec(
                program.toAbsolutePath(),
                arguments,
                ranks(),
                chosen,
                heap == null ? OptionalLong.empty() : OptionalLong.of(Quantities.bytes("--heap", heap)),
                host,
                output,
                timeout == null ? Optional.empty() : Optional.<Duration>of(Quantities.time("--timeout", timeout)),
                hostPlaces,
                more.isEmpty() ? checkpoints.spec(source, where) : CheckpointSpec.NONE,
                threads,
                chosen == Engine.HOSTS ? hosts.reach(hostPlaces, folder != null) : Reach.HERE,
                parts(program.toAbsolutePath(), arguments, others));
    }

    private List<Part> parts(Path program, List<String> arguments, List<Path> others) throws CommandFailure {
        List<Part> parts = new ArrayList<>();
        if (!more.isEmpty()) {
            parts.add(new Part(program, arguments, Objects.requireNonNull(ranks), Map.of(), Optional.empty()));
        }
        for (int i = 0; i < more.size(); i++) {
            parts.add(more.get(i).part(others.get(i), far()));
        }
        return parts;
    }

    private List<JobSpec.Place> places(Engine chosen, OutputSpec output) throws CommandFailure {
        return switch (chosen) {
            // Lines can be told apart by rank only where each rank has its own streams.
            case HOSTS -> output.plain() ? places()
                    : places().stream().flatMap(p -> Collections.nCopies(p.ranks(), new JobSpec.Place(p.host(), 1)).stream()).toList();
            case OPENMPI, MPICH -> hosts.named() || othersNameHosts() ? places() : List.of();
            case THREADS, PROCESSES -> List.of();
        };
    }

    /** Programs that name no hosts share those of the first one, or are here. No place reaches from one program into the next. */
    private List<JobSpec.Place> places() throws CommandFailure {
        if (more.isEmpty()) {
            return hosts.places(ranks());
        }
        int shared = Objects.requireNonNull(ranks);
        List<Integer> counts = new ArrayList<>(List.of(shared));
        for (PartLine line : more) {
            shared += line.places().isPresent() ? 0 : line.ranks();
            counts.add(line.places().isPresent() ? 0 : line.ranks());
        }
        List<List<JobSpec.Place>> pieces = HostList.cut(hosts.given() ? hosts.places(shared) : List.of(new JobSpec.Place("localhost", shared)), counts);
        List<JobSpec.Place> all = new ArrayList<>(pieces.getFirst());
        for (int i = 0; i < more.size(); i++) {
            all.addAll(more.get(i).places().orElse(pieces.get(i + 1)));
        }
        return all;
    }

    private boolean othersNameHosts() throws CommandFailure {
        for (PartLine line : more) {
            if (line.places().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Whether there are hosts. */
    private boolean far() throws CommandFailure {
        return hosts.given() || othersNameHosts();
    }

    private Engine engine(OutputSpec output) throws CommandFailure {
        return switch (engine) {
            // Lines can be told apart by rank only where each rank has its own streams.
            case "auto" -> far() ? Engine.HOSTS : output.plain() && !checkpoints.restarts() && more.isEmpty() ? Engine.THREADS : Engine.PROCESSES;
            case "hosts" -> {
                if (!far()) {
                    throw CommandFailure.usage("--engine=hosts wants --host NAME:RANKS,... or --hostfile FILE");
                }
                yield Engine.HOSTS;
            }
            case "processes" -> Engine.PROCESSES;
            case "threads" -> {
                if (!output.plain()) {
                    throw CommandFailure.usage("--tag-output, --timestamp, --output-dir and --ranks need --engine=processes");
                }
                if (checkpoints.restarts()) {
                    throw CommandFailure.usage("--max-restarts needs --engine=processes: threads of one process are lost together");
                }
                if (!more.isEmpty()) {
                    throw CommandFailure.usage("--engine=threads is for one program; several have processes");
                }
                yield Engine.THREADS;
            }
            case "openmpi", "mpich" -> {
                if (!output.plain()) {
                    throw CommandFailure.usage("--tag-output, --timestamp, --output-dir and --ranks need --engine=processes: mpirun mixes the output of the ranks");
                }
                if (checkpoints.partner()) {
                    throw CommandFailure.usage("--checkpoint-partner needs --engine=processes or hosts: mpirun ends all ranks with the first, and their memory with them");
                }
                yield engine.equals("openmpi") ? Engine.OPENMPI : Engine.MPICH;
            }
            default -> throw CommandFailure.usage("--engine=" + engine + ": there are threads, processes, hosts, openmpi, mpich and auto");
        };
    }

    private static Path created(Path folder) throws CommandFailure {
        try {
            return Files.createDirectories(folder);
        } catch (java.io.IOException e) {
            throw CommandFailure.io("--flight-dir=" + folder + " cannot be made: " + e.getMessage());
        }
    }

    private Map<String, String> environment() throws CommandFailure {
        Map<String, String> environment = new LinkedHashMap<>();
        // The ranks write to a pipe and cannot see the terminal at its other end.
        if (Boolean.getBoolean("pel.stderr.terminal") && System.getenv("PEL_PROGRESS") == null) {
            environment.put("PEL_PROGRESS", "1");
        }
        if (progress != null) {
            environment.put("PEL_PROGRESS", switch (progress) {
                case "bar" -> "1";
                case "lines" -> "lines";
                case "off" -> "0";
                default -> throw CommandFailure.usage("--progress=" + progress + ": there are bar, lines and off");
            });
        }
        if (!stdin.equals("none")) {
            boolean isRank = stdin.matches("\\d{1,5}") && Integer.parseInt(stdin) < ranks();
            if (!stdin.equals("all") && !isRank) {
                throw CommandFailure.usage("--stdin=" + stdin + ": there are none, all, and the ranks 0 to " + (ranks() - 1));
            }
            if (checkpoints.restarts() || engine.equals("openmpi") || engine.equals("mpich")) {
                throw CommandFailure.usage("--stdin=" + stdin + " needs --engine=threads, processes or hosts, without --max-restarts: "
                        + "input that was read is not there a second time");
            }
            environment.put(StandardInput.VARIABLE, stdin.equals("all") ? stdin : "" + Integer.parseInt(stdin));
        }
        if (report != null) {
            environment.put(switch (report) {
                case "comm" -> "PEL_REPORT_COMM";
                case "balance" -> "PEL_REPORT_BALANCE";
                default -> throw CommandFailure.usage("--report=" + report + ": of a running job there are comm and balance");
            }, "1");
        }
        if (!binding.equals("none") && !binding.equals("core")) {
            throw CommandFailure.usage("--bind-to=" + binding + ": there are core and none");
        }
        if (binding.equals("core")) {
            environment.put("PEL_BIND", "core");
        }
        if (reportBindings) {
            environment.put("PEL_REPORT_BINDINGS", "1");
        }
        if (flights != null) {
            environment.put("PEL_FLIGHTS", created(flights).toAbsolutePath().toString());
        }
        switch (reduce) {
            case "tree" -> {}
            case "exact", "fast" -> environment.put("PEL_REDUCE", reduce);
            default -> throw CommandFailure.usage("--reduce=" + reduce + ": there are tree, exact and fast");
        }
        if (explainCollectives) {
            environment.put("PEL_EXPLAIN_COLL", "1");
        }
        if (collectives != null) {
            if (!Files.isReadable(collectives)) {
                throw CommandFailure.io("--coll-table=" + collectives + ": there is no such file");
            }
            environment.put("PEL_COLLECTIVES", collectives.toAbsolutePath().toString());
        }
        environment.putAll(PartLine.variables(variables));
        return environment;
    }
}
