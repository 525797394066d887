package org.pellang.launcher.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the kernel ended processes for lack of memory since the job began: its counters, before and after. */
public final class OomEvidence {
    private static final List<Path> COUNTERS =
            List.of(Path.of("/sys/fs/cgroup/memory.events"), Path.of("/sys/fs/cgroup/memory/memory.oom_control"), Path.of("/proc/vmstat"));

    private final List<Path> files;
    private final long before;

    /** From now on. */
    public OomEvidence() {
        this(COUNTERS);
    }

    OomEvidence(List<Path> files) {
        this.files = files;
        this.before = kills();
    }

    /** One line for or against the out-of-memory killer. */
    public String verdict() {
        long now = kills();
        if (before < 0 || now < 0) {
            return "the kernel's out-of-memory counter cannot be read here; `dmesg` may tell";
        }
        return now > before
                ? "the kernel's out-of-memory killer has struck since the job began (oom_kill went from %d to %d): use fewer ranks or a smaller --heap"
                        .formatted(before, now)
                : "the kernel counted no out-of-memory kill, so somebody sent the signal";
    }

    private long kills() {
        for (Path file : files) {
            try {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("oom_kill ")) {
                        return Long.parseLong(line.substring("oom_kill ".length()).trim());
                    }
                }
            } catch (IOException | NumberFormatException e) {
                // Not on this system: the next one.
            }
        }
        return -1;
    }
}
