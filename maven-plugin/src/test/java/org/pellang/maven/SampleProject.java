package org.pellang.maven;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A copy of a project of {@code src/test/projects} with the plugin in a local repository of its own, built offline by a Maven process. */
final class SampleProject {
    private static final long MAX_SECONDS = 240;

    private final Path folder;
    private final Path repository;

    /** What Maven said, and its exit code. */
    record Build(int exitCode, String log) {}

    SampleProject(String name, Path work) throws IOException {
        this.folder = work.resolve(name);
        this.repository = work.resolve("repository");
        copy(Path.of("src/test/projects", name), folder);
        plugin();
    }

    static Path root() {
        return Path.of(System.getProperty("pel.root", "..")).toAbsolutePath().normalize();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Build maven(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("pel.maven.home") + "/bin/mvn", "-B", "-o", "-Dmaven.repo.local=" + repository));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "build", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(new File("/dev/null"));
        builder.environment().put("JAVA_HOME", System.getProperty("pel.maven.java"));
        builder.environment().put("PEL_HOME", root().toString());
        builder.environment().put("PEL_NO_BUILD", "1");
        // No caches: the test leaves nothing behind, and does not wait for one to be made.
        builder.environment().put("XDG_CACHE_HOME", "/dev/null/none");
        builder.environment().keySet().removeIf(k -> k.startsWith("MAVEN_"));
        Process process = builder.start();
        if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("Maven did not end:\n" + Files.readString(log));
        }
        return new Build(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
    }

    /** Everything of the real repository by links, and the plugin that has just been built. */
    private void plugin() throws IOException {
        Path real = Path.of(System.getProperty("pel.maven.repository"));
        link(real, repository, "org");
        link(real.resolve("org"), repository.resolve("org"), "pellang");
        Path home = Files.createDirectories(repository.resolve("org/pellang/pel-maven-plugin/0-test"));
        Files.writeString(home.resolve("pel-maven-plugin-0-test.pom"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.pellang</groupId><artifactId>pel-maven-plugin</artifactId><version>0-test</version>
                </project>
                """);
        Path classes = Path.of("target/classes").toAbsolutePath();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(home.resolve("pel-maven-plugin-0-test.jar")));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                String name = file.getFileName().toString();
                // The version of the build gives way to that of the test.
                jar.write(name.equals("plugin.xml")
                        ? Files.readString(file).replaceFirst("<version>[^<]*</version>", "<version>0-test</version>").getBytes(StandardCharsets.UTF_8)
                        : Files.readAllBytes(file));
            }
        }
    }

    private static void link(Path from, Path to, String without) throws IOException {
        Files.createDirectories(to);
        if (Files.isDirectory(from)) {
            try (Stream<Path> entries = Files.list(from)) {
                for (Path entry : entries.filter(e -> !e.endsWith(without)).toList()) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            tree.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
