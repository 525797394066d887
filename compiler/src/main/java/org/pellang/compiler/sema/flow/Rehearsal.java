package org.pellang.compiler.sema.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * What one rank of a job of known size sends and receives, as far as it follows from {@code rank()}, {@code size()} and constants alone. Where
 * control depends on anything else the list ends as not known.
 */
final class Rehearsal {
    private static final int MOST_STEPS = 400;

    /** One thing that a rank does. */
    sealed interface Step {
        /** Posts a send. */
        record Send(Span span, Var channel, int peer) implements Step {}

        /** Posts a receive; {@code number} counts those of this rank. */
        record Post(Span span, Var channel, int peer, int number) implements Step {}

        /** Waits for a posted receive. */
        record Wait(Span span, int number) implements Step {}

        /** All ranks meet. */
        record Meet(Span span) implements Step {}
    }

    /** A rank that does not exist. */
    record Outside(Span span, long rank) {}

    /** The end of what is known. */
    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super(null, null, false, false);
        }
    }

    private enum Flow {
        NEXT, BREAK, CONTINUE
    }

    /** A started send or receive as a value; -1: a send. */
    private record Started(int number) {}

    private final int rank;
    private final int size;
    private final Map<Var, Object> known = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    /** Ranks that do not exist in this job, with their numbers. */
    final List<Outside> outside = new ArrayList<>();
    private boolean complete;
    private int posted;
    private int budget = MOST_STEPS;

    private Rehearsal(int rank, int size) {
        this.rank = rank;
        this.size = size;
    }

    static Rehearsal of(List<TStmt> body, int rank, int size) {
        Rehearsal r = new Rehearsal(rank, size);
        try {
            r.block(body);
            r.complete = true;
        } catch (Unknown end) {
            r.complete = false;
        }
        return r;
    }

    List<Step> steps() {
        return steps;
    }

    /** Whether the rank ends after these steps; else it may do anything. */
    boolean complete() {
        return complete;
    }

    private Flow block(List<TStmt> statements) {
        for (TStmt s : statements) {
            Flow flow = statement(s);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow statement(TStmt s) {
        if (--budget < 0) {
            throw new Unknown();
        }
        switch (s) {
            case TStmt.Declare d -> set(d.variable(), value(d.value()));
            case TStmt.DeclareTuple d -> {
                value(d.value());
                d.variables().forEach(v -> set(v, null));
            }
            case TStmt.Assign a -> {
                Object value = value(a.value());
                set(a.place().root(), a.place() instanceof Place.Variable ? value : null);
            }
            case TStmt.Update u -> {
                Object after = u.op() == null ? null : arithmetic(u.op(), known.get(u.place().root()), value(u.value()));
                set(u.place().root(), u.place() instanceof Place.Variable ? after : null);
            }
            case TStmt.Do d -> value(d.expression());
            case TStmt.If i -> {
                return branch(i);
            }
            case TStmt.For f -> loop(f);
            case TStmt.While w -> loop(w);
            case TStmt.Break _ -> {
                return Flow.BREAK;
            }
            case TStmt.Continue _ -> {
                return Flow.CONTINUE;
            }
            case TStmt.Forall f -> {
                // A message in its body is an error of its own.
                TreeWalk.everyExpression(s, e -> {
                    if (e instanceof TExpr.ChannelOp) {
                        throw new Unknown();
                    }
                });
                steps.add(new Step.Meet(f.head()));
                forget(s);
            }
            case TStmt.Assert a -> {
                if (Boolean.FALSE.equals(value(a.condition()))) {
                    throw new Unknown();
                }
            }
            case TStmt.Sync y -> block(y.body().statements());
            case TStmt.Checkpointed c -> {
                value(c.every());
                return statement(c.loop());
            }
            case TStmt.MultiAssign _, TStmt.Swap _ -> {
                TreeWalk.expressions(s).forEach(this::value);
                forget(s);
            }
            case TStmt.On _, TStmt.Epoch _, TStmt.RemoteStore _, TStmt.Return _ -> throw new Unknown();
        }
        return Flow.NEXT;
    }

    private void set(Var v, @Nullable Object value) {
        if (value == null) {
            known.remove(v);
        } else {
            known.put(v, value);
        }
    }

    private void forget(TStmt s) {
        Assigned.in(List.of(s)).forEach(known::remove);
        if (s instanceof TStmt.Forall f) {
            f.reductions().forEach(r -> known.remove(r.variable()));
        }
    }

    /** A statement whose course is not known matters if it communicates, or leaves. */
    private void skip(TStmt s) {
        TreeWalk.everyExpression(s, e -> {
            if (matters(e)) {
                throw new Unknown();
            }
        });
        if (leaves(s)) {
            throw new Unknown();
        }
        forget(s);
    }

    private static boolean leaves(TStmt s) {
        boolean here = s instanceof TStmt.Break || s instanceof TStmt.Continue || s instanceof TStmt.Return || s instanceof TStmt.Forall
                || s instanceof TStmt.On || s instanceof TStmt.Epoch;
        return here || TreeWalk.statements(s).stream().anyMatch(Rehearsal::leaves);
    }

    private static boolean matters(TExpr e) {
        return switch (e) {
            case TExpr.ChannelOp _, TExpr.Collective _, TExpr.Call _, TExpr.CallValue _, TExpr.RemoteRead _, TExpr.Spawn _ -> true;
            case TExpr.IntrinsicCall c -> c.intrinsic() == Intrinsic.WAIT || c.intrinsic() == Intrinsic.ABORT || meets(c.intrinsic());
            case TExpr.ExternCall c -> c.function().collective();
            case TExpr.Reduce r -> r.iteration().parallel();
            default -> false;
        };
    }

    private static boolean meets(Intrinsic i) {
        return switch (i) {
            case CLOCK, PRINTALL, SAVE, LOAD, PLOT_IMAGE, PLOT_LINE, REPLICATE, SPLIT -> true;
            default -> false;
        };
    }

    private Flow branch(TStmt.If i) {
        Object condition = value(i.condition());
        if (condition == null) {
            skip(i);
            return Flow.NEXT;
        }
        if ((Boolean) condition) {
            return block(i.then().statements());
        }
        return i.otherwise() == null ? Flow.NEXT : block(i.otherwise().statements());
    }

    private void loop(TStmt.For f) {
        if (f.iteration().space() instanceof TExpr.Range r && f.iteration().filter() == null && f.iteration().lets().isEmpty() && r.step() == null
                && value(r.low()) instanceof Long low && value(r.high()) instanceof Long high) {
            for (long k = low; r.open() ? k < high : k <= high; k++) {
                set(f.iteration().indices().getFirst(), k);
                if (block(f.body().statements()) == Flow.BREAK) {
                    return;
                }
            }
            return;
        }
        skip(f);
    }

    private void loop(TStmt.While w) {
        while (true) {
            Object condition = value(w.condition());
            if (condition == null) {
                skip(w);
                return;
            }
            if (!(Boolean) condition || block(w.body().statements()) == Flow.BREAK) {
                return;
            }
            if (--budget < 0) {
                throw new Unknown();
            }
        }
    }

    /** An int, bool or request, or null if it is not known. */
    private @Nullable Object value(TExpr e) {
        return switch (e) {
            case TExpr.Constant c -> c.value() instanceof Long || c.value() instanceof Boolean ? c.value() : null;
            case TExpr.Read r -> known.get(r.variable());
            case TExpr.Unary u -> unary(u.op(), value(u.operand()));
            case TExpr.Binary b -> arithmetic(b.op(), value(b.left()), value(b.right()));
            case TExpr.Compare c -> compare(c.op(), value(c.left()), value(c.right()));
            case TExpr.Logical l -> logical(l);
            case TExpr.Conditional c -> {
                Object condition = value(c.condition());
                if (condition == null) {
                    List.of(c.then(), c.otherwise()).forEach(this::harmless);
                    yield null;
                }
                yield value((Boolean) condition ? c.then() : c.otherwise());
            }
            case TExpr.IntrinsicCall c -> intrinsic(c);
            case TExpr.ChannelOp c -> channel(c);
            case TExpr.Collective c -> {
                TreeWalk.children(c).forEach(this::value);
                if (c.team() != null) {
                    throw new Unknown();
                }
                steps.add(new Step.Meet(c.span()));
                yield null;
            }
            case TExpr.Call _, TExpr.CallValue _, TExpr.RemoteRead _, TExpr.Spawn _ -> throw new Unknown();
            case TExpr.Reduce _, TExpr.Scan _, TExpr.ArrayComprehension _ -> {
                harmless(e);
                yield null;
            }
            default -> {
                if (matters(e)) {
                    throw new Unknown();
                }
                TreeWalk.children(e).forEach(this::value);
                yield null;
            }
        };
    }

    private void harmless(TExpr e) {
        TreeWalk.everyExpression(e, x -> {
            if (matters(x)) {
                throw new Unknown();
            }
        });
    }

    private @Nullable Object intrinsic(TExpr.IntrinsicCall c) {
        List<Object> values = new ArrayList<>();
        c.arguments().forEach(a -> values.add(value(a)));
        switch (c.intrinsic()) {
            case RANK -> {
                return values.isEmpty() ? (Object) (long) rank : null;
            }
            case SIZE -> {
                return values.isEmpty() ? (Object) (long) size : null;
            }
            case WAIT -> {
                for (Object v : values) {
                    if (!(v instanceof Started s)) {
                        throw new Unknown();
                    }
                    if (s.number >= 0) {
                        steps.add(new Step.Wait(c.span(), s.number));
                    }
                }
                return null;
            }
            case ABORT -> throw new Unknown();
            default -> {
                if (meets(c.intrinsic())) {
                    steps.add(new Step.Meet(c.span()));
                }
                Var changed = Assigned.changesFirst(c.intrinsic()) ? Assigned.root(c.arguments().getFirst()) : null;
                if (changed != null) {
                    known.remove(changed);
                }
                return null;
            }
        }
    }

    private @Nullable Object channel(TExpr.ChannelOp c) {
        Object peer = c.peer() == null ? null : value(c.peer());
        if (c.message() != null && c.kind() != TExpr.ChannelKind.IRECV) {
            value(c.message());
        }
        if (!(peer instanceof Long to) || c.peer() == null || !(c.channel() instanceof TExpr.Read r)) {
            throw new Unknown();
        }
        if (to < 0 || to >= size) {
            outside.add(new Outside(c.peer().span(), to));
            throw new Unknown();
        }
        return switch (c.kind()) {
            case SEND, ISEND -> {
                steps.add(new Step.Send(c.span(), r.variable(), (int) (long) to));
                yield c.kind() == TExpr.ChannelKind.ISEND ? new Started(-1) : null;
            }
            case RECV, IRECV -> {
                int number = posted++;
                steps.add(new Step.Post(c.span(), r.variable(), (int) (long) to, number));
                Var buffer = c.message() == null ? null : Assigned.root(c.message());
                if (buffer != null) {
                    known.remove(buffer);
                }
                if (c.kind() == TExpr.ChannelKind.IRECV) {
                    yield new Started(number);
                }
                steps.add(new Step.Wait(c.span(), number));
                yield null;
            }
            case RECV_ANY -> throw new Unknown();
        };
    }

    private @Nullable Object logical(TExpr.Logical l) {
        Object left = value(l.left());
        if (left == null) {
            harmless(l.right());
            return null;
        }
        return (Boolean) left == l.conjunction() ? value(l.right()) : left;
    }

    private static @Nullable Object unary(TExpr.UnaryOp op, @Nullable Object x) {
        return switch (op) {
            case NEGATE -> x instanceof Long v ? (Object) (-v) : null;
            case BIT_NOT -> x instanceof Long v ? (Object) (~v) : null;
            case NOT -> x instanceof Boolean b ? (Object) !b : null;
        };
    }

    private static @Nullable Object arithmetic(TExpr.BinaryOp op, @Nullable Object x, @Nullable Object y) {
        if (!(x instanceof Long a) || !(y instanceof Long b)) {
            return null;
        }
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case FLOOR_DIV -> b == 0 ? null : (Object) Math.floorDiv(a, b);
            case MOD -> b == 0 ? null : (Object) Math.floorMod(a, b);
            case BIT_AND -> a & b;
            case BIT_OR -> a | b;
            case BIT_XOR -> a ^ b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case DIV, POW, SHL, SHR, USHR -> null;
        };
    }

    private static @Nullable Object compare(TExpr.CompareOp op, @Nullable Object x, @Nullable Object y) {
        if (x instanceof Boolean a && y instanceof Boolean b) {
            return op == TExpr.CompareOp.EQ ? (Object) a.equals(b) : op == TExpr.CompareOp.NE ? (Object) !a.equals(b) : null;
        }
        if (!(x instanceof Long a) || !(y instanceof Long b)) {
            return null;
        }
        return switch (op) {
            case EQ -> a.equals(b);
            case NE -> !a.equals(b);
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
        };
    }
}
