package org.pellang.runtime.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes one rank's part of a checkpoint: its elements of each array, then a file {@code part.R} with its values and what it adds to the checksums. Whoever
 * finds that all parts are there puts them together; nobody waits for anybody, so ranks may write while they compute.
 */
final class PartWriter {
    /**
     * What all ranks agreed on.
     *
     * @param number of the checkpoint
     * @param nonce makes the name of its folder unique
     * @param same per frame and value or array without distribution, whether all ranks have the same
     */
    record Plan(long number, String nonce, List<Map<String, Boolean>> same) {
        private boolean isSame(int k, String name) {
            return same.get(k).getOrDefault(name, true);
        }

        private boolean inOneFile(int k, String name, ArrayPart part) {
            return part.distributed() || isSame(k, name);
        }

        /** What a rank says about frame {@code k} besides its arrays. */
        List<String> lines(int k, Frame frame, int rank) {
            List<String> lines = new ArrayList<>();
            if (rank == 0) {
                // The output so far is counted on rank 0 alone.
                lines.add(Manifest.loopLine(frame));
            }
            for (Map.Entry<String, byte[]> value : frame.values().entrySet()) {
                boolean all = isSame(k, value.getKey());
                if (rank == 0 || !all) {
                    lines.add(Manifest.valueLine(k, value.getKey(), all ? -1 : rank, value.getValue()));
                }
            }
            return lines;
        }

        /** Whether a rank has elements of an array to write. */
        boolean writes(int k, String name, ArrayPart part, int rank) {
            return part.distributed() || !isSame(k, name) || rank == 0;
        }

        /** Whether it is the one that says where an array is. */
        boolean first(int k, String name, ArrayPart part, int rank) {
            return rank == 0 || !inOneFile(k, name, part);
        }

        /** The file of an array of frame {@code k} of {@code n}. */
        String file(int k, int n, String name, ArrayPart part, int rank) {
            return Frame.file(k, n, name, inOneFile(k, name, part) ? null : rank);
        }

        /** Where it is. */
        String arrayLine(int k, int n, String name, ArrayPart part, int rank) {
            return Manifest.arrayLine(k, name, inOneFile(k, name, part) ? -1 : rank,
                    new Manifest.Stored(file(k, n, name, part, rank), part.header().length, part.bytes(), part.shape()));
        }
    }

    private static final int SLICE = 1 << 18;

    private final CheckpointFolder folder;
    private final Plan plan;
    private final List<Frame> frames;
    private final List<String> facts;
    private final int rank;
    private final int ranks;
    private final Faults faults;
    private final LongPredicate committed;
    private final Path target;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, FileChannel> open = new LinkedHashMap<>();
    private byte[] slice = {};
    private volatile boolean cancelled;

    /** @param committed waits until so many lines of output have come out for good */
    PartWriter(CheckpointFolder folder, Plan plan, List<Frame> frames, List<String> facts, int rank, int ranks, Faults faults, LongPredicate committed) {
        this.committed = committed;
        this.folder = folder;
        this.plan = plan;
        this.frames = frames;
        this.facts = facts;
        this.rank = rank;
        this.ranks = ranks;
        this.faults = faults;
        this.target = folder.writing(plan.number, plan.nonce);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /** Writes; returns null, or why it could not be. */
    @Nullable String write() {
        String wrong = begin();
        return wrong == null ? finish() : wrong;
    }

    /** Gives the system the bytes of the arrays, which may change from then on. Returns null, or why it could not be. */
    @Nullable String begin() {
        return tried(() -> {
            step("create the folder");
            Files.createDirectories(target);
            for (int k = 0; k < frames.size(); k++) {
                lines.addAll(plan.lines(k, frames.get(k), rank));
                for (Map.Entry<String, ArrayPart> array : frames.get(k).arrays().entrySet()) {
                    array(k, array.getKey(), array.getValue());
                }
            }
        });
    }

    /** Brings them to the disk, and completes the checkpoint if no other part is missing. Returns null, or why it could not be. */
    @Nullable String finish() {
        return tried(() -> {
            for (Map.Entry<String, FileChannel> file : open.entrySet()) {
                step("sync " + file.getKey());
                file.getValue().force(true);
                file.getValue().close();
            }
            finishPart();
            if (allThere()) {
                complete();
            }
        });
    }

    private @Nullable String tried(Work work) {
        boolean done = false;
        try {
            work.run();
            done = true;
            return null;
        } catch (IOException e) {
            return reason(e);
        } catch (UncheckedIOException e) {
            return reason(java.util.Objects.requireNonNull(e.getCause()));
        } catch (OutOfMemoryError e) {
            return "out of memory";
        } finally {
            if (!done) {
                open.values().forEach(PartWriter::close);
            }
        }
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            // It belongs to no checkpoint.
        }
    }

