package org.pellang.launcher.io;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * A stream at which the lines of several ranks meet. If it breaks (a closed pipe, a full disk) the job goes on: one warning, then
 * what comes is discarded.
 */
public final class Sink {
    private final OutputStream stream;
    private final String name;
    private final Consumer<String> notices;
    private boolean broken;

    /**
     * A sink.
     *
     * @param stream where the bytes go
     * @param name for the warning
     * @param notices takes the warning
     */
    public Sink(OutputStream stream, String name, Consumer<String> notices) {
        this.stream = stream;
        this.name = name;
        this.notices = notices;
    }

    /** Writes all bytes as one piece. */
    public synchronized void write(byte[] bytes) {
        if (broken) {
            return;
        }
        try {
            stream.write(bytes);
            stream.flush();
        } catch (IOException e) {
            broken = true;
            notices.accept("cannot write to " + name + " any more (" + e.getMessage() + "); the job goes on without");
        }
    }
}
