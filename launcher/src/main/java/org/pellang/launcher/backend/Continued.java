package org.pellang.launcher.backend;

import java.io.IOException;
import java.util.Optional;
import org.pellang.launcher.CheckpointSpec;
import org.pellang.launcher.JobSpec;
import org.pellang.runtime.checkpoint.CheckpointFolder;
import org.pellang.runtime.checkpoint.Manifest;

/** What there is to continue a job from, and how that is said. */
final class Continued {
    private Continued() {}

    /** The newest checkpoint that this job has written, by its manifest. */
    static Optional<Manifest> newest(CheckpointSpec checkpoints) {
        if (checkpoints.folder().isEmpty()) {
            return Optional.empty();
        }
        CheckpointFolder folder = new CheckpointFolder(checkpoints.folder().get());
        try {
            for (long number : folder.numbers()) {
                try {
                    Manifest m = Manifest.read(folder.complete(number));
                    if (m.fact("job").equals(checkpoints.job())) {
                        return Optional.of(m);
                    }
                } catch (IOException e) {
                    // Damaged: the one before, as the ranks will decide too.
                }
            }
        } catch (IOException e) {
            // Cannot be read: from the start.
        }
        return Optional.empty();
    }

    /** One line on a restart. @param what has happened @param spec of the next attempt */
    static String notice(String what, int restart, JobSpec spec, Optional<Manifest> from) {
        String memory = spec.checkpoints().partner() ? "memory or " : "";
        String where = memory + from.map(m -> "checkpoint " + m.number() + " (pass " + m.loops().getLast().pass() + ")").orElse("the start");
        return "%s; restart %d of %d on %d rank%s from %s".formatted(
                what.replaceFirst("; the other ranks are stopped$", ""), restart, spec.checkpoints().maxRestarts(), spec.ranks(), spec.ranks() == 1 ? "" : "s", where);
    }

    /** Removes the checkpoints of a job that has ended well, if they are not to stay. */
    static void clear(CheckpointSpec checkpoints) throws IOException {
        if (checkpoints.folder().isPresent() && !checkpoints.keep()) {
            new CheckpointFolder(checkpoints.folder().get()).clear();
        }
    }
}
