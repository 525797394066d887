package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Effects;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/**
 * Numbers that are never negative, or always positive, also those that change: what the program assigns to each, by a greatest fixed point. {@code var half = 1} that only
 * {@code half *= 2} changes is at least 1.
 */
final class Signs {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final Map<Var, Long> least = new HashMap<>();
    private final Map<Var, List<ToLongFunction<Signs>>> assigned = new LinkedHashMap<>();
    private final Set<Var> declared = new HashSet<>();

    Signs(TypedProgram program) {
        List<Var> others = new ArrayList<>();
        TreeWalk.outermost(program, outer -> Effects.everyStatement(outer, s -> statement(s, others)));
        TreeWalk.everyExpression(program, e -> expression(e, program.functions(), others));
        assigned.keySet().retainAll(declared);
        others.forEach(assigned::remove);
        assigned.keySet().forEach(v -> least.put(v, 1L));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (var e : assigned.entrySet()) {
                long now = e.getValue().stream().mapToLong(f -> f.applyAsLong(this)).min().orElse(UNKNOWN);
                long value = now >= 1 ? 1 : now >= 0 ? 0 : UNKNOWN;
                if (value < least.getOrDefault(e.getKey(), UNKNOWN)) {
                    least.put(e.getKey(), value);
                    changed = true;
                }
            }
        }
        least.values().removeIf(v -> v == UNKNOWN);
    }

    /** 0 or 1, which the variable is at least at any time; -1: nothing is known. */
    long least(Var v) {
        return least.getOrDefault(v, -1L);
    }

    private void assign(Var v, ToLongFunction<Signs> value) {
        assigned.computeIfAbsent(v, _ -> new ArrayList<>()).add(value);
    }

    private void statement(TStmt s, List<Var> others) {
        switch (s) {
            case TStmt.Declare d when d.variable().type() == Type.Scalar.INT && d.variable().kind() != Var.Kind.CONFIG -> {
                declared.add(d.variable());
                assign(d.variable(), x -> x.least(d.value()));
            }
            case TStmt.For f when f.iteration().space() instanceof TExpr.Range r && r.step() == null -> {
                declared.addAll(f.iteration().indices());
                assign(f.iteration().indices().getFirst(), x -> x.least(r.low()));
            }
            case TStmt.DeclareTuple d -> others.addAll(d.variables());
            case TStmt.Assign(_, Place.Variable v, TExpr value) -> assign(v.variable(), x -> x.least(value));
            case TStmt.Update(_, Place.Variable v, TExpr.BinaryOp op, TExpr value) when op != null -> assign(v.variable(),
                    x -> combined(op, x.least.getOrDefault(v.variable(), UNKNOWN), x.least(value)));
            case TStmt.MultiAssign m when m.places().size() == m.values().size() -> {
                for (int k = 0; k < m.places().size(); k++) {
                    TExpr value = m.values().get(k);
                    assign(m.places().get(k).root(), x -> x.least(value));
                }
            }
            case TStmt.Update u -> others.add(u.place().root());
            case TStmt.MultiAssign m -> m.places().forEach(p -> others.add(p.root()));
            case TStmt.Swap w -> {
                others.add(w.left().root());
                others.add(w.right().root());
            }
            case TStmt.Forall f -> f.reductions().forEach(r -> others.add(r.variable()));
            default -> {}
        }
    }

    /** What else may change a variable: whoever gets it to change it. */
    private static void expression(TExpr e, List<TFunction> functions, List<Var> others) {
        if (e instanceof TExpr.Call c) {
            List<Var> params = functions.get(c.function()).params();
            for (int k = 0; k < params.size(); k++) {
                if (params.get(k).kind() == Var.Kind.MUT_PARAM && Effects.root(c.arguments().get(k)) instanceof Var v) {
                    others.add(v);
                }
            }
        } else if (e instanceof TExpr.ChannelOp c && c.kind() == TExpr.ChannelKind.IRECV && c.message() != null && Effects.root(c.message()) instanceof Var v) {
            others.add(v);
        }
    }

    private long least(TExpr e) {
        return switch (e) {
            case TExpr.Constant c when c.value() instanceof Long value -> value;
            case TExpr.Read r -> least.getOrDefault(r.variable(), UNKNOWN);
            case TExpr.Convert c when c.value().type() == Type.Scalar.INT && c.type() == Type.Scalar.INT -> least(c.value());
            case TExpr.Conditional c -> Math.min(least(c.then()), least(c.otherwise()));
            case TExpr.Binary b -> combined(b.op(), least(b.left()), least(b.right()));
            case TExpr.IntrinsicCall c -> switch (c.intrinsic()) {
                case SIZE -> 1;
                case LEN, RANK, ABS -> 0;
                case MIN -> c.arguments().stream().mapToLong(this::least).min().orElse(UNKNOWN);
                case MAX -> c.arguments().stream().mapToLong(this::least).max().orElse(UNKNOWN);
                default -> UNKNOWN;
            };
            default -> UNKNOWN;
        };
    }

    /** Of the results the least, up to 1, for operands that are at least these. */
    private static long combined(TExpr.BinaryOp op, long left, long right) {
        long both = Math.min(left, right);
        return switch (op) {
            case ADD -> both < 0 ? UNKNOWN : Math.max(left, right);
            case MUL, MIN -> both < 0 ? UNKNOWN : both;
            case MAX -> Math.max(left, right);
            case FLOOR_DIV -> both < 0 ? UNKNOWN : 0;
            case MOD -> right < 0 ? UNKNOWN : 0;
            case SHL, POW -> both < 0 ? UNKNOWN : left;
            case SHR -> left < 0 ? UNKNOWN : 0;
            case BIT_AND -> Math.max(left, right) < 0 ? UNKNOWN : 0;
            case BIT_OR -> both < 0 ? UNKNOWN : Math.max(left, right);
            case BIT_XOR -> both < 0 ? UNKNOWN : 0;
            case SUB, DIV, USHR -> UNKNOWN;
        };
    }
}
