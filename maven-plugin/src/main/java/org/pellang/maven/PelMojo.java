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

    /** The parts of a class path that exist. */
    static List<Path> existing(List<String> elements) {
        return elements.stream().map(Path::of).filter(Files::exists).toList();
    }

    /** {@code -cp} with these entries, if there are some. */
    static List<String> classPath(List<Path> entries) {
        return entries.isEmpty() ? List.of() : List.of("-cp", String.join(File.pathSeparator, entries.stream().map(Path::toString).toList()));
    }

    /**
     * One source on its way through a command.
     *
     * @param sources all of its folder
     * @param command without the source
     * @param more folders with other modules
     * @param classPath of the Java that it calls
     * @param mark what the last build left
     */
    record Step(Sources sources, Path source, List<String> command, List<Path> more, List<Path> classPath, Mark mark) {}

    /** Takes what a command has made to its place. */
    interface After {
        /** Returns all products. */
        List<Path> products() throws IOException;
    }

    /**
     * Compiles or checks one source if it or PEL has changed since it last went well.
     *
     * @return the number of errors
     */
    final int compile(Step step, boolean denyWarnings, After after) throws MojoExecutionException {
        Pel pel = pel();
        String hash = step.sources.hash(step.source, pel.stamp() + step.command + denyWarnings, step.more, step.classPath);
        try {
            if (step.mark.holds(hash)) {
                getLog().debug(step.source + " is up to date");
                return 0;
            }
            List<Path> before = step.mark.products();
            step.mark.remove();
            List<String> line = new ArrayList<>(step.command);
            line.add("--error-format=json");
            if (denyWarnings) {
                line.add("--deny-warnings");
            }
            line.add(step.source.toString());
            getLog().info(verb() + " " + folder().relativize(step.source));
            List<Message> messages = new ArrayList<>();
            int code = pel.run(folder(), line, text -> getLog().info(text), text -> show(text, messages));
            if (code == 0) {
                step.mark.write(hash, after.products());
            } else if (code == 1) {
                // The next build tries again, and knows what the last good one made.
                step.mark.write("", before);
            } else {
                throw new MojoExecutionException(line.get(0) + " ended with exit code " + code);
            }
            return code == 0 ? 0 : Math.max(1, (int) messages.stream().filter(m -> m.severity().equals("error")).count());
        } catch (IOException e) {
            throw new MojoExecutionException("cannot write " + step.mark.file() + ": " + e.getMessage(), e);
        }
    }

    /** What {@link #compile} does, for its log. */
    String verb() {
        return "compiling";
    }

    /** Whether messages that are no errors are shown. */
    boolean showsAll() {
        return true;
    }

    private synchronized void show(String line, List<Message> messages) {
        Optional<Message> message = Message.read(line);
        if (message.isEmpty()) {
            getLog().warn(line);
            return;
        }
        messages.add(message.get());
        if (!showsAll() && !message.get().severity().equals("error")) {
            return;
        }
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
