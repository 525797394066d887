package org.pellang.runtime.progress;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Comm;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Parcel;

/**
 * The unexpected messages of one (context, source), in arrival order. Short ones are packed: 24 bytes for a point-to-point message
 * of 8 bytes, so that a million of them need 24 MB. A message taken from the middle leaves a dead entry until the head reaches it, or until there are
 * more dead ones than others: so one old message that nobody receives costs nothing but its own place.
 */
final class Unexpected {
    /** Longest payload, in bytes, that is packed. */
    static final int PACKED_BYTES = 32;

    private static final int CHUNK_WORDS = 512;
    private static final int LONGEST_ENTRY = 3 + PACKED_BYTES / Long.BYTES;
    /** In an entry's second word, below the tag: the message is in {@link #objects}. */
    private static final long OBJECT = 1 << 28;
    /** In an entry's second word: only the header is here; number and count follow. */
    private static final long PROMISED = 1 << 27;
    private static final long DEAD = 1 << 29;
    private static final long GUARDED = 1 << 30;
    private static final int COUNT_SHIFT = 16;
    private static final int BYTE_MASK = 0xff;

    private static final class Chunk {
        final long[] words = new long[CHUNK_WORDS];
        int end;
        @Nullable Chunk next;
    }

    private final int context;
    private final int source;
    private final Map<Long, Matcher.Arrival> objects = new HashMap<>();
    private Chunk first = new Chunk();
    private Chunk last = first;
    private int head;
    /** Words of dead entries from the head on. */
    private long dead;
    /** Words of the others. */
    private long live;

    Unexpected(int context, int source) {
        this.context = context;
        this.source = source;
    }

    int context() {
        return context;
    }

    /** A message that is kept as it is. */
    void add(Matcher.Arrival arrival) {
        Chunk chunk = room();
        chunk.words[chunk.end] = arrival.number;
        chunk.words[chunk.end + 1] = (long) arrival.parcel.tag << 32 | OBJECT;
        ended(chunk, chunk.end + 2);
        objects.put(arrival.number, arrival);
    }

    /** A message of at most {@link #PACKED_BYTES}. */
    void pack(Parcel parcel, long number) {
        Chunk chunk = room();
        long guarded = parcel.guard == 0 ? 0 : GUARDED;
        int at = chunk.end;
        chunk.words[at++] = number;
        chunk.words[at++] = (long) parcel.tag << 32 | guarded | (long) parcel.count << COUNT_SHIFT | parcel.kind.ordinal();
        if (guarded != 0) {
            chunk.words[at++] = parcel.guard;
        }
        parcel.kind.toWords(parcel.contents(), parcel.offset, parcel.count, chunk.words, at);
        ended(chunk, at + payloadWords(parcel.kind, parcel.count));
    }

    /** A message of which only the header is here. */
    void promise(Parcel header, long number) {
        Chunk chunk = room();
        long guarded = header.guard == 0 ? 0 : GUARDED;
        int at = chunk.end;
        chunk.words[at++] = number;
        chunk.words[at++] = (long) header.tag << 32 | guarded | PROMISED | header.kind.ordinal();
        if (guarded != 0) {
            chunk.words[at++] = header.guard;
        }
        chunk.words[at++] = (long) header.promise << 32 | header.count;
        ended(chunk, at);
    }

    private void ended(Chunk chunk, int end) {
        live += end - chunk.end;
        chunk.end = end;
    }

    /** Memory that the entries take, dead ones too. */
    long words() {
        return live + dead;
    }

    private Chunk room() {
        Chunk chunk = last;
        if (chunk.end + LONGEST_ENTRY > CHUNK_WORDS) {
            chunk = new Chunk();
            last.next = chunk;
            last = chunk;
        }
        return chunk;
    }

    /** Arrival number of the first message that fits, or {@link Long#MAX_VALUE}. */
    long number(int tag) {
        Chunk chunk = first;
        int at = head;
        while (chunk != null) {
            for (; at < chunk.end; at += length(chunk.words[at + 1])) {
                if (fits(chunk.words[at + 1], tag)) {
                    return chunk.words[at];
                }
            }
            chunk = chunk.next;
            at = 0;
        }
        return Long.MAX_VALUE;
    }

