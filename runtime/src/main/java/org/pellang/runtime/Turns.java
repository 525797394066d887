package org.pellang.runtime;

import org.pellang.runtime.progress.Advancing;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Waitable;

/** A call that goes in turns, each begun when the one before is complete, whatever the rank does in the runtime meanwhile. */
final class Turns implements Request, Advancing {
    /** What a turn does. */
    interface Turn {
        Request start(int turn);
    }

    private final Endpoint endpoint;
    private final int turns;
    private final Turn turn;
    private Request current;
    private int begun = 1;
    private boolean done;

    private Turns(Endpoint endpoint, int turns, Turn turn) {
        this.endpoint = endpoint;
        this.turns = turns;
        this.turn = turn;
        this.current = turn.start(0);
    }

    /** Begins. @param turns at least 1 */
    static Request start(Endpoint endpoint, int turns, Turn turn) {
        if (turns == 1) {
            return turn.start(0);
        }
        Turns all = new Turns(endpoint, turns, turn);
        endpoint.advance(all);
        return all;
    }

    @Override
    public boolean advance() {
        boolean moved = false;
        while (!done && current instanceof Waitable what && what.done()) {
            // Puts what has come in its place.
            current.await();
            moved = true;
            if (begun == turns) {
                done = true;
            } else {
                current = turn.start(begun++);
            }
        }
        return moved;
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public boolean needsMessage() {
        return current instanceof Waitable what && what.needsMessage();
    }

    @Override
    public String describe() {
        return current instanceof Waitable what ? what.describe() : "a turn";
    }

    @Override
    public Status await() {
        endpoint.await(this);
        return current.await();
    }

    @Override
    public boolean test() {
        endpoint.progress();
        return done;
    }
}
