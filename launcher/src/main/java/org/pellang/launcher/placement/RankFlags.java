package org.pellang.launcher.placement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * JVM flags of ranks: full C2, large pages where the system has them, the throughput collector unless every core is busy with
 * a rank, one fixed heap size, vectors.
 */
public final class RankFlags {
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private RankFlags() {}

    /** The flags for the JVMs of a job with so many ranks on a host with so many cores. */
    public static List<String> of(HeapPlan heap, int ranks, int cores) {
        List<String> flags = new ArrayList<>();
        flags.add("-Xms" + (heap.heapPerJvm() >> 20) + "m");
        flags.add("-Xmx" + (heap.heapPerJvm() >> 20) + "m");
        flags.add(ranks >= cores ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC");
        if (hugePages()) {
            flags.add("-XX:+UseTransparentHugePages");
        }
        // A loop body may be long: methods above 8,000 bytecodes would be interpreted for ever.
        flags.add("-XX:-DontCompileHugeMethods");
        // Each pass of a vector function is as long as C2 can take in one piece, and the loops that call several are not that long then.
        flags.add("-XX:CompileCommand=quiet");
        flags.add("-XX:CompileCommand=dontinline,org.pellang.stdlib.Vector*::*Pass");
        flags.add("-XX:-UsePerfData");
        flags.add("--add-modules=jdk.incubator.vector");
        flags.add("--enable-native-access=ALL-UNNAMED");
        return List.copyOf(flags);
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
