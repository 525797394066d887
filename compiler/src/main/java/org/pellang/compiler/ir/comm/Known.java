package org.pellang.compiler.ir.comm;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.Bound;
import org.pellang.compiler.ir.Facts;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** Values of ints and domains that follow from the program's configs; null for all that only its run can tell. */
final class Known {
    private final Facts facts;
    private final Map<String, Long> configs;

    /** @param configs values by name, those that are not given are as declared */
    Known(Facts facts, Map<String, Long> configs) {
        this.facts = facts;
        this.configs = configs;
    }

    @Nullable Long value(TExpr e) {
        return switch (e) {
            case TExpr.Constant c when c.value() instanceof Long l -> l;
            case TExpr.Read r -> value(r.variable());
            case TExpr.Unary u when u.op() == TExpr.UnaryOp.NEGATE && u.type().isIntegral() -> {
                Long x = value(u.operand());
                yield x == null ? null : Long.valueOf(-x);
            }
            case TExpr.Binary b when b.type().isIntegral() -> {
                Long x = value(b.left());
                Long y = value(b.right());
                yield x == null || y == null ? null : Facts.fold(b.op(), x, y);
            }
            case TExpr.Convert c when c.type().isIntegral() && c.value().type().isIntegral() -> value(c.value());
            case TExpr.IntrinsicCall c when c.intrinsic() == Intrinsic.LEN && c.arguments().getFirst() instanceof TExpr.Read r -> {
                Space s = r.type() instanceof Type.Array ? array(r.variable()) : r.type() instanceof Type.Domain ? space(r) : null;
                yield s == null ? null : Long.valueOf(s.box().extent(0));
            }
            default -> null;
        };
    }

    private @Nullable Long value(Var v) {
        if (v.kind() == Var.Kind.CONFIG) {
            Long given = configs.get(v.name());
            TExpr declared = facts.declared(v);
            return given != null ? given : declared == null ? null : value(declared);
        }
        TExpr bound = v.type() instanceof Type.Array ? null : facts.binding(v);
        return bound == null ? null : value(bound);
    }

    /** The indices of an array. */
    @Nullable Space array(Var v) {
        TExpr made = facts.binding(v);
        return switch (made) {
            case TExpr.ArrayFill fill -> space(fill.domain());
            case TExpr.Read other when other.type() instanceof Type.Array -> array(other.variable());
            case TExpr.IntrinsicCall c when c.intrinsic() == Intrinsic.COPY && c.arguments().getFirst() instanceof TExpr.Read r -> array(r.variable());
            case null, default -> null;
        };
    }

    /** A domain of unit steps. */
    @Nullable Space space(TExpr e) {
        return switch (e) {
            case TExpr.Range r -> range(r);
            case TExpr.DomainNew d -> made(d);
            case TExpr.Read r -> {
                TExpr bound = facts.binding(r.variable());
                yield bound == null ? null : space(bound);
            }
            case TExpr.Slice s -> slice(s);
            case TExpr.IntrinsicCall c when c.intrinsic() == Intrinsic.DOMAIN_OF && c.arguments().getFirst() instanceof TExpr.Read r -> array(r.variable());
            case TExpr.IntrinsicCall c when c.intrinsic() == Intrinsic.INNER -> {
                Space s = space(c.arguments().getFirst());
                Long width = value(c.arguments().getLast());
                yield s == null || width == null ? null : inner(s, width);
            }
            default -> null;
        };
    }

    private @Nullable Space range(TExpr.Range r) {
        Long low = value(r.low());
        Long high = value(r.high());
        if (low == null || high == null || r.step() != null) {
            return null;
        }
        IndexBox box = new IndexBox(new long[] {low}, new long[] {r.open() ? high - 1 : high});
        return new Space(box, new Space.Root(box, new boolean[1], false));
    }

    private @Nullable Space made(TExpr.DomainNew d) {
        Distribution distribution = ((Type.Domain) d.type()).distribution();
        int axes = d.axes().size();
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        boolean[] spread = new boolean[axes];
        if (distribution.scattered()) {
            return null;
        }
        for (int k = 0; k < axes; k++) {
            Space axis = space(d.axes().get(k));
            if (axis == null || axis.root().distributed()) {
                return null;
            }
            lo[k] = axis.box().lo()[0];
            hi[k] = axis.box().hi()[0];
            spread[k] = !distribution.isLocal() && distribution.axes().get(k).spread();
        }
        IndexBox box = new IndexBox(lo, hi);
        return new Space(box, new Space.Root(box, spread, distribution.periodic()));
    }

    private @Nullable Space slice(TExpr.Slice s) {
        Space whole = s.type() instanceof Type.Domain ? space(s.array()) : null;
        if (whole == null || s.subscripts().size() != whole.box().axes()) {
            return null;
        }
        IndexBox box = whole.box();
        for (int d = 0; d < box.axes(); d++) {
            TExpr.TSub sub = s.subscripts().get(d);
            if (sub.index() != null) {
                return null;
            }
            if (sub.range() != null) {
                Space part = space(sub.range());
                if (part == null) {
                    return null;
                }
                box = box.with(d, part.box().lo()[0], part.box().hi()[0]);
            }
        }
        return new Space(box.intersect(whole.box()), whole.root());
    }

    private static Space inner(Space s, long width) {
        IndexBox box = s.box();
        for (int d = 0; d < box.axes(); d++) {
            box = box.with(d, box.lo()[d] + width, box.hi()[d] - width);
        }
        return new Space(box, s.root());
    }

    /** A bound for a rank's part of the loop. */
    @Nullable Long bound(Bound b, IndexBox part) {
        return switch (b) {
            case Bound.Const c -> c.value();
            case Bound.LoopEnd e -> e.high() ? part.hi()[e.axis()] : part.lo()[e.axis()];
            case Bound.Value v -> value(v.expression());
            case Bound.DomainEnd d -> {
                Space s = space(d.domain());
                yield s == null ? null : Long.valueOf(d.high() ? s.box().hi()[d.axis()] : s.box().lo()[d.axis()]);
            }
            case Bound.Sum s -> both(bound(s.left(), part), bound(s.right(), part), Long::sum);
            case Bound.Scaled s -> both(bound(s.of(), part), s.factor(), (x, y) -> x * y);
            case Bound.Quotient q -> both(bound(q.of(), part), q.divisor(), Math::floorDiv);
            case Bound.Extreme e -> both(bound(e.left(), part), bound(e.right(), part), e.larger() ? Math::max : Math::min);
        };
    }

    private static @Nullable Long both(@Nullable Long x, @Nullable Long y, java.util.function.BinaryOperator<Long> op) {
        return x == null || y == null ? null : op.apply(x, y);
    }

    /** Bytes of an element; 0 if that depends on its value. */
    static int bytes(Type type) {
        return switch (type) {
            case Type.Scalar s -> switch (s) {
                case INT, FLOAT -> 8;
                case INT32, FLOAT32 -> 4;
                case INT16 -> 2;
                case BYTE, BOOL -> 1;
                case COMPLEX, VEC2 -> 16;
                case VEC3 -> 24;
                case VEC4 -> 32;
                case STRING, VOID, ERROR -> 0;
            };
            case Type.Tuple t -> sum(t.elements());
            case Type.Record r -> sum(r.fields().stream().map(Type.Field::type).toList());
            default -> 0;
        };
    }

    private static int sum(List<Type> types) {
        int sum = 0;
        for (Type t : types) {
            int one = bytes(t);
            if (one == 0) {
                return 0;
            }
            sum += one;
        }
        return sum;
    }
}
