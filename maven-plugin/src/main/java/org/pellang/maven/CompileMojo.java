package org.pellang.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** {@code pel:compile}: each program of {@code src/main/pel} to a jar. */
public final class CompileMojo extends PelMojo {
    private File sourceDirectory = new File("src/main/pel");
    private File outputDirectory = new File("target/pel");
    private boolean denyWarnings;

    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        Sources sources = Sources.in(sourceDirectory);
        int errors = 0;
        for (Path program : sources.programs()) {
            Path jar = outputDirectory.toPath().resolve(sources.name(program) + ".jar");
            Path mark = outputDirectory.toPath().resolve(".compiled").resolve(sources.name(program));
            errors += compile(sources, program, List.of("pelc", "-o", jar.toString()), denyWarnings, mark, jar);
        }
        failIf(errors);
    }
}
