package org.pellang.runtime.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** Writes checkpoints: agrees on each with the other ranks, then has its part written while the program goes on, if there is memory for a copy. */
final class Saver {
    static final Site SITE = new Site("", 0, "checkpoint");

    private static final int DISK = 1;
    private static final int MEMORY = 2;

    /** Room left beside the copy of a state. */
    private static final double SPARE = 1.25;

    private static final long LAST_WRITE_MILLIS = 1500;

    private final Rank rank;
    private final ProgramInfo program;
    private final CheckpointOptions options;
    private final @Nullable CheckpointFolder folder;
    private final @Nullable Partners partners;
    private final boolean spareCore;
    private final CopyMemory memory = new CopyMemory();
    /** What is being written from there. */
    private final List<ArrayPart> copies = new ArrayList<>();
    private @Nullable Background writing;
    private String failure = "";
    private long number;
    private String nonce = "";
    private boolean warned;
    private boolean warnedSlow;
    private boolean warnedCrossing;
    private double lastSeconds;

    /** @param folder null: nothing goes to the disk @param partners null: no second copies @param last number of the checkpoint that the job goes on from
     *     @param spareCore whether a core is left for threads that write */
    Saver(Rank rank, ProgramInfo program, CheckpointOptions options, @Nullable CheckpointFolder folder, @Nullable Partners partners, long last, boolean spareCore) {
        this.spareCore = spareCore;
        this.number = last;
        this.partners = partners;
        this.rank = rank;
        this.program = program;
        this.options = options;
        this.folder = folder;
    }

    /**
     * Collective: saves these states, unless the last ones are still being written.
     *
     * @param frames of all running loops; null: some loop outside keeps none, so nothing can be saved here
     * @return what a checkpoint costs, in seconds
     */
    double save(@Nullable List<Frame> frames, LoopSpec spec) {
        if (frames == null) {
            throw new IllegalStateException("a loop around " + spec.place() + " has kept no state");
        }
        long start = options.faults().now();
        Background last = writing;
        boolean busy = last != null && !last.done();
        if (last != null && !busy) {
            settle(last);
        }
        boolean fits = fits(frames);
        byte[][] all = rank.world().gatherBytes(SITE, report(busy, fits, frames), 0);
        byte[] decision = rank.world().bcastBytes(SITE, rank.rank() == 0 ? decide(all, frames, spec) : null, 0);
        Decoder in = new Decoder(decision);
        String stop = in.getString();
        if (!stop.isEmpty()) {
            throw new PelTrap(stop);
        }
        byte where = in.getByte();
        if (where == 0) {
            return lastSeconds;
        }
        number = in.getLong();
        nonce = in.getString();
        keep(frames, new PartWriter.Plan(number, nonce, sameness(in, frames)), where, fits);
        return (options.faults().now() - start) / 1e9 + (writing == null ? 0 : lastSeconds);
    }

    private void settle(Background last) {
        failure = last.failure();
        lastSeconds = last.seconds();
        writing = null;
        copies.forEach(a -> a.release(memory));
        copies.clear();
    }

    // ---- agreement ----

    private byte[] report(boolean busy, boolean fits, List<Frame> frames) {
        Encoder out = new Encoder();
        out.putByte(busy ? 1 : 0).putByte(fits ? 1 : 0).putLong(rank.messagesUnderWay()).putString(failure);
        failure = "";
        for (Frame f : frames) {
            f.values().values().forEach(bytes -> out.putLong(new Hash().add(bytes).value()));
            f.arrays().values().stream().filter(a -> !a.distributed()).forEach(a -> out.putLong(a.hash()));
        }
        return out.toBytes();
    }

