package org.pellang.launcher.placement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory that a job may use on this host.
 *
 * @param total bytes of physical memory, or of the control group's limit if that is lower
 * @param limitedBy "physical memory" or "the control group's limit"
 */
public record HostMemory(long total, String limitedBy) {

    private static final List<Path> CGROUP_LIMITS =
            List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

    /** Reads {@code /proc/meminfo} and the control group; the JVM's own view where there is neither. */
    public static HostMemory here() {
        long physical = physical();
        long limit = cgroupLimit();
        return limit < physical ? new HostMemory(limit, "the control group's limit") : new HostMemory(physical, "physical memory");
    }

    private static long physical() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemTotal:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Not Linux: the JVM's default maximum heap is a quarter of the memory.
        }
        return Runtime.getRuntime().maxMemory() * 4;
    }

    private static long cgroupLimit() {
        for (Path file : CGROUP_LIMITS) {
            try {
                String text = Files.readString(file).trim();
                return text.equals("max") ? Long.MAX_VALUE : Long.parseLong(text);
            } catch (IOException | NumberFormatException e) {
                // The other version of control groups, or none.
            }
        }
        return Long.MAX_VALUE;
    }
}
