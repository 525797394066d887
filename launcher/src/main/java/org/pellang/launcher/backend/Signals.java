package org.pellang.launcher.backend;

import java.util.Map;

/** Names of the signals that end processes. */
final class Signals {
    static final int KILL = 9;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(KILL, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(15, "SIGTERM"));

    private Signals() {}

    /** {@code " (SIGKILL)"}, or nothing for a signal without a name here. */
    static String name(int signal) {
        String name = NAMES.get(signal);
        return name == null ? "" : " (" + name + ")";
    }
}
