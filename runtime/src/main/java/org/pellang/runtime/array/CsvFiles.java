package org.pellang.runtime.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * Comma-separated files of distributed arrays. Each rank writes the text of its own elements, at the place that the lengths of all texts tell; and reads its share
 * of the bytes, up to the end of the line in which it ends, from which the values go to their owners.
 */
final class CsvFiles {
    private CsvFiles() {}

    /** Elements that stand together in the file: number of the first one, and the text. */
    private record Piece(long start, byte[] text) {}

    /** A piece of some rank in the file. */
    private record Place(long start, int rank, long bytes) {}

    /** Whether each rank can write its part. */
    static boolean byParts(Domain domain) {
        boolean dense = domain.isDistributed() && domain.axes() <= 2;
        for (int d = 0; d < domain.axes(); d++) {
            dense &= domain.step(d) == 1;
        }
        return dense;
    }

    /** Collective. The file is complete when all ranks have returned. */
    static void save(Rank rank, Site site, Path file, PelArray array) throws IOException {
        if (rank.rank() == 0) {
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE).close();
        }
        List<Piece> pieces = pieces(array);
        Encoder mine = new Encoder();
        pieces.forEach(p -> mine.putLong(p.start).putLong(p.text.length));
        // Also tells that the file is there.
        byte[][] all = rank.world().allgatherBytes(site, mine.toBytes());
        List<Place> places = new ArrayList<>();
        for (int r = 0; r < all.length; r++) {
            for (Decoder in = new Decoder(all[r]); in.remaining() > 0; ) {
                places.add(new Place(in.getLong(), r, in.getLong()));
            }
        }
        places.sort(Comparator.comparingLong(Place::start));
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long at = 0;
            int next = 0;
            for (Place place : places) {
                if (place.rank == rank.rank()) {
                    ArrayFiles.write(out, pieces.get(next++).text, at);
                }
                at += place.bytes;
            }
        }
    }

    private static List<Piece> pieces(PelArray array) {
        Domain domain = array.domain();
        long columns = domain.axes() == 1 ? 1 : domain.extent(1);
        List<Piece> pieces = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        long[] run = {0, 0};
        domain.region().forEachRow((index, n) -> {
            long ordinal = FileRows.ordinal(domain, index);
            if (ordinal != run[1]) {
                finish(run[0], text, pieces);
                run[0] = ordinal;
            }
            run[1] = ordinal + n;
            int place = array.layout().place(index);
            for (int k = 0; k < n; k++) {
                CsvText.element(array, place + k, text);
                text.append((ordinal + k + 1) % columns == 0 ? '\n' : ',');
            }
        });
        finish(run[0], text, pieces);
        return pieces;
    }

    private static void finish(long start, StringBuilder text, List<Piece> pieces) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(start, text.toString().getBytes(StandardCharsets.UTF_8)));
            text.setLength(0);
        }
    }

    /** Collective. @param create makes the array of given extents */
    static PelArray load(Rank rank, Site site, String path, Path file, ElemType type, int axes, Function<long[], PelArray> create) throws IOException {
        CsvText.fits(path, type, axes);
        String text = share(rank, site, path, file);
        int me = rank.rank();
        CsvText.Parsed parsed = CsvText.parse(text, type, me == 0);
        byte[][] all = rank.world().allgatherBytes(
                site, new Encoder().putLong(parsed.count()).putLong(parsed.cells().size()).putLong(parsed.columns()).toBytes());
        long[] rows = new long[all.length + 1];
        long lines = 0;
        long columns = -1;
        for (int r = 0; r < all.length; r++) {
            Decoder in = new Decoder(all[r]);
            long count = in.getLong();
            lines += r < me ? count : 0;
            rows[r + 1] = rows[r] + in.getLong();
            long first = in.getLong();
            columns = columns < 0 ? first : columns;
        }
        columns = Math.max(0, columns);
        PelArray array = create.apply(CsvText.extents(rows[all.length], columns, axes));
        Root root = array.domain().root();
        Box box = box(rows, me, columns, axes);
        PelArray mine = PelArray.over(box, type);
        parsed.into(mine, 0, path, lines, columns);
        byte[][] out = new byte[all.length][];
        for (int r = 0; r < all.length; r++) {
            Encoder values = new Encoder();
            Region theirs = Region.of(box, root.owned(r));
            if (!theirs.isEmpty()) {
                Rows.pack(mine, theirs, values);
            }
            out[r] = values.toBytes();
        }
        byte[][] in = rank.world().alltoallBytes(site, out);
        long[] none = new long[axes];
        for (int r = 0; r < in.length; r++) {
            Region ours = Region.of(box(rows, r, columns, axes), root.owned(me));
            if (!ours.isEmpty()) {
                Rows.unpack(new Decoder(in[r]), array, ours, none, array.layout());
            }
        }
        return array;
    }

    /** The elements of the rows that a rank has read. */
    private static Box box(long[] rows, int r, long columns, int axes) {
        return axes == 2
                ? new Box(new long[] {rows[r], 0}, new long[] {rows[r + 1] - 1, columns - 1})
                : Box.of(rows[r] * columns, rows[r + 1] * columns - 1);
    }

    /** The lines that begin in this rank's share of the bytes. */
    private static String share(Rank rank, Site site, String path, Path file) throws IOException {
        int ranks = rank.size();
        int me = rank.rank();
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = in.size();
            long from = size / ranks * me + Math.min(me, size % ranks);
            long to = size / ranks * (me + 1) + Math.min(me + 1, size % ranks);
            if (to - from > Integer.MAX_VALUE / 2) {
                throw new PelTrap("cannot read " + path + ": one rank's lines are more than 1 GiB; use more ranks");
            }
            // The byte before tells whether the first one begins a line.
            long begin = Math.max(0, from - 1);
            byte[] bytes = bytes(in, begin, to);
            int first = (int) (from - begin);
            while (first < bytes.length && !beginsLine(bytes, first)) {
                first++;
            }
            boolean any = first < bytes.length;
            byte[][] all = rank.world().allgatherBytes(site, new Encoder().putLong(any ? begin + first : -1).toBytes());
            long end = size;
            for (int r = ranks - 1; r > me; r--) {
                long start = new Decoder(all[r]).getLong();
                end = start < 0 ? end : start;
            }
            if (!any) {
                return "";
            }
            byte[] rest = bytes(in, to, end);
            int known = bytes.length - first;
            byte[] whole = Arrays.copyOfRange(bytes, first, first + known + rest.length);
            System.arraycopy(rest, 0, whole, known, rest.length);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(whole)).toString();
        }
    }

    private static boolean beginsLine(byte[] bytes, int k) {
        return k == 0 || bytes[k - 1] == '\n' || bytes[k - 1] == '\r' && bytes[k] != '\n';
    }

    private static byte[] bytes(FileChannel in, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.max(0, to - from)));
        while (bytes.hasRemaining() && in.read(bytes, from + bytes.position()) >= 0) {
            // until all is there
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
