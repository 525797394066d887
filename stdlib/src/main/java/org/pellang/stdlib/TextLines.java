package org.pellang.stdlib;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.DimDist;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * The lines of text files spread over the ranks in blocks. Each rank looks for the ends of lines in its share of the bytes; when all know how many lines there
 * are, each reads the bytes of its own lines. The files count as one text, where each begins a line.
 */
public final class TextLines {
    private static final int BUFFER = 1 << 18;

    private final String path;
    private final List<Path> files = new ArrayList<>();
    /** Where each file begins in the whole text, and where the last one ends. */
    private final long[] begins;
    private long[] starts = new long[1024];
    private int count;

    private TextLines(String path) {
        this.path = path;
        List<String> names = Files.matching(path);
        begins = new long[names.size() + 1];
        try {
            for (int f = 0; f < names.size(); f++) {
                files.add(Path.of(names.get(f)));
                begins[f + 1] = begins[f] + java.nio.file.Files.size(files.get(f));
            }
        } catch (IOException e) {
            throw Files.unreadable(path, e);
        }
    }

    /** The lines of a file, or of all files that match a pattern, as a distributed array of strings. Collective. */
    public static PelArray read(Rank rank, Site site, String path) {
        return new TextLines(path).read(rank, site);
    }

    private PelArray read(Rank rank, Site site) {
        int ranks = rank.size();
        int me = rank.rank();
        long size = begins[files.size()];
        try {
            scan(size / ranks * me + Math.min(me, size % ranks), size / ranks * (me + 1) + Math.min(me + 1, size % ranks));
            long[] counts = longs(rank, site, count);
            long first = Arrays.stream(counts, 0, me).sum();
            long lines = Arrays.stream(counts).sum();
            Domain domain = Domain.distributed(rank, new long[] {0}, new long[] {lines - 1}, new DimDist[] {DimDist.BLOCK}, false);
            long[] from = parts(rank, site, domain, first, size);
            PelArray array = PelArray.create(domain, ElemType.STRING);
            Box owned = domain.owned();
            if (!owned.isEmpty()) {
                long index = owned.lo()[0];
                Object[] strings = array.obj(0);
                for (String line : decoded(from[me], from[me + 1])) {
                    strings[array.layout().place(new long[] {index++})] = line;
                }
            }
            array.touch();
            return array;
        } catch (IOException e) {
            throw Files.unreadable(path, e);
        }
    }

    private static long[] longs(Rank rank, Site site, long mine) {
        return Arrays.stream(rank.world().allgatherBytes(site, new Encoder().putLong(mine).toBytes())).mapToLong(b -> new Decoder(b).getLong()).toArray();
    }

    /** The byte at which each rank's lines begin, and the end: whoever found a rank's first line tells the others. */
    private long[] parts(Rank rank, Site site, Domain domain, long first, long size) {
        int ranks = rank.size();
        Encoder found = new Encoder();
        for (int r = 0; r < ranks; r++) {
            Box part = domain.owned(r);
            long line = part.isEmpty() ? -1 : part.lo()[0] - first;
            if (line >= 0 && line < count) {
                found.putInt(r).putLong(starts[(int) line]);
            }
        }
        long[] from = new long[ranks + 1];
        Arrays.fill(from, -1);
        from[ranks] = size;
        for (byte[] part : rank.world().allgatherBytes(site, found.toBytes())) {
            Decoder in = new Decoder(part);
            while (in.remaining() > 0) {
                from[in.getInt()] = in.getLong();
            }
        }
        for (int r = ranks - 1; r >= 0; r--) {
            from[r] = from[r] < 0 ? from[r + 1] : from[r];
        }
        return from;
    }

    /** Finds the bytes of {@code from..<to} at which lines start: the first of a file, and what follows the end of a line. */
    private void scan(long from, long to) throws IOException {
        for (int f = 0; f < files.size(); f++) {
            long low = Math.max(from, begins[f]) - begins[f];
            long high = Math.min(to, begins[f + 1]) - begins[f];
            if (low >= high) {
                continue;
            }
            try (FileChannel channel = FileChannel.open(files.get(f), StandardOpenOption.READ)) {
                // The byte before tells whether the first one starts a line.
                long at = Math.max(0, low - 1);
                ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
                int before = '\n';
                for (; at < high; buffer.clear()) {
                    buffer.limit((int) Math.min(BUFFER, high - at));
                    if (channel.read(buffer, at) < 0) {
                        throw new PelTrap("cannot read " + files.get(f) + ": it has become shorter");
                    }
                    buffer.flip();
                    for (; buffer.hasRemaining(); at++) {
                        int here = buffer.get();
                        if (at >= low && (before == '\n' || before == '\r' && here != '\n')) {
                            add(begins[f] + at);
                        }
                        before = here;
                    }
                }
            }
        }
    }

    private void add(long start) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = start;
    }

    private List<String> decoded(long from, long to) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int f = 0; f < files.size(); f++) {
            long low = Math.max(from, begins[f]) - begins[f];
            long high = Math.min(to, begins[f + 1]) - begins[f];
            if (low >= high) {
                continue;
            }
            if (high - low > Integer.MAX_VALUE - 8) {
                throw new PelTrap("cannot read " + files.get(f) + ": one rank's lines are more than 2 GiB; use more ranks");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) (high - low));
            try (FileChannel channel = FileChannel.open(files.get(f), StandardOpenOption.READ)) {
                while (bytes.hasRemaining() && channel.read(bytes, low + bytes.position()) >= 0) {
                    // until all is there
                }
            }
            try {
                StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString().lines().forEach(lines::add);
            } catch (CharacterCodingException e) {
                throw new PelTrap("cannot read " + files.get(f) + ": not UTF-8 text", e);
            }
        }
        return lines;
    }
}
