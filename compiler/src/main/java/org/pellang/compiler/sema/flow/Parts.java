package org.pellang.compiler.sema.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** Whether two parts of one array have no element in common, as far as constants and equal variables tell. */
final class Parts {
    private Parts() {}

    static boolean apart(@Nullable TExpr a, @Nullable TExpr b) {
        if (a == null || b == null) {
            return false;
        }
        List<Interval> x = axes(a);
        List<Interval> y = axes(b);
        for (int d = 0; d < Math.min(x.size(), y.size()); d++) {
            if (x.get(d).apart(y.get(d))) {
                return true;
            }
        }
        return false;
    }

    /** {@code base + low .. base + high}; nothing is known if {@code known} is false. */
    private record Interval(boolean known, @Nullable Var base, long low, long high) {
        static final Interval ANY = new Interval(false, null, 0, 0);

        boolean apart(Interval other) {
            boolean comparable = known && other.known && (base == null ? other.base == null : base.equals(other.base));
            return comparable && (high < other.low || other.high < low);
        }
    }

    private static List<Interval> axes(TExpr part) {
        return switch (part) {
            case TExpr.Element e -> e.subscripts().stream().map(Parts::point).toList();
            case TExpr.Slice s -> s.subscripts().stream().map(Parts::sub).toList();
            default -> List.of();
        };
    }

    private static Interval sub(TExpr.TSub s) {
        if (s.index() != null) {
            return point(s.index());
        }
        if (s.range() instanceof TExpr.Range r && r.step() == null) {
            Interval low = point(r.low());
            Interval high = point(r.high());
            boolean same = low.known && high.known && (low.base == null ? high.base == null : low.base.equals(high.base));
            return same ? new Interval(true, low.base, low.low, r.open() ? high.low - 1 : high.low) : Interval.ANY;
        }
        return Interval.ANY;
    }

    private static Interval point(TExpr e) {
        return switch (e) {
            case TExpr.Constant c when c.value() instanceof Long v -> new Interval(true, null, v, v);
            case TExpr.Read r when fixed(r.variable()) -> new Interval(true, r.variable(), 0, 0);
            case TExpr.Binary b when b.right() instanceof TExpr.Constant c && c.value() instanceof Long v -> {
                Interval left = point(b.left());
                long by = b.op() == TExpr.BinaryOp.ADD ? v : b.op() == TExpr.BinaryOp.SUB ? -v : 0;
                yield by == 0 || !left.known ? Interval.ANY : new Interval(true, left.base, left.low + by, left.high + by);
            }
            default -> Interval.ANY;
        };
    }

    /** Names that mean one number wherever both parts can see them; a loop's index may have moved on. */
    private static boolean fixed(Var v) {
        return switch (v.kind()) {
            case GLOBAL_LET, CONFIG, PARAM -> true;
            case GLOBAL_VAR, SHARED, DOMAIN, CHANNEL, LET, VAR, MUT_PARAM, FORALL_INDEX, FOR_INDEX, COMPREHENSION_LET -> false;
        };
    }
}
