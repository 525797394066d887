package org.pellang.launcher.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Answers a rank that asks whether so many lines of its output have come out. The question comes after them on the same stream, so they have when it is heard: a checkpoint counts
 * only then, so that no line is lost with the launcher.
 */
public final class LinesAnswer implements Consumer<String> {
    private static final String QUESTION = LinePump.MARK_TEXT + "pel lines ";

    private final OutputStream control;

    /** @param control where the one who asks hears */
    public LinesAnswer(OutputStream control) {
        this.control = control;
    }

    @Override
    public void accept(String line) {
        if (line.startsWith(QUESTION)) {
            shown(line.substring(QUESTION.length()));
        }
    }

    void shown(String lines) {
        try {
            control.write(("shown " + lines + "\n").getBytes(StandardCharsets.US_ASCII));
            control.flush();
        } catch (IOException e) {
            // Who asked has ended.
        }
    }
}
