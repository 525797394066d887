package org.pellang.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** {@code pel:test-compile}: checks the programs of {@code src/test/pel}, which may use those of {@code src/main/pel} and the module's Java. */
public final class TestCompileMojo extends PelMojo {
    private File sourceDirectory = new File("src/main/pel");
    private File testSourceDirectory = new File("src/test/pel");
    private File outputDirectory = new File("target/pel");
    private List<String> classpathElements = List.of();
    private boolean denyWarnings;
    private boolean skipTests;

    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        Sources sources = Sources.in(testSourceDirectory);
        List<Path> classPath = existing(classpathElements);
        List<Path> modules = existing(List.of(sourceDirectory.getPath()));
        int errors = 0;
        for (Path program : skipTests ? List.<Path>of() : sources.files()) {
            List<String> command = new ArrayList<>(List.of("pelc", "--check-only"));
            command.addAll(classPath(classPath));
            modules.forEach(folder -> command.add("--source-path=" + folder));
            Mark mark = new Mark(outputDirectory.toPath().resolve(".checked").resolve(sources.name(program)));
            errors += compile(new Step(sources, program, command, modules, classPath, mark), denyWarnings, List::of);
        }
        failIf(errors);
    }
}
