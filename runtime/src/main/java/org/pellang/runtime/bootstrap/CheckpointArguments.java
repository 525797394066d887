package org.pellang.runtime.bootstrap;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.runtime.checkpoint.Faults;
import org.pellang.runtime.checkpoint.PartnerStore;

/**
 * The arguments of {@link RankMain} that concern checkpoints.
 *
 * <pre>
 * --checkpoint-dir=FOLDER     write them there
 * --checkpoint-mode=WORDS     keep (they stay after a good end), required (stop if one cannot be written), sync (go on when it is on the disk),
 *                             partner (second copies in memory); with commas
 * --resume=FOLDER             continue from the newest whole one
 * --resume-mode=WORDS         anyway (of a changed program), own (of this job only)
 * --shown-lines=N             lines of output that need not be repeated
 * --job=NAME --source=PROGRAM written into checkpoints
 * --mtbf=SECONDS              mean time between failures
 * </pre>
 */
final class CheckpointArguments {
    static final Set<String> NAMES =
            Set.of("checkpoint-dir", "checkpoint-mode", "resume", "resume-mode", "shown-lines", "job", "source", "mtbf");

    /** Replaced by the engine's. */
    private static final CheckpointOptions.Partner ONE_JVM = new CheckpointOptions.Partner(r -> new PartnerStore(), 1);

    private CheckpointArguments() {}

    static CheckpointOptions of(Map<String, String> values, List<String> options) throws RankArguments.Wrong {
        List<String> mode = List.of(values.getOrDefault("checkpoint-mode", "").split(","));
        List<String> resumeMode = List.of(values.getOrDefault("resume-mode", "").split(","));
        String job = values.getOrDefault("job", "");
        try {
            return new CheckpointOptions(
                    path(values.get("checkpoint-dir")),
                    mode.contains("keep"),
                    mode.contains("required"),
                    mode.contains("sync"),
                    path(values.get("resume")),
                    resumeMode.contains("anyway"),
                    resumeMode.contains("own") ? job : null,
                    Long.parseLong(values.getOrDefault("shown-lines", "-1")),
                    job,
                    values.getOrDefault("source", ""),
                    options,
                    Double.parseDouble(values.getOrDefault("mtbf", Double.toString(CheckpointOptions.USUAL_MTBF))),
                    Faults.NONE,
                    mode.contains("partner") ? ONE_JVM : null);
        } catch (NumberFormatException e) {
            throw new RankArguments.Wrong(2, "a number among the checkpoint arguments is wrong: " + e.getMessage());
        }
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }
}
