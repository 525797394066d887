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
    private AotCache() {}

    /** The flags that use the cache if it exists, or record it; no flags if there is none. */
    public static List<String> flags(Path folder, JobSpec.Host host, List<String> flags, boolean record) {
        Path file = file(folder, host, flags);
        if (record) {
            return List.of("-XX:AOTCacheOutput=" + file, "-Xlog:aot=off", "-Xlog:cds=off");
        }
        return Files.isReadable(file) ? List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off") : List.of();
    }

    /** The file that belongs to this JDK, these jars and this collector. */
    public static Path file(Path folder, JobSpec.Host host, List<String> flags) {
        MessageDigest digest = sha256();
        digest.update(mark(host.javaHome().resolve("release")));
        host.runtimePath().forEach(jar -> digest.update(mark(jar)));
        flags.stream().filter(f -> f.startsWith("-XX:+Use") || f.equals(RankFlags.VECTORS)).forEach(f -> digest.update(f.getBytes(StandardCharsets.UTF_8)));
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
