package org.pellang.quality.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an example is run by the test: its {@code name.run}, see {@code examples/README.md}.
 *
 * @param program the {@code .pel} file
 * @param interpreted options of the run by the interpreter; empty if there is none
 */
record ExampleRun(
        Path program, List<String> options, List<Integer> ranks, boolean perRankCount, List<String> files, String mask, Optional<List<String>> interpreted) {

    /** All examples, by folder. */
    static List<ExampleRun> all(Path examples) throws IOException {
        List<ExampleRun> runs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(examples, 2)) {
            for (Path program : files.filter(f -> f.toString().endsWith(".pel")).sorted().toList()) {
                runs.add(read(program));
            }
        }
        return runs;
    }

    private static ExampleRun read(Path program) throws IOException {
        Path run = sibling(program, ".run");
        List<String> options = List.of();
        List<Integer> ranks = List.of();
        boolean perRankCount = false;
        List<String> files = List.of();
        String mask = "";
        Optional<List<String>> interpreted = Optional.empty();
        for (String line : Files.readAllLines(run)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String key = line.substring(0, line.indexOf(':'));
            String value = line.substring(line.indexOf(':') + 1).strip();
            switch (key) {
                case "options" -> options = words(value, program);
                case "ranks" -> ranks = words(value, program).stream().map(Integer::valueOf).toList();
                case "output" -> perRankCount = value.equals("per-rank-count");
                case "files" -> files = words(value, program);
                case "mask" -> mask = value;
                case "interpreter" -> interpreted = Optional.of(words(value, program));
                default -> throw new IllegalArgumentException(run + ": " + line);
            }
        }
        return new ExampleRun(program, options, ranks, perRankCount, files, mask, interpreted);
    }

    private static List<String> words(String text, Path program) {
        String here = program.toAbsolutePath().getParent().toString();
        return Stream.of(text.split(" +")).filter(w -> !w.isEmpty()).map(w -> w.replace("{here}", here)).toList();
    }

    private static Path sibling(Path program, String suffix) {
        return program.resolveSibling(program.getFileName().toString().replace(".pel", suffix));
    }

    String name() {
        return program.getFileName().toString();
    }

    String text() throws IOException {
        return Files.readString(program);
    }

    /** What must be printed on that many ranks. */
    String expected(int count) throws IOException {
        return Files.readString(sibling(program, (perRankCount ? "-" + count : "") + ".expected"));
    }

    /** Times are no part of the comparison. */
    String masked(String output) {
        return mask.isEmpty() ? output : output.replaceAll(mask, "*");
    }
}
