package org.pellang.runtime.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher says about checkpoints; the same on all ranks.
 *
 * @param folder where they are written; null: nowhere
 * @param keep whether they stay when the job has ended well
 * @param required whether the job stops if one cannot be written
 * @param immediate whether ranks go on only when a checkpoint is on the disk
 * @param resume the folder to continue from; null: from the start
 * @param anyway whether a changed program may continue, if its state is the same
 * @param onlyJob continue only from checkpoints of this job; null: of any
 * @param shownLines lines of output that have been shown already and are not repeated; -1: those before the checkpoint
 * @param job name of this job
 * @param source the program as the user named it
 * @param arguments the program's options
 * @param mtbf mean time between failures in seconds, for {@code every auto}
 * @param faults for tests
 * @param partner a second copy of each state is kept in memory; null: none
 */
public record CheckpointOptions(
        @Nullable Path folder,
        boolean keep,
        boolean required,
        boolean immediate,
        @Nullable Path resume,
        boolean anyway,
        @Nullable String onlyJob,
        long shownLines,
        String job,
        String source,
        List<String> arguments,
        double mtbf,
        Faults faults,
        @Nullable Partner partner) {
    /** A day: what clusters of some hundred hosts report. */
    public static final double USUAL_MTBF = 86_400;

    /** No checkpoints. */
    public static final CheckpointOptions NONE =
            new CheckpointOptions(null, false, false, false, null, false, null, -1, "", "", List.of(), USUAL_MTBF, Faults.NONE, null);

    /**
     * Where second copies are.
     *
     * @param stores for each rank what its JVM keeps
     * @param shift how many ranks further the partner is
     */
    public record Partner(IntFunction<PartnerStore> stores, int shift) {}

    /** The same with these copies, if there are to be any. */
    public CheckpointOptions with(Partner other) {
        return partner == null ? this : new CheckpointOptions(
                folder, keep, required, immediate, resume, anyway, onlyJob, shownLines, job, source, arguments, mtbf, faults, other);
    }

    public CheckpointOptions {
        arguments = List.copyOf(arguments);
    }

    /** Whether there is anything to do. */
    boolean active() {
        return folder != null || resume != null || partner != null;
    }
}
