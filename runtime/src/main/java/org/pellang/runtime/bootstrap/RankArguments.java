package org.pellang.runtime.bootstrap;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.runtime.checkpoint.PartnerStore;

/** The command line of {@link RankMain}, checked. */
@SuppressWarnings("ArrayRecordComponent")
record RankArguments(Engine engine, int ranks, int rank, Path segments, Placement placement, String address, int here, @Nullable Path program, @Nullable String className,
        boolean control, String output, int epoch, CheckpointOptions checkpoints, List<String> options, @Nullable String meet, @Nullable Path keyFile, int first) {
    private static final Set<String> NAMES =
            Set.of("engine", "ranks", "rank", "segments", "segment", "places", "place", "nodes", "address", "here", "program", "jar", "class", "control", "output", "epoch", "meet",
                    "key-file", "first");

    /** What runs the ranks. */
    enum Engine {
        THREADS,
        PROCESSES,
        HOSTS,
        /** Messages by Open MPI. */
        OPENMPI,
        /** Messages by MPICH. */
        MPICH,
        /** Messages by a library with the standard interface of MPI-5. */
        ABI,
        /** Messages by the library of the launcher that has started this process. */
        MPI;

        boolean isMpi() {
            return switch (this) {
                case OPENMPI, MPICH, ABI, MPI -> true;
                case THREADS, PROCESSES, HOSTS -> false;
            };
        }
    }

    /** The command line is wrong, or the program cannot be loaded. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        private final int exitCode;

        Wrong(int exitCode, String message) {
            super(message);
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    /** The same with second copies of states, if there are to be any, in this JVM. */
    RankArguments with(PartnerStore copies) {
        int shift = engine == Engine.HOSTS ? placement.distance() : 1;
        return new RankArguments(engine, ranks, rank, segments, placement, address, here, program, className, control, output, epoch,
                checkpoints.with(new CheckpointOptions.Partner(r -> copies, shift)), options, meet, keyFile, first);
    }

    static RankArguments parse(List<String> args) throws Wrong {
        Map<String, String> values = new HashMap<>();
        int i = 0;
        for (; i < args.size() && !args.get(i).equals("--"); i++) {
            String arg = args.get(i);
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0 || !known(arg.substring(2, equals))) {
                throw new Wrong(2, "RankMain does not know '" + arg + "'");
            }
            values.put(arg.substring(2, equals), arg.substring(equals + 1));
        }
        List<String> options = i < args.size() ? args.subList(i + 1, args.size()) : List.of();
        String program = values.getOrDefault("program", values.get("jar"));
        Engine engine = engine(values.getOrDefault("engine", "threads"));
        int ranks = number(values, "ranks", "1", 1, Integer.MAX_VALUE);
        int rank = number(values, "rank", "0", 0, ranks - 1);
        String segments = values.getOrDefault("segments", values.get("segment"));
        if (engine == Engine.PROCESSES && segments == null) {
            throw new Wrong(2, "--engine=processes needs --segments=FOLDER");
        }
        Placement placement = placement(values, ranks);
        if (engine == Engine.HOSTS && placement.ranks() != ranks) {
            throw new Wrong(2, "--places=" + values.get("places") + " are not " + ranks + " ranks");
        }
        if (values.containsKey("meet") != values.containsKey("key-file")) {
            throw new Wrong(2, "--meet=HOST:PORT and --key-file=FILE go together");
        }
        return new RankArguments(engine, ranks, rank, Path.of(segments == null ? "" : segments),
                placement, values.getOrDefault("address", "127.0.0.1"), number(values, "here", "" + ranks, 1, Integer.MAX_VALUE),
                program == null ? null : Path.of(program), values.get("class"),
                !values.getOrDefault("control", "stdin").equals("none"), values.getOrDefault("output", "plain"),
                number(values, "epoch", "0", 0, Integer.MAX_VALUE),
                CheckpointArguments.of(values, options), List.copyOf(options), values.get("meet"), values.containsKey("key-file") ? Path.of(values.get("key-file")) : null,
                number(values, "first", "0", 0, Integer.MAX_VALUE));
    }

    private static boolean known(String name) {
        return NAMES.contains(name) || CheckpointArguments.NAMES.contains(name);
    }

    private static Engine engine(String name) throws Wrong {
        return switch (name) {
            case "threads" -> Engine.THREADS;
            case "processes" -> Engine.PROCESSES;
            case "hosts" -> Engine.HOSTS;
            case "openmpi" -> Engine.OPENMPI;
            case "mpich" -> Engine.MPICH;
            case "abi" -> Engine.ABI;
            case "mpi" -> Engine.MPI;
            default -> throw new Wrong(2, "there is no engine '" + name + "': threads, processes, hosts, openmpi, mpich");
        };
    }

    private static Placement placement(Map<String, String> values, int ranks) throws Wrong {
        String text = values.getOrDefault("places", "" + ranks);
        try {
            int[] counts = Placement.counts(text);
            int me = number(values, "place", "0", 0, counts.length - 1);
            String hosts = values.get("nodes");
            return hosts == null ? new Placement(counts, me) : new Placement(counts, Placement.hosts(hosts), me);
        } catch (IllegalArgumentException e) {
            throw new Wrong(2, "--places=" + text + " are no numbers of ranks, or --nodes=" + values.get("nodes") + " no numbers of their hosts");
        }
    }

    private static int number(Map<String, String> values, String name, String otherwise, int least, int most) throws Wrong {
        String text = values.getOrDefault(name, otherwise);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Wrong(2, "--" + name + "=" + text + " is not a number in " + least + ".." + most);
    }
}
