package org.pellang.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pellang.cli.CommandFailure;

/** The {@code .pel} files that a command line means. */
public final class PelFiles {
    private PelFiles() {}

    /** Files as given; of a folder all {@code .pel} files below it, by name, without hidden folders and {@code target}. */
    public static List<Path> expand(List<Path> given) throws CommandFailure {
        List<Path> files = new ArrayList<>();
        for (Path path : given) {
            if (Files.isDirectory(path)) {
                List<Path> found = below(path);
                if (found.isEmpty()) {
                    throw CommandFailure.io("there is no .pel file in " + path);
                }
                files.addAll(found);
            } else {
                SourceLoader.requireFile(path);
                files.add(path);
            }
        }
        return files;
    }

    private static List<Path> below(Path folder) throws CommandFailure {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(f -> f.toString().endsWith(".pel") && Files.isRegularFile(f) && !isLeftOut(folder.relativize(f))).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailure.io(folder + " cannot be read: " + e.getMessage());
        }
    }

    private static boolean isLeftOut(Path inside) {
        for (Path part : inside) {
            if (part.toString().startsWith(".") || part.toString().equals("target")) {
                return true;
            }
        }
        return false;
    }
}
