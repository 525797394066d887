package org.pellang.compiler.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** Linear forms and intervals of int expressions in the body of a divided loop. */
final class Intervals {
    private final Facts facts;
    private final List<Var> indices;
    /** Indices of sequential loops inside the body. */
    private final Map<Var, Interval> inner = new HashMap<>();
    /** Indices of sequential loops whose bounds are not known before the loop, and other locals of the body. */
    private final java.util.Set<Var> locals = new java.util.HashSet<>();
    private final Map<Var, TExpr> lets = new HashMap<>();

    Intervals(Facts facts, List<Var> indices) {
        this.facts = facts;
        this.indices = indices;
    }

    /** A local of the body that is bound once. */
    void let(Var variable, TExpr value) {
        lets.put(variable, value);
        locals.add(variable);
    }

    /** Any other local of the body. */
    void local(Var variable) {
        locals.add(variable);
    }

    boolean isLocal(Var variable) {
        return locals.contains(variable);
    }

    /** The head of a sequential loop in the body. */
    void inner(Iteration it) {
        it.indices().forEach(this::local);
        if (it.indices().size() != 1 || !it.overDomain()) {
            if (it.overDomain()) {
                for (int d = 0; d < it.indices().size(); d++) {
                    put(it.indices().get(d), axis(it.space(), d));
                }
            }
            return;
        }
        put(it.indices().getFirst(), axis(it.space(), 0));
    }

    private void put(Var index, @Nullable Interval interval) {
        if (interval != null) {
            inner.put(index, interval);
        }
    }

    /** The interval of one axis of a space. */
    private @Nullable Interval axis(TExpr space, int d) {
        if (space instanceof TExpr.Range r) {
            Interval low = interval(r.low());
            Interval high = interval(r.high());
            if (low == null || high == null) {
                return null;
            }
            Interval end = r.open() ? high.plus(Interval.of(-1)) : high;
            return new Interval(low.low(), end.high());
        }
        if (space instanceof TExpr.DomainNew n && n.axes().size() > d) {
            return axis(n.axes().get(d), 0);
        }
        return fixedDomain(space)
                ? new Interval(new Bound.DomainEnd(space, d, false), new Bound.DomainEnd(space, d, true))
                : null;
    }

    /** The interval of a one-axis space. */
    @Nullable Interval ofRange(TExpr space) {
        return axis(space, 0);
    }

    /** Whether a domain can be computed before the loop. */
    private boolean fixedDomain(TExpr space) {
        return switch (space) {
            case TExpr.Read r -> outside(r.variable());
            case TExpr.IntrinsicCall c -> switch (c.intrinsic()) {
                case DOMAIN_OF, INNER, FROM, AXIS -> c.arguments().stream().allMatch(a -> fixedDomain(a) || value(a) != null);
                default -> false;
            };
            case TExpr.Component c -> c.value() instanceof TExpr.IntrinsicCall call && call.intrinsic() == Intrinsic.DOMAINS_OF
                    && fixedDomain(call.arguments().getFirst());
            default -> false;
        };
    }

    private boolean outside(Var v) {
        return !indices.contains(v) && !locals.contains(v);
    }

    /** The subscript with everything known about it. */
    Subscript subscript(TExpr e) {
        Linear linear = linear(e);
        Interval interval = linear != null ? interval(linear) : interval(e);
        return new Subscript(e, linear, interval, linear == null ? -1 : near(linear));
    }

    private int near(Linear linear) {
        int axis = -1;
        for (Map.Entry<Var, Long> term : linear.factors().entrySet()) {
            int d = indices.indexOf(term.getKey());
            if (d >= 0) {
                if (axis >= 0 || term.getValue() != 1) {
                    return -1;
                }
                axis = d;
            } else if (!(inner.get(term.getKey()) instanceof Interval(Bound.Const low, Bound.Const high))) {
                return -1;
            }
        }
        return axis;
    }

    /** An int expression as a linear form over indices and outer variables, null if it is none. */
    @Nullable Linear linear(TExpr e) {
        Long constant = facts.constant(e);
        if (constant != null) {
            return Linear.of(constant);
        }
        return switch (e) {
            case TExpr.Read r -> lets.containsKey(r.variable())
                    ? linear(lets.get(r.variable()))
                    : !r.type().isIntegral() || (isLocal(r.variable()) && !inner.containsKey(r.variable()))
                            ? null
                            : Linear.of(r.variable());
            case TExpr.Unary u -> {
                Linear x = u.op() == TExpr.UnaryOp.NEGATE ? linear(u.operand()) : null;
                yield x == null ? null : x.times(-1);
            }
            case TExpr.Binary b -> binary(b);
            default -> null;
        };
    }

