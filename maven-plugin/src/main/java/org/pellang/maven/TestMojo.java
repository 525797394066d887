package org.pellang.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** {@code pel:test}: runs the {@code test} blocks of all programs. */
public final class TestMojo extends PelMojo {
    private File sourceDirectory = new File("src/main/pel");
    private File testSourceDirectory = new File("src/test/pel");
    private File reportsDirectory = new File("target/surefire-reports");
    private List<String> classpathElements = List.of();
    private @Nullable String filter;
    private boolean skipTests;
    private boolean skipAllTests;
    private boolean testFailureIgnore;

    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        List<Path> programs = new ArrayList<>(Sources.in(sourceDirectory).files());
        programs.addAll(Sources.in(testSourceDirectory).files());
        if (skipTests || skipAllTests || programs.isEmpty()) {
            getLog().info(programs.isEmpty() ? "no programs" : "tests are skipped");
            return;
        }
        List<String> command = new ArrayList<>(List.of("pel", "test", "--junit-xml", reportsDirectory.toString()));
        command.addAll(classPath(existing(classpathElements)));
        existing(List.of(sourceDirectory.getPath())).forEach(folder -> command.add("--source-path=" + folder));
        if (filter != null) {
            command.add("--filter=" + filter);
        }
        programs.forEach(program -> command.add(folder().relativize(program).toString()));
        int code = run(command);
        if (code == 1 && testFailureIgnore) {
            getLog().error("there are test failures");
        } else if (code == 1) {
            throw new MojoFailureException("there are test failures; reports are in " + reportsDirectory);
        } else if (code != 0) {
            throw new MojoExecutionException("pel test ended with exit code " + code);
        }
    }
}
