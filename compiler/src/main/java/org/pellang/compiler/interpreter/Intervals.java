package org.pellang.compiler.interpreter;

import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TimeText;

/** The interpreter writes no checkpoints; it only traps where the compiled program does. */
final class Intervals {
    private Intervals() {}

    static void check(TStmt.Checkpointed loop, Object every) {
        if (every instanceof Long passes && passes < 1) {
            throw new Trap(loop.span(), "checkpoint every " + passes + ": must be at least 1");
        }
        if (every instanceof String text && !TimeText.isInterval(text)) {
            throw new Trap(loop.span(), "checkpoint every \"" + text + "\": not a time such as \"10 min\"");
        }
    }
}
