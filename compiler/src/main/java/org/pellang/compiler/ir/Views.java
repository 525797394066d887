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
import org.pellang.compiler.sema.typed.Var;

/** Sorts the uses of each array into views with the plainest communication. */
final class Views {
    private final Facts facts;
    private final int axes;
    private final @Nullable Var origin;
    private final @Nullable Var scanned;
    private final Set<Var> reduced = new HashSet<>();
    private final List<View> views = new ArrayList<>();
    private final List<CommOp> before = new ArrayList<>();
    private final List<CommOp> after = new ArrayList<>();

    Views(Facts facts, int axes, TExpr space, List<LoopReduction> reductions, @Nullable Var scanned) {
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

    void collect(UseCollector uses) {
        uses.elements().forEach(this::array);
        uses.bare().forEach((array, list) -> {
            boolean distributed = Functions.distributed(array.type());
            int id = add(array, distributed ? View.Mode.FETCHED : View.Mode.LOCAL, list, true);
            if (distributed) {
                before.add(new CommOp.Fetch(id));
            }
        });
    }

    private void array(Var array, List<Use> uses) {
        if (array.equals(scanned)) {
            add(array, View.Mode.SCANNED, uses, false);
        } else if (reduced.contains(array)) {
            add(array, View.Mode.REDUCED, uses, false);
        } else if (Functions.distributed(array.type())) {
            distributed(array, uses);
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
                wholeOnly(array, writes, writes.stream().anyMatch(u -> u.kind() == Use.Kind.UPDATE && !injective(u)) || !sameShift(writes));
                boolean meet = writes.stream().allMatch(u -> u.kind() == Use.Kind.UPDATE && !injective(u));
                if (meet && reads.stream().noneMatch(u -> u.overlaps(path))) {
                    after.add(new CommOp.Accumulate(add(array, View.Mode.ACCUMULATED, writes, path, false)));
                    return;
                }
                writes.addAll(reads.stream().filter(u -> u.overlaps(path)).toList());
                reads.removeIf(u -> u.overlaps(path));
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

    /** Elements with strings or lists travel as a whole, so ranks must not store different components of one. */
    private static void wholeOnly(Var array, List<Use> writes, boolean apart) {
        for (Use u : writes) {
            if (apart && !u.path().isEmpty() && !isFlat(((Type.Array) array.type()).element())) {
                throw new NotYet(u.span(), "storing one field of a record with strings or lists at another index than the loop's own");
            }
        }
    }

    /** Whether the components of elements are stored apart. */
    private static boolean isFlat(Type element) {
        return switch (element) {
            case Type.Scalar s -> s != Type.Scalar.STRING;
            case Type.Tuple t -> t.elements().stream().allMatch(Views::isFlat);
            case Type.Record r -> r.fields().stream().allMatch(f -> isFlat(f.type()));
            case Type.Array _, Type.ListOf _, Type.MapOf _, Type.Function _, Type.Domain _ -> false;
            case Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> false;
        };
    }

    private void distributed(Var array, List<Use> uses) {
        List<Use> writes = uses.stream().filter(Use::writes).toList();
        boolean inPlace = writes.stream().allMatch(u -> u.followsAllAxes(axes)) && sameShift(writes);
        List<Use> near = uses.stream()
                .filter(u -> u.writes() ? inPlace : u.isNear(axes) || inPlace && !writes.isEmpty() && ownOf(u, writes))
                .toList();
        List<Use> far = uses.stream().filter(u -> !u.writes() && !near.contains(u)).toList();
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
        if (!inPlace) {
            byComponent(array, writes).forEach((path, group) -> {
                wholeOnly(array, group, true);
                boolean updates = group.stream().allMatch(u -> u.kind() == Use.Kind.UPDATE);
                int id = add(array, updates ? View.Mode.ACCUMULATED : View.Mode.SCATTERED, group, path, false);
                after.add(updates ? new CommOp.Accumulate(id) : new CommOp.Scatter(id));
            });
        }
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
