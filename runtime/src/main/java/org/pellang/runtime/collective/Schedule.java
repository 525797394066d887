package org.pellang.runtime.collective;

import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.Request;
import org.pellang.runtime.Status;
import org.pellang.runtime.progress.Advancing;
import org.pellang.runtime.progress.Receive;
import org.pellang.runtime.progress.Send;
import org.pellang.runtime.progress.Waitable;

/**
 * A collective that does not block, as rounds of sends, receives and local work. A round's messages start together; when all of them
 * are complete its local work is done, and the next round begins. After T. Hoefler's LibNBC (2007).
 */
final class Schedule implements Request, Advancing {
    private interface Starter {
        Waitable start();
    }

    private static final class Round {
        final List<Starter> messages = new ArrayList<>();
        final List<Runnable> work = new ArrayList<>();
    }

    private final Call call;
    private final List<Round> rounds = new ArrayList<>();
    private final List<Waitable> running = new ArrayList<>();
    private int next;
    private boolean done;

    Schedule(Call call) {
        this.call = call;
        rounds.add(new Round());
    }

    Call call() {
        return call;
    }

    void send(int peer, Object buf, int off, int len) {
        send(call, peer, buf, off, len);
    }

    void recv(int peer, Object buf, int off, int len) {
        recv(call, peer, buf, off, len);
    }

    /** Under the number of another call. */
    void send(Call under, int peer, Object buf, int off, int len) {
        rounds.getLast().messages.add(() -> under.start(peer, buf, off, len));
    }

    /** Under the number of another call. */
    void recv(Call under, int peer, Object buf, int off, int len) {
        // Receives first: long messages then are copied once.
        rounds.getLast().messages.addFirst(() -> under.post(peer, buf, off, len));
    }

    void work(Runnable work) {
        rounds.getLast().work.add(work);
    }

    /** What follows begins when everything before is complete. */
    void nextRound() {
        rounds.add(new Round());
    }

    /** Begins it. */
    Request start() {
        startRound();
        call.endpoint().advance(this);
        return this;
    }

    private void startRound() {
        for (Starter message : rounds.get(next).messages) {
            running.add(message.start());
        }
    }

    @Override
    public boolean advance() {
        boolean moved = false;
        while (!done && messagesDone()) {
            finishRound();
            moved = true;
        }
        return moved;
    }

    private boolean messagesDone() {
        for (Waitable message : running) {
            if (!message.done()) {
                return false;
            }
        }
        return true;
    }

    private void finishRound() {
        for (Waitable message : running) {
            // Reports what does not match.
            switch (message) {
                case Receive receive -> receive.finish();
                case Send send -> send.await();
                default -> throw new IllegalStateException("a round holds a " + message.getClass());
            }
        }
        running.clear();
        rounds.get(next).work.forEach(Runnable::run);
        next++;
        if (next == rounds.size()) {
            done = true;
        } else {
            startRound();
        }
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public boolean needsMessage() {
        for (Waitable message : running) {
            if (!message.done() && !message.needsMessage()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String describe() {
        for (Waitable message : running) {
            if (!message.done()) {
                return message.describe();
            }
        }
        return call.toString();
    }

    @Override
    public Status await() {
        call.endpoint().await(this);
        return new Status(call.rank, 0, 0);
    }

    @Override
    public boolean test() {
        call.endpoint().progress();
        return done;
    }
}
