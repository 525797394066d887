package org.pellang.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The two streams of a command and whether they may be coloured.
 *
 * @param out program output and what was asked for
 * @param err everything else
 * @param color whether {@code err} is a terminal that wants colour
 */
public record Terminal(PrintStream out, PrintStream err, boolean color) {

    /** The process's own streams; {@code bin/pel} says by {@code pel.stderr.terminal} whether standard error is a terminal. */
    public static Terminal ofProcess(Map<String, String> environment) {
        boolean terminal = Boolean.getBoolean("pel.stderr.terminal");
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty() && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(stream(FileDescriptor.out), stream(FileDescriptor.err), terminal && wanted);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** One line on standard error, {@code name: message}. */
    public void say(String name, String message) {
        err.println(name + ": " + message);
    }
}
