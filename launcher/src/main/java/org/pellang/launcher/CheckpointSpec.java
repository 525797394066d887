package org.pellang.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens to the checkpoints of a job, and when it is continued from one.
 *
 * @param folder where they are written; nowhere if empty
 * @param keep they stay when the job has ended well
 * @param required the job stops if one cannot be written
 * @param immediate ranks go on only when a checkpoint is on the disk
 * @param resume the folder to continue from
 * @param anyway also if the program or its options have changed
 * @param own only from checkpoints of this job
 * @param shownLines lines of output that have been shown; -1: those before the checkpoint
 * @param job name of the job
 * @param source the program as the user named it
 * @param mtbf mean seconds between failures
 * @param maxRestarts how often the job is continued by itself after the loss of a rank
 * @param shrink with one rank less each time
 * @param partner whether second copies of states are kept in the memories of other JVMs
 * @param epoch number of the attempt, from 1
 */
public record CheckpointSpec(
        Optional<Path> folder,
        boolean keep,
        boolean required,
        boolean immediate,
        Optional<Path> resume,
        boolean anyway,
        boolean own,
        long shownLines,
        String job,
        String source,
        double mtbf,
        int maxRestarts,
        boolean shrink,
        boolean partner,
        int epoch) {

    /** A day, as the runtime takes it. */
    public static final double USUAL_MTBF = 86_400;

    /** No checkpoints. */
    public static final CheckpointSpec NONE =
            new CheckpointSpec(Optional.empty(), false, false, false, Optional.empty(), false, false, -1, "", "", USUAL_MTBF, 0, false, false, 1);

    /** The arguments for the JVMs of the ranks. */
    public List<String> arguments() {
        List<String> all = new ArrayList<>();
        folder.ifPresent(f -> all.add("--checkpoint-dir=" + f));
        // The launcher removes them when no rank may need them any more.
        String mode = (keep || maxRestarts > 0 ? "keep," : "") + (required ? "required," : "") + (immediate ? "sync," : "") + (partner ? "partner," : "");
        if (!mode.isEmpty()) {
            all.add("--checkpoint-mode=" + mode);
        }
        resume.ifPresent(f -> all.add("--resume=" + f));
        String resumeMode = (anyway ? "anyway," : "") + (own ? "own," : "");
        if (!resumeMode.isEmpty()) {
            all.add("--resume-mode=" + resumeMode);
        }
        if (shownLines >= 0) {
            all.add("--shown-lines=" + shownLines);
        }
        if (folder.isPresent() || resume.isPresent() || partner) {
            all.add("--job=" + job);
            all.add("--source=" + source);
            all.add(String.format(Locale.ROOT, "--mtbf=%s", mtbf));
        }
        if (maxRestarts > 0) {
            all.add("--output=framed");
            all.add("--epoch=" + epoch);
        }
        return all;
    }

    /** The same for the next attempt: what has been shown is not shown again. */
    public CheckpointSpec restarted(Optional<Path> from, boolean ownOnly, long shown) {
        return new CheckpointSpec(
                folder, keep, required, immediate, from, anyway, ownOnly, shown, job, source, mtbf, maxRestarts, shrink, partner, epoch + 1);
    }
}
