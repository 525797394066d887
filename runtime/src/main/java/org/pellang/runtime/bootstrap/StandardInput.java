package org.pellang.runtime.bootstrap;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What a rank reads as standard input. The JVM's own belongs to the launcher, which sends what it reads itself in lines {@code in BASE64}, and {@code in-end} after
 * the last; it is told what has been read, so that it need not send all at once.
 */
public final class StandardInput extends InputStream {
    /** Variable that says who gets standard input: the number of a rank, or {@code all}. */
    public static final String VARIABLE = "PEL_STDIN";

    /** Before the bytes, in a line of the launcher's. */
    public static final String PIECE = "in ";

    /** The line after the last of them. */
    public static final String LAST = "in-end";

    /** Before the number of bytes that have been read so far, in a line for the launcher. */
    public static final String TOOK = "\u001fpel took ";

    /** The launcher may be ahead by so many bytes. */
    public static final int AHEAD = 1 << 18;

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final Consumer<String> launcher;
    private byte[] piece = {0};
    private int at = 1;
    private long took;
    private long told;

    /** @param launcher hears lines */
    StandardInput(Consumer<String> launcher) {
        this.launcher = launcher;
    }

    /** Whether one of these ranks gets it. */
    public static boolean isFor(Map<String, String> environment, IntStream ranks) {
        String who = environment.getOrDefault(VARIABLE, "");
        return who.equals("all") || ranks.anyMatch(r -> who.equals("" + r));
    }

    /** A line of the launcher's; false if it is about something else. */
    boolean heard(String line) {
        if (line.equals(LAST)) {
            pieces.add(END);
            return true;
        }
        if (line.startsWith(PIECE)) {
            pieces.add(Base64.getDecoder().decode(line.substring(PIECE.length())));
            return true;
        }
        return false;
    }

    @Override
    public int read() throws InterruptedIOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] to, int offset, int length) throws InterruptedIOException {
        if (length == 0 || at == piece.length && !next()) {
            return length == 0 ? 0 : -1;
        }
        int n = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, to, offset, n);
        at += n;
        took += n;
        if (took - told >= AHEAD / 4) {
            told = took;
            launcher.accept(TOOK + took);
        }
        return n;
    }

    private boolean next() throws InterruptedIOException {
        if (piece == END) {
            return false;
        }
        try {
            piece = pieces.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for standard input");
        }
        at = 0;
        return piece.length > 0;
    }

    @Override
    public synchronized int available() {
        return piece.length - at;
    }
}
