package org.pellang.runtime.trace;

import static org.pellang.runtime.trace.FlightDescriptor.*;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a flight recorder holds, read while its rank runs or after its end, however that came.
 *
 * @param rank whose it is
 * @param ranks of the job
 * @param process of the rank
 * @param count operations since the start
 * @param waitingSince milliseconds since 1970 since when it waits; 0 if it does not
 * @param entries the last ones, oldest first
 */
public record FlightLog(int rank, int ranks, long process, long count, double waitingSince, List<Entry> entries) {
    /**
     * An operation.
     *
     * @param number from 1
     * @param millis since 1970 when it began, or some operations before
     * @param text what it was
     */
    public record Entry(long number, double millis, String text) {
        /** {@code #12 send to rank 1, tag 3 800 bytes}. */
        public String line() {
            return "#" + number + " " + text;
        }
    }

    public FlightLog {
        entries = List.copyOf(entries);
    }

    /** From a file. @throws IOException if it cannot be read or is something else */
    public static FlightLog read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ); Arena arena = Arena.ofConfined()) {
            if (channel.size() != BYTES) {
                throw new IOException(file + " is no flight recorder's");
            }
            MemorySegment copy = arena.allocate(BYTES, Long.BYTES);
            copy.copyFrom(channel.map(FileChannel.MapMode.READ_ONLY, 0, BYTES, arena));
            if (copy.get(LONG, AT_MAGIC) != MAGIC) {
                throw new IOException(file + " is no flight recorder's");
            }
            return of(copy);
        }
    }

    static FlightLog of(MemorySegment from) {
        Map<Integer, String> words = new HashMap<>();
        Map<Integer, String> tags = new HashMap<>();
        int end = Math.min(from.get(INT, AT_WORDS), WORD_BYTES);
        for (int at = 0; at + WORD_HEAD <= end; ) {
            int head = from.get(INT, WORDS + at + Integer.BYTES);
            int length = head >>> 16;
            byte[] bytes = from.asSlice(WORDS + at + WORD_HEAD, Math.min(length, WORD_BYTES - at - WORD_HEAD)).toArray(ValueLayout.JAVA_BYTE);
            ((head & 0xff) == TAG_NAME ? tags : words).put(from.get(INT, WORDS + at), new String(bytes, StandardCharsets.UTF_8));
            at += WORD_HEAD + (length + Integer.BYTES - 1 & -Integer.BYTES);
        }
        long count = Math.max(0, from.get(LONG, AT_COUNT));
        List<Entry> entries = new ArrayList<>();
        for (long n = Math.max(0, count - DEPTH); n < count; n++) {
            long at = RING + n % DEPTH * ENTRY;
            entries.add(new Entry(n + 1, millis(from, from.get(LONG, at + TIME)), text(from, at, words, tags)));
        }
        long waiting = from.get(LONG, AT_WAITING);
        return new FlightLog(from.get(INT, AT_RANK), from.get(INT, AT_RANKS), from.get(LONG, AT_PROCESS), count, waiting == 0 ? 0 : millis(from, waiting), entries);
    }

    private static double millis(MemorySegment from, long nanos) {
        return from.get(LONG, AT_MILLIS) + (nanos - from.get(LONG, AT_NANOS)) / 1e6;
    }

    private static String text(MemorySegment from, long at, Map<Integer, String> words, Map<Integer, String> tags) {
        int names = from.get(INT, at + NAMES);
        String name = words.getOrDefault(names & 0xffff, "an operation");
        String site = words.getOrDefault(names >>> 16, "");
        long length = from.get(LONG, at + LENGTH);
        int sequence = from.get(INT, at + SEQUENCE);
        String size = length == 0 ? "" : " " + length + " bytes";
        if (sequence >= 0) {
            return name + " (collective " + sequence + ")" + size + (site.isEmpty() ? "" : " at " + site);
        }
        int peer = from.get(INT, at + PEER);
        int tag = from.get(INT, at + TAG);
        String who = name.endsWith("send") ? " to rank " + peer : peer < 0 ? " from any rank" : " from rank " + peer;
        return name + who + ", " + (tag < 0 ? "any tag" : tags.getOrDefault(tag, "tag " + tag)) + size;
    }

    /** The last so many operations, oldest first, one line each. */
    public List<String> lines(int most) {
        return entries.stream().skip(Math.max(0, entries.size() - most)).map(Entry::line).toList();
    }

    /** What the rank does, as far as its record tells: {@code waits since 2.5 s: #12 recv from rank 1, tag 3}. @param now milliseconds since 1970 */
    public String state(double now) {
        String last = entries.isEmpty() ? "no operation yet" : entries.getLast().line();
        return waitingSince > 0 ? String.format(java.util.Locale.ROOT, "waits since %.1f s: %s", Math.max(0, now - waitingSince) / 1e3, last) : "runs; last: " + last;
    }
}
