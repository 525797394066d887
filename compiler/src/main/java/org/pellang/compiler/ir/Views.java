package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/** Sorts the uses of each array into views with the plainest communication. */
final class Views {
    private final Facts facts;
    private final int axes;
    private final @Nullable Var origin;
    private final @Nullable Var scanned;
    private final boolean migrates;
    private final Set<Var> reduced = new HashSet<>();
    private final List<View> views = new ArrayList<>();
    private final List<CommOp> before = new ArrayList<>();
    private final List<CommOp> after = new ArrayList<>();

    /** @param migrates whether iterations run on any rank, not only at their index's owner */
    Views(Facts facts, int axes, TExpr space, List<LoopReduction> reductions, @Nullable Var scanned, boolean migrates) {
        this.migrates = migrates;
        this.scanned = scanned;
        this.facts = facts;
        this.axes = axes;
        this.origin = facts.origin(space);
        reductions.forEach(r -> reduced.add(r.variable()));
    }

    List<View> views() {
        return List.copyOf(views);
    }

    List<CommOp> before() {
        return List.copyOf(before);
    }

    List<CommOp> after() {
        return after;
    }

    void collect(UseCollector uses, TStmt.TBlock body) {
        uses.lent().forEach((array, effects) -> effects.body(body, array));
        uses.elements().forEach((array, list) -> {
            if (uses.lent().containsKey(array) && !reduced.contains(array)) {
                add(array, View.Mode.LENT, list, false);
            } else {
                array(array, list, uses.bare().getOrDefault(array, List.of()));
            }
        });
        uses.bare().forEach((array, list) -> {
            boolean distributed = Functions.distributed(array.type());
            View.Mode onCopy = uses.lent().containsKey(array) ? View.Mode.LENT
                    : views.stream().filter(v -> v.array().equals(array) && v.onCopy()).map(View::mode).findFirst().orElse(null);
            int id = add(array, onCopy != null ? onCopy : distributed ? View.Mode.FETCHED : View.Mode.LOCAL, list, true);
            if (distributed && onCopy == null) {
                before.add(new CommOp.Fetch(id));
            }
        });
        uses.lent().forEach((array, effects) -> views.stream().filter(v -> v.array().equals(array) && v.mode() == View.Mode.LENT).findFirst()
                .ifPresent(v -> after.add(new CommOp.Lend(v.id(), effects.onlyOperator()))));
    }

    private void array(Var array, List<Use> uses, List<Use> bare) {
        if (array.equals(scanned)) {
            add(array, View.Mode.SCANNED, uses, false);
        } else if (reduced.contains(array)) {
            add(array, View.Mode.REDUCED, uses, false);
        } else if (Functions.distributed(array.type())) {
            distributed(array, uses, bare);
        } else {
            replicated(array, uses);
        }
    }

    private void replicated(Var array, List<Use> uses) {
        if (uses.stream().noneMatch(Use::writes)) {
            add(array, View.Mode.LOCAL, uses, false);
        } else {
            List<Use> reads = new ArrayList<>(uses.stream().filter(u -> !u.writes()).toList());
            byComponent(array, uses).forEach((path, writes) -> {
                boolean kept = reads.stream().noneMatch(r -> meet(r, writes));
                boolean apart = parts(array, writes) && !sameShift(writes);
                if (kept && (apart || writes.stream().anyMatch(u -> u.kind() == Use.Kind.UPDATE && !injective(u)))) {
                    after.add(new CommOp.Accumulate(add(array, View.Mode.ACCUMULATED, writes, path, false)));
                    return;
                }
                writes.addAll(reads.stream().filter(u -> u.overlaps(path)).toList());
                reads.removeIf(u -> u.overlaps(path));
                if (apart) {
                    after.add(new CommOp.Record(add(array, View.Mode.RECORDED, writes, path, false)));
                    return;
                }
                int id = add(array, View.Mode.MERGED, writes, path, false);
                before.add(new CommOp.Merge(id));
                after.add(new CommOp.Merge(id));
            });
            if (!reads.isEmpty()) {
                add(array, View.Mode.LOCAL, reads, false);
            }
        }
    }

    /**
     * The writes of an array by the component that they write, since iterations may write different components of one element. Of two paths of
     * which one continues the other the shorter one counts.
     */
    private static Map<List<Integer>, List<Use>> byComponent(Var array, List<Use> uses) {
        List<Use> writes = uses.stream().filter(Use::writes).toList();
        Map<List<Integer>, List<Use>> groups = new LinkedHashMap<>();
        for (Use u : writes) {
            List<Integer> path = isFlat(((Type.Array) array.type()).element()) ? u.path() : List.of();
            for (Use other : writes) {
                path = other.path().size() < path.size() && u.overlaps(other.path()) ? other.path() : path;
            }
            groups.computeIfAbsent(path, p -> new ArrayList<>()).add(u);
        }
        return groups;
    }

