package org.pellang.runtime.loop;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pellang.runtime.Console;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.bootstrap.Outcome;
import org.pellang.runtime.bootstrap.ThreadsEngine;

/** Runs code on several ranks, which are threads of this JVM. */
public final class Ranks {
    public static final Site SITE = new Site("test.pel", 1, "test");

    private Ranks() {}

    /** What each rank runs. */
    public interface Code {
        void run(Rank rank) throws Throwable;
    }

    /** Runs the code; a failure of any rank is an AssertionError with the job's report. */
    public static void run(int ranks, Code code) {
        String report = report(ranks, code);
        if (!report.isEmpty()) {
            throw new AssertionError("with " + ranks + " ranks: " + report);
        }
    }

    /** The report of a job; empty if it ended well. */
    public static String report(int ranks, Code code) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        PelProgram program = new PelProgram() {
            @Override
            public ProgramInfo info() {
                return new ProgramInfo("job", "", List.of());
            }

            @Override
            public void run(Rank rank) throws Throwable {
                try {
                    code.run(rank);
                } catch (AssertionError | RuntimeException e) {
                    if (!(e instanceof org.pellang.runtime.PelTrap) && !e.getClass().getName().contains("JobStopped")) {
                        e.printStackTrace(stream);
                    }
                    throw e;
                }
            }
        };
        Outcome outcome = ThreadsEngine.run(() -> program, ranks, List.of(), new Console(stream, stream));
        String text = err.toString(StandardCharsets.UTF_8);
        return outcome.exitCode() == 0 ? "" : "exit " + outcome.exitCode() + "\n" + text;
    }
}
