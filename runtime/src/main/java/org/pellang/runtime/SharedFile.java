package org.pellang.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.pellang.runtime.memory.Kind;

/**
 * A file that all ranks of a communicator read and write, each its own part of a row-major array in it (MPI_File with subarray views). Elements
 * lie as in memory, in native byte order. Collective calls fail on all ranks if they fail on one.
 */
public final class SharedFile implements AutoCloseable, DoubleAccess.OfFile, LongAccess.OfFile, IntAccess.OfFile, FloatAccess.OfFile,
        ShortAccess.OfFile, ByteAccess.OfFile, BooleanAccess.OfFile {
    private static final Site SITE = new Site("", 0, "sharedFile");

    private interface Work {
        void run() throws IOException;
    }

    private final Comm comm;
    private final Path path;
    private final FileChannel channel;

    private SharedFile(Comm comm, Path path, FileChannel channel) {
        this.comm = comm;
        this.path = path;
        this.channel = channel;
    }

    static SharedFile open(Comm comm, Path path, OpenOption... options) {
        FileChannel[] opened = new FileChannel[1];
        // Rank 0 first: with CREATE_NEW or TRUNCATE_EXISTING the others must find what it made.
        together(comm, path, () -> {
            if (comm.rank() == 0) {
                opened[0] = FileChannel.open(path, options);
            }
        });
        OpenOption[] rest = Arrays.stream(options)
                .filter(o -> !o.toString().equals("CREATE_NEW") && !o.toString().equals("TRUNCATE_EXISTING"))
                .toArray(OpenOption[]::new);
        together(comm, path, () -> {
            if (comm.rank() != 0) {
                opened[0] = FileChannel.open(path, rest);
            }
        });
        return new SharedFile(comm, path, opened[0]);
    }

    private static void together(Comm comm, Path path, Work work) {
        String failure = "";
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            failure = "rank " + comm.rank() + ": " + path + ": " + (e.getMessage() == null || e.getMessage().equals(path.toString()) ? e : e.getMessage());
        }
        for (byte[] words : comm.allgatherBytes(SITE, failure.getBytes(StandardCharsets.UTF_8))) {
            if (words.length > 0) {
                throw new CommException(new String(words, StandardCharsets.UTF_8));
            }
        }
    }

    /** Bytes of the file (MPI_File_get_size). */
    public long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new CommException(path + ": " + e.getMessage());
        }
    }

    /**
     * Collective: every rank writes its box of an array in the file (MPI_File_set_view with a subarray, MPI_File_write_all). Boxes must not overlap.
     *
     * @param base byte at which the array begins
     * @param shape extents of the whole array
     * @param start first index of this rank's box, per axis
     * @param extents of the box; a zero for nothing
     * @param elements the box, row-major, as many elements as it has
     */
    public void writeBox(long base, long[] shape, long[] start, long[] extents, Part elements) {
        together(comm, path, () -> rows(base, shape, start, extents, elements, true));
    }

    /** Collective: every rank reads its box of an array in the file (MPI_File_read_all); see {@link #writeBox}. */
    public void readBox(long base, long[] shape, long[] start, long[] extents, Part elements) {
        together(comm, path, () -> rows(base, shape, start, extents, elements, false));
    }

    /** Writes elements one after the other from a byte on (MPI_File_write_at). Not collective. */
    public void write(long at, Part elements) {
        alone(() -> row(at, elements, 0, elements.count(), true));
    }

    /** Reads as many elements as the part has from a byte on (MPI_File_read_at). Not collective. @throws CommException also if the file ends before */
    public void read(long at, Part elements) {
        alone(() -> row(at, elements, 0, elements.count(), false));
    }

    private void alone(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new CommException("rank " + comm.rank() + ": " + path + ": " + e.getMessage());
        }
    }

    private void rows(long base, long[] shape, long[] start, long[] extents, Part elements, boolean write) throws IOException {
        Runs rows = Runs.box(0, shape, start, extents);
        if (rows.length() != elements.count()) {
            throw new CommException("a box of " + rows.length() + " elements with a part of " + elements.count());
        }
        int bytes = elements.kind().bytes();
        for (long k = 0; k < rows.number(); k++) {
            row(base + rows.start(k) * bytes, elements, rows.before(k), rows.length(k), write);
        }
    }

    private void row(long at, Part elements, long from, long count, boolean write) throws IOException {
        Kind kind = elements.kind();
        int most = (1 << 20) / kind.bytes();
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(most, count) * kind.bytes());
        MemorySegment memory = MemorySegment.ofBuffer(buffer);
        for (long done = 0; done < count; done += most) {
            int n = (int) Math.min(most, count - done);
            buffer.clear().limit(n * kind.bytes());
            Object array = kind.allocate(n);
            if (write) {
                elements.pack(from + done, n, array, 0);
                kind.write(array, 0, n, memory, 0);
            }
            for (long to = at + done * kind.bytes(); buffer.hasRemaining(); ) {
                int moved = write ? channel.write(buffer, to) : channel.read(buffer, to);
                if (moved < 0) {
                    throw new EOFException("the file ends at byte " + channel.size() + ", before the end of the box");
                }
                to += moved;
            }
            if (!write) {
                kind.read(memory, 0, array, 0, n);
                elements.unpack(from + done, n, array, 0);
            }
        }
    }

    /** Collective: what was written is on disk (MPI_File_sync). */
    public void sync() {
        together(comm, path, () -> channel.force(true));
    }

    /** Collective (MPI_File_close). */
    @Override
    public void close() {
        together(comm, path, channel::close);
    }
}
