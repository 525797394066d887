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
        Reach reach) {

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

    /** The same with this variable in the environment of the ranks. */
    public JobSpec with(String variable, String value) {
        Map<String, String> environment = new HashMap<>(host.environment());
        environment.put(variable, value);
        Host other = new Host(host.javaHome(), host.runtimePath(), environment, host.folder(), host.aotFolder());
        return new JobSpec(program, arguments, ranks, engine, heapPerRank, other, output, timeout, places, checkpoints, threads, reach);
    }

    /** The same on so many ranks, with these checkpoints. */
    public JobSpec with(int otherRanks, CheckpointSpec other) {
        return with(otherRanks, places, other);
    }

    /** The same on so many ranks at these places, with these checkpoints. */
    public JobSpec with(int otherRanks, List<Place> otherPlaces, CheckpointSpec other) {
        return new JobSpec(program, arguments, otherRanks, engine, heapPerRank, host, output, timeout, otherPlaces, other, threads, reach);
    }

    public JobSpec {
        arguments = List.copyOf(arguments);
        places = List.copyOf(places);
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
