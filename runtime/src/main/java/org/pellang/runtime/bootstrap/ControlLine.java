package org.pellang.runtime.bootstrap;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.pellang.runtime.transport.tcp.Wire;

/** A connection that carries the state of the job between two JVMs, as frames: length, kind, contents. Several threads may send. */
final class ControlLine {
    /** Kinds of frames; the ordinal travels. */
    enum Kind {
        /** Nothing to say, but alive. */
        ALIVE,
        /** Name of the host. */
        HOST,
        /** All ranks of the JVM have ended. */
        ENDED,
        /** All ranks of the job have ended. */
        ALL_ENDED,
        /** Why the job stops: the verdict. */
        STOP,
        /** What a rank was doing: its number and a text. */
        STORY,
        /** The report has been written. */
        REPORTED,
        /** Asks for a look at the ranks: number of the look, 0 or 1 for its half. */
        LOOK,
        /** The answer: number of the look, count, states. */
        SEEN
    }

    /** One frame. */
    record Frame(Kind kind, ByteBuffer contents) {}

    private static final int HEADER = 8;
    private static final int LONGEST = 1 << 20;

    private final Wire wire;
    private volatile long heard = System.nanoTime();

    ControlLine(Wire wire) {
        this.wire = wire;
    }

    /** Sends a frame; what cannot be sent any more is dropped: the reader of this line will see its end. */
    synchronized void send(Kind kind, ByteBuffer contents) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + contents.remaining()).putInt(contents.remaining()).putInt(kind.ordinal()).put(contents.duplicate()).flip();
        try {
            while (frame.hasRemaining() || !wire.flushed()) {
                wire.write(frame);
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Waits for the next frame. */
    Frame receive() throws IOException {
        ByteBuffer header = read(HEADER);
        int length = header.getInt();
        int kind = header.getInt();
        if (length < 0 || length > LONGEST || kind < 0 || kind >= Kind.values().length) {
            throw new IOException("a frame that is none");
        }
        ByteBuffer contents = read(length);
        heard = System.nanoTime();
        return new Frame(Kind.values()[kind], contents);
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (wire.read(bytes) < 0) {
                throw new EOFException("the connection was closed");
            }
        }
        return bytes.flip();
    }

    /** {@link System#nanoTime} of the last frame. */
    long heard() {
        return heard;
    }

    void close() {
        try {
            wire.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }
}
