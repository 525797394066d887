package org.pellang.compiler.sema.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The conditions under which the current point runs, and the reporting of collectives that stand there. */
final class Control {
    /** An enclosing condition or loop bound. */
    record Frame(Taint taint, boolean loop) {}

    private final Deque<Frame> frames = new ArrayDeque<>();

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
            all = all.join(f.taint);
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
