package org.pellang.launcher.placement;

import java.util.List;
import java.util.Optional;

/**
 * What a command line of a JVM says about its threads and its AOT cache, for those who ask what would be started.
 *
 * @param collector {@code serial} or {@code parallel}
 * @param collectorThreads of it
 * @param compilerThreads of the JVM's compilers; 0 if the JVM decides
 * @param aotCache the file, {@code there} if the host chooses one of its own, or empty
 */
public record JvmSettings(String collector, int collectorThreads, int compilerThreads, String aotCache) {
    /** Reads the flags. @param cores that the JVM sees */
    public static JvmSettings of(List<String> command, int cores) {
        boolean serial = command.contains("-XX:+UseSerialGC");
        String cache = command.contains(AotCache.CHOSEN_THERE) ? "there" : value(command, "-XX:AOTCache=").orElse("");
        return new JvmSettings(serial ? "serial" : "parallel", serial ? 1 : value(command, "-XX:ParallelGCThreads=").map(Integer::parseInt).orElse(cores),
                value(command, "-XX:CICompilerCount=").map(Integer::parseInt).orElse(0), cache);
    }

    private static Optional<String> value(List<String> command, String flag) {
        return command.stream().filter(word -> word.startsWith(flag)).map(word -> word.substring(flag.length())).findFirst();
    }
}
