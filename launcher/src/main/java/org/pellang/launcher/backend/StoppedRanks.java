package org.pellang.launcher.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks after ranks that were stopped (SIGSTOP, a debugger, a frozen container): the others wait for them, so after some seconds they count as lost and are
 * killed; a SIGCONT that comes later finds nobody.
 */
final class StoppedRanks implements AutoCloseable {
    private static final long LOOK_MILLIS = 500;
    private static final int LOOKS = 10;

    private final Supplier<List<Long>> pids;
    private final Consumer<String> notices;
    private final Map<Long, Integer> seen = new HashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private StoppedRanks(Supplier<List<Long>> pids, Consumer<String> notices) {
        this.pids = pids;
        this.notices = notices;
    }

    /** @param pids the job's processes now, in order */
    static StoppedRanks watch(Supplier<List<Long>> pids, Consumer<String> notices) {
        StoppedRanks watch = new StoppedRanks(pids, notices);
        Thread.ofPlatform().daemon().name("stopped-ranks").start(watch::run);
        return watch;
    }

    private void run() {
        try {
            while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                List<Long> now = pids.get();
                for (int r = 0; r < now.size(); r++) {
                    look(r, now.get(r));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(int rank, long pid) {
        if (!stopped(pid)) {
            seen.remove(pid);
        } else if (seen.merge(pid, 1, Integer::sum) == LOOKS) {
            notices.accept("rank %d (process %d) has been stopped for %d s and counts as lost".formatted(rank, pid, LOOKS * LOOK_MILLIS / 1000));
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** The state in /proc: the letter behind the name in parentheses, T when stopped by a signal. */
    private static boolean stopped(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            int close = stat.lastIndexOf(')');
            return close >= 0 && close + 2 < stat.length() && stat.charAt(close + 2) == 'T';
        } catch (IOException e) {
            // It has ended, or this is not Linux.
            return false;
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
