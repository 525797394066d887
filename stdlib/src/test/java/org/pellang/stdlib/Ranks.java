package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pellang.runtime.Console;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;
import org.pellang.runtime.bootstrap.Outcome;
import org.pellang.runtime.bootstrap.ThreadsEngine;

/** Runs a body on the threads of this JVM as ranks, and returns what it printed. */
final class Ranks {
    interface Body {
        void run(Rank rank) throws Exception;
    }

    private Ranks() {}

    static String run(int ranks, Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        Outcome outcome = ThreadsEngine.run(() -> program(body), ranks, List.of(), console);
        assertThat(outcome.exitCode()).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static PelProgram program(Body body) {
        return new PelProgram() {
            @Override
            public ProgramInfo info() {
                return new ProgramInfo("test", "", List.of());
            }

            @Override
            public void run(Rank rank) throws Throwable {
                body.run(rank);
            }
        };
    }
}
