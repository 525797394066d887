package org.pellang.runtime.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a job's checkpoints: {@code checkpoint-000007/} each, complete by construction (they get that name last). What is being written has another
 * name, so has what is being removed.
 */
public final class CheckpointFolder {
    private static final String COMPLETE = "checkpoint-";
    private static final String WRITING = ".writing-";
    private static final String REMOVING = ".removing-";
    private static final String DAMAGED = "damaged-";
    private static final String LOCK = ".lock";
    private static final int KEPT = 2;

    /** Those that jobs of this process use. Their locks must not be opened again: with any channel of a file that a process closes its lock on that file is gone (POSIX). */
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private @Nullable FileChannel lock;
    private @Nullable Path taken;

    public CheckpointFolder(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Numbers of the complete checkpoints, newest first; empty if there is no folder. */
    public List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path, COMPLETE + "*")) {
            for (Path p : found) {
                String digits = p.getFileName().toString().substring(COMPLETE.length());
                if (digits.matches("[0-9]{1,18}")) {
                    numbers.add(Long.parseLong(digits));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        numbers.sort(Comparator.reverseOrder());
        return numbers;
    }

    /** The highest number of those that are there or have been begun; 0 if there are none. */
    long last() throws IOException {
        long last = 0;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path, "{" + COMPLETE + "," + WRITING + "," + DAMAGED + "}*")) {
            for (Path p : found) {
                String[] words = p.getFileName().toString().split("-");
                if (words.length > 1 && words[1].matches("[0-9]{1,18}")) {
                    last = Math.max(last, Long.parseLong(words[1]));
                }
            }
        }
        return last;
    }

    /** The folder of a complete checkpoint. */
    public Path complete(long number) {
        return path.resolve(COMPLETE + "%06d".formatted(number));
    }

    /** The folder of one that is being written; the nonce keeps those apart that try to write the same one. */
    Path writing(long number, String nonce) {
        return path.resolve(WRITING + number + "-" + nonce);
    }

    /** Takes the folder for this job; false if another job, still running, has it. */
    boolean acquire() throws IOException {
        Files.createDirectories(path);
        Path real = path.toRealPath();
        if (!TAKEN.add(real)) {
            return false;
        }
        taken = real;
        try {
            FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel;
            if (channel.tryLock() != null) {
                return true;
            }
        } catch (IOException e) {
            release();
            throw e;
        }
        release();
        return false;
    }

    void release() {
        FileChannel held = lock;
        lock = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                // The lock ends with the process at the latest.
            }
        }
        Path mine = taken;
        taken = null;
        if (mine != null) {
            TAKEN.remove(mine);
        }
    }

    /** Makes what was written a complete checkpoint. Everything in it must be on the disk. */
    void publish(Path written, long number) throws IOException {
        sync(written);
        Files.move(written, complete(number), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        sync(path);
    }

    /** Removes all but the newest two. */
    void prune() throws IOException {
        List<Long> all = numbers();
        for (long n : all.subList(Math.min(KEPT, all.size()), all.size())) {
            remove(n);
        }
    }

    private void remove(long number) throws IOException {
        // Under a name that nobody takes for a checkpoint, before the first file is gone.
        Path doomed = path.resolve(REMOVING + number + "-" + Long.toHexString(System.nanoTime()));
        Files.move(complete(number), doomed);
        delete(doomed);
    }

    /** The checkpoints after this one are damaged: they must not be taken for the newest ones any more. */
    void setAside(long whole) throws IOException {
        for (long n : numbers()) {
            if (n > whole) {
                Path aside = path.resolve(DAMAGED + "%06d".formatted(n));
                delete(aside);
                Files.move(complete(n), aside);
            }
        }
    }

    /** Removes what jobs left behind that ended while they wrote or removed. A rank of the attempt before may be at it still: what cannot be removed now is left to the next. */
    void sweep() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path, ".{writing,removing}-*")) {
            for (Path p : found) {
                try {
                    delete(p);
                } catch (NoSuchFileException | DirectoryNotEmptyException e) {
                    // It has just been renamed or removed, or got a file more.
                }
            }
        }
    }

    /** Removes all checkpoints, and the folder if nothing else is in it. */
    public void clear() throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        for (long n : numbers()) {
            remove(n);
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path, DAMAGED + "*")) {
            for (Path p : found) {
                delete(p);
            }
        }
        sweep();
        Files.deleteIfExists(path.resolve(LOCK));
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            // The user has put something there.
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path p : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Brings the names in a folder to the disk. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
