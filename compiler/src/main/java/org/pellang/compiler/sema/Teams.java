package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Stmt;

/** {@code world}, {@code t.split(color: c, key: k)}, {@code in: t}, {@code on t { }}. */
final class Teams {
    private static final Type TEAM = new Type.Team();
    /** The color of ranks that join no team. */
    private static final long NONE = Long.MIN_VALUE;

    private final Session s;

    Teams(Session session) {
        this.s = session;
    }

    /**
     * A call without its {@code in:} argument.
     *
     * @param team the team, or null if there is no such argument
     * @param wrong whether the argument is no team; reported
     */
    record In(Expr.Call call, @Nullable TExpr team, boolean wrong) {}

    /** Takes {@code in: t} out of a call. */
    In in(Expr.Call c, Scope scope) {
        List<Expr.Argument> rest = new ArrayList<>();
        TExpr team = null;
        boolean wrong = false;
        for (Expr.Argument a : c.arguments()) {
            if (!"in".equals(a.label())) {
                rest.add(a);
                continue;
            }
            if (team != null) {
                s.report(Diagnostic.error("PEL0209", a.span(), "`in:` is given twice").label(team.span(), "the first one"));
            }
            team = team(a.value(), scope, "`in:`");
            wrong |= team.type().isError();
        }
        return new In(team == null ? c : new Expr.Call(c.span(), c.callee(), rest), wrong ? null : team, wrong);
    }

    private TExpr team(Expr e, Scope scope, String what) {
        TExpr team = s.expressions.value(e, scope, TEAM);
        return team.type().isError() || team.type().equals(TEAM)
                ? team
                : s.bad(e.span(), Diagnostic.error("PEL0201", e.span(), what + " needs a team, not " + Words.a(team.type()))
                        .under("this is " + Words.a(team.type()))
                        .note("`world` is the team of all ranks; `let t = world.split(color: c)` makes others"));
    }

    /** {@code world}. */
    static TExpr world(Span span) {
        return new TExpr.IntrinsicCall(span, TEAM, Intrinsic.WORLD, List.of());
    }

    /** A call on a team: {@code split}. */
    TExpr call(TExpr team, Expr.Member m, Expr.Call c, Scope scope) {
        if (!m.name().equals("split")) {
            s.arguments.checkAll(c.arguments(), scope);
            return s.bad(c.span(), Members.unknown(TEAM, m));
        }
        var target = new Arguments.Target("split", List.of("color", "key"), List.of(false, true), "t.split(color: int, key: int)");
        var slots = s.arguments.match(target, c.arguments(), c.span());
        Expr.Argument color = slots == null ? null : slots.getFirst();
        if (slots == null || color == null) {
            return new TExpr.Bad(c.span(), TEAM);
        }
        TExpr group = color(color.value(), scope);
        Expr.Argument order = slots.getLast();
        TExpr key = order == null
                ? new TExpr.Constant(c.span(), Scalar.INT, 0L)
                : s.coercion.to(s.expressions.value(order.value(), scope, Scalar.INT), Scalar.INT, "`key`");
        return group.type().isError() || key.type().isError()
                ? new TExpr.Bad(c.span(), TEAM)
                : new TExpr.IntrinsicCall(c.span(), TEAM, Intrinsic.SPLIT, List.of(team, group, key));
    }

    /** {@code none} has a meaning here only, alone or as a branch. */
    private TExpr color(Expr e, Scope scope) {
        if (e instanceof Expr.Name n && n.name().equals("none") && s.names.find("none", scope) == null) {
            return new TExpr.Constant(e.span(), Scalar.INT, NONE);
        }
        if (e instanceof Expr.Conditional c) {
            TExpr condition = s.expressions.condition(c.condition(), scope, "`if`");
            TExpr then = color(c.then(), scope);
            TExpr otherwise = color(c.otherwise(), scope);
            return condition.type().isError() || then.type().isError() || otherwise.type().isError()
                    ? Session.bad(e.span())
                    : new TExpr.Conditional(e.span(), Scalar.INT, condition, then, otherwise);
        }
        return s.coercion.to(s.expressions.value(e, scope, Scalar.INT), Scalar.INT, "`color`");
    }

    void on(Stmt.On b, Scope scope, List<TStmt> out) {
        TExpr team = team(b.team(), scope, "`on`");
        TStmt.TBlock body = s.statements.block(b.body(), scope.sealed("on"));
        if (!team.type().isError()) {
            out.add(new TStmt.On(b.span(), team, body));
        }
    }
}
