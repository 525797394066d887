package org.pellang.launcher.io;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes the output of a job that may be restarted: whole lines only, {@code P12 text} for the 12th line that the program prints and {@code N text} for a
 * note. So the launcher knows how much of the output has come out when a rank is lost, and what comes again is left out. {@code Q12} asks for an answer when 12 lines have
 * come out: a checkpoint counts only then, so that no line is lost with the launcher either.
 */
public final class FrameStream extends OutputStream {
    private final Sink sink;
    private final Label label;
    private final AtomicLong shown;
    private final LinesAnswer answer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param shown number of the last printed line that came out @param control where the one who writes hears */
    public FrameStream(Sink sink, Label label, AtomicLong shown, OutputStream control) {
        this.answer = new LinesAnswer(control);
        this.sink = sink;
        this.label = label;
        this.shown = shown;
    }

    @Override
    public void write(int b) {
        line.write(b);
        if (b == '\n') {
            take(line.toByteArray());
            line.reset();
        }
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count; i++) {
            write(bytes[i]);
        }
    }

    // What has no end was cut off with the rank: the next attempt prints the line again.

    private void take(byte[] whole) {
        int space = 0;
        while (space < whole.length && whole[space] != ' ') {
            space++;
        }
        String head = new String(whole, 0, Math.min(space, whole.length), StandardCharsets.US_ASCII);
        byte[] text = Arrays.copyOfRange(whole, Math.min(space + 1, whole.length), whole.length);
        if (head.matches("P[0-9]{1,18}")) {
            long number = Long.parseLong(head.substring(1));
            synchronized (shown) {
                if (number > shown.get()) {
                    sink.write(label.before(text));
                    shown.set(number);
                }
            }
        } else if (head.strip().matches("Q[0-9]{1,18}")) {
            // What is asked for has been written before, by who asks or in an attempt before.
            answer.shown(head.strip().substring(1));
        } else if (head.equals("N")) {
            sink.write(label.before(text));
        } else {
            sink.write(label.before(whole));
        }
    }
}
