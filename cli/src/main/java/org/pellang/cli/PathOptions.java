package org.pellang.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pellang.cli.run.SearchPath;

/** The options of all commands that compile: where the program's Java and modules are. */
final class PathOptions {
    private String classPath = "";
    private String sourcePath = "";

    /** Declares them. */
    void addTo(Options all) {
        all.value("PATH", String.class, "Jars and class folders of the Java that the program calls by extern java, separated by :.", x -> classPath = x, "-cp", "--class-path");
        all.value("PATH", String.class, "Folders in which modules are looked for besides the program's own, separated by :.", x -> sourcePath = x, "--source-path");
    }

    /** What was asked for; an entry that does not exist is an error. */
    SearchPath path() throws CommandFailure {
        return new SearchPath(entries("--class-path", classPath), entries("--source-path", sourcePath));
    }

    private static List<Path> entries(String option, String text) throws CommandFailure {
        List<Path> entries = new ArrayList<>();
        for (String entry : text.split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                Path path = Path.of(entry);
                if (!Files.exists(path)) {
                    throw CommandFailure.io(option + ": " + entry + " does not exist");
                }
                entries.add(path);
            }
        }
        return entries;
    }
}
