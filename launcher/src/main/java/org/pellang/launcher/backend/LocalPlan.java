package org.pellang.launcher.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.placement.HeapPlan;
import org.pellang.launcher.placement.HostMemory;

/** What a job on this host will use, decided before anything is started. */
public final class LocalPlan {
    private final JobSpec spec;
    private final HeapPlan heap;
    private final int cores;
    private final RankCommand command;

    private final boolean training;

    private LocalPlan(JobSpec spec, HeapPlan heap, int cores, boolean training) throws LaunchRefused {
        this.training = training;
        this.spec = spec;
        this.heap = heap;
        this.cores = cores;
        List<String> starter = spec.engine().isMpi() ? new Mpirun(spec, System.getenv()).command() : List.of();
        this.command = new RankCommand(spec, heap, cores, training, starter);
    }

    /** Plans a job for a host with this memory and so many cores, or refuses it; {@code training} jobs record the AOT cache. */
    public static LocalPlan of(JobSpec spec, HostMemory memory, int cores, boolean training) throws LaunchRefused {
        return new LocalPlan(spec, HeapPlan.of(spec, memory), cores, training);
    }

    /** The same JVMs for another attempt at the job. */
    LocalPlan with(JobSpec next) throws LaunchRefused {
        return new LocalPlan(next, heap, cores, training);
    }

    /** How the memory is divided. */
    public HeapPlan heap() {
        return heap;
    }

    /** Processes that are started: one for each JVM, or the one that starts them all. */
    public int processes() {
        return spec.engine().isMpi() ? 1 : heap.jvms();
    }

    /** Cores that the job may use. */
    public int cores() {
        return cores;
    }

    /** Whether there are more ranks than cores. */
    public boolean oversubscribed() {
        return spec.ranks() > cores;
    }

    /** The command line of one JVM; the segment folder is known only once the job is started. */
    public List<String> command(int index, Optional<Path> segments) {
        return command.of(index, segments);
    }

    /** What that JVM is told if it runs already. */
    List<String> arguments(int index, Optional<Path> segments) {
        return command.arguments(index, segments);
    }
}
