package org.pellang.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** What all goals share; Maven sets the fields. */
abstract class PelMojo extends AbstractMojo {
    private @Nullable String pelHome;
    private boolean skip;
    private File baseDirectory = new File(".");

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("skipped (pel.skip)");
        } else {
            work();
        }
    }

    /** The goal's work. */
    abstract void work() throws MojoExecutionException, MojoFailureException;

    final Pel pel() throws MojoExecutionException {
        return Pel.find(pelHome, System.getenv());
    }

    final Path folder() {
        return baseDirectory.toPath();
    }

    /** Runs a command with output as information. */
    final int run(List<String> command) throws MojoExecutionException {
        return pel().run(folder(), command, line -> getLog().info(line), line -> getLog().warn(line));
    }

    /**
     * Compiles or checks one source if it or PEL has changed since it last went well.
     *
     * @param mark the file that says with which hash it went well
     * @return the number of errors
     */
    final int compile(Sources sources, Path source, List<String> command, boolean denyWarnings, Path mark, @Nullable Path product)
            throws MojoExecutionException {
        Pel pel = pel();
        String hash = sources.hash(source, pel.stamp() + command);
        try {
            if (Files.exists(mark) && Files.readString(mark).equals(hash) && (product == null || Files.exists(product))) {
                getLog().debug(source + " is up to date");
                return 0;
            }
            Files.createDirectories(mark.resolve("..").normalize());
            Files.deleteIfExists(mark);
            if (product != null) {
                Files.createDirectories(product.resolve("..").normalize());
            }
            List<String> line = new ArrayList<>(command);
            line.add("--error-format=json");
            if (denyWarnings) {
                line.add("--deny-warnings");
            }
            line.add(source.toString());
            getLog().info("compiling " + folder().relativize(source));
            List<Message> messages = new ArrayList<>();
            int code = pel.run(folder(), line, text -> getLog().info(text), text -> show(text, messages));
            if (code == 0) {
                Files.writeString(mark, hash);
            } else if (code != 1) {
                throw new MojoExecutionException(line.get(0) + " ended with exit code " + code);
            }
            return code == 0 ? 0 : Math.max(1, (int) messages.stream().filter(m -> m.severity().equals("error")).count());
        } catch (IOException e) {
            throw new MojoExecutionException("cannot write " + mark + ": " + e.getMessage(), e);
        }
    }

    private synchronized void show(String line, List<Message> messages) {
        Optional<Message> message = Message.read(line);
        if (message.isEmpty()) {
            getLog().warn(line);
            return;
        }
        messages.add(message.get());
        switch (message.get().severity()) {
            case "error" -> getLog().error(message.get().text());
            case "warning" -> getLog().warn(message.get().text());
            default -> getLog().info(message.get().text());
        }
    }

    static void failIf(int errors) throws MojoFailureException {
        if (errors > 0) {
            throw new MojoFailureException(errors == 1 ? "there is an error in a PEL program" : "there are " + errors + " errors in PEL programs");
        }
    }
}
