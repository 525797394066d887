package org.pellang.launcher.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries what one JVM writes to a sink, and drops the JVM's announcement of incubator modules, which no user asked for. Lines that begin with
 * the character U+001F are meant for the launcher.
 */
public final class LinePump implements Runnable {
    /** What the JVM says on standard error because ranks use vectors. */
    static final String ANNOUNCEMENT = "WARNING: Using incubator modules: jdk.incubator.vector";

    /** Longest line that is held back while its end has not come. */
    private static final int LONGEST = 1 << 16;

    /** The same where others write too, and pieces would be torn. */
    private static final int LONGEST_WHOLE = 1 << 26;

    static final String MARK_TEXT = "\u001f";

    private static final byte MARK = 0x1f;

    private final Consumer<String> ear;
    private final InputStream from;
    private final Sink sink;
    private final Label label;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StarterTalk.@Nullable Stream starter;

    public LinePump(InputStream from, Sink sink, Label label) {
        this(from, sink, label, line -> {});
    }

    /** A stream of a process that has started all ranks. @param ear hears what that does not understand, too */
    public LinePump(InputStream from, Sink sink, StarterTalk talk, Consumer<String> ear) {
        this.ear = line -> {
            talk.heard(line);
            ear.accept(line);
        };
        this.from = from;
        this.sink = sink;
        this.label = Label.NONE;
        this.starter = talk.new Stream();
    }

    /** @param ear hears the lines for the launcher */
    public LinePump(InputStream from, Sink sink, Label label, Consumer<String> ear) {
        this.ear = ear;
        this.from = from;
        this.sink = sink;
        this.label = label;
        this.starter = null;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[8192];
        try (from) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                take(buffer, n);
                // A prompt or a progress bar has no line end and must not wait for one.
                if (label.passesPieces() && from.available() == 0 && !ANNOUNCEMENT.startsWith(text()) && !isForLauncher() && mayShow()) {
                    flush();
                }
            }
            flush();
            if (starter != null) {
                show(starter.rest());
            }
        } catch (IOException e) {
            // The pipe broke because the rank was killed: what came is out, and the job knows of the end by itself.
        }
    }

    private void take(byte[] buffer, int n) {
        for (int i = 0; i < n; i++) {
            line.write(buffer[i]);
            if (buffer[i] == '\n' || line.size() >= (label.passesPieces() ? LONGEST : LONGEST_WHOLE)) {
                flush();
            }
        }
    }

    private boolean isForLauncher() {
        return line.size() > 0 && line.toByteArray()[0] == MARK;
    }

    private void flush() {
        if (isForLauncher()) {
            ear.accept(text().stripTrailing());
        } else if (line.size() > 0 && !text().stripTrailing().equals(ANNOUNCEMENT)) {
            if (starter != null) {
                show(starter.take(text()));
            } else {
                sink.write(label.before(line.toByteArray()));
            }
        }
        line.reset();
    }

    private boolean mayShow() {
        return starter == null || line.size() > 0 && starter.mayShow(text());
    }

    private void show(List<String> lines) {
        lines.forEach(l -> sink.write(StarterTalk.bytes(l)));
    }

    private String text() {
        return line.toString(StandardCharsets.UTF_8);
    }
}
