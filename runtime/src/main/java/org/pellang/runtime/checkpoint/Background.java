package org.pellang.runtime.checkpoint;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A part that is being written by a thread of its own. */
final class Background {
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile String failure = "";
    private volatile double seconds;

    private final PartWriter writer;

    private Background(PartWriter writer) {
        this.writer = writer;
    }

    /** @param work of the writer */
    static Background start(int rank, PartWriter writer, Supplier<@Nullable String> work, Faults faults) {
        Background b = new Background(writer);
        long start = faults.now();
        Thread.ofPlatform().daemon().name("checkpoint of rank " + rank).start(() -> {
            try {
                String wrong = work.get();
                b.failure = wrong == null ? "" : wrong;
            } catch (RuntimeException | Error e) {
                b.failure = e.toString();
            } finally {
                b.seconds = (faults.now() - start) / 1e9;
                b.finished.countDown();
            }
        });
        return b;
    }

    boolean done() {
        return finished.getCount() == 0;
    }

    /** Waits; disks are slow, but they end. */
    void await() {
        boolean interrupted = false;
        while (true) {
            try {
                finished.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits so long, then ends the writing at its next step. */
    void awaitOrCancel(long milliseconds) {
        try {
            if (!finished.await(milliseconds, TimeUnit.MILLISECONDS)) {
                writer.cancel();
            }
        } catch (InterruptedException e) {
            writer.cancel();
            Thread.currentThread().interrupt();
        }
    }

    /** Why it could not be written, or empty. */
    String failure() {
        return failure;
    }

    double seconds() {
        return seconds;
    }
}
