package org.pellang.quality.differential;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.PelCompiler;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.interpreter.Interpreter;
import org.pellang.compiler.interpreter.Output;
import org.pellang.compiler.sema.Checker;
import org.pellang.compiler.sema.ModuleSource;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Parser;
import org.pellang.runtime.Console;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.bootstrap.Outcome;
import org.pellang.runtime.bootstrap.ThreadsEngine;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.stdlib.Format;

/** Compiles and runs programs inside this JVM. */
final class Toolchain {
    private final ModuleSource modules = new Modules();
    private final PelCompiler compiler = new PelCompiler(modules, runtimePath(), "test");

    /**
     * A compiled program.
     *
     * @param errors messages that stopped compilation
     * @param jar null if there are errors
     */
    record Compiled(List<Diagnostic> errors, byte @Nullable [] jar) {
        String messages() {
            StringBuilder out = new StringBuilder();
            errors.forEach(d -> out.append(d.code()).append(' ').append(d.primary().line()).append(": ").append(d.message()).append('\n'));
            return out.toString();
        }
    }

    /** What a job printed and how it ended. */
    record Run(int exitCode, String out, String report) {}

    /** Folders or jars of the runtime and the standard library. */
    static List<Path> runtimePath() {
        return List.of(home(PelProgram.class), home(Format.class));
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The declarations of the standard library. */
    ModuleSource modules() {
        return modules;
    }

    /** Compiles a text. */
    Compiled compile(String name, String text) {
        return compile(name, text, new PelCompiler.Goal.Jar());
    }

    /** Compiles a text for a goal. */
    Compiled compile(String name, String text, PelCompiler.Goal goal) {
        PelCompiler.Result result = compiler.compile(SourceFile.of(name, text), goal);
        return new Compiled(result.diagnostics().stream().filter(Diagnostic::isError).toList(), result.product());
    }

    /** The names of the tests that a text declares. */
    List<PelCompiler.Test> tests(String name, String text) {
        return compiler.compile(SourceFile.of(name, text), new PelCompiler.Goal.Check()).tests();
    }

    /** The warnings of a text. */
    List<Diagnostic> warnings(String name, String text) {
        return compiler.compile(SourceFile.of(name, text), new PelCompiler.Goal.Check()).diagnostics().stream().filter(d -> !d.isError()).toList();
    }

    /** The errors of a text. */
    List<Diagnostic> errors(String text) {
        return compiler.compile(SourceFile.of("p.pel", text), new PelCompiler.Goal.Check()).diagnostics().stream().filter(Diagnostic::isError).toList();
    }

    /** Runs a compiled program, all ranks threads of this JVM. */
    Run run(byte[] jar, int ranks, List<String> arguments) {
        return run(jar, ranks, 1, arguments);
    }

    /** The same with several threads for each rank. */
    Run run(byte[] jar, int ranks, int threads, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        Outcome outcome = ThreadsEngine.run(program(jar), ranks, threads, arguments, console);
        return new Run(outcome.exitCode(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The same with checkpoints. */
    Run run(byte[] jar, int ranks, List<String> arguments, CheckpointOptions checkpoints) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        Outcome outcome = ThreadsEngine.run(program(jar), ranks, arguments, console, checkpoints);
        return new Run(outcome.exitCode(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A text without errors as the interpreter wants it. */
    TypedProgram typed(String name, String text) {
        Diagnostics diagnostics = new Diagnostics();
        TypedProgram program = Checker.check(Parser.parse(SourceFile.of(name, text), diagnostics), modules, diagnostics);
        if (diagnostics.hasErrors()) {
            throw new IllegalArgumentException("the program has errors: " + diagnostics.sorted());
        }
        return program;
    }

    /** Runs a program by the reference interpreter. */
    Run interpret(TypedProgram program, int ranks, List<String> arguments) {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        int code = new Interpreter(Toolchain.class.getClassLoader()).run(program, ranks, arguments, new Output() {
            @Override
            public void print(String line) {
                out.append(line).append('\n');
            }

            @Override
            public void note(String line) {
                print(line);
            }

            @Override
            public void error(String text) {
                err.append(text).append('\n');
            }
        });
        return new Run(code, out.toString(), err.toString());
    }

    private static Supplier<PelProgram> program(byte[] jar) {
        Classes classes = new Classes(jar);
        return () -> {
            try {
                return (PelProgram) classes.loadClass(classes.main).getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** The classes of a jar in memory. */
    private static final class Classes extends ClassLoader {
        private final Map<String, byte[]> files = new HashMap<>();
        private final String main;

        Classes(byte[] jar) {
            super(Toolchain.class.getClassLoader());
            try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
                this.main = in.getManifest().getMainAttributes().getValue("Pel-Program");
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = files.get(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    /** The standard library's declarations from its jar. */
    private static final class Modules implements ModuleSource {
        @Override
        public List<String> standardModules() {
            return List.of("io", "math", "random", "sorting", "stats", "text");
        }

        @Override
        public @Nullable SourceFile find(String module) {
            try (InputStream in = Format.class.getResourceAsStream("/org/pellang/stdlib/" + module + ".pel")) {
                return in == null ? null : SourceFile.of(module + ".pel", new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
