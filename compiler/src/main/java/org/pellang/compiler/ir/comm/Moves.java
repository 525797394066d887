package org.pellang.compiler.ir.comm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.Interval;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Schedule;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Var;

/**
 * What a divided loop sends each time it runs, on a number of ranks, if all that it reads has changed since: by the rules of the runtime's {@code Views} and
 * {@code ExchangePlan}, from boxes alone. Where something is known at run time only the answer is null.
 */
final class Moves {
    /**
     * Messages of one kind.
     *
     * @param purpose the word that {@code pelrun --report=comm} uses
     * @param messages of all ranks
     * @param bytes of all ranks
     * @param neighbours the most ranks that one of them sends to
     */
    record Moved(String purpose, long messages, long bytes, int neighbours) {}

    /** Bytes from rank to rank. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Bytes(long[][] between) {
        Bytes(int ranks) {
            this(new long[ranks][ranks]);
        }

        void add(int from, int to, long bytes) {
            between[from][to] += bytes;
        }

        long messages() {
            return java.util.Arrays.stream(between).flatMapToLong(java.util.Arrays::stream).filter(b -> b > 0).count();
        }
    }

    private final OwnedLoop loop;
    private final Known known;
    private final int ranks;
    private final IndexBox[] parts;
    private final TreeMap<String, long[]> sums = new TreeMap<>();
    /** What comes in steps. */
    private @Nullable View panels;

    private Moves(OwnedLoop loop, Known known, int ranks, IndexBox[] parts) {
        this.loop = loop;
        this.known = known;
        this.ranks = ranks;
        this.parts = parts;
    }

    /** The messages for views, by purpose; null if they depend on what only the run can tell. */
    static @Nullable List<Moved> of(OwnedLoop loop, Known known, int ranks) {
        Space space = known.space(loop.space());
        if (space == null || !(loop.schedule() instanceof Schedule.Block) || !loop.unitSteps()) {
            return null;
        }
        Moves moves = new Moves(loop, known, ranks, space.parts(ranks));
        for (List<View> group : loop.opened()) {
            if (!moves.group(group)) {
                return null;
            }
        }
        for (View v : loop.views()) {
            boolean fetched = v.mode() == View.Mode.FETCHED && v.group() < 0 && !v.written();
            if (fetched && (loop.views().stream().anyMatch(v::mayMeet) || !moves.fetch(v))) {
                return null;
            }
            if (v.mode() != View.Mode.FETCHED && v.mode() != View.Mode.ALIGNED && v.mode() != View.Mode.LOCAL && v.mode() != View.Mode.REDUCED) {
                return null;
            }
        }
        List<Moved> all = new ArrayList<>();
        moves.sums.forEach((purpose, s) -> all.add(new Moved(purpose, s[0], s[1], (int) s[2])));
        return all;
    }

    private void count(String purpose, Bytes bytes) {
        count(purpose, bytes, bytes.messages());
    }

    private void count(String purpose, Bytes bytes, long messages) {
        long[] sum = sums.computeIfAbsent(purpose, p -> new long[3]);
        sum[0] += messages;
        for (long[] row : bytes.between) {
            int neighbours = 0;
            for (long b : row) {
                sum[1] += b;
                neighbours += b > 0 ? 1 : 0;
            }
            sum[2] = Math.max(sum[2], neighbours);
        }
        if (sum[0] == 0) {
            sums.remove(purpose);
        }
    }

