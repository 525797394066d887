package org.pellang.compiler.sema.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;

/** The conditions under which the current point runs, and the reporting of collectives that stand there. */
final class Control {
    /** An enclosing condition or loop bound. */
    record Frame(Taint taint, boolean loop) {}

    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Deque<Optional<Var>> teams = new ArrayDeque<>();
    /** The team that a collective is about, if it is not the one around it: conditions are seen from there. */
    @Nullable Var lens;

    /** The body of {@code on}; null: a team without a name of its own. */
    void enter(@Nullable Var team) {
        teams.push(Optional.ofNullable(team));
    }

    void leave() {
        teams.pop();
    }

    /** Whether {@code team} is the one that runs this code. */
    boolean isCurrent(Var team) {
        return !teams.isEmpty() && teams.peek().equals(Optional.of(team));
    }

    /** Whether this code stands in the body of {@code on}. */
    boolean inTeam() {
        return !teams.isEmpty();
    }

    void push(Taint taint, boolean loop) {
        frames.push(new Frame(taint, loop));
    }

    void pop() {
        frames.pop();
    }

    /** All conditions together. */
    Taint taint() {
        Taint all = Taint.NONE;
        for (Frame f : frames) {
            all = all.join(f.taint.seenFrom(lens));
        }
        return all;
    }

    /** The first frame that fulfils a test, innermost first. */
    @Nullable Frame find(java.util.function.Predicate<Frame> test) {
        for (Frame f : frames) {
            if (test.test(f)) {
                return f;
            }
        }
        return null;
    }
}
