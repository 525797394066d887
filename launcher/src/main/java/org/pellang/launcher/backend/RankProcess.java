package org.pellang.launcher.backend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pellang.launcher.io.StarterTalk;
import org.pellang.launcher.ssh.RemoteProcess;

/**
 * One JVM of a job. Its standard input is the control channel: at its end the ranks in it stop at once, so that none outlives the
 * launcher, however that was ended.
 *
 * @param name for messages: {@code rank 3}, or {@code the ranks' JVM}
 * @param process the running process
 * @param pumps threads that carry its output
 * @param talk what is heard of the ranks if the process is one that has started them
 */
record RankProcess(String name, Process process, List<Thread> pumps, Optional<StarterTalk> talk) {
    private static final long LAST_WORDS_MILLIS = 1000;


    /** Calls back once, when the process has ended. */
    void onEnd(Consumer<RankProcess> then) {
        process.onExit().thenAccept(ended -> then.accept(this));
    }

    /** Asks the ranks to write on standard error where they are. */
    void askWhereTheyAre() {
        try {
            OutputStream control = process.getOutputStream();
            control.write("dump\n".getBytes(StandardCharsets.US_ASCII));
            control.flush();
        } catch (IOException e) {
            // It has just ended, and has nothing to tell.
        }
    }

    /** TERM, or KILL if forced, to the process and whatever it has started. */
    void end(boolean force) {
        try (Stream<ProcessHandle> children = process.descendants()) {
            children.forEach(child -> signal(child, force));
        }
        if (process instanceof RemoteProcess) {
            if (force) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
        } else {
            // Process.destroy would close the pipes of its output too: what a rank has said at last, but nobody has read yet, would be lost.
            signal(process.toHandle(), force);
            letGo();
        }
    }

    /** Closes the pipe by which the launcher holds the ranks. */
    private void letGo() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended, and with it the pipe.
        }
    }

    private static void signal(ProcessHandle handle, boolean force) {
        if (force) {
            handle.destroyForcibly();
        } else {
            handle.destroy();
        }
    }

    /** The exit code for the shell: 128+s if signal s ended it. */
    int exitCode() {
        if (talk.isPresent()) {
            try {
                drain(LAST_WORDS_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        OptionalInt announced = talk.map(StarterTalk::exit).orElse(OptionalInt.empty());
        if (announced.isPresent()) {
            return announced.getAsInt();
        }
        OptionalInt signal = talk.map(StarterTalk::signal).orElse(OptionalInt.empty());
        return signal.isPresent() ? 128 + signal.getAsInt() : process.exitValue();
    }

    /** Who has ended, for a report on a signal. */
    String who() {
        return talk.flatMap(StarterTalk::who).orElse(name + " (process " + process.pid() + ")");
    }

    /** Waits for the last output, not longer than so many milliseconds: a grandchild may hold the pipe open. */
    void drain(long milliseconds) throws InterruptedException {
        for (Thread pump : pumps) {
            pump.join(milliseconds);
        }
    }
}
