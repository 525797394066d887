package org.pellang.launcher.io;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.pellang.launcher.OutputSpec;

/** What stands before each line of one rank: {@code 12:00:01.250 [3] }, either part, or nothing. */
public final class Label {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    /** Nothing. */
    public static final Label NONE = new Label("", false, true, Clock.systemDefaultZone());

    private final String tag;
    private final boolean timestamp;
    private final boolean alone;
    private final Clock clock;

    private Label(String tag, boolean timestamp, boolean alone, Clock clock) {
        this.alone = alone;
        this.tag = tag;
        this.timestamp = timestamp;
        this.clock = clock;
    }

    /** The label of a rank as the output options ask. @param alone nobody else writes there, so that pieces of lines may pass */
    public static Label of(OutputSpec output, int rank, boolean alone, Clock clock) {
        return new Label(output.tag() ? "[" + rank + "] " : "", output.timestamp(), alone, clock);
    }

    /** Whether pieces of lines may pass: a prompt, a progress bar. */
    boolean passesPieces() {
        return isEmpty() && alone;
    }

    private boolean isEmpty() {
        return tag.isEmpty() && !timestamp;
    }

    /** The line with its label, and with a line end if it has none. */
    byte[] before(byte[] line) {
        if (isEmpty()) {
            return line;
        }
        String prefix = (timestamp ? LocalTime.now(clock).format(TIME) + " " : "") + tag;
        byte[] first = prefix.getBytes(StandardCharsets.UTF_8);
        boolean ended = line[line.length - 1] == '\n';
        byte[] whole = Arrays.copyOf(first, first.length + line.length + (ended ? 0 : 1));
        System.arraycopy(line, 0, whole, first.length, line.length);
        whole[whole.length - 1] = '\n';
        return whole;
    }
}
