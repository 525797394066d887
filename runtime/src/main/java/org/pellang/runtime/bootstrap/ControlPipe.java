package org.pellang.runtime.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The launcher's hold on this JVM: its standard input. At its end (the launcher is gone, however it went) the JVM is halted at
 * once; a line {@code dump} writes where every rank is; {@code again ...} ends the present attempt at the job and {@code end} the last one ({@link #order}); {@code shown N}
 * says that so many lines of output have come out; other
 * lines are what this JVM waits for ({@link #await}).
 */
final class ControlPipe {
    /** Exit code when the launcher is gone: as for SIGTERM. */
    static final int LAUNCHER_GONE = 143;

    private static final long LEAVE_MILLIS = 100;
    private static final long WORD_SECONDS = 60;
    private static final long SHOWN_SECONDS = 10;

    /** How the line begins that tells of another attempt. */
    static final String AGAIN = "again ";
    /** The line after which the JVM may leave. */
    static final String END = "end";

    /** How the line begins that says how many lines of output have come out. */
    private static final String SHOWN = "shown ";

    private static final String NOTHING = "";

    private final AtomicReference<Runnable> dump = new AtomicReference<>(() -> {});
    private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    private volatile BlockingQueue<String> words = new LinkedBlockingQueue<>();
    private Runnable stop = () -> {};
    private long shown;
    private volatile Runnable gone = () -> {};
    private volatile Predicate<String> fed = line -> false;
    private volatile boolean closing;
    private @Nullable Thread reader;

    /** Starts to watch. */
    void watch(InputStream input) {
        reader = Thread.ofPlatform().daemon().name("control").start(() -> read(input));
    }

    /**
     * Stops watching, before the JVM exits: HotSpot waits 300 ms at exit for a thread that sits in a system call. Only the stream of an
     * interruptible channel can be left; another one just costs those 300 ms.
     */
    void close() {
        closing = true;
        if (reader != null) {
            reader.interrupt();
            try {
                reader.join(LEAVE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What is to be done, quickly, before the JVM is halted because the launcher is gone. */
    void onGone(Runnable action) {
        gone = action;
    }

    /** Takes the lines that are standard input of a rank. */
    void onInput(Predicate<String> action) {
        fed = action;
    }

    /** What a {@code dump} line does. */
    void onDump(Runnable action) {
        dump.set(action);
    }

    /** What an {@code again} line does to the present attempt; at once if there is one that nobody has taken. */
    synchronized void onStop(Runnable action) {
        stop = action;
        if (!orders.isEmpty()) {
            action.run();
        }
    }

    private synchronized void again(String line) {
        // What was said to the attempt that ends is not for the next one; who waits for it is told.
        BlockingQueue<String> old = words;
        words = new LinkedBlockingQueue<>();
        old.add(NOTHING);
        orders.add(line);
        stop.run();
    }

    private synchronized void shown(long lines) {
        shown = lines;
        notifyAll();
    }

    /** Waits until the launcher has said that so many lines of output have come out; false if it does not within 10 s. */
    synchronized boolean awaitShown(long lines) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHOWN_SECONDS);
        try {
            for (long left = end - System.nanoTime(); shown < lines && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return shown >= lines;
    }

    /** The last {@code again ...} or {@code end}; null if none comes within so many milliseconds. */
    @Nullable String order(long milliseconds) {
        try {
            String line = orders.poll(milliseconds, TimeUnit.MILLISECONDS);
            for (String later = orders.poll(); later != null; later = orders.poll()) {
                line = later;
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Waits for the launcher to say {@code word ...}; returns what follows the word. */
    String await(String word) throws IOException {
        try {
            String line = words.poll(WORD_SECONDS, TimeUnit.SECONDS);
            if (line == null || !line.startsWith(word + " ")) {
                throw new IOException("the launcher does not say '" + word + "'");
            }
            return line.substring(word.length() + 1).strip();
        } catch (InterruptedException e) {
            throw new IOException("interrupted while waiting for the launcher", e);
        }
    }

    private void read(InputStream input) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("dump")) {
                    Objects.requireNonNull(dump.get()).run();
                } else if (line.startsWith(SHOWN)) {
                    shown(Long.parseLong(line.substring(SHOWN.length()).strip()));
                } else if (line.startsWith(AGAIN)) {
                    again(line);
                } else if (line.equals(END)) {
                    orders.add(line);
                } else if (!fed.test(line)) {
                    words.add(line);
                }
            }
        } catch (IOException e) {
            // As its end: nobody can reach us any more.
        }
        if (!closing) {
            gone.run();
            Runtime.getRuntime().halt(LAUNCHER_GONE);
        }
    }
}
