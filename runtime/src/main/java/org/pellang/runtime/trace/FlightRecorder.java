package org.pellang.runtime.trace;

import static org.pellang.runtime.trace.FlightDescriptor.*;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pellang.runtime.Site;

/**
 * The last 4,096 operations of one rank, always recorded: into a file that is mapped, so that it can be read while the rank runs and after it was killed
 * ({@link FlightLog}), or just into memory. Written by the rank's thread without synchronisation; others may read a torn last entry.
 *
 * <p>The clock is asked for every eighth operation, and when a rank begins to wait in earnest: it costs more than everything else here.
 */
public final class FlightRecorder {
    private static final int CLOCK_EVERY = 8;
    private static final int SHOWN = 16;
    private static final int TABLE = 1024;
    private static final int MOST_WORDS = 700;

    /** Read by other threads when the job has stopped. */
    private final Map<Integer, String> tagNames = new ConcurrentHashMap<>();
    private final AlgorithmLog algorithms = new AlgorithmLog();
    /** Names and sites by identity, and their numbers. */
    private final Object[] known = new Object[TABLE];
    private final int[] numbers = new int[TABLE];
    private MemorySegment memory = Arena.ofAuto().allocate(BYTES, Long.BYTES);
    private int words;
    private int wordBytes;
    private long next;
    private long time = System.nanoTime();

    /** A recorder in memory. */
    public FlightRecorder() {
        begin(0, 0);
    }

    /** From now on into a file of mode 0600 in that folder, {@code rank.N.flight}. Before the first operation. @throws IOException if it cannot be made */
    public void recordIn(Path folder, int rank, int ranks) throws IOException {
        // Not made shorter: who had the number in an attempt before may have it mapped, and would fault.
        Files.deleteIfExists(folder.resolve(fileName(rank)));
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel file = FileChannel.open(folder.resolve(fileName(rank)), options,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            memory = file.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, Arena.ofAuto());
        }
        begin(rank, ranks);
    }

    /** Name of a rank's file. */
    public static String fileName(int rank) {
        return "rank." + rank + ".flight";
    }

    private void begin(int rank, int ranks) {
        memory.set(INT, AT_RANK, rank);
        memory.set(INT, AT_RANKS, ranks);
        memory.set(LONG, AT_PROCESS, ProcessHandle.current().pid());
        memory.set(LONG, AT_NANOS, time);
        memory.set(LONG, AT_MILLIS, System.currentTimeMillis());
        memory.set(LONG, AT_MAGIC, MAGIC);
    }

    /** What collectives were done by. */
    public AlgorithmLog algorithms() {
        return algorithms;
    }

    /** Says what messages with this tag belong to, for instance {@code "channel token"}. */
    public void nameTag(int tag, String name) {
        if (tagNames.put(tag, name) == null) {
            write(TAG_NAME, tag, name);
        }
    }

    /** {@code "tag 3"}, {@code "any tag"}, or the name that was given. */
    public String tag(int tag) {
        return tag < 0 ? "any tag" : tagNames.getOrDefault(tag, "tag " + tag);
    }

    /** Records a point-to-point operation; negative peers and tags are wildcards. */
    public void message(String name, int peer, int tag, long length) {
        record(name, Site.NONE, peer, tag, length, -1);
    }

    /** Records a collective with its sequence number on its communicator. */
    public void collective(String name, Site site, int sequence, long length) {
        record(name, site, -1, -1, length, sequence);
    }

    private void record(String name, Site site, int peer, int tag, long length, int sequence) {
        long n = next;
        if (n % CLOCK_EVERY == 0) {
            time = System.nanoTime();
        }
        MemorySegment to = memory;
        long at = RING + n % DEPTH * ENTRY;
        to.set(LONG, at + TIME, time);
        to.set(INT, at + NAMES, number(name) | (site == Site.NONE ? 0 : number(site) << 16));
        to.set(INT, at + PEER, peer);
        to.set(INT, at + TAG, tag);
        to.set(INT, at + SEQUENCE, sequence);
        to.set(LONG, at + LENGTH, length);
        next = n + 1;
        to.set(LONG, AT_COUNT, n + 1);
    }

    /** The rank begins to wait for what it has recorded last, at that {@link System#nanoTime}. */
    public void waits(long since) {
        time = since;
        memory.set(LONG, AT_WAITING, since);
        if (next > 0) {
            memory.set(LONG, RING + (next - 1) % DEPTH * ENTRY + TIME, since);
        }
    }

    /** The rank runs again. */
    public void runs() {
        memory.set(LONG, AT_WAITING, 0);
    }

    // ---- words ----

    private int number(Object word) {
        int i = System.identityHashCode(word) & TABLE - 1;
        while (known[i] != word) {
            if (known[i] == null) {
                return add(word, i);
            }
            i = i + 1 & TABLE - 1;
        }
        return numbers[i];
    }

    /** Numbers from 1; 0 for what there is no room for. */
    private int add(Object word, int i) {
        if (words == MOST_WORDS) {
            return 0;
        }
        words++;
        numbers[i] = write(WORD, words, word.toString()) ? words : 0;
        known[i] = word;
        return numbers[i];
    }

    private synchronized boolean write(byte kind, int number, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = WORD_HEAD + (bytes.length + Integer.BYTES - 1 & -Integer.BYTES);
        if (wordBytes + length > WORD_BYTES || bytes.length > Short.MAX_VALUE) {
            return false;
        }
        long at = WORDS + wordBytes;
        memory.set(INT, at, number);
        memory.set(INT, at + Integer.BYTES, kind | bytes.length << 16);
        MemorySegment.copy(bytes, 0, memory, java.lang.foreign.ValueLayout.JAVA_BYTE, at + WORD_HEAD, bytes.length);
        wordBytes += length;
        memory.set(INT, AT_WORDS, wordBytes);
        return true;
    }

    /** The last of the recorded operations, oldest first, one line each. */
    public List<String> lines() {
        return FlightLog.of(memory).lines(SHOWN);
    }
}
