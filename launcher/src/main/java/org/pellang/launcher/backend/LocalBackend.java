package org.pellang.launcher.backend;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.io.FramePump;
import org.pellang.launcher.io.FrameStream;
import org.pellang.launcher.io.InputFeeder;
import org.pellang.launcher.io.Label;
import org.pellang.launcher.io.LinePump;
import org.pellang.launcher.io.LinesAnswer;
import org.pellang.launcher.io.Sink;
import org.pellang.launcher.io.StarterTalk;
import org.pellang.launcher.placement.HostMemory;
import org.pellang.launcher.rendezvous.Introductions;
import org.pellang.launcher.ssh.RemoteHosts;
import org.pellang.runtime.bootstrap.Leftovers;
import org.pellang.runtime.bootstrap.StandardInput;

/** Starts jobs: JVMs on this host as child processes, those on others through ssh. */
public final class LocalBackend {
    private final OutputStream out;
    private final OutputStream err;
    private final Consumer<String> notices;
    private final boolean training;

    /**
     * A backend.
     *
     * @param out standard output, for the lines of ranks that are labelled
     * @param err standard error of all ranks
     * @param notices takes single lines for the user
     */
    public LocalBackend(OutputStream out, OutputStream err, Consumer<String> notices) {
        this(out, err, notices, false);
    }

    private LocalBackend(OutputStream out, OutputStream err, Consumer<String> notices, boolean training) {
        this.out = out;
        this.err = err;
        this.notices = notices;
        this.training = training;
    }

    /** The same, but its jobs record the AOT cache instead of using it; their end takes a second or two longer. */
    public LocalBackend training() {
        return new LocalBackend(out, err, notices, true);
    }

    /** What would be started: memory, cores and command lines. Other hosts are asked what they are; nothing is left there. */
    public LocalPlan plan(JobSpec spec) throws LaunchRefused {
        try (RemoteHosts remote = RemoteHosts.open(spec, "", false)) {
            return plan(spec, remote);
        }
    }

    private LocalPlan plan(JobSpec spec, RemoteHosts remote) throws LaunchRefused {
        return LocalPlan.of(spec, HostMemory.here(), Runtime.getRuntime().availableProcessors(), training, remote);
    }

    /** Starts the job, or says why it cannot be started. */
    public LocalJob start(JobSpec spec) throws LaunchRefused {
        return start(spec, new AtomicLong());
    }

    /** As above; {@code shown} gets the number of the last line of output that came out, if the job may be restarted. */
    LocalJob start(JobSpec spec, AtomicLong shown) throws LaunchRefused {
        String job = UUID.randomUUID().toString();
        RemoteHosts remote;
        try {
            remote = RemoteHosts.open(spec, job, true);
        } catch (LaunchRefused e) {
            // What was to reach the hosts may have left something here.
            Leftovers.sweep(job);
            throw e;
        }
        try {
            LocalPlan plan = plan(spec, remote);
            plan.oversubscribed().ifPresent(notices);
            return start(spec.with(Leftovers.VARIABLE, job), plan, remote, shown);
        } catch (LaunchRefused e) {
            remote.close();
            throw e;
        }
    }

    private LocalJob start(JobSpec spec, LocalPlan plan, RemoteHosts remote, AtomicLong shown) throws LaunchRefused {
        List<RankProcess> started = new ArrayList<>();
        SegmentFolder segments = null;
        try {
            // Exists before the ranks do: the counters are compared with those at the end.
            OomEvidence oom = new OomEvidence();
            segments = SegmentFolder.create(spec.host().environment().getOrDefault(Leftovers.VARIABLE, ""));
            Optional<Path> folder = Optional.of(segments.path());
            Sinks sinks = new Sinks(spec.output(), out, err, notices);
            Recovery recovery = null;
            if (Recovery.serves(spec)) {
                recovery = new Recovery(spec, plan, folder, notices, shown, (s, p, i, ear) -> startJvm(s, p, i, folder, sinks, ear, shown));
                try {
                    recovery.begin();
                } finally {
                    started.addAll(recovery.processes());
                }
            } else {
                startAll(spec, plan, folder, sinks, shown, started);
            }
            return new LocalJob(spec, started, segments, remote, oom, Optional.ofNullable(recovery));
        } catch (IOException e) {
            abandon(started, segments);
            throw new LaunchRefused("the ranks cannot be started: " + e.getMessage(), e);
        }
    }

