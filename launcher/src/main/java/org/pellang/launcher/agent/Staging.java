package org.pellang.launcher.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Copies of the launcher's files on this host, by the hash of their contents, in {@code ~/.cache/pel/stage} (mode 0700); those unused for two weeks go. */
public final class Staging {
    private static final Duration KEPT = Duration.ofDays(14);

    private final Path folder;

    /** @param folder made when it is needed */
    Staging(Path folder) {
        this.folder = folder;
    }

    static Staging ofUser() {
        return new Staging(cacheOfUser().resolve("stage"));
    }

    /** PEL's part of the user's cache folder here. */
    static Path cacheOfUser() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path base = cache.startsWith("/") ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("pel");
    }

    /** Where a file with these contents is: at its own place, or as a copy. */
    Optional<Path> find(Needs.Item item) {
        Path own = Path.of(item.path());
        if (item.isFolder()) {
            return Files.isDirectory(own) ? Optional.of(own) : Optional.empty();
        }
        Path copy = copy(item);
        if (has(own, item.hash())) {
            return Optional.of(own);
        }
        if (!has(copy, item.hash())) {
            return Optional.empty();
        }
        try {
            // Not the copy itself: AOT caches belong to its time.
            Files.write(used(copy), new byte[0]);
        } catch (IOException e) {
            // It is only older than it might be.
        }
        return Optional.of(copy);
    }

    private Path copy(Needs.Item item) {
        return folder.resolve(item.hash() + ".jar");
    }

    /** Its time says when the copy was used last. */
    private static Path used(Path copy) {
        return copy.resolveSibling(copy.getFileName() + ".used");
    }

    private static boolean has(Path file, String hash) {
        try {
            return Files.isRegularFile(file) && hash(file).equals(hash);
        } catch (IOException e) {
            return false;
        }
    }

    /** What a file of the launcher's needs to be there: its hash, or that it is a folder. */
    public static Needs.Item item(Path file) throws IOException {
        return new Needs.Item(file.toString(), Files.isDirectory(file) ? "" : hash(file));
    }

    /** Keeps what comes as a copy. @throws IOException if it cannot be written or is something else */
    Path store(Needs.Item item, InputStream contents) throws IOException {
        Files.createDirectories(folder.getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        sweep();
        Path part = Files.createTempFile(folder, "part-", ".tmp");
        try {
            MessageDigest digest = sha256();
            try (OutputStream out = Files.newOutputStream(part)) {
                new DigestInputStream(contents, digest).transferTo(out);
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(item.hash())) {
                throw new IOException("the copy of " + item.path() + " differs from what was announced");
            }
            return move(part, copy(item));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path move(Path part, Path to) throws IOException {
        try {
            return Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            return Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void sweep() throws IOException {
        Instant limit = Instant.now().minus(KEPT);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Path used = used(file);
                if (Files.getLastModifiedTime(Files.exists(used) ? used : file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
