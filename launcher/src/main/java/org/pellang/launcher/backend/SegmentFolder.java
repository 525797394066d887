package org.pellang.launcher.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.pellang.runtime.bootstrap.Leftovers;

/**
 * The folder of one job's shared memory segments: mode 0700 in {@code /dev/shm}, removed when the job has ended.
 *
 * <p>The launcher holds a lock on a file in it for as long as it lives, so the next job can tell the folder of a launcher that was
 * killed from one in use and removes it.
 */
public final class SegmentFolder implements AutoCloseable {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "pel-job-";
    private static final String OWNER = "owner";
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    /** Those of jobs in this process. It must not open their locks again: with any channel of a file that a process closes its lock on that file is gone (POSIX). */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel owner;

    private SegmentFolder(Path path, FileChannel owner) {
        this.path = path;
        this.owner = owner;
    }

    /** Makes a new folder, after removing those whose launcher is gone, with what is left of their processes. @param job its name for {@link Leftovers} */
    public static SegmentFolder create(String job) throws IOException {
        Path parent = Files.isWritable(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        removeAbandoned(parent);
        // The lock is taken under a name that no sweep looks at, so that a folder never is visible without its lock.
        Path hidden = Files.createTempDirectory(parent, "." + PREFIX, PosixFilePermissions.asFileAttribute(PRIVATE));
        FileChannel channel = FileChannel.open(hidden.resolve(OWNER), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        channel.write(ByteBuffer.wrap(job.getBytes(StandardCharsets.UTF_8)));
        Path visible = parent.resolve(hidden.getFileName().toString().substring(1));
        OWN.add(visible);
        Files.move(hidden, visible);
        return new SegmentFolder(visible, channel);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Removes the folder with all segments; what cannot be removed is left to the next job. */
    @Override
    public void close() {
        remove(path);
        try {
            owner.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
        }
        OWN.remove(path);
    }

    private static void removeAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isOwn(folder) && abandoned(folder)) {
                    sweep(folder);
                    remove(folder);
                }
            }
        }
    }

    /** A folder of this user's; others may lay what they like there, links too. */
    private static boolean isOwn(Path folder) {
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static void sweep(Path folder) {
        try {
            String job = Files.readString(folder.resolve(OWNER));
            if (!job.isBlank()) {
                Leftovers.sweep(job);
            }
        } catch (IOException e) {
            // Another sweep was faster.
        }
    }

    private static boolean abandoned(Path folder) {
        if (OWN.contains(folder)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(folder.resolve(OWNER), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException | java.nio.channels.OverlappingFileLockException e) {
            // Another user's, or one being removed.
            return false;
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException | UncheckedIOException e) {
            // Somebody else removes it too, or a rank is still creating a segment: the next job sweeps.
        }
    }
}
