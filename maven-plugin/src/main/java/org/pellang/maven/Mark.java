package org.pellang.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that says with which hash a source went well, and which files came out.
 *
 * @param file its first line is the hash, the others are the products
 */
record Mark(Path file) {
    /** Whether the source went well with this hash and its products are there. */
    boolean holds(String hash) throws IOException {
        return Files.exists(file) && lines().get(0).equals(hash) && products().stream().allMatch(Files::exists);
    }

    /** What came out. */
    List<Path> products() throws IOException {
        List<Path> products = new ArrayList<>();
        if (Files.exists(file)) {
            lines().stream().skip(1).forEach(line -> products.add(Path.of(line)));
        }
        return products;
    }

    private List<String> lines() throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        return lines.isEmpty() ? List.of("") : lines;
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    void write(String hash, List<Path> products) throws IOException {
        Files.createDirectories(file.resolve("..").normalize());
        StringBuilder text = new StringBuilder(hash).append('\n');
        products.forEach(product -> text.append(product).append('\n'));
        Files.writeString(file, text);
    }
}
