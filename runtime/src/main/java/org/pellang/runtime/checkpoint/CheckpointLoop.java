package org.pellang.runtime.checkpoint;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.array.ArrayCodec;
import org.pellang.runtime.array.ArrayImage;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.loop.Maps;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.PelMap;

/**
 * A loop with a {@code checkpoint} clause, as generated code sees it:
 *
 * <pre>
 * CheckpointLoop ck = CheckpointLoop.of(rank, SPEC, 1000);
 * try {
 *     for (..) {
 *         if (ck.pass()) {
 *             if (ck.skips()) { continue; }       // for loops
 *             t = (Long) ck.value("t", codec, t); // the value itself, or the saved one
 *             ck.array("u", u);
 *             ck.done();
 *         }
 *         ..
 *     }
 * } finally { ck.exit(); }
 * </pre>
 */
public final class CheckpointLoop {
    private enum Mode {
        SKIP,
        RESTORE,
        SAVE,
        /** For the checkpoints of loops inside. */
        SNAPSHOT
    }

    private final LoopSpec spec;
    private final @Nullable Checkpoints checkpoints;
    private final @Nullable Schedule schedule;
    private long passes;
    private long next;
    private boolean begun;
    private Mode mode = Mode.SKIP;
    private Manifest.@Nullable Loop target;
    private @Nullable Frame frame;

    private CheckpointLoop(Rank rank, LoopSpec spec, Interval interval) {
        this.spec = spec;
        Checkpoints all = Checkpoints.of(rank);
        boolean busy = all != null && all.busy();
        this.checkpoints = busy ? all : null;
        this.schedule = all != null && all.saver() != null ? new Schedule(rank, interval, all, spec) : null;
        this.next = busy ? 1 : Long.MAX_VALUE;
    }

    /** A loop that is saved after so many passes. */
    public static CheckpointLoop of(Rank rank, LoopSpec spec, long passes) {
        return new CheckpointLoop(rank, spec, Interval.of(passes));
    }

    /** A loop that is saved after so much time, or {@code "auto"}. */
    public static CheckpointLoop of(Rank rank, LoopSpec spec, String time) {
        return new CheckpointLoop(rank, spec, Interval.of(time));
    }

    LoopSpec spec() {
        return spec;
    }

    /** The loop's state when it last came to its header, if it was kept. */
    @Nullable Frame frame() {
        return frame;
    }

    /** At the header: whether state has to be restored, saved, or passes skipped. Collective now and then. */
    public boolean pass() {
        passes++;
        return passes >= next && due();
    }

    private boolean due() {
        Checkpoints all = checkpoints();
        if (!begun) {
            begun = true;
            target = all.begin(this);
            if (target != null && !spec.counted()) {
                passes = target.pass();
            }
        }
        Manifest.Loop to = target;
        if (to != null) {
            next = passes + 1;
            mode = passes < to.pass() ? Mode.SKIP : Mode.RESTORE;
            frame = Frame.of(to.loop(), to.visit(), to.pass(), to.lines(), to.visits());
            return true;
        }
        Schedule when = schedule;
        if (when == null) {
            next = Long.MAX_VALUE;
            return false;
        }
        boolean save = when.due(passes);
        next = spec.nesting() ? passes + 1 : when.next();
        if (!save && !spec.nesting()) {
            return false;
        }
        mode = save ? Mode.SAVE : Mode.SNAPSHOT;
        frame = Frame.of(spec.number(), all.visit(spec.number()), passes, all.rank().output().lines(), all.visits());
        return true;
    }

    private Checkpoints checkpoints() {
        if (checkpoints == null) {
            throw new IllegalStateException("no checkpoints here");
        }
        return checkpoints;
    }

    private Frame kept() {
        if (frame == null) {
            throw new IllegalStateException("nothing is being saved");
        }
        return frame;
    }

    /** Whether this pass was over before the checkpoint was written. */
    public boolean skips() {
        return mode == Mode.SKIP;
    }

    /** A variable: its present value, or the saved one. Collective for maps that are spread. */
    public Object value(String name, Codec<?> codec, Object value) {
        return value instanceof PelMap<?, ?> map && map.isSpread() ? spread(name, codec, map) : plain(name, codec, value);
    }

