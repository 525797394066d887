package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.DistSyntax;
import org.pellang.compiler.syntax.Expr;

/** Index sets: ranges, domains, distributions. */
final class Domains {
    static final Type.Domain RANGE = new Type.Domain(1, Distribution.LOCAL);
    private static final int MOST_AXES = 3;

    private final Session s;

    Domains(Session session) {
        this.s = session;
    }

    /** The index set {@code [0..<n, 0..<m]} of constant extents. */
    static TExpr ofExtents(List<Long> extents, Span span) {
        List<TExpr> axes = new ArrayList<>();
        for (long n : extents) {
            axes.add(new TExpr.Range(span, RANGE, new TExpr.Constant(span, Type.Scalar.INT, 0L), new TExpr.Constant(span, Type.Scalar.INT, n), true, null));
        }
        return axes.size() == 1 ? axes.getFirst() : new TExpr.DomainNew(span, new Type.Domain(axes.size(), Distribution.LOCAL), axes);
    }

    /** {@code low..high by step}; also {@code D by k}. */
    TExpr range(Expr.Range e, Scope scope) {
        Expr high = e.high();
        Expr step = e.step();
        if (high == null) {
            return strided(e, scope);
        }
        TExpr low = index(e.low(), scope, "a bound of a range");
        TExpr up = index(high, scope, "a bound of a range");
        TExpr by = step == null ? null : step(step, scope, false);
        if (low.type().isError() || up.type().isError() || (by != null && by.type().isError())) {
            return Session.bad(e.span());
        }
        return new TExpr.Range(e.span(), RANGE, low, up, e.open(), by);
    }

    private TExpr strided(Expr.Range e, Scope scope) {
        TExpr set = s.expressions.check(e.low(), scope, null);
        Expr step = e.step();
        TExpr by = step == null ? null : step(step, scope, false);
        if (set.type().isError() || by == null || by.type().isError()) {
            return Session.bad(e.span());
        }
        if (!(set.type() instanceof Type.Domain)) {
            return s.bad(
                    e.span(),
                    Diagnostic.error("PEL0203", set.span(), "`by` strides a range or a domain")
                            .under("this is " + Words.a(set.type())));
        }
        return new TExpr.IntrinsicCall(e.span(), set.type(), org.pellang.compiler.sema.typed.Intrinsic.STRIDE, List.of(set, by));
    }

    /** {@code a..b by -k}, the space of a sequential loop that counts down; null if it is no such range. */
    @Nullable TExpr descending(Expr e, Scope scope) {
        if (!(e instanceof Expr.Range range) || range.high() == null || range.step() == null) {
            return null;
        }
        if (!(range.step() instanceof Expr.Unary sign) || sign.op() != Expr.UnaryOp.NEGATE) {
            return null;
        }
        TExpr step = step(range.step(), scope, true);
        Long value = s.folding.intValue(step);
        if (value == null || value >= 0) {
            return null;
        }
        TExpr low = index(range.low(), scope, "a bound of a range");
        TExpr high = index(range.high(), scope, "a bound of a range");
        if (low.type().isError() || high.type().isError()) {
            return Session.bad(e.span());
        }
        TExpr by = new TExpr.Constant(range.step().span(), Type.Scalar.INT, value);
        return new TExpr.Range(e.span(), RANGE, low, high, range.open(), by);
    }

    /** The same indices from the lowest on, as a divided loop has them, which gives them no order; null if it does not count down, or its bounds are calls. */
    @Nullable TExpr ascending(Expr e, Scope scope) {
        if (!(descending(e, scope) instanceof TExpr.Range down) || !(down.step() instanceof TExpr.Constant by) || !isPlain(down.low())) {
            return null;
        }
        long k = -(Long) by.value();
        TExpr low = k == 1 ? down.open() ? binary(TExpr.BinaryOp.ADD, down.high(), 1) : down.high() : lowest(down, k);
        return new TExpr.Range(e.span(), RANGE, low, down.low(), false, k == 1 ? null : new TExpr.Constant(by.span(), Type.Scalar.INT, k));
    }

