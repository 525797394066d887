package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Removes the folder of a job's segments when the launcher that made it, and would have removed it, was killed. */
final class SegmentSweep {
    /** How the launcher's folders are named; those of other makers are theirs. */
    private static final String PREFIX = "pel-job-";

    /** The file in it that the launcher keeps locked as long as it lives. */
    private static final String OWNER = "owner";
    private static final int LOOKS = 10;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

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

    /** The same for a rank that a starter holds: it is let go by that one too, while the launcher still reads what the ranks have recorded. */
    static void removeAbandoned(Path folder) {
        for (int look = 0; look < LOOKS; look++) {
            if (isAbandoned(folder)) {
                remove(folder);
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static boolean isAbandoned(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(OWNER), StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException e) {
            return false;
        }
    }
}
