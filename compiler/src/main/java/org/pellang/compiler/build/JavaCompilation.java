package org.pellang.compiler.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.pellang.compiler.codegen.JavaSourceFile;
import org.pellang.compiler.diagnostic.CompilerBug;

/** Runs javac in this process, from memory to memory. An error in generated Java is our fault: a {@link CompilerBug} with the source. */
public final class JavaCompilation {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private JavaCompilation() {}

    /** The program needs more than a Java class can hold. */
    public static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }
    }

    /**
     * Compiles the files.
     *
     * @param classPath jars or folders of the runtime and the standard library
     * @return class files by binary name, sorted
     * @throws TooLarge if a method or the class exceeds a limit of the class file format
     */
    public static Map<String, byte[]> compile(List<JavaSourceFile> files, List<Path> classPath) throws TooLarge {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            throw new CompilerBug("this Java has no compiler: a JDK is needed, not a JRE");
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard = javac.getStandardFileManager(found, Locale.ROOT, null)) {
            standard.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            Memory memory = new Memory(standard);
            List<Source> sources = files.stream().map(Source::new).toList();
            if (!javac.getTask(null, memory, found, options(files), null, sources).call()) {
                throw failure(files, found);
            }
            return memory.classes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> options(List<JavaSourceFile> files) {
        List<String> options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-Xlint:none", "-g", "-XDuseUnsharedTable=true"));
        if (files.stream().anyMatch(f -> f.text().contains("import " + VECTOR_MODULE))) {
            options.addAll(List.of("--add-modules", VECTOR_MODULE));
        }
        return options;
    }

    private static TooLarge failure(List<JavaSourceFile> files, DiagnosticCollector<JavaFileObject> found) throws TooLarge {
        List<Diagnostic<? extends JavaFileObject>> errors = found.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .collect(Collectors.toList());
        for (Diagnostic<? extends JavaFileObject> e : errors) {
            String code = String.valueOf(e.getCode());
            if (code.contains("limit.code") || code.contains("limit.pool") || code.contains("limit.string") || code.contains("limit.stack")) {
                return new TooLarge(e.getMessage(Locale.ROOT));
            }
        }
        StringBuilder report = new StringBuilder("javac refused generated code:\n");
        errors.forEach(e -> report.append(e.getLineNumber()).append(": ").append(e.getMessage(Locale.ROOT)).append('\n'));
        files.forEach(f -> report.append("\n// ---- ").append(f.name()).append('\n').append(f.text()));
        throw new CompilerBug(report.toString());
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(JavaSourceFile file) {
            super(URI.create("memory:///" + file.name().replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = file.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ClassFile(String name) {
            super(URI.create("memory:///" + name.replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    /** Keeps class files; everything else is on the class path. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ClassFile> files = new TreeMap<>();

        Memory(JavaFileManager next) {
            super(next);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return files.computeIfAbsent(className, ClassFile::new);
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> out = new TreeMap<>();
            files.forEach((name, file) -> out.put(name, file.bytes.toByteArray()));
            return out;
        }
    }
}
