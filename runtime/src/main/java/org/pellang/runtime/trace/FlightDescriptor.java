package org.pellang.runtime.trace;

import java.lang.foreign.ValueLayout;

/** A flight recorder's file: a header, the ring, then words. Offsets in bytes, native order. */
final class FlightDescriptor {
    private FlightDescriptor() {}

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** Begins every file. */
    static final long MAGIC = 0x3146_5450_454c_0aL;
    /** long: {@link #MAGIC}. */
    static final long AT_MAGIC = 0;
    /** int: the rank. */
    static final long AT_RANK = 8;
    /** int: number of ranks. */
    static final long AT_RANKS = 12;
    /** long: process id. */
    static final long AT_PROCESS = 16;
    /** long: {@link System#nanoTime} at the beginning. */
    static final long AT_NANOS = 24;
    /** long: milliseconds since 1970 at the same moment. */
    static final long AT_MILLIS = 32;
    /** long: operations so far. */
    static final long AT_COUNT = 40;
    /** long: since when the rank waits ({@link System#nanoTime}), or 0 if it runs. */
    static final long AT_WAITING = 48;
    /** int: bytes of words so far. */
    static final long AT_WORDS = 56;

    /** Operations that the ring holds. */
    static final int DEPTH = 4096;
    static final long RING = 64;
    /** Length of an entry. */
    static final int ENTRY = 32;
    /** In an entry, long: when it began, or a little before. */
    static final int TIME = 0;
    /** In an entry, int: number of its name, and of its site times 65536. */
    static final int NAMES = 8;
    /** In an entry, int: the other rank; negative: any, or none. */
    static final int PEER = 12;
    /** In an entry, int. */
    static final int TAG = 16;
    /** In an entry, int: number of the collective on its communicator; -1 for messages. */
    static final int SEQUENCE = 20;
    /** In an entry, long: bytes. */
    static final int LENGTH = 24;

    /** Each word: int number (of a tag: the tag), byte kind, byte unused, short length, UTF-8. */
    static final long WORDS = RING + (long) DEPTH * ENTRY;
    static final int WORD_HEAD = 8;
    static final int WORD_BYTES = 64 << 10;
    static final byte WORD = 0;
    static final byte TAG_NAME = 1;

    static final long BYTES = WORDS + WORD_BYTES;
}