    /** An array as the model sees it. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(View view, Space.Root root, IndexBox[] owned, int bytes) {}

    private @Nullable Stored stored(View v) {
        Space space = known.array(v.array());
        int bytes = v.array().type() instanceof Type.Array a ? Known.bytes(a.element()) : 0;
        if (space == null || bytes == 0 || !v.path().isEmpty()) {
            return null;
        }
        Space.Root root = space.root();
        IndexBox[] owned = new IndexBox[ranks];
        Blocks blocks = root.distributed() ? new Blocks(root.box(), root.spread(), ranks) : null;
        java.util.Arrays.setAll(owned, r -> blocks == null ? root.box() : blocks.part(r));
        return new Stored(v, root, owned, bytes);
    }

    private boolean group(List<View> group) {
        List<Stored> arrays = new ArrayList<>();
        List<IndexBox @Nullable []> reads = new ArrayList<>();
        List<IndexBox @Nullable []> writes = new ArrayList<>();
        boolean here = true;
        for (View v : group) {
            Stored s = stored(v);
            if (s == null) {
                return false;
            }
            IndexBox[] read = boxes(v, u -> u.kind() != Use.Kind.WRITE);
            IndexBox[] write = boxes(v, Use::writes);
            if (has(v, u -> u.kind() != Use.Kind.WRITE) && read == null || v.written() && write == null) {
                return false;
            }
            arrays.add(s);
            reads.add(read);
            writes.add(write);
            here &= inPlace(s, read, write);
        }
        if (here) {
            return halos(arrays, reads);
        }
        temporaries(arrays, reads, writes);
        return true;
    }

    private static boolean has(View v, Predicate<Use> which) {
        return v.uses().stream().anyMatch(which);
    }

    private boolean inPlace(Stored s, IndexBox @Nullable [] read, IndexBox @Nullable [] write) {
        boolean own = !s.root.distributed() || owns(s);
        boolean writesOwn = write == null || !s.root.distributed() || silent(s, write);
        return writesOwn && (own || read == null || silent(s, read));
    }

    private boolean owns(Stored s) {
        return s.owned[0].axes() == parts[0].axes() && silent(s, parts);
    }

    private boolean silent(Stored s, IndexBox[] needed) {
        for (int r = 0; r < ranks; r++) {
            IndexBox need = s.root.periodic() ? needed[r] : needed[r].intersect(s.root.box());
            if (!s.owned[r].contains(need)) {
                return false;
            }
        }
        return true;
    }

    private boolean halos(List<Stored> arrays, List<IndexBox @Nullable []> reads) {
        Bytes bytes = new Bytes(ranks);
        Map<Var, List<List<IndexBox>>> coming = new HashMap<>();
        for (int k = 0; k < arrays.size(); k++) {
            Stored s = arrays.get(k);
            IndexBox[] read = reads.get(k);
            if (read != null && hasHalo(s.view)) {
                if (!halo(s, read, coming, bytes)) {
                    return false;
                }
            }
        }
        for (CommOp op : loop.before()) {
            if (op instanceof CommOp.HaloAhead ahead && !halosAhead(ahead, coming, bytes)) {
                return false;
            }
        }
        count("halo", bytes);
        return true;
    }

    private boolean hasHalo(View v) {
        return loop.before().stream().anyMatch(op -> op instanceof CommOp.Halo h && h.views().contains(v.id()));
    }

    /** False if only the run can tell. */
    private boolean halo(Stored s, IndexBox[] read, Map<Var, List<List<IndexBox>>> coming, Bytes bytes) {
        boolean own = s.view.uses().stream().filter(u -> u.kind() != Use.Kind.WRITE).allMatch(u -> u.isOwn(loop.axes()));
        if (own || !s.root.distributed() || !owns(s)) {
            return true;
        }
        boolean star = parts[0].axes() > 1
                && s.view.uses().stream().filter(u -> u.kind() != Use.Kind.WRITE).allMatch(u -> u.isStar(loop.axes()));
        List<List<IndexBox>> needed = star ? clipped(s, r -> star(parts[r], read[r])) : apart(s, u -> u.kind() != Use.Kind.WRITE);
        if (needed == null) {
            return false;
        }
        List<List<IndexBox>> earlier = coming.get(s.view.array());
        if (earlier != null && covers(earlier, needed)) {
            return true;
        }
        coming.put(s.view.array(), needed);
        bring(s, needed, bytes);
        return true;
    }

    private void bring(Stored s, List<List<IndexBox>> needed, Bytes bytes) {
        for (int r = 0; r < ranks; r++) {
            for (IndexBox box : needed.get(r)) {
                bring(s, box, r, bytes, false);
            }
        }
    }

    /** By rank, what of its boxes lies in the domain. */
    private List<List<IndexBox>> clipped(Stored s, IntFunction<List<IndexBox>> boxes) {
        return IntStream.range(0, ranks)
                .mapToObj(r -> boxes.apply(r).stream().map(box -> s.root.periodic() ? box : box.intersect(s.root.box())).filter(box -> !box.isEmpty()).toList())
                .toList();
    }