    private byte[] decide(byte[][] reports, List<Frame> frames, LoopSpec spec) {
        boolean anyBusy = false;
        boolean allFit = true;
        long underWay = 0;
        String trouble = "";
        List<long[]> hashes = new ArrayList<>();
        for (int r = 0; r < reports.length; r++) {
            Decoder in = new Decoder(reports[r]);
            anyBusy |= in.getByte() != 0;
            allFit &= in.getByte() != 0;
            underWay += in.getLong();
            String text = in.getString();
            trouble = trouble.isEmpty() && !text.isEmpty() ? "rank " + r + ": " + text : trouble;
            long[] mine = new long[in.remaining() / Long.BYTES];
            for (int k = 0; k < mine.length; k++) {
                mine[k] = in.getLong();
            }
            hashes.add(mine);
        }
        Encoder out = new Encoder();
        if (!trouble.isEmpty() && failed(trouble)) {
            return out.putString("checkpoint " + number + " could not be written (" + trouble + ")").toBytes();
        }
        out.putString("");
        if (underWay != 0) {
            crossing(spec, underWay);
            return out.putByte(0).toBytes();
        }
        int where = (folder != null && !anyBusy ? DISK : 0) | (partners != null && allFit ? MEMORY : 0);
        if (where == 0) {
            slow(spec);
            return out.putByte(0).toBytes();
        }
        long next = next();
        out.putByte(where).putLong(next).putString(Long.toHexString(System.nanoTime() ^ (long) options.job().hashCode() << 32));
        for (int k = 0; k < hashes.getFirst().length; k++) {
            int item = k;
            long first = hashes.getFirst()[k];
            out.putByte(hashes.stream().allMatch(h -> h[item] == first) ? 1 : 0);
        }
        return out.toBytes();
    }

    private long next() {
        try {
            return Math.max(number, folder == null ? 0 : folder.last()) + 1;
        } catch (IOException e) {
            return number + 1;
        }
    }

    /** On rank 0: the last checkpoint could not be written. Returns whether the job is to stop. */
    private boolean failed(String trouble) {
        try {
            if (folder != null) {
                CheckpointFolder.delete(folder.writing(number, nonce));
            }
        } catch (IOException e) {
            // What is left is swept by the next job.
        }
        if (options.required()) {
            return true;
        }
        if (!warned) {
            warned = true;
            rank.report("pelrun: warning: checkpoint " + number + " could not be written (" + trouble + "); the job goes on" + newest());
        }
        return false;
    }

    private String newest() {
        try {
            List<Long> all = folder == null ? List.of() : folder.numbers();
            return all.isEmpty() ? " without one" : ", the newest whole one is " + all.getFirst();
        } catch (IOException e) {
            return "";
        }
    }

    private void crossing(LoopSpec spec, long messages) {
        if (!warnedCrossing) {
            warnedCrossing = true;
            rank.report("pelrun: warning: no checkpoint of the loop at " + spec.place() + " while messages of channels are on their way (" + Math.abs(messages)
                    + " now): receive in a pass what is sent in it");
        }
    }

    private void slow(LoopSpec spec) {
        if (!warnedSlow) {
            warnedSlow = true;
            rank.report("pelrun: warning: the loop at " + spec.place() + " comes to its next checkpoint before the last one is on the disk; some are left out");
        }
    }

    private static List<Map<String, Boolean>> sameness(Decoder in, List<Frame> frames) {
        List<Map<String, Boolean>> all = new ArrayList<>();
        for (Frame f : frames) {
            Map<String, Boolean> same = new HashMap<>();
            f.values().keySet().forEach(name -> same.put(name, in.getByte() != 0));
            f.arrays().forEach((name, part) -> {
                if (!part.distributed()) {
                    same.put(name, in.getByte() != 0);
                }
            });
            all.add(same);
        }
        return all;
    }

    // ---- writing ----

