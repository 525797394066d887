package org.pellang.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** {@code pel:test-compile}: checks the programs of {@code src/test/pel}. */
public final class TestCompileMojo extends PelMojo {
    private File testSourceDirectory = new File("src/test/pel");
    private File outputDirectory = new File("target/pel");
    private boolean denyWarnings;
    private boolean skipTests;

    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        Sources sources = Sources.in(testSourceDirectory);
        int errors = 0;
        for (Path program : skipTests ? List.<Path>of() : sources.programs()) {
            Path mark = outputDirectory.toPath().resolve(".checked").resolve(sources.name(program));
            errors += compile(sources, program, List.of("pelc", "--check-only"), denyWarnings, mark, null);
        }
        failIf(errors);
    }
}
