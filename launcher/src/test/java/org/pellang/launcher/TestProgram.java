package org.pellang.launcher;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.pellang.runtime.PelProgram;

/** Jars of tiny hand-written programs, compiled in the test. */
public final class TestProgram {
    private static final String TEMPLATE =
            """
            import org.pellang.runtime.*;
            public final class Tiny implements PelProgram {
                public Tiny() {}
                @Override public ProgramInfo info() {
                    return new ProgramInfo("tiny", "", java.util.List.of(new OptionSpec("n", OptionSpec.Kind.INT, "1", "")));
                }
                @Override public void run(Rank rank) throws Throwable {
                    %s
                }
            }
            """;

    private TestProgram() {}

    /** Compiles a program whose {@code run(Rank rank)} has this body, into {@code folder/tiny.jar}. */
    public static Path jar(Path folder, String body) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        var source = new SimpleJavaFileObject(URI.create("string:///Tiny.java"), SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return TEMPLATE.formatted(body);
            }
        };
        List<String> options = List.of("-d", classes.toString(), "-cp", runtime().toString());
        if (!compiler.getTask(messages, null, null, options, null, List.of(source)).call()) {
            throw new IllegalArgumentException(messages.toString());
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Pel-Program"), "Tiny");
        Path jar = folder.resolve("tiny.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("Tiny.class"));
            out.write(Files.readAllBytes(classes.resolve("Tiny.class")));
            out.closeEntry();
        }
        return jar;
    }

    /** Where the runtime's classes are. */
    public static Path runtime() {
        return Path.of(URI.create(PelProgram.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
