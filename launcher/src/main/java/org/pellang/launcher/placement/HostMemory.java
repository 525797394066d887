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

    /** Reads {@code /proc/meminfo} and the control group; the JVM's own view where there is neither. */
    public static HostMemory here() {
        long physical = physical();
        long limit = cgroupLimit(Path.of("/"));
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

    /**
     * The lowest limit of the groups in which this process is, from its own up: within a container its own looks like the root, elsewhere a slice or a step of a
     * resource manager lies below it.
     *
     * @param root {@code /}, or a folder that stands for it
     */
    static long cgroupLimit(Path root) {
        long least = Long.MAX_VALUE;
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            // Version 2: 0::/path; version 1: 9:memory:/path.
            String[] parts = line.split(":", 3);
            boolean second = line.startsWith("0::");
            if (parts.length == 3 && (second || List.of(parts[1].split(",")).contains("memory"))) {
                Path mount = root.resolve(second ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
                String file = second ? "memory.max" : "memory.limit_in_bytes";
                for (Path group = mount.resolve(parts[2].substring(1)).normalize(); group != null && group.startsWith(mount); group = group.getParent()) {
                    least = Math.min(least, limit(group.resolve(file)));
                }
            }
        }
        return least;
    }

    private static long limit(Path file) {
        List<String> lines = lines(file);
        try {
            return lines.isEmpty() || lines.getFirst().equals("max") ? Long.MAX_VALUE : Long.parseLong(lines.getFirst().strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            // The other version of control groups, a path that this container does not see, or none.
            return List.of();
        }
    }
}
