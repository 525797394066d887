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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * The {@code .pel} files of one folder.
 *
 * @param root the folder, which need not exist
 * @param files all of them, by name
 */
record Sources(Path root, List<Path> files) {
    private static final Pattern USE = Pattern.compile("(?m)^\\s*use\\b");
    private static final Pattern MODULE = Pattern.compile("(?m)^\\s*module\\b");

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

    /** The files that are programs and no modules of others. */
    List<Path> programs() throws MojoExecutionException {
        List<Path> programs = new java.util.ArrayList<>();
        for (Path file : files) {
            if (!MODULE.matcher(text(file)).find()) {
                programs.add(file);
            }
        }
        return programs;
    }

    /** Name of a file below the root, without its ending. */
    String name(Path file) {
        return root.relativize(file).toString().replaceFirst("\\.pel$", "");
    }

    /** Changes when a file, or one that it may use, does; {@code settings} is what else matters. */
    String hash(Path file, String settings) throws MojoExecutionException {
        StringBuilder all = new StringBuilder(settings).append('\0').append(text(file));
        if (USE.matcher(text(file)).find()) {
            for (Path other : files) {
                all.append('\0').append(other).append('\0').append(text(other));
            }
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
