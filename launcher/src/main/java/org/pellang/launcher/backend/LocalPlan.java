package org.pellang.launcher.backend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.placement.HeapPlan;
import org.pellang.launcher.placement.HostMemory;
import org.pellang.launcher.ssh.RemoteHosts;

/** What a job will use on each host, decided before anything is started. */
public final class LocalPlan {
    private final JobSpec spec;
    /** For each JVM, or one for all. */
    private final List<Spot> spots;
    private final List<HeapPlan> heaps;
    private final List<RankCommand> commands;

    private final HostMemory memory;
    private final int cores;
    private final boolean training;
    private final RemoteHosts remote;

    private LocalPlan(JobSpec spec, HostMemory memory, int cores, boolean training, RemoteHosts remote) throws LaunchRefused {
        this.memory = memory;
        this.cores = cores;
        this.training = training;
        this.remote = remote;
        this.spec = spec;
        this.spots = spec.engine() == Engine.HOSTS ? Spot.of(spec, memory, cores, remote) : List.of(Spot.here(spec, memory, cores));
        this.heaps = new ArrayList<>();
        this.commands = new ArrayList<>();
        Optional<Mpirun> starter = spec.engine().isMpi() ? Optional.of(new Mpirun(spec, System.getenv())) : Optional.empty();
        for (Spot spot : spots) {
            HeapPlan heap = spec.engine() == Engine.HOSTS ? heap(spot.machine()) : HeapPlan.of(spec, spot.memory());
            heaps.add(heap);
            commands.add(new RankCommand(spec, spot, heap, ranksAt(spot.machine()), training, starter));
        }
    }

    /** Plans a job, or refuses it; {@code training} jobs record the AOT cache. @param memory of this host @param cores of this host */
    static LocalPlan of(JobSpec spec, HostMemory memory, int cores, boolean training, RemoteHosts remote) throws LaunchRefused {
        return new LocalPlan(spec, memory, cores, training, remote);
    }

    /** The same for another attempt at the job. */
    LocalPlan with(JobSpec next) throws LaunchRefused {
        return new LocalPlan(next, memory, cores, training, remote);
    }

    /** The host of a place if it can be reached, else that of the job with the fewest ranks. @param avoided hosts that are taken only where there is no other */
    Optional<String> living(String host, Set<String> avoided) {
        if (!remote.isLost(host) && !avoided.contains(host)) {
            return Optional.of(host);
        }
        Map<String, Integer> load = new LinkedHashMap<>();
        spec.places().stream().filter(p -> !remote.isLost(p.host())).forEach(p -> load.merge(p.host(), p.ranks(), Integer::sum));
        return load.keySet().stream().min(Comparator.<String, Boolean>comparing(avoided::contains).thenComparing(load::get));
    }

    private HeapPlan heap(String machine) throws LaunchRefused {
        List<Integer> there = jvmsAt(machine);
        int most = there.stream().mapToInt(i -> spec.places().get(i).ranks()).max().orElse(1);
        Spot first = spots.get(there.getFirst());
        return HeapPlan.of(first.far() ? "host " + first.host() : "this host", ranksAt(machine), there.size(), most, spec.heapPerRank(), first.memory());
    }

    private List<Integer> jvmsAt(String machine) {
        return IntStream.range(0, spots.size()).filter(i -> spots.get(i).machine().equals(machine)).boxed().toList();
    }

    private int ranksAt(String machine) {
        return spec.engine() == Engine.HOSTS ? jvmsAt(machine).stream().mapToInt(i -> spec.places().get(i).ranks()).sum() : spec.ranks();
    }

    private int at(int index) {
        return spots.size() == 1 ? 0 : index;
    }

    /** Where a JVM runs. */
    public Spot spot(int index) {
        return spots.get(at(index));
    }

    /** How the memory is divided there. */
    public HeapPlan heap(int index) {
        return heaps.get(at(index));
    }

    /** Processes that are started: one for each JVM, or the one that starts them all. */
    public int processes() {
        return spec.engine().isMpi() ? 1 : spec.engine() == Engine.HOSTS ? spots.size() : heaps.getFirst().jvms();
    }

    /** For each JVM of a job on several hosts, the address under which the others reach it. */
    List<String> addresses() {
        return spots.stream().map(Spot::address).toList();
    }

    /** A line for the user if somewhere there are more ranks than cores. */
    Optional<String> oversubscribed() {
        List<String> full = spots.stream().filter(s -> ranksAt(s.machine()) > s.cores())
                .map(s -> "%d ranks on %d cores%s".formatted(ranksAt(s.machine()), s.cores(), s.far() ? " of " + s.host() : "")).distinct().toList();
        int least = spots.stream().filter(s -> ranksAt(s.machine()) > s.cores()).mapToInt(Spot::cores).min().orElse(0);
        return full.isEmpty() ? Optional.empty()
                : Optional.of("%s: they take turns, so do not expect them to be faster than %d".formatted(full.stream().collect(Collectors.joining(", ")), least));
    }

    /** The command line of one JVM. @param segments folder on this host, once it has been made */
    public List<String> command(int index, Optional<Path> segments) {
        return commands.get(at(index)).of(index, segments(index, segments));
    }

    /** What that JVM is told if it runs already. */
    List<String> arguments(int index, Optional<Path> segments) {
        return commands.get(at(index)).arguments(index, segments(index, segments));
    }

    private Optional<Path> segments(int index, Optional<Path> here) {
        return spot(index).far() ? spot(index).segments().map(Path::of) : here;
    }

    /** Starts that JVM on its host, which is another one. */
    Process start(int index, Optional<Path> segments, Map<String, String> environment) {
        return remote.start(spot(index).host(), environment, command(index, segments));
    }
}
