package org.pellang.launcher.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries the output of a job that may be restarted: whole lines only, {@code P12 text} for the 12th line that the program prints and {@code N text} for a
 * note. So the launcher knows how much of the output has come out when a rank is killed.
 */
public final class FramePump implements Runnable {
    private final InputStream from;
    private final Sink sink;
    private final Label label;
    private final AtomicLong shown;

    /** @param shown number of the last printed line that came out */
    public FramePump(InputStream from, Sink sink, Label label, AtomicLong shown) {
        this.from = from;
        this.sink = sink;
        this.label = label;
        this.shown = shown;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[8192];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (from) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    line.write(buffer[i]);
                    if (buffer[i] == '\n') {
                        take(line.toByteArray());
                        line.reset();
                    }
                }
            }
        } catch (IOException e) {
            // The rank was killed.
        }
        // What has no end was cut off with the rank: the next attempt prints the line again.
    }

    private void take(byte[] line) {
        int space = 0;
        while (space < line.length && line[space] != ' ') {
            space++;
        }
        String head = new String(line, 0, Math.min(space, line.length), StandardCharsets.US_ASCII);
        byte[] text = java.util.Arrays.copyOfRange(line, Math.min(space + 1, line.length), line.length);
        if (head.matches("P[0-9]{1,18}")) {
            long number = Long.parseLong(head.substring(1));
            if (number > shown.get()) {
                sink.write(label.before(text));
                shown.set(number);
            }
        } else if (head.equals("N")) {
            sink.write(label.before(text));
        } else {
            sink.write(label.before(line));
        }
    }
}
