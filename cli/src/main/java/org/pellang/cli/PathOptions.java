package org.pellang.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pellang.cli.run.SearchPath;
import picocli.CommandLine.Option;

/** The options of all commands that compile: where the program's Java and modules are. */
final class PathOptions {
    @Option(names = {"-cp", "--class-path"}, paramLabel = "PATH", description = "Jars and class folders of the Java that the program calls by extern java, separated by "
            + ":.")
    private String classPath = "";

    @Option(names = "--source-path", paramLabel = "PATH", description = "Folders in which modules are looked for besides the program's own, separated by :.")
    private String sourcePath = "";

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
