package org.pellang.launcher.placement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.pellang.launcher.JobSpec;

/**
 * Where the AOT cache (JEP 483, 514) of the rank JVMs lies: one file per JDK, runtime jars, collector and use of vectors. It only makes the start
 * faster; without one, or if the JVM does not like it, ranks start as always.
 */
public final class AotCache {
    /** Makes the module of vectors visible. */
    static final String VECTORS = "--add-modules=jdk.incubator.vector";

    private AotCache() {}

    /** Stands for the flags that a host chooses itself: those of its cache, or those that record it. */
    public static final String CHOSEN_THERE = "-XX:AOTCache=@there";

    /** The flags that use the cache if it exists, or record it; no flags if there is none. */
    public static List<String> flags(Path folder, JobSpec.Host host, List<String> flags, boolean record) {
        Path file = file(folder, host.javaHome(), host.runtimePath(), flags);
        return record ? recording(file) : Files.isReadable(file) ? using(file) : List.of();
    }

    /** The flags that use a cache. */
    public static List<String> using(Path file) {
        return List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off");
    }

    /** The flags with which a JVM writes one at its end. It would tell of it on standard output. */
    public static List<String> recording(Path file) {
        return List.of("-XX:AOTCacheOutput=" + file, "-Xlog:aot=off", "-Xlog:cds=off", "-XX:+UnlockDiagnosticVMOptions", "-XX:-DisplayVMOutput");
    }

    /** What the JVM that writes the cache says nevertheless, on standard error, before the name of the file. */
    public static final String ANNOUNCEMENT = "Picked up JAVA_TOOL_OPTIONS:";

    /** The file that belongs to this JDK, these jars, this collector and vectors or none. */
    public static Path file(Path folder, Path javaHome, List<Path> jars, List<String> flags) {
        MessageDigest digest = sha256();
        digest.update(mark(javaHome.resolve("release")));
        jars.forEach(jar -> digest.update(mark(jar)));
        flags.stream().filter(f -> f.startsWith("-XX:+Use") || f.equals(VECTORS)).forEach(f -> digest.update(f.getBytes(StandardCharsets.UTF_8)));
        return folder.resolve("ranks-" + HexFormat.of().formatHex(digest.digest(), 0, 12) + ".aot");
    }

    // The JVM compares sizes and times of the jars with those at training, so the name need not depend on their contents.
    private static byte[] mark(Path file) {
        String text;
        try {
            text = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis() + "\n";
        } catch (IOException e) {
            text = file + "\n";
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
