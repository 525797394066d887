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
    private final List<String> flags;
    private final boolean training;
    private final List<String> starter;

    /** @param ranksThere all that run on that machine @param starter what starts all JVMs; nothing if each is started by itself */
    RankCommand(JobSpec spec, Spot spot, HeapPlan heap, int ranksThere, boolean training, List<String> starter) {
        this.starter = starter;
        this.spec = spec;
        this.spot = spot;
        this.ranksThere = ranksThere;
        this.flags = RankFlags.of(heap, ranksThere, spot.cores(), RankFlags.needsVectors(spec.program()));
        this.training = training;
    }

    /** Of the JVM that runs rank {@code first}, and all others too if ranks are threads; of host number {@code first} if there are several. */
    List<String> of(int first, Optional<Path> segments) {
        List<String> command = new ArrayList<>();
        // A session of its own: Ctrl-C at the terminal reaches the launcher alone, which then ends the ranks in order.
        if (!spot.far() && SETSID.toFile().canExecute()) {
            command.add(SETSID.toString());
        }
        command.addAll(starter);
        command.add(Path.of(spot.javaHome()).resolve("bin/java").toString());
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
        command.addAll(arguments(first, segments));
        return List.copyOf(command);
    }

    /** Where the ranks' flight recorders keep their files: where the user wants them, else with the job's shared memory. */
    private Optional<String> flights(Optional<Path> segments) {
        String wish = spec.host().environment().getOrDefault(FLIGHTS, "");
        return wish.isEmpty() ? segments.map(Path::toString) : Optional.of(wish);
    }

    /** What the JVM's main class is told; also a JVM that goes on with another attempt at the job. */
    List<String> arguments(int first, Optional<Path> segments) {
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
        command.add("--program=" + spot.program());
        command.add("--");
        command.addAll(spec.arguments());
        return List.copyOf(command);
    }
}
