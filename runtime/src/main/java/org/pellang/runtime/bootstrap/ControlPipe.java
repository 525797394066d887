package org.pellang.runtime.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The launcher's hold on this JVM: its standard input. At its end (the launcher is gone, however it went) the JVM is halted at
 * once; a line {@code dump} writes where every rank is.
 */
final class ControlPipe {
    /** Exit code when the launcher is gone: as for SIGTERM. */
    static final int LAUNCHER_GONE = 143;

    private final AtomicReference<Runnable> dump = new AtomicReference<>(() -> {});

    /** Starts to watch. */
    void watch(InputStream input) {
        Thread.ofPlatform().daemon().name("control").start(() -> read(input));
    }

    /** What a {@code dump} line does. */
    void onDump(Runnable action) {
        dump.set(action);
    }

    private void read(InputStream input) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("dump")) {
                    dump.get().run();
                }
            }
        } catch (IOException e) {
            // As its end: nobody can reach us any more.
        }
        Runtime.getRuntime().halt(LAUNCHER_GONE);
    }
}
