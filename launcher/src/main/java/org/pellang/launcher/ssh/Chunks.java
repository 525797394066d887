package org.pellang.launcher.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Output of a JVM elsewhere: one thread puts what comes, another reads. Who puts waits while too much lies unread. */
final class Chunks extends InputStream {
    private static final int MOST = 64;
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>(MOST);
    private byte[] chunk = {};
    private int at;
    private boolean over;
    private volatile boolean closed;

    /** An empty one is the end. */
    void put(byte[] bytes) throws InterruptedException {
        if (!closed) {
            queue.put(bytes);
        }
    }

    void end() throws InterruptedException {
        put(END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (at == chunk.length && !over) {
            try {
                chunk = queue.take();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("interrupted while reading the output of a JVM elsewhere");
            }
            at = 0;
            over = chunk.length == 0;
        }
        if (over) {
            return -1;
        }
        int n = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, to, offset, n);
        at += n;
        return n;
    }

    @Override
    public int available() {
        byte[] next = queue.peek();
        return chunk.length - at + (next == null ? 0 : next.length);
    }

    @Override
    public void close() {
        closed = true;
        queue.clear();
    }
}
