package org.pellang.runtime.transport.tcp;

import static org.pellang.runtime.transport.tcp.FrameDescriptor.*;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Landing;
import org.pellang.runtime.transport.Sink;

/**
 * A rank's connection to one rank elsewhere: what it writes and reads, never blocking. Used by the rank's thread. A message that is longer than
 * the buffer goes in pieces, and other things may happen here between two of them: nothing else may be put before its last one.
 */
final class Link {
    /** Credit that is sent by itself, and credit that goes along with a message. */
    static final long MUCH_CREDIT = 256 << 10;
    private static final long SOME_CREDIT = 128 << 10;

    private final int peer;
    private final Wire wire;
    /** Grows when long messages come: a connection takes a megabyte in one call in half the time of eight calls. */
    private ByteBuffer out;
    private MemorySegment outMemory;
    /** Shares its memory: from what has not been written yet to what has been put. */
    private ByteBuffer written;
    private final int longestOut;
    private final ByteBuffer in;
    private final MemorySegment inMemory;
    private @Nullable Landing landing;
    private Kind kind = Kind.BYTE;
    private int missing;
    /** Bytes still to be put of the message that has been begun. */
    private long unfinished;
    /** Credit that the peer has given back so far. */
    private long returned;
    /** Credit of the peer that has not been given back yet. */
    private long owed;
    private int bells;
    private boolean broken;
    private @Nullable SelectionKey key;
    private boolean wantsToWrite;

    /** @param bufferBytes each way @param longestOut what the buffer for what goes out may grow to */
    Link(int peer, Wire wire, int bufferBytes, int longestOut) {
        this.peer = peer;
        this.wire = wire;
        this.longestOut = longestOut;
        this.out = ByteBuffer.allocateDirect(bufferBytes).order(ByteOrder.nativeOrder());
        this.in = ByteBuffer.allocateDirect(bufferBytes).order(ByteOrder.nativeOrder());
        this.written = out.duplicate();
        this.outMemory = MemorySegment.ofBuffer(out.duplicate());
        this.inMemory = MemorySegment.ofBuffer(in.duplicate());
    }

    int peer() {
        return peer;
    }

    /** Events of this connection wake that selector. */
    void register(Selector selector) throws IOException {
        wire.channel().configureBlocking(false);
        key = wire.channel().register(selector, SelectionKey.OP_READ, this);
    }

