package org.pellang.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.pellang.cli.report.HumanReport;
import org.pellang.cli.run.Places;
import org.pellang.cli.run.ProgramCache;
import org.pellang.cli.run.SafeWrite;
import org.pellang.cli.run.SearchPath;
import org.pellang.cli.run.SignalTrap;
import org.pellang.cli.run.SourceLoader;
import org.pellang.compiler.diagnostic.JsonRenderer;
import org.pellang.compiler.source.SourceFile;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.backend.LocalBackend;
import org.pellang.launcher.backend.LocalJob;
import org.pellang.launcher.backend.LocalPlan;
import org.pellang.launcher.backend.Spot;
import org.pellang.launcher.backend.SurvivingJob;
import org.pellang.launcher.placement.HeapPlan;
import org.pellang.launcher.placement.JvmSettings;

/** From a program on disk to the exit code of its job. */
final class JobRunner {
    private final Invocation invocation;
    private final SearchPath path;

    JobRunner(Invocation invocation) {
        this(invocation, SearchPath.EMPTY);
    }

    /** For programs that use what is on this path. */
    JobRunner(Invocation invocation, SearchPath path) {
        this.invocation = invocation;
        this.path = path;
    }

    /** The jar of a program: itself, or compiled now, or compiled once before and unchanged since. */
    Path jar(Path program) throws CommandFailure {
        SourceLoader.requireFile(program);
        if (program.toString().endsWith(".jar")) {
            return program;
        }
        if (!program.toString().endsWith(".pel")) {
            throw CommandFailure.usage(program + " is neither a .pel program nor a .jar");
        }
        return compiled(program, new FrontEnd.Goal.Jar(), "program");
    }

    /** The jar for a goal, by the cache. */
    Path compiled(Path program, FrontEnd.Goal goal, String what) throws CommandFailure {
        String variant = what + ProgramCache.stamps(path.classes()) + (path.modules().isEmpty() ? "" : "\n" + path.absolute().modules());
        SourceFile source = SourceLoader.load(program);
        Path folder = CompileStep.folder(program);
        ProgramCache cache = new ProgramCache(invocation.places().cacheFolder().resolve("programs"), invocation.places().classPath());
        Optional<Path> known = cache.find(source, folder, variant);
        if (known.isPresent()) {
            return known.get();
        }
        FrontEnd.Compilation compilation = new CompileStep(invocation, new HumanReport(invocation.terminal().color()), path).compile(source, program, goal);
        byte[] jar = CompileStep.product(compilation);
        try {
            return cache.store(source, folder, variant, jar, compilation.modules());
        } catch (IOException e) {
            // Without a writable cache folder the program is compiled each time.
            return temporary(jar);
        }
    }

    /** A file that is there until this JVM ends. */
    static Path temporary(byte[] jar) throws CommandFailure {
        try {
            Path file = java.nio.file.Files.createTempFile("pel-program-", ".jar");
            file.toFile().deleteOnExit();
            SafeWrite.write(file, jar);
            return file;
        } catch (IOException e) {
            throw CommandFailure.io("the compiled program cannot be written: " + e.getMessage());
        }
    }

    /** A job without options in the current folder, of which everything is captured. */
    static JobSpec plain(Places places, Path jar, int ranks, Engine engine) {
        JobSpec.Host host = new JobSpec.Host(
                places.javaHome(), places.runtimePath(), Map.of(), Path.of("").toAbsolutePath(), Optional.of(places.aotFolder()));
        return new JobSpec(jar, List.of(), ranks, engine, OptionalLong.empty(), host, OutputSpec.CAPTURED, Optional.empty());
    }

    /** Runs the job to its end. */
    int run(JobSpec spec) throws LaunchRefused {
        return run(spec, new FileOutputStream(FileDescriptor.out));
    }

