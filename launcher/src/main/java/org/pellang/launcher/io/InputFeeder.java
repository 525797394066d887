package org.pellang.launcher.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.pellang.runtime.bootstrap.StandardInput;

/** Passes standard input of the launcher on to the JVMs that want it, as lines on their control channels, no faster than they read. */
public final class InputFeeder {
    private static final int PIECE = 24 << 10;

    private final InputStream from;
    private final Map<Integer, OutputStream> controls = new TreeMap<>();
    private final Map<Integer, Long> taken = new TreeMap<>();

    /** @param from what is passed on */
    public InputFeeder(InputStream from) {
        this.from = from;
    }

    /** A JVM gets it, through this control channel. To be called before {@link #start}. */
    public void to(int jvm, OutputStream control) {
        controls.put(jvm, control);
        taken.put(jvm, 0L);
    }

    /** A JVM has said something to the launcher. */
    public synchronized void heard(int jvm, String line) {
        if (line.startsWith(StandardInput.TOOK) && taken.containsKey(jvm)) {
            taken.put(jvm, Long.parseLong(line.substring(StandardInput.TOOK.length()).strip()));
            notifyAll();
        }
    }

    /** Begins to pass it on. */
    public void start() {
        if (!controls.isEmpty()) {
            Thread.ofPlatform().daemon().name("pel-input").stackSize(256 << 10).start(this::run);
        }
    }

    private void run() {
        byte[] buffer = new byte[PIECE];
        long sent = 0;
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                say(StandardInput.PIECE + Base64.getEncoder().encodeToString(Arrays.copyOf(buffer, n)));
                sent += n;
                awaitTaken(sent - StandardInput.AHEAD);
            }
        } catch (IOException e) {
            // As its end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        say(StandardInput.LAST);
    }

    private synchronized void awaitTaken(long least) throws InterruptedException {
        while (taken.values().stream().anyMatch(t -> t < least)) {
            wait();
        }
    }

    private void say(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        controls.forEach((jvm, control) -> {
            try {
                control.write(bytes);
                control.flush();
            } catch (IOException e) {
                // It has ended, and wants no more.
                synchronized (this) {
                    taken.put(jvm, Long.MAX_VALUE);
                }
            }
        });
    }
}