    private void step(String what) throws IOException {
        if (cancelled) {
            throw new IOException("the attempt that wrote it is over");
        }
        faults.event(rank, what);
    }

    /** Ends the writing at its next step. */
    void cancel() {
        cancelled = true;
    }

    /** The system's words without the long path. */
    static String reason(IOException e) {
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void array(int k, String name, ArrayPart part) throws IOException {
        if (!plan.writes(k, name, part, rank)) {
            return;
        }
        String file = plan.file(k, frames.size(), name, part, rank);
        long length = part.header().length + part.bytes();
        BlockSums sums = new BlockSums(length);
        boolean first = plan.first(k, name, part, rank);
        step("open " + file);
        FileChannel out = FileChannel.open(target.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        open.put(file, out);
        if (first) {
            lines.add(plan.arrayLine(k, frames.size(), name, part, rank));
            store(out, part.header(), 0, sums);
        }
        step("write " + file);
        part.each(this::slice, (bytes, at) -> store(out, bytes, part.header().length + at, sums));
        int[] contributions = sums.contributions();
        for (int b = 0; b < contributions.length; b++) {
            if (contributions[b] != 0) {
                lines.add(Manifest.sumLine(file, b, contributions[b]));
            }
        }
    }

    /** What is not copied goes through one slice of memory, which stays near. */
    private byte[] slice(int wanted, int unit) {
        if (wanted < SLICE || unit > SLICE) {
            return new byte[wanted];
        }
        int length = SLICE / unit * unit;
        if (slice.length != length) {
            slice = new byte[length];
        }
        return slice;
    }

    private static void store(FileChannel out, byte[] bytes, long at, BlockSums sums) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        // Slice by slice: what was summed is still near when it is written.
        for (int done = 0; done < bytes.length; done += SLICE) {
            int count = Math.min(SLICE, bytes.length - done);
            sums.add(bytes, done, count, at + done);
            buffer.limit(done + count);
            while (buffer.hasRemaining()) {
                out.write(buffer, at + buffer.position());
            }
        }
    }

    /** The part appears whole or not at all. */
    private void finishPart() throws IOException {
        if (rank == 0 && !committed.test(frames.getLast().lines())) {
            throw new IOException("pelrun does not take the output that comes before it");
        }
        step("write the part");
        Path hidden = target.resolve(".part." + rank);
        Files.write(hidden, lines, StandardCharsets.UTF_8);
        step("show the part");
        Files.move(hidden, part(rank), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path part(int r) {
        return target.resolve("part." + r);
    }

    private boolean allThere() throws IOException {
        for (int r = 0; r < ranks; r++) {
            if (!Files.exists(part(r))) {
                return false;
            }
        }
        try {
            // Two may see the last part at once; one of them goes on.
            Files.createFile(target.resolve(".sealing"));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private void complete() throws IOException {
        step("seal");
        Map<String, Long> lengths = new HashMap<>();
        Map<String, Map<Integer, Integer>> sums = new TreeMap<>();
        List<String> all = new ArrayList<>(facts);
        for (int r = 0; r < ranks; r++) {
            for (String line : Files.readAllLines(part(r))) {
                String[] w = line.split(" ");
                if (w[0].equals("sum")) {
                    sums.computeIfAbsent(w[1], f -> new TreeMap<>())
                            .merge(Integer.parseInt(w[2]), Integer.parseUnsignedInt(w[3], 16), (a, b) -> a ^ b);
                    continue;
                }
                if (w[0].equals("array")) {
                    lengths.put(w[4], Long.parseLong(w[5]) + Long.parseLong(w[6]));
                }
                all.add(line);
            }
        }
        lengths.forEach((file, length) -> {
            for (int b = 0; b < BlockSums.blocks(length); b++) {
                int contributions = sums.getOrDefault(file, Map.of()).getOrDefault(b, 0);
                all.add(Manifest.sumLine(file, b, BlockSums.finish(length, b, contributions)));
            }
        });
        step("write the manifest");
        try (FileChannel out = FileChannel.open(target.resolve(Manifest.FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap(Manifest.seal(all));
            while (text.hasRemaining()) {
                out.write(text);
            }
            step("sync the manifest");
            out.force(true);
        }
        for (int r = 0; r < ranks; r++) {
            Files.delete(part(r));
        }
        Files.delete(target.resolve(".sealing"));
        step("rename the checkpoint");
        folder.publish(target, plan.number);
        step("remove old checkpoints");
        folder.prune();
    }
}
