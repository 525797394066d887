package org.pellang.quality.differential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Compiled programs that one job runs one after another ({@link ManyPrograms}): starting JVMs for each takes most of the time of short ones. */
final class Batch {
    private final Path folder;

    /** @param folder an empty one, which keeps the programs */
    Batch(Path folder) {
        this.folder = folder;
    }

    /** Adds a program; they run in the order of their names. */
    void add(String name, byte[] jar, List<String> options) throws IOException {
        Files.write(folder.resolve(name + ".jar"), jar);
        Files.write(folder.resolve(name + ".jar" + ManyPrograms.OPTIONS), options);
    }

    /** What the job needs in its environment. */
    Map<String, String> environment() {
        return Map.of(ManyPrograms.FOLDER, folder.toString());
    }

    /** The program that runs them all. */
    Path jar() throws IOException {
        Path jar = folder.resolve("all");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Pel-Program", ManyPrograms.class.getName());
        String name = ManyPrograms.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream file = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream bytes = ManyPrograms.class.getClassLoader().getResourceAsStream(name)) {
            file.putNextEntry(new ZipEntry(name));
            Objects.requireNonNull(bytes).transferTo(file);
            file.closeEntry();
        }
        return jar;
    }

    /** What each program has printed, by name, from what the job has. */
    static Map<String, String> printed(String output) {
        Map<String, String> printed = new HashMap<>();
        for (String part : output.split("(?m)^" + ManyPrograms.MARK)) {
            int end = part.indexOf('\n');
            if (end >= 0) {
                printed.put(part.substring(0, end).replaceFirst("\\.jar$", ""), part.substring(end + 1));
            }
        }
        return printed;
    }
}
