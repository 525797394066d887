package org.pellang.launcher.backend;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.placement.AotCache;
import org.pellang.launcher.placement.HeapPlan;
import org.pellang.launcher.placement.RankFlags;

/** The command lines of a job's JVMs, as {@code org.pellang.runtime.bootstrap.RankMain} wants them. */
final class RankCommand {
    private static final String MAIN = "org.pellang.runtime.bootstrap.RankMain";
    /** Variable that names a folder for the files of the flight recorders. */
    static final String FLIGHTS = "PEL_FLIGHTS";

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final JobSpec spec;
    private final Spot spot;
    private final int ranksThere;
    private final HeapPlan heap;
    private final boolean training;
    private final Optional<Mpirun> starter;
    private final List<String> before;

    /** @param ranksThere all that run on that machine @param starter what starts all JVMs; nothing if each is started by itself */
    RankCommand(JobSpec spec, Spot spot, HeapPlan heap, int ranksThere, boolean training, Optional<Mpirun> starter) throws LaunchRefused {
        this.starter = starter;
        this.before = starter.isEmpty() ? List.of() : starter.get().command();
        this.spec = spec;
        this.spot = spot;
        this.ranksThere = ranksThere;
        this.heap = heap;
        this.training = training;
    }

    /** Of the JVM that runs rank {@code first}, and all others too if ranks are threads; of host number {@code first} if there are several. */
    List<String> of(int first, Optional<Path> segments) {
        List<String> command = new ArrayList<>();
        // A session of its own: Ctrl-C at the terminal reaches the launcher alone, which then ends the ranks in order.
        if (!spot.far() && SETSID.toFile().canExecute()) {
            command.add(SETSID.toString());
        }
        if (starter.isEmpty()) {
            int part = spec.partOf(spec.ranksOf(first).getFirst());
            // Here the launcher itself changes the folder.
            spec.programs().get(part).folder().filter(f -> spot.far()).ifPresent(folder -> command.addAll(List.of(Mpirun.ENV, "-C", folder.toString())));
            command.addAll(java(first, part, segments));
            return List.copyOf(command);
        }
        command.addAll(before);
        for (int part = 0; part < spec.programs().size(); part++) {
            if (part > 0) {
                command.add(":");
            }
            command.addAll(starter.get().part(part));
            command.addAll(java(first, part, segments));
        }
        return List.copyOf(command);
    }

    private List<String> java(int first, int part, Optional<Path> segments) {
        List<String> flags = RankFlags.of(heap, ranksThere, spot.cores(), RankFlags.needsVectors(spec.programs().get(part).program()));
        List<String> command = new ArrayList<>(List.of(Path.of(spot.javaHome()).resolve("bin/java").toString()));
        command.addAll(flags);
        if (spot.far()) {
            command.add(AotCache.CHOSEN_THERE);
        } else {
            spec.host().aotFolder().map(folder -> AotCache.flags(folder, spec.host(), flags, training)).ifPresent(command::addAll);
        }
        if (spec.threads() > 1) {
            command.add("-Dpel.threads=" + spec.threads());
        }
        flights(segments).ifPresent(folder -> command.add("-Dpel.flights=" + folder));
        command.add("-cp");
        // Not the program's jar: an AOT cache belongs to one class path, and RankMain loads the program itself.
        command.add(String.join(File.pathSeparator, spot.path()));
        command.add(MAIN);
        command.addAll(arguments(first, part, segments));
        return command;
    }

    /** Where the ranks' flight recorders keep their files: where the user wants them, else with the job's shared memory. */
    private Optional<String> flights(Optional<Path> segments) {
        String wish = spec.host().environment().getOrDefault(FLIGHTS, "");
        return wish.isEmpty() ? segments.map(Path::toString) : Optional.of(wish);
    }

    /** What the JVM's main class is told; also a JVM that goes on with another attempt at the job. */
    List<String> arguments(int first, Optional<Path> segments) {
        return arguments(first, spec.partOf(spec.ranksOf(first).getFirst()), segments);
    }

    private List<String> arguments(int first, int part, Optional<Path> segments) {
        List<String> command = new ArrayList<>();
        command.add("--engine=" + spec.engine().name().toLowerCase(Locale.ROOT));
        if (!spec.engine().isMpi()) {
            command.add("--ranks=" + spec.ranks());
        }
        if (spec.engine() == Engine.PROCESSES) {
            command.add("--rank=" + first);
        }
        if (spec.engine() == Engine.HOSTS) {
            command.add("--places=" + spec.places().stream().map(p -> "" + p.ranks()).collect(Collectors.joining(",")));
            command.add("--place=" + first);
            command.add("--nodes=" + spec.hostNumbers().stream().map(String::valueOf).collect(Collectors.joining(",")));
            command.add("--address=" + spot.address());
            command.add("--here=" + ranksThere);
        }
        segments.ifPresent(folder -> command.add("--segments=" + folder));
        command.addAll(spec.checkpoints().arguments());
        if (spec.checkpoints().folder().isPresent() && spec.checkpoints().maxRestarts() == 0 && !spec.writesDirectly(spot.far())) {
            command.add("--output=asking");
        }
        if (part > 0) {
            command.add("--first=" + spec.firstOf(part));
        }
        command.add("--program=" + spot.programs().get(part));
        command.add("--");
        command.addAll(spec.programs().get(part).arguments());
        return List.copyOf(command);
    }
}