    /** @param where to the disk, into memory or both @param fits whether there is memory for copies */
    private void keep(List<Frame> frames, PartWriter.Plan plan, int where, boolean fits) {
        boolean inMemory = partners != null && (where & MEMORY) != 0;
        boolean aside = fits && spareCore && !options.immediate();
        if (inMemory) {
            frames.forEach(f -> f.arrays().values().forEach(ArrayPart::copy));
        } else if (aside) {
            frames.forEach(f -> f.arrays().values().stream().filter(a -> a.copy(memory)).forEach(copies::add));
        }
        if (partners != null && inMemory) {
            options.faults().event(rank.rank(), "give the copies");
            partners.keep(Partners.part(plan, frames, facts(), rank.rank(), rank.size()));
        }
        if (folder != null && (where & DISK) != 0) {
            write(folder, frames, plan, aside);
        }
    }

    private void write(CheckpointFolder to, List<Frame> frames, PartWriter.Plan plan, boolean aside) {
        PartWriter writer = new PartWriter(to, plan, frames, facts(), rank.rank(), rank.size(), options.faults(), rank.output()::commit);
        if (aside) {
            writing = Background.start(rank.rank(), writer, writer::write, options.faults());
            return;
        }
        // Where every core is busy with a rank a copy for another thread costs more than it saves: the system's own cache is the copy, and only the disk is not waited for.
        long start = options.faults().now();
        String wrong = options.immediate() ? writer.write() : writer.begin();
        failure = wrong == null ? "" : wrong;
        lastSeconds = (options.faults().now() - start) / 1e9;
        if (wrong == null && !options.immediate()) {
            writing = Background.start(rank.rank(), writer, writer::finish, options.faults());
        }
    }

    /** Whether there is memory for a copy of this rank's part, and for two of its partner's. */
    private boolean fits(List<Frame> frames) {
        long bytes = 0;
        for (Frame f : frames) {
            for (ArrayPart a : f.arrays().values()) {
                bytes += a.ownBytes();
            }
        }
        Runtime jvm = Runtime.getRuntime();
        long free = jvm.maxMemory() - jvm.totalMemory() + jvm.freeMemory() + memory.bytes();
        return partners == null ? bytes * SPARE <= free : 3 * bytes * SPARE <= free && bytes <= Partners.MOST_BYTES;
    }

    private List<String> facts() {
        ProgramInfo.Fingerprint print = program.fingerprint();
        List<String> facts = new ArrayList<>();
        facts.add(Manifest.factLine("name", program.name()));
        facts.add(Manifest.factLine("source", options.source()));
        facts.add(Manifest.factLine("program", print == null ? "" : print.program()));
        facts.add(Manifest.factLine("state", print == null ? "" : print.state()));
        options.arguments().forEach(a -> facts.add(Manifest.factLine("argument", a)));
        facts.add(Manifest.factLine("job", options.job()));
        facts.add(Manifest.factLine("number", Long.toString(number)));
        facts.add(Manifest.factLine("ranks", Integer.toString(rank.size())));
        return facts;
    }

    /** The program is not going on here. What is being written may still become a checkpoint if it is soon done, but not later, when another attempt has begun. */
    void abandon() {
        Background last = writing;
        if (last != null) {
            last.awaitOrCancel(LAST_WRITE_MILLIS);
        }
        if (folder != null) {
            folder.release();
        }
    }

    /** Collective: the program has ended. */
    void end() {
        Background last = writing;
        if (last != null) {
            last.await();
            settle(last);
        }
        byte[][] all = rank.world().allgatherBytes(SITE, failure.getBytes(StandardCharsets.UTF_8));
        for (int r = 0; r < all.length; r++) {
            if (all[r].length > 0) {
                String trouble = "rank " + r + ": " + new String(all[r], StandardCharsets.UTF_8);
                if (options.required()) {
                    throw new PelTrap("checkpoint " + number + " could not be written (" + trouble + ")");
                }
                if (rank.rank() == 0) {
                    failed(trouble);
                }
                break;
            }
        }
        if (rank.rank() == 0 && folder != null) {
            options.faults().event(0, "clear the folder");
            try {
                folder.release();
                if (!options.keep()) {
                    folder.clear();
                }
            } catch (IOException e) {
                rank.report("pelrun: warning: " + folder.path() + " could not be removed: " + PartWriter.reason(e));
            }
        }
    }
}
