package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Removes the folder of a job's segments when the launcher that made it, and would have removed it, was killed. */
final class SegmentSweep {
    /** How the launcher's folders are named; those of other makers are theirs. */
    private static final String PREFIX = "pel-job-";

    private SegmentSweep() {}

    /** All ranks of the job try at once: what one does not find another has removed. */
    static void remove(Path folder) {
        Path name = folder.getFileName();
        if (name == null || !name.toString().startsWith(PREFIX)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | DirectoryIteratorException e) {
            // Another rank was faster, or a rank is just making a file: the next job sweeps.
        }
    }
}
