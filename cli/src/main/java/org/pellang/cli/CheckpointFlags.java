package org.pellang.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pellang.cli.run.Quantities;
import org.pellang.launcher.CheckpointSpec;
import picocli.CommandLine.Option;

/** The options of {@code pelrun} about checkpoints and restarts. */
final class CheckpointFlags {
    private static final int MOST_RESTARTS = 1000;

    @Option(names = "--checkpoint-dir", paramLabel = "DIR", description = "Write checkpoints there and keep them, or none (default: prog.ck, removed after a good end).")
    private @Nullable String folder;

    @Option(names = "--checkpoint-required", description = "Stop the job if a checkpoint cannot be written (default: one warning).")
    private boolean required;

    @Option(names = "--checkpoint-sync", description = "Go on only when a checkpoint is on the disk (default: written while the program computes).")
    private boolean immediate;

    @Option(names = "--resume", paramLabel = "DIR", description = "Continue from the newest whole checkpoint there, on any number of ranks; the program may be left out.")
    private @Nullable Path resume;

    @Option(names = "--resume-anyway", description = "Also if the program or its options have changed, as long as its state has the same form.")
    private boolean anyway;

    @Option(names = "--max-restarts", paramLabel = "K", description = "Continue up to K times by itself after the loss of a rank (implies --engine=processes).")
    private int maxRestarts;

    @Option(names = "--shrink", description = "With --max-restarts: go on with one rank less each time.")
    private boolean shrink;

    @Option(names = "--checkpoint-partner", description = "With --max-restarts: a second copy of each rank's part in the memory of another JVM, of another host if there is one.")
    private boolean partner;

    @Option(names = "--mtbf", paramLabel = "TIME", description = "Mean time between failures, for `checkpoint every auto` (default: 24h).")
    private String mtbf = "24h";

    /** Whether the job may be restarted. */
    boolean restarts() {
        return maxRestarts > 0;
    }

    /** Whether any of them was given. */
    boolean used() {
        return folder != null || resume != null || restarts();
    }

    /** Whether copies are kept in memory. */
    boolean partner() {
        return partner;
    }

    /** What is to be continued, if anything. */
    @Nullable Continuation continuation() throws CommandFailure {
        if (resume == null) {
            return null;
        }
        if (!Files.isDirectory(resume)) {
            throw CommandFailure.io("--resume=" + resume + ": there is no such folder");
        }
        try {
            return Continuation.read(resume);
        } catch (IOException e) {
            throw CommandFailure.io("--resume=" + resume + ": " + e.getMessage());
        }
    }

    /** @param program as the user named it @param where the folder of the ranks */
    CheckpointSpec spec(Path program, Path where) throws CommandFailure {
        if (maxRestarts < 0 || maxRestarts > MOST_RESTARTS) {
            throw CommandFailure.usage("--max-restarts=" + maxRestarts + ": 0 to " + MOST_RESTARTS);
        }
        if (partner && maxRestarts == 0) {
            throw CommandFailure.usage("--checkpoint-partner needs --max-restarts=K: copies in memory are of use while the job runs");
        }
        String name = String.valueOf(program.getFileName()).replaceFirst("\\.(pel|jar)$", "");
        Path usual = where.resolve(name + ".ck");
        Optional<Path> from = Optional.ofNullable(resume).map(Path::toAbsolutePath);
        Optional<Path> to = folder == null ? Optional.of(from.orElse(usual))
                : folder.equals("none") ? Optional.empty() : Optional.of(Path.of(folder).toAbsolutePath());
        boolean keep = to.isPresent() && !(folder == null && to.get().equals(usual));
        byte[] job = new byte[8];
        RandomGenerator.getDefault().nextBytes(job);
        return new CheckpointSpec(
                to,
                keep,
                required,
                immediate,
                from,
                anyway,
                false,
                -1,
                HexFormat.of().formatHex(job),
                program.toAbsolutePath().toString(),
                Quantities.time("--mtbf", mtbf).toNanos() / 1e9,
                maxRestarts,
                shrink,
                partner,
                1);
    }
}