    /** The first message that fits, or null. */
    Matcher.@Nullable Arrival find(int tag, boolean remove) {
        Chunk chunk = first;
        int at = head;
        while (chunk != null) {
            for (; at < chunk.end; at += length(chunk.words[at + 1])) {
                if (fits(chunk.words[at + 1], tag)) {
                    Matcher.Arrival arrival = arrival(chunk.words, at);
                    if (remove) {
                        objects.remove(arrival.number);
                        int length = length(chunk.words[at + 1]);
                        chunk.words[at + 1] |= DEAD;
                        live -= length;
                        dead += length;
                        trim();
                    }
                    return arrival;
                }
            }
            chunk = chunk.next;
            at = 0;
        }
        return null;
    }

    private void trim() {
        while (true) {
            while (head < first.end && (first.words[head + 1] & DEAD) != 0) {
                dead -= length(first.words[head + 1]);
                head += length(first.words[head + 1]);
            }
            if (head < first.end) {
                if (dead > CHUNK_WORDS && dead > live) {
                    bury();
                }
                return;
            }
            head = 0;
            Chunk next = first.next;
            if (next == null) {
                first.end = 0;
                return;
            }
            first = next;
        }
    }

    /** Leaves dead entries out. */
    private void bury() {
        Chunk chunk = first;
        int at = head;
        first = new Chunk();
        last = first;
        head = 0;
        while (chunk != null) {
            while (at < chunk.end) {
                int length = length(chunk.words[at + 1]);
                if ((chunk.words[at + 1] & DEAD) == 0) {
                    Chunk to = room();
                    System.arraycopy(chunk.words, at, to.words, to.end, length);
                    to.end += length;
                }
                at += length;
            }
            chunk = chunk.next;
            at = 0;
        }
        dead = 0;
    }

    /** All of them, in order. */
    void forEach(Consumer<Matcher.Arrival> action) {
        int at = head;
        for (Chunk chunk = first; chunk != null; chunk = chunk.next) {
            for (; at < chunk.end; at += length(chunk.words[at + 1])) {
                if ((chunk.words[at + 1] & DEAD) == 0) {
                    action.accept(arrival(chunk.words, at));
                }
            }
            at = 0;
        }
    }

    private Matcher.Arrival arrival(long[] words, int at) {
        long number = words[at];
        long header = words[at + 1];
        if ((header & OBJECT) != 0) {
            Matcher.Arrival kept = objects.get(number);
            if (kept == null) {
                throw new IllegalStateException("an unexpected message is missing");
            }
            return kept;
        }
        Kind kind = Kind.at((int) header & BYTE_MASK);
        boolean guarded = (header & GUARDED) != 0;
        long guard = guarded ? words[at + 2] : 0;
        int rest = at + (guarded ? 3 : 2);
        int tag = (int) (header >> 32);
        if ((header & PROMISED) != 0) {
            Parcel parcel = new Parcel(source, context, tag, guard, kind, (int) words[rest], null, 0, false);
            parcel.promise = (int) (words[rest] >>> 32);
            return new Matcher.Arrival(parcel, number);
        }
        int count = (int) (header >> COUNT_SHIFT) & BYTE_MASK;
        Object array = kind.allocate(count);
        kind.fromWords(words, rest, array, 0, count);
        return new Matcher.Arrival(new Parcel(source, context, tag, guard, kind, count, array, 0, false), number);
    }

    private static int length(long header) {
        if ((header & OBJECT) != 0) {
            return 2;
        }
        int payload = (header & PROMISED) != 0 ? 1 : payloadWords(Kind.at((int) header & BYTE_MASK), (int) (header >> COUNT_SHIFT) & BYTE_MASK);
        return ((header & GUARDED) != 0 ? 3 : 2) + payload;
    }

    private static int payloadWords(Kind kind, int count) {
        return (count * kind.bytes() + Long.BYTES - 1) / Long.BYTES;
    }

    private static boolean fits(long header, int tag) {
        return (header & DEAD) == 0 && (tag == Comm.ANY_TAG || tag == (int) (header >> 32));
    }
}
