package org.pellang.runtime.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes as they are. */
record PlainWire(SocketChannel channel) implements Wire {
    @Override
    public int read(ByteBuffer to) throws IOException {
        return channel.read(to);
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        channel.write(from);
    }

    @Override
    public boolean flushed() {
        return true;
    }

    @Override
    public void flush() {
        // Nothing is kept here.
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
