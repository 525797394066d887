package org.pellang.runtime.bootstrap;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Halts this JVM when the process that started it is gone: a launcher that was killed cannot end its ranks. */
final class ParentWatch {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private ParentWatch() {}

    static void start() {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        if (parent.isPresent()) {
            long pid = parent.get().pid();
            Thread.ofPlatform().daemon().name("parent").stackSize(128 << 10).start(() -> watch(pid));
        }
    }

    private static void watch(long pid) {
        // An orphan gets another parent.
        while (ProcessHandle.current().parent().map(p -> p.pid() == pid).orElse(false)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Leftovers.sweepOrphans();
        Runtime.getRuntime().halt(ControlPipe.LAUNCHER_GONE);
    }
}
