package org.pellang.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** {@code pel:run}: runs a program of {@code src/main/pel}. */
public final class RunMojo extends PelMojo {
    private File sourceDirectory = new File("src/main/pel");
    private List<String> classpathElements = List.of();
    private @Nullable String program;
    private int ranks = 1;
    private @Nullable String arguments;

    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        List<String> command = new ArrayList<>(List.of("pelrun", "-n", Integer.toString(ranks)));
        command.addAll(classPath(existing(classpathElements)));
        command.add(chosen().toString());
        if (arguments != null && !arguments.isBlank()) {
            command.addAll(Arrays.asList(arguments.strip().split("\\s+")));
        }
        int code = run(command);
        if (code != 0) {
            throw new MojoFailureException("the program ended with exit code " + code);
        }
    }

    private Path chosen() throws MojoExecutionException, MojoFailureException {
        Sources sources = Sources.in(sourceDirectory);
        List<Path> programs = sources.files();
        List<String> names = programs.stream().map(sources::name).toList();
        String wanted = program == null ? null : program.replaceFirst("\\.pel$", "");
        if (wanted == null && programs.size() != 1) {
            throw new MojoFailureException(programs.isEmpty() ? "there is no program in " + sourceDirectory : "which program? -Dpel.program= one of " + names);
        }
        int at = wanted == null ? 0 : names.indexOf(wanted);
        if (at < 0) {
            throw new MojoFailureException("there is no program " + wanted + " in " + sourceDirectory + "; there are " + names);
        }
        return folder().relativize(programs.get(at));
    }
}
