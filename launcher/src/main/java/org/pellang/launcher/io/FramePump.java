package org.pellang.launcher.io;

import java.io.IOException;
import java.io.InputStream;

/** Carries the output of one JVM of a job that may be restarted, to a {@link FrameStream}. */
public final class FramePump implements Runnable {
    private final InputStream from;
    private final FrameStream to;

    public FramePump(InputStream from, FrameStream to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[8192];
        try (from) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // The rank was killed.
        }
    }
}