    /** The boxes that come for these uses, by rank: each element once; null if they are not known. */
    private @Nullable List<List<IndexBox>> apart(Stored s, Predicate<Use> which) {
        List<Use> uses = s.view.uses().stream().filter(which).toList();
        List<IndexBox[]> boxes = new ArrayList<>();
        for (List<Use> group : s.view.mayBeApart(loop) ? Use.apart(uses) : List.of(uses)) {
            IndexBox[] one = boxes(s.view, group);
            if (one == null) {
                return null;
            }
            boxes.add(one);
        }
        List<List<IndexBox>> all = clipped(s, r -> boxes.stream().map(b -> b[r]).toList());
        return boxes.size() == 1 ? all : all.stream().map(IndexBox::disjoint).toList();
    }

    private boolean covers(List<List<IndexBox>> earlier, List<List<IndexBox>> needed) {
        for (int r = 0; r < ranks; r++) {
            List<IndexBox> have = earlier.get(r);
            if (!needed.get(r).stream().allMatch(box -> have.stream().anyMatch(h -> h.contains(box)))) {
                return false;
            }
        }
        return true;
    }

    /** What comes for the loop that follows; false if only the run can tell. */
    private boolean halosAhead(CommOp.HaloAhead ahead, Map<Var, List<List<IndexBox>>> coming, Bytes bytes) {
        Space space = known.space(ahead.next().space());
        if (space == null) {
            return false;
        }
        Moves next = new Moves(ahead.next(), known, ranks, space.parts(ranks));
        for (int view : ahead.views()) {
            Stored s = next.stored(ahead.next().view(view));
            IndexBox[] read = s == null ? null : next.boxes(s.view, u -> u.kind() != Use.Kind.WRITE);
            if (s == null || read == null) {
                return false;
            }
            if (!next.halo(s, read, coming, bytes)) {
                return false;
            }
        }
        return true;
    }

    private static List<IndexBox> star(IndexBox part, IndexBox need) {
        List<IndexBox> slabs = new ArrayList<>();
        for (int d = 0; d < part.axes() && !part.isEmpty(); d++) {
            slabs.add(part.with(d, need.lo()[d], part.lo()[d] - 1));
            slabs.add(part.with(d, part.hi()[d] + 1, need.hi()[d]));
        }
        return slabs;
    }

    private void temporaries(List<Stored> arrays, List<IndexBox @Nullable []> reads, List<IndexBox @Nullable []> writes) {
        Bytes fetched = new Bytes(ranks);
        for (int k = 0; k < arrays.size(); k++) {
            IndexBox[] read = reads.get(k);
            IndexBox[] write = writes.get(k);
            for (int r = 0; r < ranks; r++) {
                IndexBox none = IndexBox.empty(arrays.get(k).owned[0].axes());
                bring(arrays.get(k), (read == null ? none : read[r]).hull(write == null ? none : write[r]), r, fetched, false);
            }
        }
        count("fetch", fetched);
        for (int k = 0; k < arrays.size(); k++) {
            IndexBox[] write = writes.get(k);
            Bytes back = new Bytes(ranks);
            for (int r = 0; write != null && r < ranks; r++) {
                bring(arrays.get(k), write[r], r, back, true);
            }
            count("give back", back);
        }
    }

    private boolean fetch(View v) {
        Stored s = stored(v);
        List<List<IndexBox>> need = s == null ? null : apart(s, u -> true);
        if (s == null || need == null) {
            return false;
        }
        if (!s.root.distributed()) {
            return true;
        }
        List<List<List<IndexBox>>> steps = panels == null && comesInPanels(v) ? steps(s, need) : null;
        if (steps != null) {
            panels = v;
        }
        Bytes all = new Bytes(ranks);
        long messages = 0;
        for (List<List<IndexBox>> step : steps == null ? List.of(need) : steps) {
            Bytes bytes = new Bytes(ranks);
            bring(s, step, bytes);
            bring(s, step, all);
            messages += bytes.messages();
        }
        count("fetch", all, messages);
        return true;
    }

