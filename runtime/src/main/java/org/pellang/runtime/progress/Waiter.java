package org.pellang.runtime.progress;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Transport;

/** How a rank waits: spins, yields, parks, and shows on the board what state it is in. {@link #now} may be asked by anyone. */
final class Waiter {
    private static final int IN_VAIN = 4;
    private static final int TRY_AGAIN = 64;
    private static final long BRIEF_NANOS = 1_000;

    private final Endpoint endpoint;
    private final Transport transport;
    private final Board board;
    private final Patience patience;
    private final Backlog backlog;
    private final Inbox inbox;
    private final Yielder yielder;
    private final BooleanSupplier moved;
    private int spunInVain;
    private @Nullable Idle idle;
    private volatile @Nullable Waitable waiting;

    Waiter(Endpoint endpoint, Transport transport, Patience patience, Backlog backlog, Inbox inbox) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.board = transport.board();
        this.patience = patience;
        this.backlog = backlog;
        this.inbox = inbox;
        this.moved = () -> progress() > 0 || board.stopped();
        this.yielder = new Yielder(patience.yields(), Thread::yield, System::nanoTime);
    }

    /** What the rank does before it yields or sleeps. */
    void insteadOfWaiting(Idle work) {
        idle = work;
    }

    /** What the rank waits for just now, or null if it runs. */
    @Nullable Waitable now() {
        return waiting;
    }

    private int progress() {
        return endpoint.progress();
    }

    void await(Waitable what) {
        // Only a receive ends with a message; others want all there is.
        inbox.expect(what instanceof Receive ? what : null);
        try {
            awaitShortly(what);
        } finally {
            inbox.expect(null);
        }
    }

    private void awaitShortly(Waitable what) {
        for (int i = 0; i < patience.tries(); i++) {
            if (what.done()) {
                return;
            }
            if (progress() == 0) {
                Thread.onSpinWait();
            }
        }
        awaitLong(what);
    }

    private void awaitLong(Waitable what) {
        waiting = what;
        long spin = spinNanos();
        boolean inVain = false;
        long since = System.nanoTime();
        endpoint.recorder().waits(since);
        while (!what.done()) {
            if (trySome(what)) {
                since = System.nanoTime();
            } else if (System.nanoTime() - since >= spin) {
                inVain = true;
                if (!worked(what)) {
                    yieldOrPark(what);
                }
                since = System.nanoTime();
            }
        }
        transport.show(Board.State.RUNNING);
        waiting = null;
        endpoint.recorder().runs();
        if (idle != null) {
            idle.over();
        }
        spunInVain = inVain ? spunInVain + 1 : 0;
    }

    /** Whether the rank has done something else; meanwhile it may have waited for other things. */
    private boolean worked(Waitable what) {
        if (idle == null) {
            return false;
        }
        transport.show(Board.State.RUNNING);
        waiting = null;
        boolean worked = idle.work();
        inbox.expect(what instanceof Receive ? what : null);
        waiting = what;
        return worked;
    }

    private boolean nothingElse() {
        return idle == null || !idle.pending();
    }

    /** Who has spun in vain several times has no core of its own just now (other programs run) and spins briefly; now and then tries again. */
    private long spinNanos() {
        return spunInVain < IN_VAIN || spunInVain % TRY_AGAIN == 0 ? patience.spinNanos() : Math.min(BRIEF_NANOS, patience.spinNanos());
    }

    private boolean trySome(Waitable what) {
        for (int i = 0; i < patience.tries() && !what.done(); i++) {
            if (progress() > 0) {
                return true;
            }
            if (board.stopped()) {
                throw new JobStopped();
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private void yieldOrPark(Waitable what) {
        if (!yielder.until(moved)) {
            park(what);
        }
    }

    private void park(Waitable what) {
        inbox.adoptLent();
        transport.publishPolled();
        if (what.needsMessage() && backlog.isEmpty()) {
            transport.show(Board.State.BLOCKED);
        } else {
            transport.show(Board.State.HELD);
        }
        sleep(what);
    }

    private void sleep(Waitable what) {
        transport.beforePark();
        if (progress() == 0 && !what.done() && !board.stopped() && nothingElse()) {
            transport.park();
        }
        transport.afterPark();
    }

    // ---- the end ----

    /** The program has returned and all its sends are complete: serves the others until all have ended or the job is stopped. */
    void end() {
        await(new Drained());
        transport.publishPolled();
        transport.ended();
        while (!board.allEnded()) {
            if (board.stopped()) {
                throw new JobStopped();
            }
            while (progress() > 0) {
                Thread.onSpinWait();
            }
            if (idle != null && idle.work()) {
                continue;
            }
            inbox.adoptLent();
            transport.publishPolled();
            transport.beforePark();
            if (progress() == 0 && !board.allEnded() && !board.stopped() && nothingElse()) {
                transport.park();
            }
            transport.afterPark();
        }
        // A thorough last look: what nobody received is named at the end.
        transport.beforePark();
        while (progress() > 0) {
            Thread.onSpinWait();
        }
        transport.afterPark();
    }

    /** Everything buffered here has been handed to the transport. */
    private final class Drained implements Waitable {
        @Override
        public boolean done() {
            return backlog.isEmpty() && flushed();
        }

        private boolean flushed() {
            for (int r = 0; r < transport.size(); r++) {
                if (!transport.flushed(r)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean needsMessage() {
            return false;
        }

        @Override
        public String describe() {
            return "the delivery of its last messages";
        }
    }
}
