package org.pellang.launcher.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pellang.launcher.placement.AotCache;

/**
 * AOT caches of this host. They belong to one JDK and to jars at one place, so none is sent: the first job that runs here records one while it runs, which makes
 * its end a second or two later, and the next ones start faster.
 */
final class HostAot {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Path folder;
    private final Set<Path> recorded = new HashSet<>();

    HostAot(Path folder) {
        this.folder = folder;
    }

    /**
     * A command with the flags of its cache.
     *
     * @param part what is being recorded
     * @param file what becomes of it after a good end
     */
    record Start(List<String> command, Optional<Path> part, Path file) {
        /** To be called when the JVM has ended. */
        void ended(int code) {
            try {
                if (part.isPresent()) {
                    Files.deleteIfExists(marker(file));
                }
                if (part.isPresent() && code == 0 && Files.isReadable(part.get())) {
                    Files.move(part.get(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } else if (part.isPresent()) {
                    Files.deleteIfExists(part.get());
                    Files.deleteIfExists(Path.of(part.get() + ".config"));
                }
            } catch (IOException e) {
                // The next job starts as slowly as this one.
            }
        }
    }

    /** Decides how a JVM starts. */
    Start start(List<String> command) {
        int at = command.indexOf(AotCache.CHOSEN_THERE);
        int path = command.indexOf("-cp") + 1;
        if (at < 0 || path < 1) {
            return new Start(command, Optional.empty(), folder);
        }
        List<String> words = new ArrayList<>(command);
        words.remove(at);
        Path home = Path.of(command.getFirst()).resolve("../..").normalize();
        List<Path> jars = Stream.of(command.get(path).split(File.pathSeparator)).map(Path::of).toList();
        Path file = AotCache.file(folder, home, jars, command.subList(0, path));
        if (Files.isReadable(file)) {
            words.addAll(at, AotCache.using(file));
        } else if (jars.stream().allMatch(Files::isRegularFile) && recorded.add(file) && isWritable() && isFirst(file)) {
            Path part = folder.resolve(file.getFileName() + "." + ProcessHandle.current().pid());
            words.addAll(at, AotCache.recording(part));
            return new Start(words, Optional.of(part), file);
        }
        return new Start(words, Optional.empty(), file);
    }

    private static Path marker(Path file) {
        return Path.of(file + ".recording");
    }

    /** Whether nobody else on this host is recording that file: it takes some seconds of a core. Who was killed doing so is waited for a while. */
    private static boolean isFirst(Path file) {
        try {
            Path marker = marker(file);
            if (Files.exists(marker) && Files.getLastModifiedTime(marker).toInstant().isBefore(Instant.now().minus(LONGEST))) {
                Files.deleteIfExists(marker);
            }
            Files.createFile(marker);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isWritable() {
        try {
            return Files.isWritable(Files.createDirectories(folder));
        } catch (IOException e) {
            return false;
        }
    }
}
