package org.pellang.runtime.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An array as the contents of a {@code .npy} file (format 1.0, C order, little-endian; NumPy Enhancement Proposal 1), for each rank its own part: elements in
 * the order of the global indices, records as structured elements. For checkpoints; positions count from the first element.
 */
public final class ArrayImage {
    private static final int PIECE = 1 << 24;

    private ArrayImage() {}

    /** Takes bytes of the file. */
    @FunctionalInterface
    public interface Sink {
        /** The array is the callee's. */
        void write(byte[] bytes, long at) throws IOException;
    }

    /** Gives memory for bytes of the file. */
    @FunctionalInterface
    public interface Buffers {
        /** An array of the wanted length, or of a shorter one that is a multiple of {@code unit}. */
        byte[] take(int wanted, int unit);
    }

    /** Gives bytes of the file. */
    @FunctionalInterface
    public interface Source {
        /** Fills the array. */
        void read(byte[] bytes, long at) throws IOException;
    }

    /** Whether elements have a fixed size: not strings, lists or records with such. */
    public static boolean possible(PelArray array) {
        return !array.type().isObject();
    }

    /** Bytes of all elements. */
    public static long bytes(PelArray array) {
        return Math.multiplyExact(array.size(), (long) array.type().bytes());
    }

    /** Extents and element type, for comparing: {@code float [1002, 1002]}. */
    public static String shape(PelArray array) {
        StringBuilder text = new StringBuilder(array.type().npyDescr().replace(" ", "")).append(" [");
        for (int d = 0; d < array.axes(); d++) {
            text.append(d == 0 ? "" : ",").append(array.length(d));
        }
        return text.append(']').toString();
    }

    /** The header. */
    public static byte[] header(PelArray array) {
        StringBuilder tuple = new StringBuilder("(");
        for (int d = 0; d < array.axes(); d++) {
            tuple.append(d == 0 ? "" : " ").append(array.length(d)).append(d == 0 || d < array.axes() - 1 ? "," : "");
        }
        String text = "{'descr': " + array.type().npyDescr() + ", 'fortran_order': False, 'shape': " + tuple + "), }";
        int length = (10 + text.length() + 1 + 63) / 64 * 64;
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) (length - 10));
        out.put(text.getBytes(StandardCharsets.US_ASCII));
        while (out.position() < length - 1) {
            out.put((byte) ' ');
        }
        return out.put((byte) '\n').array();
    }

    /** This rank's elements, those that follow each other in the file together, in pieces of up to {@link #PIECE} bytes. */
    public static void write(PelArray array, Sink sink) throws IOException {
        write(array, (wanted, unit) -> new byte[wanted], sink);
    }

    /** As above, in memory from {@code buffers}. */
    public static void write(PelArray array, Buffers buffers, Sink sink) throws IOException {
        Pieces pieces = new Pieces(array, buffers, sink);
        each(array, pieces::row);
        pieces.flush();
    }

    /** Rows become pieces: packed once, where they stay. */
    private static final class Pieces {
        private final PelArray array;
        private final ElemType type;
        private final Buffers buffers;
        private final Sink sink;
        /** Bytes that probably follow each other: all at first, then as many as did last time. */
        private long guess;
        private byte[] piece = {};
        private int filled;
        /** Whether the piece has not been given away. */
        private boolean ours;
        private long at;

        Pieces(PelArray array, Buffers buffers, Sink sink) {
            this.array = array;
            this.buffers = buffers;
            this.type = array.type();
            this.sink = sink;
            this.guess = array.owned().size() * type.bytes();
        }

        void row(int place, int step, int count, long ordinal) throws IOException {
            int size = type.bytes();
            if (filled > 0 && at + filled != ordinal * size) {
                guess = filled;
                flush();
            }
            int done = 0;
            while (done < count) {
                if (filled == 0) {
                    int wanted = (int) Math.min(Math.max(guess, (long) (count - done) * size), Math.max(PIECE / size, 1) * size);
                    piece = ours && piece.length <= wanted ? piece : buffers.take(wanted, size);
                    at = (ordinal + done) * size;
                }
                int n = Math.min(count - done, (piece.length - filled) / size);
                pack(place + done * step, step, n);
                filled += n * size;
                done += n;
                guess -= (long) n * size;
                if (piece.length - filled < size) {
                    flush();
                }
            }
        }

        private void pack(int place, int step, int count) {
            if (type.columns() == 1 && step == 1) {
                type.column(0).pack(array.column(0), place, count, piece, filled);
                return;
            }
            int to = filled;
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < type.columns(); k++) {
                    to = type.column(k).pack(array.column(k), place + i * step, 1, piece, to);
                }
            }
        }

        void flush() throws IOException {
            if (filled > 0) {
                ours = filled < piece.length;
                sink.write(ours ? Arrays.copyOf(piece, filled) : piece, at);
                filled = 0;
            }
        }
    }

    /** The reverse of {@link #write}: fills this rank's elements; ghost cells become stale. */
    public static void read(PelArray array, Source source) throws IOException {
        ElemType type = array.type();
        each(array, (place, step, count, ordinal) -> {
            byte[] bytes = new byte[Math.multiplyExact(count, type.bytes())];
            source.read(bytes, ordinal * type.bytes());
            if (type.columns() == 1 && step == 1) {
                type.column(0).unpack(bytes, 0, array.column(0), place, count);
                return;
            }
            int at = 0;
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < type.columns(); k++) {
                    at = type.column(k).unpack(bytes, at, array.column(k), place + i * step, 1);
                }
            }
        });
        array.touch();
    }

    /** Fills this rank's elements from an array with all of them. */
    public static void take(PelArray all, PelArray array) {
        Elements.copy(all, array, array.domain().region());
        array.touch();
    }

    /** Elements that follow each other in the file. */
    private interface Run {
        /** @param step distance in the columns @param ordinal row-major number of the first */
        void run(int place, int step, int count, long ordinal) throws IOException;
    }

    private static void each(PelArray array, Run action) throws IOException {
        Domain domain = array.domain();
        int last = domain.axes() - 1;
        int step = Math.toIntExact(domain.step(last));
        IOException[] failure = new IOException[1];
        domain.region().forEachRow((index, n) -> {
            int first = Math.toIntExact(Math.floorMod(domain.lo(last) - index[last], (long) step));
            if (failure[0] != null || !onRow(domain, index) || first >= n) {
                return;
            }
            int place = array.layout().place(index) + first;
            long[] start = index.clone();
            start[last] += first;
            try {
                action.run(place, step, (n - first + step - 1) / step, ordinal(domain, start));
            } catch (IOException e) {
                failure[0] = e;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    /** Whether the strides of all axes but the last have this row. */
    private static boolean onRow(Domain domain, long[] index) {
        for (int d = 0; d < index.length - 1; d++) {
            if ((index[d] - domain.lo(d)) % domain.step(d) != 0) {
                return false;
            }
        }
        return true;
    }

    private static long ordinal(Domain domain, long[] index) {
        long n = 0;
        for (int d = 0; d < index.length; d++) {
            n = n * domain.extent(d) + (index[d] - domain.lo(d)) / domain.step(d);
        }
        return n;
    }
}
