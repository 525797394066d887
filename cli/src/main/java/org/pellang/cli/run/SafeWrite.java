package org.pellang.cli.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.pellang.cli.CommandFailure;

/** Writes whole files: aside first, then renamed, so that a full disk leaves neither half a file nor destroys the old one. */
public final class SafeWrite {
    private SafeWrite() {}

    /** Writes the file or fails with the reason; nothing is left behind in that case. */
    public static void write(Path file, byte[] bytes) throws CommandFailure {
        try {
            tryWrite(file, bytes);
        } catch (IOException e) {
            throw CommandFailure.io("cannot write " + file + ": " + reason(e));
        }
    }

    /** As {@link #write}, with the plain exception. */
    public static void tryWrite(Path file, byte[] bytes) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A device or a pipe must not be replaced by a file.
            Files.write(file, bytes);
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        Path aside = Files.createTempFile(folder, "." + file.getFileName(), ".part");
        try {
            Files.write(aside, bytes);
            Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such folder";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> String.valueOf(e.getMessage()).equals("No space left on device") ? "the disk is full" : String.valueOf(e.getMessage());
        };
    }
}