    /** The last index of {@code a..b by -k}: {@code a - (a - b) // k * k}. */
    private TExpr lowest(TExpr.Range down, long k) {
        TExpr distance = binary(TExpr.BinaryOp.SUB, down.low(), down.high());
        TExpr steps = binary(TExpr.BinaryOp.FLOOR_DIV, down.open() ? binary(TExpr.BinaryOp.SUB, distance, 1) : distance, k);
        return binary(TExpr.BinaryOp.SUB, down.low(), binary(TExpr.BinaryOp.MUL, steps, k));
    }

    private TExpr binary(TExpr.BinaryOp op, TExpr left, long right) {
        return binary(op, left, new TExpr.Constant(left.span(), Type.Scalar.INT, right));
    }

    private TExpr binary(TExpr.BinaryOp op, TExpr left, TExpr right) {
        TExpr made = new TExpr.Binary(left.span(), Type.Scalar.INT, op, left, right);
        Long value = s.folding.intValue(made);
        return value == null ? made : new TExpr.Constant(left.span(), Type.Scalar.INT, value);
    }

    /** Whether it may be evaluated several times. */
    private static boolean isPlain(TExpr e) {
        return switch (e) {
            case TExpr.Constant _, TExpr.Read _ -> true;
            case TExpr.Unary u -> isPlain(u.operand());
            case TExpr.Binary b -> isPlain(b.left()) && isPlain(b.right());
            case TExpr.IntrinsicCall c -> c.intrinsic() == org.pellang.compiler.sema.typed.Intrinsic.LEN && isPlain(c.arguments().getFirst());
            default -> false;
        };
    }

    /** Whether a space is written as one that counts down. */
    static boolean countsDown(Expr e) {
        return e instanceof Expr.Range r && r.high() != null && r.step() instanceof Expr.Unary sign && sign.op() == Expr.UnaryOp.NEGATE;
    }

    private TExpr step(Expr e, Scope scope, boolean down) {
        TExpr step = index(e, scope, "a step");
        Long value = s.folding.intValue(step);
        if (value != null && value <= 0 && !(down && value < 0)) {
            return s.bad(
                    e.span(),
                    Diagnostic.error("PEL0206", e.span(), "a step must be positive")
                            .under("this is " + value)
                            .note("only loops count down: `for i in 9..0 by -1 { .. }`; a range in another place is a set of indices"));
        }
        return step;
    }

    /** An int in the place of an index or bound. */
    TExpr index(Expr e, Scope scope, String what) {
        return s.coercion.to(s.expressions.check(e, scope, Type.Scalar.INT), Type.Scalar.INT, what);
    }

    /** The index set that bracketed extents give: one domain, or one-axis domains and numbers side by side. */
    TExpr space(List<Expr> extents, Span span, @Nullable DistSyntax dist, boolean periodic, Scope scope) {
        List<TExpr> axes = new ArrayList<>();
        boolean bad = false;
        for (Expr e : extents) {
            TExpr axis = axis(e, scope, extents.size() == 1 && dist == null);
            bad |= axis.type().isError();
            axes.add(axis);
        }
        if (bad) {
            return Session.bad(span);
        }
        if (axes.size() == 1 && dist == null && !periodic && extents.getFirst() instanceof Expr.Name) {
            TExpr only = axes.getFirst();
            if (!(only instanceof TExpr.Range)) {
                return only;
            }
        }
        Distribution d = dist == null ? inherited(axes, periodic) : distribution(dist, axes.size(), periodic);
        if (!d.isLocal() && axes.size() > MOST_AXES) {
            s.report(Diagnostic.error("PEL0212", span, "a distributed domain has at most 3 axes")
                    .under("this one has " + axes.size()));
        }
        if (axes.size() == 1 && axes.getFirst().type().equals(new Type.Domain(1, d)) && !(extents.getFirst() instanceof Expr.Range)) {
            return axes.getFirst();
        }
        if (axes.size() == 1 && axes.getFirst().type() instanceof Type.Domain whole && whole.axes() > 1) {
            return axes.getFirst();
        }
        return new TExpr.DomainNew(span, new Type.Domain(axes.size(), d), axes, dist == null ? List.of() : blocks(dist, axes.size(), scope));
    }

