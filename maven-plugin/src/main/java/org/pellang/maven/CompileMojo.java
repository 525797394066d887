package org.pellang.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/**
 * {@code pel:compile}: each program of {@code src/main/pel} to a jar, after the module's Java, which it may call; the classes that facades call go to the module's classes.
 */
public final class CompileMojo extends PelMojo {
    private File sourceDirectory = new File("src/main/pel");
    private File outputDirectory = new File("target/pel");
    private File classesDirectory = new File("target/classes");
    private List<String> classpathElements = List.of();
    private String javaPackage = "";
    private boolean denyWarnings;

    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        Sources sources = Sources.in(sourceDirectory);
        Path output = outputDirectory.toPath();
        List<Path> classPath = existing(classpathElements);
        List<Path> products = new ArrayList<>();
        int errors = 0;
        try {
            for (Path program : sources.files()) {
                Path jar = output.resolve(sources.name(program) + ".jar");
                Files.createDirectories(jar.resolve("..").normalize());
                List<String> command = new ArrayList<>(List.of(
                        "pelc", "-o", jar.toString(), "--java-package=" + sources.javaPackage(program, Sources.javaName(javaPackage))));
                command.addAll(classPath(classPath));
                Step step = new Step(sources, program, command, List.of(), classPath, new Mark(output.resolve(".compiled").resolve(sources.name(program))));
                errors += compile(step, denyWarnings, () -> {
                    List<Path> made = new ArrayList<>(Products.classes(jar, classesDirectory.toPath()));
                    made.add(jar);
                    return made;
                });
                products.addAll(step.mark().products());
            }
            Products.settle(output.resolve(".compiled").resolve("-products"), products);
        } catch (IOException e) {
            throw new MojoExecutionException("cannot write to " + output + ": " + e.getMessage(), e);
        }
        failIf(errors);
    }
}
