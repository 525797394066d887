package org.pellang.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.pellang.runtime.PelProgram;

/** The jar of a program that says {@code up} on every rank and waits for ever, or ends after a collective with {@code --quick}; with {@code --read} rank 1 reads
 * standard input. */
final class TinyProgram {
    private static final String SOURCE =
            """
            import org.pellang.runtime.*;
            public final class Tiny implements PelProgram {
                public Tiny() {}
                @Override public ProgramInfo info() {
                    return new ProgramInfo("tiny", "", java.util.List.of(new OptionSpec("quick", OptionSpec.Kind.BOOL, "false", ""),
                        new OptionSpec("read", OptionSpec.Kind.BOOL, "false", "")));
                }
                @Override public void run(Rank rank) throws Throwable {
                    rank.note("up");
                    if (rank.options().has("read")) {
                        rank.world().barrier();
                        if (rank.rank() == 1) rank.note("rank 1 has read " + System.in.readAllBytes().length);
                        rank.world().barrier();
                        return;
                    }
                    if (!rank.options().has("quick")) new java.util.concurrent.CountDownLatch(1).await();
                    rank.world().allreduce(1L, Op.SUM);
                }
            }
            """;

    private TinyProgram() {}

    static Path jar(Path folder) throws IOException {
        var source = new SimpleJavaFileObject(URI.create("string:///Tiny.java"), SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return SOURCE;
            }
        };
        String runtime = URI.create(PelProgram.class.getProtectionDomain().getCodeSource().getLocation().toString()).getPath();
        StringWriter messages = new StringWriter();
        List<String> options = List.of("-d", folder.toString(), "-cp", runtime);
        if (!ToolProvider.getSystemJavaCompiler().getTask(messages, null, null, options, null, List.of(source)).call()) {
            throw new IllegalArgumentException(messages.toString());
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Pel-Program", "Tiny");
        Path jar = folder.resolve("tiny.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("Tiny.class"));
            out.write(Files.readAllBytes(folder.resolve("Tiny.class")));
            out.closeEntry();
        }
        return jar;
    }
}
