package org.pellang.runtime.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes from and to the other end of a connection that has been shaken hands on: as they are, or enciphered. One thread reads, one writes. */
public sealed interface Wire extends AutoCloseable permits PlainWire, TlsWire {
    /** As they are. */
    static Wire plain(SocketChannel channel) {
        return new PlainWire(channel);
    }

    /** For selectors. */
    SocketChannel channel();

    /** Reads what is there. Returns how many bytes, -1 at the end. If there is room left in {@code to} nothing more is there. */
    int read(ByteBuffer to) throws IOException;

    /** Takes what it can; the rest stays in {@code from}. Some of what it has taken may still be here: {@link #flushed}. */
    void write(ByteBuffer from) throws IOException;

    /** Whether the kernel has all that was taken. */
    boolean flushed();

    /** Gives the kernel what it takes. */
    void flush() throws IOException;

    @Override
    void close() throws IOException;
}
