package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/**
 * What a divided loop changes in one map from outside.
 *
 * @param map the map's variable
 * @param sites the places, in order
 * @param read whether the loop reads entries of it, too (its own ones)
 */
public record MapChange(Var map, List<Site> sites, boolean read) {

    /**
     * One place that changes an entry.
     *
     * @param key the list with the subscript, by identity
     * @param path components below the value, outermost first
     * @param op null: a store
     * @param operand type of the value that is stored or combined
     */
    public record Site(List<TExpr> key, List<Integer> path, TExpr.@Nullable BinaryOp op, Type operand) {}

    /** All that a loop's body changes; reduction variables do not count. */
    public static List<MapChange> of(TStmt.TBlock body, List<LoopReduction> reductions) {
        Set<Var> own = new HashSet<>();
        reductions.forEach(r -> own.add(r.variable()));
        body.statements().forEach(root -> Trees.walkStatements(root, s -> {
            switch (s) {
                case TStmt.Declare d -> own.add(d.variable());
                case TStmt.DeclareTuple d -> own.addAll(d.variables());
                default -> {}
            }
        }));
        Map<Var, List<Site>> sites = new LinkedHashMap<>();
        body.statements().forEach(root -> Trees.walkStatements(root, s -> {
            switch (s) {
                case TStmt.Assign a -> add(a.place(), null, a.value().type(), own, sites);
                case TStmt.Update u -> add(u.place(), u.op(), u.value().type(), own, sites);
                case TStmt.MultiAssign m -> {
                    for (int k = 0; k < m.places().size(); k++) {
                        add(m.places().get(k), null, m.values().get(k).type(), own, sites);
                    }
                }
                case TStmt.Swap w -> {
                    add(w.left(), null, w.left().type().asValue(), own, sites);
                    add(w.right(), null, w.right().type().asValue(), own, sites);
                }
                default -> {}
            }
            Trees.expressions(s, e -> Trees.walk(e, x -> {
                if (x instanceof TExpr.IntrinsicCall c && c.intrinsic().changes()) {
                    changed(Place.of(c.arguments().getFirst()), own, sites);
                }
            }));
        }));
        List<MapChange> all = new ArrayList<>();
        sites.forEach((map, list) -> all.add(new MapChange(map, List.copyOf(list), reads(body, map))));
        return List.copyOf(all);
    }

    /** A call that changes what an entry, or a component of one, holds. */
    private static void changed(@Nullable Place place, Set<Var> own, Map<Var, List<Site>> sites) {
        Place holder = place;
        for (Place p = place; p != null && !(p instanceof Place.Variable); ) {
            boolean entry = p instanceof Place.Element e && e.array() instanceof Place.Variable;
            Place next = switch (p) {
                case Place.Component c -> c.value();
                case Place.Element e -> e.array();
                case Place.Slice x -> x.array();
                case Place.Variable v -> v;
            };
            holder = !(p instanceof Place.Component) && !entry ? next : holder;
            p = next;
        }
        if (holder != null) {
            add(holder, null, holder.type().asValue(), own, sites);
        }
    }

    private static void add(Place place, TExpr.@Nullable BinaryOp op, Type operand, Set<Var> own, Map<Var, List<Site>> sites) {
        List<Integer> path = new ArrayList<>();
        Place at = place;
        while (at instanceof Place.Component c) {
            path.addFirst(c.index());
            at = c.value();
        }
        if (at instanceof Place.Element e && e.array() instanceof Place.Variable v && v.type() instanceof Type.MapOf && !own.contains(v.variable())) {
            sites.computeIfAbsent(v.variable(), k -> new ArrayList<>()).add(new Site(e.subscripts(), List.copyOf(path), op, operand));
        }
    }

    private static boolean reads(TStmt.TBlock body, Var map) {
        boolean[] found = {false};
        body.statements().forEach(root -> Trees.walkStatements(root, s -> {
            Trees.expressions(s, e -> Trees.walk(e, x -> found[0] |= x instanceof TExpr.Read r && r.variable().equals(map)));
            found[0] |= s instanceof TStmt.Swap w && (w.left().root().equals(map) || w.right().root().equals(map));
        }));
        return found[0];
    }

    /** The type of the map. */
    public Type.MapOf type() {
        return (Type.MapOf) map.type();
    }

    /** Whether the program promises that no two iterations change one key. */
    public boolean promised() {
        return sites.stream().anyMatch(s -> s.key().getFirst() instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.UNIQUE);
    }

    /** The one operator of all updates if their order cannot be seen in the result, else null. */
    public TExpr.@Nullable BinaryOp combined() {
        TExpr.BinaryOp found = null;
        for (Site s : sites) {
            TExpr.BinaryOp op = s.op() == TExpr.BinaryOp.SUB ? TExpr.BinaryOp.ADD : s.op();
            if (op == null || !s.path().isEmpty() || read || !isExact(op) || (found != null && found != op)) {
                return null;
            }
            found = op;
        }
        return found;
    }

    private boolean isExact(TExpr.BinaryOp op) {
        Type value = type().value();
        return switch (op) {
            case ADD, MUL -> value == Type.Scalar.INT;
            case MIN, MAX -> value == Type.Scalar.INT || value == Type.Scalar.FLOAT || value == Type.Scalar.BOOL;
            case BIT_AND, BIT_OR, BIT_XOR -> value == Type.Scalar.INT || value == Type.Scalar.BOOL;
            case SUB, DIV, FLOOR_DIV, MOD, POW, SHL, SHR, USHR -> false;
        };
    }
}
