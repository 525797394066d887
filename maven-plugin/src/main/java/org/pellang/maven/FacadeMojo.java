package org.pellang.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * {@code pel:facade}: a Java source for each program of {@code src/main/pel} that has functions for Java, before javac runs. The Java that the programs call need not be
 * compiled: {@code pel:compile} looks at it later.
 */
public final class FacadeMojo extends PelMojo {
    private File sourceDirectory = new File("src/main/pel");
    private File outputDirectory = new File("target/pel");
    private File facadeDirectory = new File("target/generated-sources/pel");
    private String javaPackage = "";
    private @Nullable MavenProject project;

    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        Sources sources = Sources.in(sourceDirectory);
        Path marks = outputDirectory.toPath().resolve(".facades");
        List<Path> products = new ArrayList<>();
        int errors = 0;
        try {
            for (Path program : sources.files()) {
                Path made = outputDirectory.toPath().resolve(".facades-new").resolve(sources.name(program));
                Products.remove(made);
                List<String> command = List.of(
                        "pelc", "--facade=" + made, "--java-package=" + sources.javaPackage(program, Sources.javaName(javaPackage)));
                Step step = new Step(sources, program, command, List.of(), List.of(), new Mark(marks.resolve(sources.name(program))));
                errors += compile(step, false, () -> Products.files(made, facadeDirectory.toPath()));
                Products.remove(made);
                products.addAll(step.mark().products());
            }
            Products.settle(marks.resolve("-products"), products);
        } catch (IOException e) {
            throw new MojoExecutionException("cannot write to " + marks + ": " + e.getMessage(), e);
        }
        failIf(errors);
        if (project != null && !products.isEmpty()) {
            project.addCompileSourceRoot(facadeDirectory.getPath());
        }
    }

    @Override
    String verb() {
        return "facade of";
    }

    /** Warnings come with {@code pel:compile}. */
    @Override
    boolean showsAll() {
        return false;
    }
}
