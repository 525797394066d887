package org.pellang.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this checkout. */
final class Project {
    static final List<String> MODULES =
            List.of("dsl-grammar", "compiler", "runtime", "stdlib", "launcher", "cli", "maven-plugin", "examples", "benchmarks", "quality");

    private Project() {}

    static Path root() {
        Path root = Path.of(System.getProperty("pel.root", "..")).toAbsolutePath().normalize();
        if (!Files.exists(root.resolve("LICENSE"))) {
            throw new IllegalStateException(root + " is not the checkout; set -Dpel.root");
        }
        return root;
    }

    /** All files below a folder with this ending, without what the build makes. */
    static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(f -> f.toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .filter(f -> !f.toString().contains("/target/") && !f.toString().contains("/.git/"))
                    .sorted()
                    .toList();
        }
    }

    /** All Java sources of the modules. */
    static List<Path> javaFiles() throws IOException {
        return MODULES.stream()
                .flatMap(module -> {
                    try {
                        return files(root().resolve(module).resolve("src"), ".java").stream();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
