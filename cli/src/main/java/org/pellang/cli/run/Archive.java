package org.pellang.cli.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.pellang.cli.CommandFailure;

/** Archives that the compiler makes. */
public final class Archive {
    private Archive() {}

    /** Writes all entries below a folder. Files that are as they should be are left alone, with their times. */
    public static void unpack(byte[] archive, Path folder) throws CommandFailure {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                byte[] bytes = zip.readAllBytes();
                if (Files.exists(file) && java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
                    continue;
                }
                Path parent = file.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                SafeWrite.write(file, bytes);
            }
        } catch (IOException e) {
            throw CommandFailure.io("cannot write to " + folder + ": " + e.getMessage());
        }
    }
}