    private @Nullable Linear binary(TExpr.Binary b) {
        Linear x = linear(b.left());
        Linear y = linear(b.right());
        if (x == null || y == null) {
            return null;
        }
        return switch (b.op()) {
            case ADD -> x.plus(y, 1);
            case SUB -> x.plus(y, -1);
            case MUL -> x.isConstant() ? y.times(x.constant()) : y.isConstant() ? x.times(y.constant()) : null;
            case DIV, FLOOR_DIV, MOD, POW, SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR, MIN, MAX -> null;
        };
    }

    private @Nullable Interval interval(Linear linear) {
        Interval sum = Interval.of(0);
        for (Map.Entry<Var, Long> term : linear.factors().entrySet()) {
            Interval of = interval(term.getKey());
            if (of == null) {
                return null;
            }
            sum = sum.plus(of.times(term.getValue()));
        }
        return sum.plus(Interval.of(linear.constant()));
    }

    private @Nullable Interval interval(Var v) {
        int d = indices.indexOf(v);
        if (d >= 0) {
            return new Interval(new Bound.LoopEnd(d, false), new Bound.LoopEnd(d, true));
        }
        if (inner.containsKey(v)) {
            return inner.get(v);
        }
        return outside(v) && v.type().isIntegral()
                ? Interval.of(new Bound.Value(new TExpr.Read(v.span(), v.type().asValue(), v)))
                : null;
    }

    /** The interval of an int expression, null if nothing is known. */
    @Nullable Interval interval(TExpr e) {
        Linear linear = linear(e);
        if (linear != null) {
            return interval(linear);
        }
        Bound value = value(e);
        if (value != null) {
            return Interval.of(value);
        }
        return switch (e) {
            case TExpr.Read r -> lets.containsKey(r.variable()) ? interval(lets.get(r.variable())) : null;
            case TExpr.Binary b -> binaryInterval(b);
            case TExpr.IntrinsicCall c -> switch (c.intrinsic()) {
                case MIN -> extreme(c.arguments(), false);
                case MAX -> extreme(c.arguments(), true);
                default -> null;
            };
            default -> null;
        };
    }

    private @Nullable Interval binaryInterval(TExpr.Binary b) {
        Long factor = facts.constant(b.right());
        Interval x = interval(b.left());
        return switch (b.op()) {
            case ADD, SUB -> {
                Interval y = interval(b.right());
                yield x == null || y == null ? null : x.plus(y.times(b.op() == TExpr.BinaryOp.ADD ? 1 : -1));
            }
            case MUL -> x == null || factor == null ? null : x.times(factor);
            case FLOOR_DIV -> x == null || factor == null || factor <= 0 ? null : x.quotient(factor);
            case MOD -> factor == null || factor <= 0
                    ? null
                    : new Interval(new Bound.Const(0), new Bound.Const(factor - 1));
            case BIT_AND -> factor == null || factor < 0 ? null : new Interval(new Bound.Const(0), new Bound.Const(factor));
            case DIV, POW, SHL, SHR, USHR, BIT_OR, BIT_XOR, MIN, MAX -> null;
        };
    }

    private @Nullable Interval extreme(List<TExpr> arguments, boolean larger) {
        Interval all = null;
        for (TExpr a : arguments) {
            Interval x = interval(a);
            if (x == null) {
                return null;
            }
            all = all == null ? x : all.extreme(x, larger);
        }
        return all;
    }

    /** An int that can be computed before the loop and cannot trap. */
    private @Nullable Bound value(TExpr e) {
        return safe(e) ? new Bound.Value(e) : null;
    }

    private boolean safe(TExpr e) {
        return switch (e) {
            case TExpr.Constant c -> true;
            case TExpr.Read r -> outside(r.variable());
            case TExpr.Unary u -> safe(u.operand());
            case TExpr.Binary b -> switch (b.op()) {
                case ADD, SUB, MUL, MIN, MAX, SHL, SHR, BIT_AND, BIT_OR, BIT_XOR -> safe(b.left()) && safe(b.right());
                case FLOOR_DIV, MOD -> {
                    Long divisor = facts.constant(b.right());
                    yield safe(b.left()) && divisor != null && divisor != 0;
                }
                case DIV, POW, USHR -> false;
            } && b.type().isIntegral();
            case TExpr.IntrinsicCall c -> c.intrinsic() == Intrinsic.LEN && c.arguments().stream().allMatch(this::safe);
            case TExpr.Component c -> safe(c.value());
            default -> false;
        };
    }
}
