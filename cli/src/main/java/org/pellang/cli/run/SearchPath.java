package org.pellang.cli.run;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a program finds what is not its own.
 *
 * @param classes jars and class folders of the Java that it calls
 * @param modules folders in which its modules are looked for after those beside it
 */
public record SearchPath(List<Path> classes, List<Path> modules) {
    /** Nothing besides the program. */
    public static final SearchPath EMPTY = new SearchPath(List.of(), List.of());

    /** The same with absolute paths. */
    public SearchPath absolute() {
        return new SearchPath(absolute(classes), absolute(modules));
    }

    private static List<Path> absolute(List<Path> paths) {
        return paths.stream().map(p -> p.toAbsolutePath().normalize()).toList();
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return classes.isEmpty() && modules.isEmpty();
    }
}
