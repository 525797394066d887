package org.pellang.runtime.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;

/**
 * The checkpoints of a job, seen from one rank: what is running, what is to be restored, what is being written. Used by the rank's thread; engines call
 * {@link #open} before the program and {@link #finish} after it.
 */
public final class Checkpoints {
    private static final Site OPEN = new Site("", 0, "checkpoint");

    private final Rank rank;
    private final ProgramInfo program;
    private final CheckpointOptions options;
    private final @Nullable Saver saver;
    private final Deque<CheckpointLoop> running = new ArrayDeque<>();
    private final Map<Integer, Long> visits = new TreeMap<>();
    private final Map<Integer, Long> unsaved = new HashMap<>();
    private @Nullable Source resume;
    private int restored;

    private Checkpoints(Rank rank, ProgramInfo program, CheckpointOptions options, @Nullable Saver saver) {
        this.rank = rank;
        this.program = program;
        this.options = options;
        this.saver = saver;
    }

    /** Collective if the program has checkpointed loops: finds the checkpoint to continue from and takes the folder. @param spareCore whether a core of this host has no rank */
    public static void open(Rank rank, ProgramInfo program, CheckpointOptions options, boolean spareCore) {
        if (!options.active() || program.fingerprint() == null && options.resume() == null) {
            return;
        }
        Source reader = source(rank, program, options);
        Saver saver = saver(rank, program, options, reader, spareCore);
        Checkpoints all = new Checkpoints(rank, program, options, saver);
        all.resume = reader;
        rank.attach(all);
        if (reader != null) {
            long before = reader.manifest().loops().getLast().lines();
            rank.output().replay(options.shownLines() >= 0 ? options.shownLines() : before);
        } else if (options.shownLines() > 0) {
            rank.output().hide(options.shownLines());
        }
    }

    /** What the ranks have in memory is the newest there is, and needs no disk. */
    private static @Nullable Source source(Rank rank, ProgramInfo program, CheckpointOptions options) {
        CheckpointOptions.Partner partner = options.partner();
        if (partner != null) {
            Copies copies = Copies.newest(rank, partner.stores().apply(rank.rank()));
            if (copies != null) {
                Resume.say(rank, copies);
                return copies;
            }
        }
        Path from = options.resume();
        return from == null ? null : new Resume(rank, program, options, from).choose();
    }

    private static @Nullable Saver saver(Rank rank, ProgramInfo program, CheckpointOptions options, @Nullable Source source, boolean spareCore) {
        CheckpointOptions.Partner partner = options.partner();
        Partners partners = partner == null ? null : new Partners(rank, partner.stores().apply(rank.rank()), partner.shift());
        Path path = options.folder();
        CheckpointFolder folder = path == null ? null : new CheckpointFolder(path);
        long last = source == null ? 0 : source.manifest().number();
        if (folder == null) {
            return partners == null ? null : new Saver(rank, program, options, null, partners, last, spareCore);
        }
        try {
            boolean usable = take(rank, options, folder, source);
            return usable || partners != null ? new Saver(rank, program, options, usable ? folder : null, partners, last, spareCore) : null;
        } catch (RuntimeException | Error e) {
            // Another attempt in this JVM may want it.
            folder.release();
            throw e;
        }
    }

