package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Subscript;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/**
 * Subscripts that follow the index of a sequential loop at a distance that does not change in it, as {@code value[k]} and {@code value[k + 1]} in
 * {@code for k in first[i]..<first[i+1]}. Nothing is known of them before the divided loop, so they are compared with the domain each time; as positions from
 * the lower end of the axis, of type int, the JVM can do that for whole runs. Only subscripts that every pass of the loop evaluates: then the loop does not count
 * beyond an int.
 */
final class Positions {
    /** One of them. */
    record Followed(View view, int axis, TExpr subscript) {}

    private final OwnedLoop loop;
    private final Map<TExpr, Followed> open = new IdentityHashMap<>();
    private final Set<Var> declared = new HashSet<>();
    private final Map<Var, List<Followed>> byIndex = new HashMap<>();

    Positions(OwnedLoop loop) {
        this.loop = loop;
        for (View v : loop.views()) {
            for (Use u : v.uses()) {
                for (int d = 0; d < u.subscripts().size() && !v.bare() && !Kernel.periodic(v); d++) {
                    Subscript s = u.subscripts().get(d);
                    if (s.interval() == null) {
                        open.put(s.expression(), new Followed(v, d, s.expression()));
                    }
                }
            }
        }
        if (!open.isEmpty()) {
            loop.body().statements().forEach(s -> declarations(s, declared));
            loop.body().statements().forEach(s -> Trees.walkStatements(s, this::statement));
        }
    }

    /** Those that follow an index. */
    List<Followed> of(Var index) {
        return byIndex.getOrDefault(index, List.of());
    }

    private void statement(TStmt s) {
        if (s instanceof TStmt.For f) {
            Set<Var> inside = new HashSet<>();
            f.body().statements().forEach(b -> declarations(b, inside));
            find(f.iteration(), inside, visit -> {
                for (TStmt b : f.body().statements()) {
                    if (continues(b)) {
                        return;
                    }
                    Trees.expressions(b, visit);
                }
            });
        }
        Trees.expressions(s, e -> Trees.walk(e, this::comprehension));
    }

    private void comprehension(TExpr e) {
        switch (e) {
            case TExpr.Reduce r -> find(r.iteration(), Set.of(), visit -> visit.accept(r.element()));
            case TExpr.ArrayComprehension c -> find(c.iteration(), Set.of(), visit -> visit.accept(c.element()));
            case TExpr.Scan c -> find(c.iteration(), Set.of(), visit -> visit.accept(c.element()));
            default -> {}
        }
    }

    /** {@code each} visits the expressions that a pass evaluates. */
    private void find(Iteration it, Set<Var> inside, Consumer<Consumer<TExpr>> each) {
        if (it.indices().size() != 1 || !(it.space() instanceof TExpr.Range)) {
            return;
        }
        Var index = it.indices().getFirst();
        Set<Var> changing = new HashSet<>(inside);
        it.lets().forEach(l -> changing.addAll(l.variables()));
        Set<TExpr> always = Collections.newSetFromMap(new IdentityHashMap<>());
        it.lets().forEach(l -> always(l.value(), always));
        if (it.filter() != null) {
            always(it.filter(), always);
        } else {
            each.accept(e -> always(e, always));
        }
        List<Followed> found = new ArrayList<>();
        for (TExpr e : always) {
            Followed f = open.get(e);
            if (f != null && Integer.valueOf(1).equals(factor(e, index, changing))) {
                found.add(f);
            }
        }
        if (!found.isEmpty()) {
            byIndex.put(index, List.copyOf(found));
        }
    }

    /** What is evaluated whenever {@code e} is. */
    private static void always(TExpr e, Set<TExpr> to) {
        to.add(e);
        switch (e) {
            case TExpr.Logical l -> always(l.left(), to);
            case TExpr.Conditional c -> always(c.condition(), to);
            case TExpr.Reduce r -> always(r.iteration().space(), to);
            case TExpr.Scan s -> always(s.iteration().space(), to);
            case TExpr.ArrayComprehension a -> always(a.iteration().space(), to);
            default -> Trees.children(e, c -> always(c, to));
        }
    }

    /** How much {@code e} grows with the index; null if that is not known, or if it depends on what changes in the loop. */
    private @Nullable Integer factor(TExpr e, Var index, Set<Var> changing) {
        return switch (e) {
            case TExpr.Constant c -> 0;
            case TExpr.Read r when r.variable().equals(index) -> 1;
            case TExpr.Read r -> r.type().isIntegral() && isFixed(r.variable(), changing) ? 0 : null;
            case TExpr.Binary b when b.op() == TExpr.BinaryOp.ADD || b.op() == TExpr.BinaryOp.SUB -> {
                Integer left = factor(b.left(), index, changing);
                Integer right = factor(b.right(), index, changing);
                yield left == null || right == null ? null : b.op() == TExpr.BinaryOp.ADD ? Integer.valueOf(left + right) : Integer.valueOf(left - right);
            }
            default -> null;
        };
    }

    private boolean isFixed(Var v, Set<Var> changing) {
        if (changing.contains(v) || loop.reductions().stream().anyMatch(r -> r.variable().equals(v))) {
            return false;
        }
        return !declared.contains(v) || v.kind() != Var.Kind.VAR;
    }

    private static void declarations(TStmt s, Set<Var> to) {
        Trees.walkStatements(s, t -> {
            switch (t) {
                case TStmt.Declare d -> to.add(d.variable());
                case TStmt.DeclareTuple d -> to.addAll(d.variables());
                case TStmt.For f -> to.addAll(f.iteration().indices());
                default -> {}
            }
        });
    }

    private static boolean continues(TStmt s) {
        boolean[] found = {false};
        Trees.walkStatements(s, t -> found[0] |= t instanceof TStmt.Continue);
        return found[0];
    }
}