    /** The space of a loop with a {@code dist} clause: where a plain range or an undistributed domain runs. */
    TExpr dealt(TExpr set, DistSyntax dist, Scope scope) {
        if (!(set.type() instanceof Type.Domain domain) || !domain.distribution().isLocal()) {
            return set;
        }
        Distribution d = distribution(dist, domain.axes(), domain.distribution().periodic());
        if (d.isLocal()) {
            return set;
        }
        List<TExpr> axes = new ArrayList<>();
        for (int a = 0; a < domain.axes(); a++) {
            axes.add(domain.axes() == 1 ? set : new TExpr.IntrinsicCall(set.span(), axisType(domain.distribution(), a),
                    org.pellang.compiler.sema.typed.Intrinsic.AXIS, List.of(set, new TExpr.Constant(set.span(), Type.Scalar.INT, (long) a))));
        }
        return new TExpr.DomainNew(set.span(), new Type.Domain(axes.size(), d), axes, blocks(dist, axes.size(), scope));
    }

    /** The lengths of blocks that a clause with {@code blockcyclic(b)} gives, one per axis; none without. */
    List<TExpr> blocks(DistSyntax dist, int axes, Scope scope) {
        if (dist.axes().stream().noneMatch(a -> a.kind().equals("blockcyclic"))) {
            return List.of();
        }
        List<TExpr> each = new ArrayList<>();
        for (DistSyntax.Axis axis : dist.axes()) {
            Expr given = axis.argument();
            TExpr length = given == null || !axis.kind().equals("blockcyclic")
                    ? new TExpr.Constant(axis.span(), Type.Scalar.INT, 1L)
                    : index(given, scope, "the length of a block");
            Long value = s.folding.intValue(length);
            if (value != null && value < 1) {
                s.report(Diagnostic.error("PEL0206", length.span(), "a block has at least one index").under("this is " + value));
            }
            each.add(length);
        }
        return dist.perAxis() ? each : Collections.nCopies(axes, each.getFirst());
    }

    private TExpr axis(Expr e, Scope scope, boolean anyDomain) {
        TExpr axis = s.expressions.check(e, scope, null);
        if (axis.type().isIntegral()) {
            Long n = s.folding.intValue(axis);
            if (n != null && n < 0) {
                return s.bad(
                        e.span(), Diagnostic.error("PEL0206", e.span(), "an extent cannot be negative").under("this is " + n));
            }
            return new TExpr.Range(
                    e.span(), RANGE, new TExpr.Constant(e.span(), Type.Scalar.INT, 0L), axis, true, null);
        }
        if (axis.type().isError() || (axis.type() instanceof Type.Domain d && (d.axes() == 1 || anyDomain))) {
            return axis;
        }
        Diagnostic d = Diagnostic.error("PEL0201", e.span(), "an axis is an int, a range or a domain with one axis")
                .under("this is " + Words.a(axis.type()));
        return s.bad(
                e.span(),
                axis.type() == Type.Scalar.FLOAT
                        ? d.fix("convert it", e.span(), "int(" + e.span().text() + ")")
                        : d);
    }

