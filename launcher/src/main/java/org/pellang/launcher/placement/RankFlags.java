package org.pellang.launcher.placement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * JVM flags of ranks: full C2, large pages where the system has them, the throughput collector unless every core is busy with
 * a rank, one fixed heap size, threads of compilers and collector by the cores that each JVM has, vectors.
 */
public final class RankFlags {
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private static final String ATTRIBUTE = "Pel-Vectors";

    private RankFlags() {}

    /** Bytes for young objects: collections are rare enough, and the pages stay few. */
    private static final long YOUNG = 512L << 20;

    /** Whether a program says that it can do without the module of vectors; those that say nothing may need it. */
    public static boolean needsVectors(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest == null || !"no".equals(manifest.getMainAttributes().getValue(ATTRIBUTE));
        } catch (IOException e) {
            // Whoever loads it will say what is wrong.
            return true;
        }
    }

    /**
     * The flags for the JVMs of a job with so many ranks on a host with so many cores.
     *
     * @param vectors whether the program needs the module of vectors: a JVM with an incubator module links no classes ahead of time
     */
    public static List<String> of(HeapPlan heap, int ranks, int cores, boolean vectors) {
        List<String> flags = new ArrayList<>();
        flags.add("-Xms" + (heap.heapPerJvm() >> 20) + "m");
        flags.add("-Xmx" + (heap.heapPerJvm() >> 20) + "m");
        // A third of the heap, as by default, would be touched page by page before the first collection.
        flags.add("-Xmn" + Math.max(1, Math.min(heap.heapPerJvm() / 3, YOUNG) >> 20) + "m");
        flags.add(ranks >= cores ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC");
        // Several JVMs share the cores: each by itself would start as many threads as if it were alone.
        int share = Math.max(1, cores / heap.jvms());
        if (ranks < cores && heap.jvms() > 1) {
            flags.add("-XX:ParallelGCThreads=" + share);
        }
        flags.add("-XX:CICompilerCount=" + compilers(share));
        if (hugePages()) {
            flags.add("-XX:+UseTransparentHugePages");
        }
        // A loop body may be long: methods above 8,000 bytecodes would be interpreted for ever.
        flags.add("-XX:-DontCompileHugeMethods");
        // Each pass of a vector function is as long as C2 can take in one piece, and the loops that call several are not that long then.
        flags.add("-XX:CompileCommand=quiet");
        flags.add("-XX:CompileCommand=dontinline,org.pellang.stdlib.Vector*::*Pass");
        flags.add("-XX:-UsePerfData");
        if (vectors) {
            flags.add(AotCache.VECTORS);
        }
        flags.add("--enable-native-access=ALL-UNNAMED");
        return List.copyOf(flags);
    }

    /** As many threads of the JVM's compilers as it takes by itself on so many cores: log2(n) log2(log2(n)) 3/2, at least two. */
    static int compilers(int cores) {
        int log = 31 - Integer.numberOfLeadingZeros(Math.max(1, cores));
        int loglog = log < 1 ? 0 : 31 - Integer.numberOfLeadingZeros(log);
        return Math.max(2, log * loglog * 3 / 2);
    }

    // The JVM writes a warning to standard output where the flag has no effect.
    private static boolean hugePages() {
        try {
            return !Files.readString(HUGE_PAGES).contains("[never]");
        } catch (IOException e) {
            return false;
        }
    }
}