    /** Saved as a whole: another number of ranks spreads it in another way. */
    private <K, V> PelMap<K, V> spread(String name, Codec<?> codec, PelMap<K, V> map) {
        if (mode != Mode.RESTORE) {
            plain(name, codec, Maps.replica(map, Saver.SITE));
            return map;
        }
        @SuppressWarnings("unchecked")
        PelMap<K, V> all = (PelMap<K, V>) plain(name, codec, map);
        return Maps.spread(all, map.empty());
    }

    private Object plain(String name, Codec<?> codec, Object value) {
        if (mode == Mode.RESTORE) {
            byte[] saved = checkpoints().source().manifest().value(checkpoints().frame(), name, checkpoints().rank().rank());
            if (saved == null) {
                throw missing(name);
            }
            kept().values().put(name, saved);
            return codec.boxed().decode(saved);
        }
        kept().values().put(name, codec.boxed().encode(value));
        return value;
    }

    /** An array: kept, or filled with the saved contents. Collective for arrays of strings, lists and the like. */
    public void array(String name, PelArray array) {
        if (!ArrayImage.possible(array)) {
            references(name, array);
        } else if (mode == Mode.RESTORE) {
            restore(name, array);
        } else {
            kept().arrays().put(name, new ArrayPart(array));
        }
    }

    /** Elements without a fixed size travel as one value. */
    private void references(String name, PelArray array) {
        ArrayCodec codec = new ArrayCodec(array.type());
        if (mode == Mode.RESTORE) {
            PelArray all = (PelArray) value(name, codec, array);
            same(name, extents(all), extents(array));
            ArrayImage.take(all, array);
            return;
        }
        value(name, codec, array.domain().isDistributed() ? array.replicate(checkpoints().rank(), Saver.SITE) : array);
    }

    private static String extents(PelArray array) {
        return array.domain().toString();
    }

    private void restore(String name, PelArray array) {
        Checkpoints all = checkpoints();
        Source source = all.source();
        Manifest.Stored stored = source.manifest().array(all.frame(), name, all.rank().rank());
        if (stored == null) {
            throw missing(name);
        }
        same(name, stored.shape(), ArrayImage.shape(array));
        kept().arrays().put(name, new ArrayPart(array));
        all.options().faults().event(all.rank().rank(), "restore " + name);
        try {
            source.read(stored, array);
        } catch (IOException e) {
            throw new PelTrap("cannot resume: " + stored.file() + ": " + PartWriter.reason(e), e);
        }
    }

    private void same(String name, String saved, String present) {
        if (!saved.equals(present)) {
            throw new PelTrap("cannot resume: `" + name + "` is " + present + " now and was " + saved + " when the checkpoint was written");
        }
    }

    private PelTrap missing(String name) {
        return new PelTrap("cannot resume: the checkpoint has no `" + name + "` for the loop at " + spec.place());
    }

    /** All variables have been given or taken. Collective when saving. */
    public void done() {
        Checkpoints all = checkpoints();
        Manifest.Loop to = target;
        if (mode == Mode.RESTORE && to != null) {
            target = null;
            all.restored(to);
            Schedule when = schedule;
            if (when != null) {
                when.resumed(passes);
            }
            next = passes + 1;
            keepForLoopsInside();
            return;
        }
        keepForLoopsInside();
        Saver saver = all.saver();
        if (mode == Mode.SAVE && saver != null && schedule != null) {
            schedule.saved(passes, saver.save(all.frames(), spec));
        }
        if (!spec.nesting()) {
            frame = null;
        }
    }

    /** Those may save before this loop comes to its header again. */
    private void keepForLoopsInside() {
        if (spec.nesting()) {
            kept().arrays().values().forEach(ArrayPart::copy);
        }
    }

    /** The loop is left, in whatever way. Not collective. */
    public void exit() {
        if (begun && checkpoints != null) {
            if (schedule != null) {
                schedule.left(passes);
            }
            checkpoints.end(this);
        }
    }
}
