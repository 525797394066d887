package org.pellang.maven;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * The {@code .pel} files of one folder.
 *
 * @param root the folder, which need not exist
 * @param files all of them, by name
 */
record Sources(Path root, List<Path> files) {
    private static final Pattern USE = Pattern.compile("(?m)^\\s*use\\b");
    private static final Pattern EXTERN = Pattern.compile("\\bextern\\s+java\\s+\"([^\"]+)\"");

    static Sources in(File folder) throws MojoExecutionException {
        Path root = folder.toPath();
        if (!Files.isDirectory(root)) {
            return new Sources(root, List.of());
        }
        try (Stream<Path> tree = Files.walk(root)) {
            return new Sources(root, tree.filter(f -> f.toString().endsWith(".pel") && Files.isRegularFile(f)).sorted().toList());
        } catch (IOException e) {
            throw new MojoExecutionException(root + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Name of a file below the root, without its ending. */
    String name(Path file) {
        return root.relativize(file).toString().replaceFirst("\\.pel$", "");
    }

    /**
     * The Java package that a file's folder stands for: {@code com.acme} for {@code com/acme/heat.pel}.
     *
     * @param top the package of files that lie in the root itself
     */
    String javaPackage(Path file, String top) {
        Path folder = root.relativize(file).getParent();
        return folder == null ? top : javaName(folder.toString().replace(File.separatorChar, '.'));
    }

    /** A text as the name of a Java package: what Java does not allow becomes {@code _}. */
    static String javaName(String text) {
        StringBuilder name = new StringBuilder();
        for (String part : text.split("\\.")) {
            String word = part.replaceAll("[^A-Za-z0-9_]", "_");
            boolean prefixed = word.isEmpty() || Character.isDigit(word.charAt(0));
            name.append(name.length() == 0 ? "" : ".").append(prefixed ? "_" : "").append(word).append(SourceVersion.isKeyword(word) ? "_" : "");
        }
        return name.toString();
    }

    /**
     * Changes when a file, one that it may use, or a Java class that one of these calls does; {@code settings} is what else matters.
     *
     * @param more folders with other modules
     * @param classPath where the classes are
     */
    String hash(Path file, String settings, List<Path> more, List<Path> classPath) throws MojoExecutionException {
        StringBuilder all = new StringBuilder(settings).append('\0').append(text(file));
        if (USE.matcher(text(file)).find()) {
            for (Path other : files) {
                all.append('\0').append(other).append('\0').append(text(other));
            }
            for (Path folder : more) {
                for (Path other : in(folder.toFile()).files) {
                    all.append('\0').append(other).append('\0').append(text(other));
                }
            }
        }
        Matcher classes = EXTERN.matcher(all.toString());
        while (classes.find()) {
            all.append('\0').append(stamp(classes.group(1).replace('.', '/') + ".class", classPath));
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The class file's text, or what changes with the jars that may hold it. */
    private static String stamp(String name, List<Path> classPath) throws MojoExecutionException {
        StringBuilder jars = new StringBuilder();
        for (Path entry : classPath) {
            Path file = entry.resolve(name);
            if (Files.isRegularFile(file)) {
                return text(file);
            }
            jars.append('\0').append(entry).append(entry.toFile().isFile() ? " " + entry.toFile().length() + " " + entry.toFile().lastModified() : "");
        }
        return jars.toString();
    }

    // Bytes as they are: whether they are UTF-8 is for the compiler to say.
    private static String text(Path file) throws MojoExecutionException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new MojoExecutionException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
