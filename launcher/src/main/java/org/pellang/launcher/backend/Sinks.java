package org.pellang.launcher.backend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.io.Sink;

/** Where the lines of each JVM go; the same for the whole job, so that a JVM that replaces a lost one adds to what that one wrote. */
final class Sinks {
    private final OutputSpec output;
    private final Sink out;
    private final Sink err;
    private final Consumer<String> notices;
    private final Map<String, Sink> files = new HashMap<>();

    /** @param out where all meet if nothing else is asked @param err the same for errors */
    Sinks(OutputSpec output, OutputStream out, OutputStream err, Consumer<String> notices) {
        this.output = output;
        this.out = new Sink(out, "standard output", notices);
        this.err = new Sink(err, "standard error", line -> {});
        this.notices = notices;
    }

    Sink out(int index) throws IOException {
        return of(index, "out", out);
    }

    Sink err(int index) throws IOException {
        return of(index, "err", err);
    }

    private synchronized Sink of(int rank, String kind, Sink shared) throws IOException {
        if (!output.ranks().isEmpty() && !output.ranks().contains(rank)) {
            return new Sink(OutputStream.nullOutputStream(), "nowhere", notices);
        }
        if (output.folder().isEmpty()) {
            return shared;
        }
        String name = "rank." + rank + "." + kind;
        Sink known = files.get(name);
        if (known == null) {
            Path file = Files.createDirectories(output.folder().get()).resolve(name);
            known = new Sink(Files.newOutputStream(file), file.toString(), notices);
            files.put(name, known);
        }
        return known;
    }
}
