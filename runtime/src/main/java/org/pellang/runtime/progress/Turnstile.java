package org.pellang.runtime.progress;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Transport;

/**
 * Lets the threads of a rank into its endpoint one by one. Of those that wait one sleeps in the transport, without the lock, and the others
 * until something has moved; whoever moves something wakes them all. To outsiders such a rank always seems to run: which of its threads could
 * still send cannot be known, so there are no reports of deadlocks.
 */
final class Turnstile {
    private final Endpoint endpoint;
    private final Transport transport;
    private final Board board;
    private final Inbox inbox;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private boolean asleep;

    Turnstile(Endpoint endpoint, Transport transport, Inbox inbox) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.board = transport.board();
        this.inbox = inbox;
    }

    void enter() {
        lock.lock();
    }

    void leave() {
        lock.unlock();
    }

    /** Something has moved: perhaps what others wait for. */
    void moved() {
        moved.signalAll();
        if (asleep) {
            transport.wake(transport.rank());
        }
    }

    void await(Waitable what) {
        while (!what.done()) {
            if (board.stopped()) {
                throw new JobStopped();
            }
            if (endpoint.progress() > 0) {
                continue;
            }
            if (asleep) {
                moved.awaitUninterruptibly();
            } else {
                sleep(what);
            }
        }
    }

    private void sleep(Waitable what) {
        asleep = true;
        inbox.adoptLent();
        transport.publishPolled();
        transport.show(Board.State.HELD);
        transport.beforePark();
        try {
            if (endpoint.progress() == 0 && !what.done() && !board.stopped()) {
                parkWithoutLock();
            }
        } finally {
            transport.afterPark();
            transport.show(Board.State.RUNNING);
            asleep = false;
            moved.signalAll();
        }
    }

    private void parkWithoutLock() {
        int holds = lock.getHoldCount();
        for (int i = 0; i < holds; i++) {
            lock.unlock();
        }
        try {
            transport.park();
        } finally {
            for (int i = 0; i < holds; i++) {
                lock.lock();
            }
        }
    }
}
