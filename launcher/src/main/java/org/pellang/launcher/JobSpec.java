package org.pellang.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A job to run: what, on how many ranks, in which surroundings.
 *
 * @param program the jar of the compiled program
 * @param arguments the program's own options
 * @param ranks how many, at least 1
 * @param engine how they are run
 * @param heapPerRank bytes of Java heap for each rank; chosen by the host's memory if empty
 * @param host the JVM, class path, environment and folder of the ranks
 * @param output what happens to the lines they write
 * @param timeout the job is ended after this time
 * @param places hosts and how many ranks each has, in rank order, one JVM each; for {@link Engine#HOSTS}, and for MPI if hosts are named, else empty
 * @param checkpoints where they are written, and what is continued
 * @param threads of each rank, at least 1
 * @param reach how hosts are reached that are not this one
 * @param parts the programs with their ranks if there are several, of which {@code program} is the first; empty: there is that one only
 */
public record JobSpec(
        Path program,
        List<String> arguments,
        int ranks,
        Engine engine,
        OptionalLong heapPerRank,
        Host host,
        OutputSpec output,
        Optional<Duration> timeout,
        List<Place> places,
        CheckpointSpec checkpoints,
        int threads,
        Reach reach,
        List<Part> parts) {

    /**
     * A JVM of a job on several hosts. Several may be on one host: then their ranks reach each other through shared memory.
     *
     * @param host name or number under which the others reach it
     * @param ranks how many ranks it has, at least 1
     */
    public record Place(String host, int ranks) {}

    /** A job on this host alone. */
    public JobSpec(Path program, List<String> arguments, int ranks, Engine engine, OptionalLong heapPerRank, Host host, OutputSpec output,
            Optional<Duration> timeout) {
        this(program, arguments, ranks, engine, heapPerRank, host, output, timeout, List.of());
    }

    /** A job without checkpoints, with one thread for each rank. */
    public JobSpec(Path program, List<String> arguments, int ranks, Engine engine, OptionalLong heapPerRank, Host host, OutputSpec output,
            Optional<Duration> timeout, List<Place> places) {
        this(program, arguments, ranks, engine, heapPerRank, host, output, timeout, places, CheckpointSpec.NONE, 1, Reach.HERE);
    }

    /** As with everything, on hosts that all are this one. */
    public JobSpec(Path program, List<String> arguments, int ranks, Engine engine, OptionalLong heapPerRank, Host host, OutputSpec output,
            Optional<Duration> timeout, List<Place> places, CheckpointSpec checkpoints, int threads) {
        this(program, arguments, ranks, engine, heapPerRank, host, output, timeout, places, checkpoints, threads, Reach.HERE);
    }

    /** A job of one program. */
    public JobSpec(Path program, List<String> arguments, int ranks, Engine engine, OptionalLong heapPerRank, Host host, OutputSpec output,
            Optional<Duration> timeout, List<Place> places, CheckpointSpec checkpoints, int threads, Reach reach) {
        this(program, arguments, ranks, engine, heapPerRank, host, output, timeout, places, checkpoints, threads, reach, List.of());
    }

    /**
     * The surroundings of the ranks.
     *
     * @param javaHome the JDK whose JVM runs them
     * @param runtimePath jars (or class folders) of the runtime and the standard library
     * @param environment variables set in addition to the launcher's own
     * @param folder where they run
     * @param aotFolder where AOT caches are looked for; none are used if empty
     */
    public record Host(
            Path javaHome, List<Path> runtimePath, Map<String, String> environment, Path folder, Optional<Path> aotFolder) {
        public Host {
            runtimePath = List.copyOf(runtimePath);
            environment = Map.copyOf(environment);
        }
    }

    /** For each place the number of its host: places of one name are JVMs on one host, and share memory. */
    public List<Integer> hostNumbers() {
        List<String> names = places.stream().map(Place::host).toList();
        return names.stream().map(names::indexOf).toList();
    }

    /** Whether the JVMs encipher what they say to each other. */
    public boolean enciphers() {
        return switch (reach.tls()) {
            case AUTO -> !reach.far().isEmpty() && hostNumbers().stream().distinct().count() > 1;
            case ALWAYS -> engine == Engine.HOSTS;
            case NEVER -> false;
        };
    }

    /** Whether a JVM writes straight to the standard output of the launcher: lines of several that share one stream would be torn. @param far whether it is elsewhere */
    public boolean writesDirectly(boolean far) {
        boolean alone = switch (engine) {
            case THREADS -> true;
            case PROCESSES -> ranks == 1;
            case HOSTS -> places.size() == 1;
            case OPENMPI, MPICH -> false;
        };
        return alone && !far && output.inherited() && checkpoints.maxRestarts() == 0;
    }

    /** The ranks of a JVM. */
    public List<Integer> ranksOf(int jvm) {
        int first = engine == Engine.HOSTS ? places.stream().limit(jvm).mapToInt(Place::ranks).sum() : engine == Engine.PROCESSES ? jvm : 0;
        int count = engine == Engine.HOSTS ? places.get(jvm).ranks() : engine == Engine.PROCESSES ? 1 : ranks;
        return IntStream.range(first, first + count).boxed().toList();
    }

    /** The programs of the job, each with its ranks; one at least. */
    public List<Part> programs() {
        return parts.isEmpty() ? List.of(new Part(program, arguments, ranks, Map.of(), Optional.empty())) : parts;
    }

    /** Number of the program that a rank runs. */
    public int partOf(int rank) {
        int part = 0;
        for (int first = 0; part + 1 < parts.size() && rank >= first + parts.get(part).ranks(); part++) {
            first += parts.get(part).ranks();
        }
        return part;
    }

    /** Number of the first rank of a program. */
    public int firstOf(int part) {
        return parts.stream().limit(part).mapToInt(Part::ranks).sum();
    }

    /** What is set in the environment of the ranks of a program. */
    public Map<String, String> environmentOf(int part) {
        Map<String, String> all = new HashMap<>(host.environment());
        if (!parts.isEmpty()) {
            all.putAll(parts.get(part).environment());
            all.put(Part.VARIABLE, "" + part);
        }
        return all;
    }

    /** The same with this variable in the environment of the ranks. */
    public JobSpec with(String variable, String value) {
        Map<String, String> environment = new HashMap<>(host.environment());
        environment.put(variable, value);
        Host other = new Host(host.javaHome(), host.runtimePath(), environment, host.folder(), host.aotFolder());
        return new JobSpec(program, arguments, ranks, engine, heapPerRank, other, output, timeout, places, checkpoints, threads, reach, parts);
    }

    /** The same on so many ranks, with these checkpoints. */
    public JobSpec with(int otherRanks, CheckpointSpec other) {
        return with(otherRanks, places, other);
    }

    /** The same on so many ranks at these places, with these checkpoints. */
    public JobSpec with(int otherRanks, List<Place> otherPlaces, CheckpointSpec other) {
        return new JobSpec(program, arguments, otherRanks, engine, heapPerRank, host, output, timeout, otherPlaces, other, threads, reach, parts);
    }

    public JobSpec {
        arguments = List.copyOf(arguments);
        places = List.copyOf(places);
        parts = List.copyOf(parts);
        if (!parts.isEmpty() && (parts.stream().mapToInt(Part::ranks).sum() != ranks || engine == Engine.THREADS)) {
            throw new IllegalArgumentException("the programs do not have the job's ranks, or share a JVM: " + parts);
        }
        boolean placed = places.stream().mapToInt(Place::ranks).sum() == ranks;
        if (engine.isMpi() ? !placed && !places.isEmpty() : (engine == Engine.HOSTS) != placed) {
            throw new IllegalArgumentException("the places do not hold the ranks: " + places);
        }
        if (ranks < 1) {
            throw new IllegalArgumentException("a job needs at least one rank, not " + ranks);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("a rank has at least one thread, not " + threads);
        }
    }
}
