package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** Programs in Java, compiled in the test. */
final class JavaPrograms {
    private JavaPrograms() {}

    /**
     * The jar of a program with one option.
     *
     * @param root folder for it
     * @param option its name and kind, in Java
     * @param body of {@code run(Rank rank)}
     */
    static Path jar(Path root, String name, String option, String body) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        Path source = Files.writeString(folder.resolve(name + ".java"), """
                import org.pellang.runtime.*;
                public final class %1$s implements PelProgram {
                    public ProgramInfo info() { return new ProgramInfo("%1$s", "", java.util.List.of(new OptionSpec(%2$s, "", ""))); }
                    public void run(Rank rank) throws Throwable {
                        %3$s
                    }
                }
                """.formatted(name, option, body));
        String path = Toolchain.runtimePath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", path, "-d", folder.toString(), source.toString())).isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Pel-Program", name);
        Path file = root.resolve(name + ".jar");
        try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            to.putNextEntry(new JarEntry(name + ".class"));
            to.write(Files.readAllBytes(folder.resolve(name + ".class")));
        }
        return file;
    }
}