    /** Before its rank sleeps: it is to be woken also when there is room for what could not be written. */
    void watch() {
        SelectionKey mine = key;
        if (mine != null && wantsToWrite == flushed() && mine.isValid()) {
            wantsToWrite = !flushed();
            mine.interestOps(wantsToWrite ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    boolean broken() {
        return broken;
    }

    /** Nothing goes or comes here any more. */
    void breakOff() {
        broken = true;
        out.clear();
        written.clear();
        landing = null;
        try {
            wire.close();
        } catch (IOException e) {
            // It was broken already.
        }
    }

    // ---- writing ----

    /** Whether everything has been handed to the kernel. */
    boolean flushed() {
        return out.position() == 0 && wire.flushed();
    }

    /** Writes what the kernel takes. Returns whether that was all. */
    boolean flush() throws IOException {
        do {
            payCredit(MUCH_CREDIT);
            write();
        } while (owed >= MUCH_CREDIT && unfinished == 0 && flushed());
        return flushed();
    }

    private void write() throws IOException {
        if (out.position() > 0) {
            wire.write(written.limit(out.position()));
            if (!written.hasRemaining()) {
                out.clear();
                written.clear();
            } else if (written.position() > out.capacity() / 2) {
                out.limit(out.position()).position(written.position());
                out.compact();
                written.position(0);
            }
        } else {
            wire.flush();
        }
    }

    /** Bytes that can be put now. */
    int room() {
        return out.remaining();
    }

    /** Puts the header of a message; there is room. Its elements follow. */
    void header(Kind ofKind, int context, int tag, int count, long guard) {
        header(ofKind.ordinal(), context, tag, count, guard);
        unfinished = (long) count * ofKind.bytes();
        if (unfinished > out.remaining() && out.capacity() < longestOut) {
            ByteBuffer longer = ByteBuffer.allocateDirect(longestOut).order(ByteOrder.nativeOrder());
            outMemory = MemorySegment.ofBuffer(longer.duplicate());
            out = longer.put(written.limit(out.position()));
            written = out.duplicate().position(0);
        }
    }

    private void header(int kindAndFlags, int context, int tag, int count, long guard) {
        if (unfinished > 0) {
            throw new IllegalStateException("a message to rank " + peer + " within another one");
        }
        int at = out.position();
        out.putInt(at + KIND, kindAndFlags).putInt(at + CONTEXT, context).putInt(at + TAG, tag).putInt(at + COUNT, count).putLong(at + GUARD, guard);
        out.position(at + HEADER);
    }

    /** Puts elements; there is room. */
    void elements(Kind ofKind, Object data, int offset, int count) {
        ofKind.write(data, offset, count, outMemory, out.position());
        out.position(out.position() + count * ofKind.bytes());
        unfinished -= (long) count * ofKind.bytes();
    }

    /** Wakes the peer if it sleeps. What has been put and not read there wakes it as well. */
    void bell() throws IOException {
        if (flushed() && unfinished == 0) {
            header(BELL, 0, 0, 0, 0);
            flush();
        }
    }

    /** Credit for the peer is to go with what is sent next, or by itself if it has become much: as soon as no message is half sent. */
    void owe(long credit) throws IOException {
        owed += credit;
        if (owed >= MUCH_CREDIT) {
            flush();
        }
    }

    /** Credit goes along with the message that is about to be begun, if it has become something. */
    void payCredit() {
        payCredit(SOME_CREDIT);
    }

    private void payCredit(long least) {
        if (owed >= least && unfinished == 0 && room() >= HEADER) {
            header(CREDIT, 0, 0, 0, owed);
            owed = 0;
        }
    }

    /** Bells that have come since this was asked last. */
    int takeBells() {
        int n = bells;
        bells = 0;
        return n;
    }

    long returned() {
        return returned;
    }

    // ---- reading ----

    /** Takes in what has come. Returns the number of whole messages. */
    int receive(Sink sink) throws IOException {
        int messages = 0;
        while (true) {
            int n = wire.read(in);
            if (n < 0) {
                throw new EOFException("the other side has closed the connection");
            }
            boolean full = !in.hasRemaining();
            if (n > 0) {
                in.flip();
                messages += take(sink);
                in.compact();
            }
            // More may be there only if there was no room for it.
            if (!full) {
                return messages;
            }
        }
    }

    private int take(Sink sink) throws IOException {
        int messages = 0;
        while (true) {
            Landing target = landing;
            if (target != null) {
                if (!land(target)) {
                    return messages;
                }
                landing = null;
                messages++;
                sink.finished(target);
            } else if (in.remaining() >= HEADER) {
                begin(sink);
            } else {
                return messages;
            }
        }
    }

    private void begin(Sink sink) throws IOException {
        int at = in.position();
        int code = in.getInt(at + KIND);
        long guard = in.getLong(at + GUARD);
        in.position(at + HEADER);
        if (code == CREDIT) {
            returned += guard;
            return;
        }
        if (code == BELL) {
            bells++;
            return;
        }
        missing = in.getInt(at + COUNT);
        if (code < 0 || code >= Kind.values().length || missing < 0) {
            throw new IOException("a frame that is none");
        }
        kind = Kind.at(code);
        landing = sink.begin(peer, in.getInt(at + CONTEXT), in.getInt(at + TAG), guard, kind, missing);
    }

    /** Copies elements to their place; true if the message is complete. */
    private boolean land(Landing target) {
        int here = Math.min(missing, in.remaining() / kind.bytes());
        Object data = target.data;
        if (data != null) {
            kind.read(inMemory, in.position(), data, target.offset + target.filled, here);
        }
        in.position(in.position() + here * kind.bytes());
        target.filled += here;
        missing -= here;
        return missing == 0;
    }
}