    private void startAll(JobSpec spec, LocalPlan plan, Optional<Path> folder, Sinks sinks, AtomicLong shown, List<RankProcess> started) throws IOException {
        Introductions introductions = new Introductions(plan.addresses(), spec.enciphers());
        InputFeeder feeder = new InputFeeder(new FileInputStream(FileDescriptor.in));
        for (int i = 0; i < plan.processes(); i++) {
            int index = i;
            started.add(startJvm(spec, plan, i, folder, sinks, line -> {
                introductions.heard(index, line);
                feeder.heard(index, line);
            }, shown));
            if (!spec.engine().isMpi() && StandardInput.isFor(spec.host().environment(), spec.ranksOf(i).stream().mapToInt(r -> r))) {
                feeder.to(i, started.getLast().process().getOutputStream());
            }
            if (spec.engine() == Engine.HOSTS) {
                introductions.started(i, started.getLast().process().getOutputStream());
            }
        }
        feeder.start();
    }

    private RankProcess startJvm(JobSpec spec, LocalPlan plan, int index, Optional<Path> segments, Sinks sinks, Consumer<String> ear, AtomicLong shown)
            throws IOException {
        int part = spec.partOf(spec.ranksOf(index).getFirst());
        Map<String, String> environment = spec.engine().isMpi() ? spec.host().environment() : spec.environmentOf(part);
        Path where = spec.engine().isMpi() ? spec.host().folder() : spec.programs().get(part).folder().orElse(spec.host().folder());
        ProcessBuilder builder = new ProcessBuilder(plan.command(index, segments)).directory(where.toFile());
        builder.environment().putAll(environment);
        boolean framed = spec.checkpoints().maxRestarts() > 0;
        if (spec.engine().isMpi()) {
            return startRanks(builder, spec, sinks, framed ? Optional.of(shown) : Optional.empty());
        }
        boolean far = plan.spot(index).far();
        boolean inherited = spec.writesDirectly(far);
        builder.redirectOutput(inherited ? Redirect.INHERIT : Redirect.PIPE);
        Process process = far ? plan.start(index, segments, environment) : builder.start();
        List<Thread> pumps = new ArrayList<>();
        Label label = Label.of(spec.output(), index, plan.processes() == 1, Clock.systemDefaultZone());
        Label errors = Label.of(spec.output(), index, true, Clock.systemDefaultZone());
        if (framed) {
            pumps.add(pump(new FramePump(process.getInputStream(), new FrameStream(sinks.out(index), label, shown, process.getOutputStream()))));
        } else if (!inherited) {
            pumps.add(pump(new LinePump(process.getInputStream(), sinks.out(index), label, new LinesAnswer(process.getOutputStream()))));
        }
        pumps.add(pump(new LinePump(process.getErrorStream(), sinks.err(index), errors, ear)));
        return new RankProcess(name(spec, index), process, pumps, Optional.empty());
    }

    /** All ranks at once, by the starter of an MPI installation. */
    private RankProcess startRanks(ProcessBuilder builder, JobSpec spec, Sinks sinks, Optional<AtomicLong> shown) throws IOException {
        builder.environment().putAll(new Mpirun(spec, System.getenv()).variables());
        Process process = builder.start();
        StarterTalk talk = new StarterTalk();
        Sink outSink = sinks.out(0);
        Sink lines = shown.map(s -> new Sink(new FrameStream(outSink, Label.NONE, s, process.getOutputStream()), "standard output", notices)).orElse(outSink);
        List<Thread> pumps = List.of(
                pump(new LinePump(process.getInputStream(), lines, talk, new LinesAnswer(process.getOutputStream()))),
                pump(new LinePump(process.getErrorStream(), sinks.err(0), talk, line -> {})));
        return new RankProcess(name(spec, 0), process, pumps, Optional.of(talk));
    }

    /** Name of a JVM of a job, for messages. */
    static String name(JobSpec spec, int index) {
        return switch (spec.engine()) {
            case THREADS -> spec.ranks() == 1 ? "rank 0" : "the JVM of all ranks";
            case PROCESSES -> "rank " + index;
            case OPENMPI, MPICH -> "the starter of the ranks";
            case HOSTS -> "host " + spec.places().get(index).host() + " (number " + index + ")";
        };
    }

    private static Thread pump(Runnable pump) {
        return Thread.ofPlatform().daemon().name("pel-output").stackSize(256 << 10).start(pump);
    }

    private static void abandon(List<RankProcess> started, @Nullable SegmentFolder segments) {
        started.forEach(process -> process.end(true));
        if (segments != null) {
            segments.close();
        }
    }
}