    /** Collective: whether the folder is this job's from now on. */
    private static boolean take(Rank rank, CheckpointOptions options, CheckpointFolder folder, @Nullable Source source) {
        Path path = folder.path();
        String trouble = "";
        if (rank.rank() == 0) {
            try {
                if (folder.acquire()) {
                    folder.sweep();
                    if (source instanceof Reader && path.equals(options.resume())) {
                        folder.setAside(source.manifest().number());
                    }
                    boolean old = options.resume() == null && options.onlyJob() == null && !folder.numbers().isEmpty();
                    if (old) {
                        rank.report("pelrun: " + path + " holds checkpoints of an earlier run, which new ones will replace (`pelrun --resume " + path
                                + "` continues it)");
                    }
                } else {
                    trouble = "another job is using " + path;
                }
            } catch (IOException e) {
                trouble = path + ": " + PartWriter.reason(e);
            }
            if (!trouble.isEmpty() && !options.required()) {
                rank.report("pelrun: warning: no checkpoints will be written (" + trouble + "); the job goes on");
            }
        }
        byte[] agreed = rank.world().bcastBytes(OPEN, trouble.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0);
        if (agreed.length == 0) {
            return true;
        }
        if (options.required()) {
            throw new PelTrap("no checkpoints can be written: " + new String(agreed, java.nio.charset.StandardCharsets.UTF_8));
        }
        return false;
    }

    /** Those of a rank; null if it writes and restores none. */
    static @Nullable Checkpoints of(Rank rank) {
        return rank.attached() instanceof Checkpoints c ? c : null;
    }

    /** Collective: the program has returned on all ranks. */
    public static void finish(Rank rank) {
        Checkpoints all = of(rank);
        if (all != null) {
            all.end();
        }
    }

    /** The rank has failed or was told to stop: ends what is being written and lets go the folder. */
    public static void abandon(Rank rank) {
        Checkpoints all = of(rank);
        if (all != null && all.saver != null) {
            all.saver.abandon();
        }
    }

    private void end() {
        Source unfinished = resume;
        if (unfinished != null) {
            throw new PelTrap("the program has ended without coming to the loop of its checkpoint: it did not take the same way as before");
        }
        if (saver != null) {
            saver.end();
        }
    }

    Rank rank() {
        return rank;
    }

    @Nullable Saver saver() {
        return saver;
    }

    CheckpointOptions options() {
        return options;
    }

    /** Whether loops have anything to do. */
    boolean busy() {
        return saver != null || resume != null;
    }

    // ---- loops ----

    /** A loop comes to its header for the first time of this visit. Returns the position it is to be brought to, or null. */
    Manifest.@Nullable Loop begin(CheckpointLoop loop) {
        int number = loop.spec().number();
        long visit = visits.merge(number, 1L, Long::sum);
        Source reader = resume;
        Manifest.Loop target = null;
        if (reader != null && running.size() == restored && restored < reader.manifest().loops().size()) {
            Manifest.Loop saved = reader.manifest().loops().get(restored);
            target = saved.loop() == number && saved.visit() == visit ? saved : null;
        }
        running.addLast(loop);
        return target;
    }

    /** The loop has ended, however. */
    void end(CheckpointLoop loop) {
        while (running.contains(loop)) {
            running.removeLast();
        }
    }

    Map<Integer, Long> visits() {
        return visits;
    }

    long visit(int loop) {
        return visits.getOrDefault(loop, 0L);
    }

    /** Passes of a loop since its last checkpoint, over all its visits. */
    long unsaved(int loop) {
        return unsaved.getOrDefault(loop, 0L);
    }

    void unsaved(int loop, long passes) {
        unsaved.put(loop, passes);
    }

    /** The checkpoint that is being restored. */
    Source source() {
        Source reader = resume;
        if (reader == null) {
            throw new IllegalStateException("nothing is being restored");
        }
        return reader;
    }

    /** Number of the loop that is being restored among the running ones. */
    int frame() {
        return restored;
    }

    /** A loop has its state back. */
    void restored(Manifest.Loop saved) {
        visits.clear();
        visits.putAll(saved.visits());
        rank.output().moveTo(saved.lines());
        restored++;
        if (restored == source().manifest().loops().size()) {
            resume = null;
            rank.output().live();
        }
    }

    /** The states of all running loops, the innermost last; null if one has none. */
    @Nullable List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        for (CheckpointLoop loop : running) {
            Frame f = loop.frame();
            if (f == null) {
                return null;
            }
            frames.add(f);
        }
        return frames;
    }

    ProgramInfo program() {
        return program;
    }
}
