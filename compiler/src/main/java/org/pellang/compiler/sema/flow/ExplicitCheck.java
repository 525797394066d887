package org.pellang.compiler.sema.flow;

import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.typed.TypedProgram;

/** What is proved of the explicit level: messages, requests, teams, one-sided accesses, tasks. */
public final class ExplicitCheck {
    private ExplicitCheck() {}

    /** Checks the whole program (0307, 0406, 0409 to 0420). */
    public static void check(TypedProgram program, Diagnostics diagnostics) {
        ChannelCheck.check(program, diagnostics);
        RequestCheck.check(program, diagnostics);
        TeamCheck.check(program, diagnostics);
        WindowCheck.check(program, diagnostics);
        TaskCheck.check(program, diagnostics);
    }
}