    /** Whether components are written of elements with strings or lists, which travel as a whole: ranks may store different ones of one element. */
    private static boolean parts(Var array, List<Use> writes) {
        return !isFlat(((Type.Array) array.type()).element()) && writes.stream().anyMatch(u -> !u.path().isEmpty());
    }

    /** Whether the components of elements are stored apart. */
    static boolean isFlat(Type element) {
        return switch (element) {
            case Type.Scalar s -> s != Type.Scalar.STRING;
            case Type.Tuple t -> t.elements().stream().allMatch(Views::isFlat);
            case Type.Record r -> r.fields().stream().allMatch(f -> isFlat(f.type()));
            case Type.Array _, Type.ListOf _, Type.MapOf _, Type.Function _, Type.Domain _ -> false;
            case Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> false;
        };
    }

    private void distributed(Var array, List<Use> uses, List<Use> bare) {
        List<Use> writes = uses.stream().filter(Use::writes).toList();
        boolean wraps = ((Type.Array) array.type()).distribution().periodic() && new Wrapping(facts.extents(array)).readsBack(uses, writes);
        boolean inPlace = !wraps && !migrates && writes.stream().allMatch(u -> u.followsAllAxes(axes)) && sameShift(writes) && (writes.isEmpty() || bare.isEmpty());
        List<Use> reads = new ArrayList<>(uses.stream().filter(u -> !u.writes()).toList());
        if (!inPlace) {
            byComponent(array, writes).forEach((path, group) -> outOfPlace(array, path, group, reads, bare));
        }
        List<Use> near = uses.stream()
                .filter(u -> u.writes() ? inPlace : !migrates && reads.contains(u) && (u.isNear(axes) || inPlace && !writes.isEmpty() && ownOf(u, writes)))
                .toList();
        List<Use> far = reads.stream().filter(u -> !near.contains(u)).toList();
        if (!near.isEmpty()) {
            int id = add(array, View.Mode.FETCHED, near, false);
            before.add(new CommOp.Fetch(id));
            if (views.get(id).written()) {
                after.add(new CommOp.GiveBack(id));
            }
        }
        if (!far.isEmpty()) {
            before.add(new CommOp.Fetch(add(array, View.Mode.FETCHED, far, false)));
        }
    }

    /** Stores of one component at any subscript. Takes the reads that may see them out of {@code reads}. */
    private void outOfPlace(Var array, List<Integer> path, List<Use> group, List<Use> reads, List<Use> bare) {
        List<Use> back = reads.stream().filter(r -> meet(r, group)).toList();
        boolean promised = group.stream().anyMatch(Use::promised);
        if (!back.isEmpty() || !bare.isEmpty()) {
            reads.removeAll(back);
            List<Use> all = new ArrayList<>(group);
            all.addAll(back);
            boolean recorded = promised || parts(array, group) && group.stream().map(Use::path).distinct().count() > 1;
            int id = add(array, recorded ? View.Mode.RECORDED : View.Mode.BORROWED, all, path, false);
            after.add(recorded ? new CommOp.Record(id) : new CommOp.Borrow(id));
            return;
        }
        boolean stores = group.stream().allMatch(u -> u.kind() != Use.Kind.UPDATE && u.path().equals(path));
        int id = add(array, stores ? View.Mode.SCATTERED : View.Mode.ACCUMULATED, group, path, false);
        after.add(stores ? new CommOp.Scatter(id) : new CommOp.Accumulate(id));
    }

    /** Whether a read touches a component that is written. */
    private static boolean meet(Use read, List<Use> writes) {
        return writes.stream().anyMatch(w -> w.overlaps(read.path()));
    }

    /** Whether a read may see what its own iteration wrote. */
    private boolean ownOf(Use read, List<Use> writes) {
        List<Use> all = new ArrayList<>(writes);
        all.add(read);
        return sameShift(all);
    }

    private int add(Var array, View.Mode mode, List<Use> uses, boolean bare) {
        return add(array, mode, uses, List.of(), bare);
    }

    private int add(Var array, View.Mode mode, List<Use> uses, List<Integer> path, boolean bare) {
        Var declared = facts.origin(array);
        boolean same = origin != null && origin.equals(declared);
        views.add(new View(views.size(), array, mode, List.copyOf(uses), -1, path, bare, declared, same));
        return views.size() - 1;
    }

    /** Whether all writes move with the loop by the same distances, so that the ranks' boxes of written elements are disjoint. */
    private boolean sameShift(List<Use> writes) {
        for (Use u : writes) {
            Use first = writes.getFirst();
            for (int k = 0; k < u.subscripts().size(); k++) {
                Subscript a = first.subscripts().get(k);
                Subscript b = u.subscripts().get(k);
                if (a.near() != b.near() || (a.shifted() && (!b.shifted() || a.linear() == null || !a.linear().equals(b.linear())))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether different iterations certainly write different elements, seen from the subscripts alone. */
    private boolean injective(Use use) {
        return use.followsAllAxes(axes);
    }
}
