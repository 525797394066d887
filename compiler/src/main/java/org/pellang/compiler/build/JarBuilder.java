package org.pellang.compiler.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.pellang.compiler.codegen.JavaSourceFile;

/** Makes the jar of a program. The same classes give the same bytes. */
public final class JarBuilder {
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final String MAIN = "org.pellang.runtime.bootstrap.RankMain";

    private JarBuilder() {}

    /**
     * The bytes of a jar.
     *
     * @param programClass what {@code Pel-Program} in the manifest names; {@code Pel-Vectors} there says whether the JVM needs the module of vectors, with
     *     which it starts more slowly
     * @param version of the compiler, for {@code Created-By}
     * @param classes class files by binary name
     */
    public static byte[] jar(String programClass, String version, Map<String, byte[]> classes) {
        return jar(programClass, version, classes, List.of());
    }

    /** The same with what the program needs besides the runtime: {@code Class-Path} in the manifest. */
    public static byte[] jar(String programClass, String version, Map<String, byte[]> classes, List<Path> classPath) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, MAIN);
        attributes.putValue("Pel-Program", programClass);
        attributes.putValue("Created-By", "pelc " + version);
        // What the user's own Java needs nobody has looked at.
        attributes.putValue("Pel-Vectors", classPath.isEmpty() && classes.values().stream().noneMatch(JarBuilder::hasVectors) ? "no" : "yes");
        if (!classPath.isEmpty()) {
            attributes.put(Attributes.Name.CLASS_PATH, classPath.stream().map(p -> p.toUri().toString()).collect(Collectors.joining(" ")));
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try {
            manifest.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries.put(JarFile.MANIFEST_NAME, text.toByteArray());
        new TreeMap<>(classes).forEach((name, bytes) -> entries.put(name.replace('.', '/') + ".class", bytes));
        return archive(entries);
    }

    /** Names of other classes are in a class file as they are. */
    private static boolean hasVectors(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains("jdk/incubator/vector");
    }

    /** An archive of Java sources, each where its package says. */
    public static byte[] sources(List<JavaSourceFile> files) {
        Map<String, byte[]> entries = new TreeMap<>();
        files.forEach(f -> entries.put(f.name().replace('.', '/') + ".java", f.text().getBytes(StandardCharsets.UTF_8)));
        return archive(entries);
    }

    private static byte[] archive(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                zip.putNextEntry(entry(e.getKey()));
                zip.write(e.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        return entry;
    }
}