    /** By step, what comes for the strips that the runtime's {@code Panels} makes; null if all comes at once. */
    private @Nullable List<List<List<IndexBox>>> steps(Stored s, List<List<IndexBox>> need) {
        if (s.root.periodic() || Use.apart(s.view.uses()).size() > 1) {
            return null;
        }
        long most = 0;
        for (int r = 0; r < ranks; r++) {
            IndexBox owned = s.owned[r];
            most = Math.max(most, need.get(r).stream().mapToLong(box -> box.size() - box.intersect(owned).size()).sum());
        }
        Strips strips = new Strips(parts, most * s.bytes);
        for (int d = parts[0].axes() - 1; d >= 0; d--) {
            List<List<List<IndexBox>>> steps = new ArrayList<>();
            long[] sizes = new long[ranks];
            for (IndexBox[] strip : strips.along(d)) {
                IndexBox[] boxes = boxes(s.view, s.view.uses(), strip);
                if (boxes == null) {
                    return null;
                }
                List<List<IndexBox>> step = clipped(s, r -> List.of(boxes[r]));
                steps.add(step);
                for (int r = 0; r < ranks; r++) {
                    sizes[r] += step.get(r).stream().mapToLong(IndexBox::size).sum();
                }
            }
            boolean once = IntStream.range(0, ranks).allMatch(r -> sizes[r] <= need.get(r).stream().mapToLong(IndexBox::size).sum());
            if (!steps.isEmpty() && once) {
                return steps;
            }
        }
        return null;
    }

    private boolean comesInPanels(View v) {
        return loop.before().stream().anyMatch(op -> op instanceof CommOp.Fetch f && f.view() == v.id() && f.how() == CommOp.Coming.PANELS);
    }

    /** What rank {@code r} needs of others; {@code back}: what it gives them. */
    private void bring(Stored s, IndexBox need, int r, Bytes bytes, boolean back) {
        if (!s.root.distributed() || need.isEmpty()) {
            return;
        }
        for (IndexBox piece : s.root.periodic() ? wrapped(need, s.root.box()) : List.of(need.intersect(s.root.box()))) {
            for (int owner = 0; owner < ranks; owner++) {
                if (owner != r) {
                    bytes.add(back ? r : owner, back ? owner : r, piece.intersect(s.owned[owner]).size() * s.bytes);
                }
            }
        }
    }

    /** A box cut at the ends of a periodic domain, each piece moved inside. */
    private static List<IndexBox> wrapped(IndexBox need, IndexBox domain) {
        List<IndexBox> pieces = List.of(need);
        for (int d = 0; d < need.axes(); d++) {
            long n = domain.extent(d);
            List<IndexBox> cut = new ArrayList<>();
            for (IndexBox p : pieces) {
                long first = Math.floorDiv(p.lo()[d] - domain.lo()[d], n);
                long last = Math.floorDiv(p.hi()[d] - domain.lo()[d], n);
                for (long turn = first; turn <= last; turn++) {
                    cut.add(p.with(d, Math.max(p.lo()[d] - turn * n, domain.lo()[d]), Math.min(p.hi()[d] - turn * n, domain.hi()[d])));
                }
            }
            pieces = cut;
        }
        return pieces;
    }

    /** The boxes around all that the ranks touch by these uses; null if there are none or if they are not known. */
    private IndexBox @Nullable [] boxes(View v, Predicate<Use> which) {
        return boxes(v, v.uses().stream().filter(which).toList());
    }

    private IndexBox @Nullable [] boxes(View v, List<Use> uses) {
        return boxes(v, uses, parts);
    }

    /** The same for other parts of the loop. */
    private IndexBox @Nullable [] boxes(View v, List<Use> uses, IndexBox[] parts) {
        if (uses.isEmpty()) {
            return null;
        }
        if (uses.stream().allMatch(u -> u.isOwn(loop.axes()))) {
            return parts;
        }
        Space space = known.array(v.array());
        if (space == null) {
            return null;
        }
        int axes = space.box().axes();
        IndexBox[] boxes = new IndexBox[ranks];
        for (int r = 0; r < ranks; r++) {
            boxes[r] = IndexBox.empty(axes);
            if (parts[r].isEmpty()) {
                continue;
            }
            for (int d = 0; d < axes; d++) {
                Interval all = Use.interval(uses, d);
                Long lo = all == null ? Long.valueOf(space.box().lo()[d]) : known.bound(all.low(), parts[r]);
                Long hi = all == null ? Long.valueOf(space.box().hi()[d]) : known.bound(all.high(), parts[r]);
                if (lo == null || hi == null) {
                    return null;
                }
                boxes[r] = boxes[r].with(d, lo, hi);
            }
        }
        return boxes;
    }
}
