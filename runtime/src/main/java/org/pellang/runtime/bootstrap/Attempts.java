package org.pellang.runtime.bootstrap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Console;

/**
 * The attempts at a job of a JVM that survives the loss of others: with each it keeps its classes and compiled code. The launcher says {@code again} with the
 * arguments of the next attempt; when all ranks have ended well in one attempt it says {@code end}.
 */
final class Attempts {
    /** Line for the launcher: the ranks here have ended well, in this attempt. */
    private static final String DONE = "\u001fpel done ";
    /** Line for the launcher: attempt, number of the JVM that is lost, reason. */
    private static final String LOST = "\u001fpel lost ";
    private static final String SEPARATOR = "\u001f";
    private static final long ORDER_MILLIS = 30_000;

    /** Runs one attempt. */
    @FunctionalInterface
    interface Run {
        /** @param reins how it is held */
        Outcome run(RankArguments arguments, Reins reins) throws RankArguments.Wrong;
    }

    private final ControlPipe control;
    private final Console console;
    private final Run run;

    Attempts(ControlPipe control, Console console, Run run) {
        this.control = control;
        this.console = console;
        this.run = run;
    }

    /** Runs them to the end of the last one. */
    Outcome all(RankArguments first) throws RankArguments.Wrong {
        RankArguments arguments = first;
        while (true) {
            Outcome outcome = attempt(arguments);
            String order = order(outcome, arguments.epoch());
            if (order == null || order.equals(ControlPipe.END)) {
                return outcome;
            }
            arguments = RankArguments.parse(decoded(order.substring(ControlPipe.AGAIN.length())));
        }
    }

    private Outcome attempt(RankArguments arguments) throws RankArguments.Wrong {
        int epoch = arguments.epoch();
        try {
            return run.run(arguments, new Reins(epoch, control::onDump, control::onStop,
                    (jvm, reason) -> console.report(LOST + epoch + " " + jvm + " " + reason)));
        } finally {
            control.onStop(() -> {});
            Thread.interrupted();
        }
    }

    /** What the launcher wants next; null if the attempt has failed by itself, or nobody says anything. */
    private @Nullable String order(Outcome outcome, int epoch) {
        String order = control.order(0);
        if (order != null) {
            return order;
        }
        if (outcome.exitCode() == 0) {
            console.report(DONE + epoch);
            return control.order(Long.MAX_VALUE);
        }
        return outcome.exitCode() == Reins.AGAIN ? control.order(ORDER_MILLIS) : null;
    }

    private static List<String> decoded(String line) {
        List<String> arguments = new ArrayList<>();
        for (String argument : line.split(SEPARATOR, -1)) {
            arguments.add(argument.replace("\\n", "\n").replace("\\\\", "\\"));
        }
        return arguments;
    }
}
