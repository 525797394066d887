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
import org.pellang.compiler.source.SourceFile;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.backend.LocalBackend;
import org.pellang.launcher.backend.LocalJob;
import org.pellang.launcher.backend.SurvivingJob;

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
        DryRun shown = new DryRun(spec, new LocalBackend(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), invocation::say).plan(spec));
        if (json) {
            shown.json(invocation.terminal().out());
        } else {
            shown.text(invocation.terminal().out());
        }
    }
}
