package org.pellang.runtime.progress;

import org.pellang.runtime.transport.Transport;

/**
 * What this rank may send to each other rank before that has a place for it: 64 messages or 1 MiB. A message costs its bytes, at least a
 * 64th of all; very short ones are free, since the receiver keeps them in less memory than their headers would need with a number to ask by.
 */
final class Credits {
    /** Bytes of all credit. */
    static final long WINDOW = 1L << 20;
    /** Messages that all credit suffices for. */
    static final int MESSAGES = 64;

    private static final long LEAST = WINDOW / MESSAGES;

    private final Transport transport;
    private final long[] spent;
    /** As last seen. */
    private final long[] returned;

    Credits(Transport transport) {
        this.transport = transport;
        this.spent = new long[transport.size()];
        this.returned = new long[transport.size()];
    }

    /** What a message costs. */
    static long cost(long bytes) {
        return bytes <= Unexpected.PACKED_BYTES ? 0 : Math.max(bytes, LEAST);
    }

    /** Whether there is credit for a message to that rank. */
    boolean cover(int destination, long cost) {
        if (cost == 0 || spent[destination] + cost - returned[destination] <= WINDOW) {
            return true;
        }
        returned[destination] = transport.returned(destination);
        return spent[destination] + cost - returned[destination] <= WINDOW;
    }

    /** A message goes. */
    void spend(int destination, long cost) {
        spent[destination] += cost;
    }

    /** A message of so many bytes has found its place here. */
    void giveBack(int source, long bytes) {
        if (bytes > Unexpected.PACKED_BYTES) {
            transport.giveBack(source, cost(bytes));
        }
    }
}