    /** As {@link #run(JobSpec)}, with labelled output going elsewhere. */
    int run(JobSpec spec, OutputStream out) throws LaunchRefused {
        LocalBackend backend = new LocalBackend(out, new FileOutputStream(FileDescriptor.err), invocation::say);
        if (spec.checkpoints().maxRestarts() > 0) {
            return survive(SurvivingJob.start(backend, spec, invocation::say));
        }
        LocalJob job = backend.start(spec);
        SignalTrap.install(job::interrupt, job::tellWhere);
        try {
            Outcome outcome = job.await();
            outcome.report().forEach(invocation::say);
            return outcome.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private int survive(SurvivingJob job) throws LaunchRefused {
        SignalTrap.install(job::interrupt, job::tellWhere);
        try {
            Outcome outcome = job.await();
            outcome.report().forEach(invocation::say);
            return outcome.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    /** Shows what would be run. */
    void dryRun(JobSpec spec, boolean json) throws LaunchRefused {
        LocalPlan plan = new LocalBackend(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), invocation::say).plan(spec);
        var out = invocation.terminal().out();
        List<List<String>> commands = java.util.stream.IntStream.range(0, plan.processes()).mapToObj(i -> plan.command(i, Optional.empty())).toList();
        if (json) {
            String jvms = java.util.stream.IntStream.range(0, commands.size()).mapToObj(i -> jvm(plan, i, commands.get(i)))
                    .collect(java.util.stream.Collectors.joining(",", "[", "]"));
            out.printf("{\"ranks\":%d,\"engine\":\"%s\",\"cores\":%d,\"jvms\":%d,\"heapPerJvm\":%d,\"heapPerRank\":%d,\"folder\":%s,\"processes\":%s,\"commands\":%s}%n",
                    spec.ranks(), engine(spec), plan.spot(0).cores(), Math.max(plan.heap(0).jvms(), plan.processes()), plan.heap(0).heapPerJvm(), plan.heap(0).perRank(),
                    JsonRenderer.quoted(spec.host().folder().toString()), jvms, words(commands));
            return;
        }
        out.printf("%d ranks by engine %s, in %s%n", spec.ranks(), engine(spec), spec.host().folder());
        for (int i = 0; i < commands.size(); i++) {
            Spot spot = plan.spot(i);
            out.printf("%s: %d cores, %s of heap in each of %d JVM(s)%n  %s%n", spot.host(), spot.cores(), HeapPlan.size(plan.heap(i).heapPerJvm()), plan.heap(i).jvms(),
                    String.join(" ", commands.get(i)));
        }
    }

    private static String jvm(LocalPlan plan, int i, List<String> command) {
        Spot spot = plan.spot(i);
        JvmSettings settings = JvmSettings.of(command, spot.cores());
        return ("{\"host\":%s,\"cores\":%d,\"memory\":%d,\"memoryLimitedBy\":%s,\"heap\":%d,\"heapPerRank\":%d,\"collector\":%s,\"collectorThreads\":%d,"
                + "\"compilerThreads\":%d,\"aotCache\":%s,\"command\":%s}").formatted(JsonRenderer.quoted(spot.host()), spot.cores(),
                spot.memory().total(), JsonRenderer.quoted(spot.memory().limitedBy()),
                plan.heap(i).heapPerJvm(), plan.heap(i).perRank(), JsonRenderer.quoted(settings.collector()), settings.collectorThreads(), settings.compilerThreads(),
                JsonRenderer.quoted(settings.aotCache()), word(command));
    }

    private static String words(List<List<String>> commands) {
        return commands.stream().map(JobRunner::word).collect(java.util.stream.Collectors.joining(",", "[", "]"));
    }

    private static String word(List<String> command) {
        return command.stream().map(JsonRenderer::quoted).collect(java.util.stream.Collectors.joining(",", "[", "]"));
    }

    private static String engine(JobSpec spec) {
        return spec.engine().name().toLowerCase(java.util.Locale.ROOT);
    }
}
