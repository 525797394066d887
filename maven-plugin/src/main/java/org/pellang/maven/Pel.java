package org.pellang.maven;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The commands of PEL as processes of their own: {@code bin/pel} finds the JDK 25, whatever JDK runs Maven.
 *
 * @param home the folder of PEL; its commands are in {@code bin}
 */
record Pel(Path home) {

    /** Finds PEL: as configured, else by {@code PEL_HOME}, else by the {@code pel} on the {@code PATH}. */
    static Pel find(@Nullable String configured, Map<String, String> environment) throws MojoExecutionException {
        String named = configured != null ? configured : environment.get("PEL_HOME");
        if (named != null && !named.isBlank()) {
            if (!Files.isExecutable(Path.of(named, "bin", "pel"))) {
                throw new MojoExecutionException("there is no PEL in " + named + " (bin/pel is missing); set -Dpel.home or PEL_HOME to its folder");
            }
            return new Pel(Path.of(named));
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path command = Path.of(folder, "pel");
            if (Files.isExecutable(command) && Files.isRegularFile(command)) {
                try {
                    return new Pel(command.toRealPath().resolve("../..").normalize());
                } catch (IOException e) {
                    throw new MojoExecutionException(command + " cannot be followed", e);
                }
            }
        }
        throw new MojoExecutionException("PEL was not found: put its bin folder on the PATH, or set -Dpel.home or PEL_HOME to its folder");
    }

    /** Runs {@code bin/COMMAND}; its lines go to the consumers as they come. The result is the exit code. */
    int run(Path folder, List<String> command, Consumer<String> out, Consumer<String> err) throws MojoExecutionException {
        List<String> line = new ArrayList<>(command);
        line.set(0, home.resolve("bin").resolve(command.get(0)).toString());
        try {
            Process process = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            Thread errors = new Thread(() -> lines(process.getErrorStream(), err), "pel-err");
            errors.start();
            lines(process.getInputStream(), out);
            errors.join();
            return process.waitFor();
        } catch (IOException e) {
            throw new MojoExecutionException(line.get(0) + " cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted", e);
        }
    }

    private static void lines(InputStream from, Consumer<String> to) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                to.accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes when PEL does: names, sizes and times of its jars. */
    String stamp() throws MojoExecutionException {
        for (Path lib : List.of(home.resolve("lib"), home.resolve("cli/target/dist/lib"))) {
            if (Files.isDirectory(lib)) {
                try (Stream<Path> jars = Files.list(lib)) {
                    StringBuilder text = new StringBuilder();
                    for (Path jar : jars.sorted().toList()) {
                        text.append(jar).append(' ').append(Files.size(jar)).append(' ').append(Files.getLastModifiedTime(jar).toMillis()).append('\n');
                    }
                    return text.toString();
                } catch (IOException e) {
                    throw new MojoExecutionException(lib + " cannot be read", e);
                }
            }
        }
        return home.toString();
    }
}