    /** {@code [P, F]}: distributed if one of the axes is. */
    private static Distribution inherited(List<TExpr> axes, boolean periodic) {
        List<Distribution.Kind> kinds = new ArrayList<>();
        boolean wraps = periodic;
        boolean distributed = false;
        for (TExpr axis : axes) {
            Distribution d = axis.type() instanceof Type.Domain domain ? domain.distribution() : Distribution.LOCAL;
            distributed |= !d.isLocal();
            wraps |= d.periodic();
            kinds.add(d.isLocal() ? Distribution.Kind.WHOLE : d.axes().getFirst());
        }
        return new Distribution(distributed ? List.copyOf(kinds) : List.of(), wraps);
    }

    /** A {@code dist} clause of a domain or array with that many axes. */
    Distribution distribution(DistSyntax dist, int axes, boolean periodic) {
        List<Distribution.Kind> kinds = new ArrayList<>();
        for (DistSyntax.Axis axis : dist.axes()) {
            kinds.add(kind(axis));
        }
        if (!dist.perAxis()) {
            return new Distribution(Collections.nCopies(axes, kinds.getFirst()), periodic);
        }
        if (kinds.size() != axes) {
            s.report(Diagnostic.error("PEL0212", dist.span(), "the distribution names " + Words.count(kinds.size(), "axis")
                            + ", the index set has " + axes)
                    .note("give one kind per axis, for instance `dist (block, *)` for two axes"));
            return new Distribution(Collections.nCopies(axes, Distribution.Kind.BLOCK), periodic);
        }
        return new Distribution(
                kinds.stream().anyMatch(Distribution.Kind::spread) ? List.copyOf(kinds) : List.of(), periodic);
    }

    private Distribution.Kind kind(DistSyntax.Axis axis) {
        switch (axis.kind()) {
            case "block" -> {
                return Distribution.Kind.BLOCK;
            }
            case "*" -> {
                return Distribution.Kind.WHOLE;
            }
            case "cyclic" -> {
                return Distribution.Kind.CYCLIC;
            }
            case "blockcyclic" -> {
                if (axis.argument() == null) {
                    s.report(Diagnostic.error("PEL0212", axis.span(), "`blockcyclic` needs the length of its blocks")
                            .note("for instance `dist blockcyclic(64)`; single indices in turn are `cyclic`"));
                }
                return Distribution.Kind.BLOCKCYCLIC;
            }
            case "dynamic", "guided", "steal" ->
                s.report(Diagnostic.error("PEL0212", axis.span(), "`" + axis.kind() + "` hands out the iterations of a loop; it is no distribution of indices")
                        .note("write it at the loop: `forall i in .. dist " + axis.kind() + "(64) { .. }`"));
            case "hash" ->
                s.report(Diagnostic.error("PEL0212", axis.span(), "`hash` spreads maps by their keys; it is no distribution of indices")
                        .note("for instance `var m: map string -> int dist hash`"));
            default -> {
                Diagnostic d = Diagnostic.error("PEL0101", axis.span(), "unknown distribution `" + axis.kind() + "`");
                String near = Suggest.nearest(
                        axis.kind(), List.of("block", "cyclic", "blockcyclic", "dynamic", "guided", "steal", "hash"));
                s.report(near == null ? d.note("distributions are `block`, `cyclic`, `blockcyclic(b)` and `*`") : d.fix("write `" + near + "`", axis.span(), near));
            }
        }
        return Distribution.Kind.BLOCK;
    }

    /** The type of axis {@code d} alone: as it is spread, in blocks if others are too; not distributed if it is whole. */
    static Type.Domain axisType(Distribution distribution, int d) {
        if (distribution.isLocal()) {
            return new Type.Domain(1, new Distribution(List.of(), distribution.periodic()));
        }
        long spread = distribution.axes().stream().filter(Distribution.Kind::spread).count();
        Distribution.Kind kind = distribution.axes().get(d);
        List<Distribution.Kind> own = !kind.spread() ? List.of() : List.of(spread == 1 ? kind : Distribution.Kind.BLOCK);
        return new Type.Domain(1, new Distribution(own, distribution.periodic()));
    }
}
