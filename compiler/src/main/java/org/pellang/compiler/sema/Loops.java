package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.sema.typed.Work;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Stmt;

/** Loops. */
final class Loops {
    private final Session s;
    /** The extremes of texts that the divided loop whose body is checked finds. */
    private final Map<Var, TExpr.BinaryOp> texts = new HashMap<>();

    Loops(Session session) {
        this.s = session;
    }

    /** The first {@code length} characters of a construct: its keyword. */
    static Span keyword(Span span, int length) {
        return new Span(span.file(), span.start(), Math.min(span.end(), span.start() + length));
    }

    void forall(Stmt.Forall f, Scope scope, List<TStmt> out) {
        Scope inner = scope.loop();
        Iteration plain = s.iterations.head(
                f.head(), true, f.index(), f.space().domain(), f.space().dist(), List.of(), f.filter(), scope, inner, out);
        Iteration it = plain.with(unit(f.unit(), plain.work(), scope));
        List<TStmt.Reduction> reductions = reductions(f.reductions(), scope);
        TStmt.TBlock body = s.statements.block(f.body(), inner);
        texts.clear();
        out.add(new TStmt.Forall(f.span(), f.head(), it, reductions, body));
    }

    /** What {@code on} asks for: {@code simd}, {@code threads}, {@code threads(k)} or {@code gpu}. */
    private Work unit(@Nullable Expr unit, Work work, Scope scope) {
        Expr named = unit instanceof Expr.Call c ? c.callee() : unit;
        List<Expr.Argument> arguments = unit instanceof Expr.Call c ? c.arguments() : List.of();
        String name = named instanceof Expr.Name n ? n.name() : "";
        boolean plain = unit == named;
        if (unit == null) {
            return work;
        } else if (name.equals("simd") && plain) {
            return work.on(Work.Unit.SIMD, null);
        } else if (name.equals("gpu") && plain) {
            return work.on(Work.Unit.GPU, null);
        } else if (name.equals("threads") && arguments.size() == (plain ? 0 : 1)) {
            TExpr count = plain ? null : s.domains.index(arguments.getFirst().value(), scope, "a number of threads");
            return work.on(Work.Unit.THREADS, count);
        }
        s.report(Diagnostic.error("PEL0101", unit.span(), "unknown unit `" + unit.span().text() + "`")
                .note("units are `simd`, `threads(k)` and `gpu`"));
        return work;
    }

    void wavefront(Stmt.Wavefront w, Scope scope, List<TStmt> out) {
        Scope inner = scope.loop();
        if (Domains.countsDown(w.space().domain())) {
            s.report(Diagnostic.error("PEL0206", w.space().span(), "a `wavefront` does not count down")
                    .under("runs in the order of the indices")
                    .note("let the index grow and mirror the subscripts: `a[n - 1 - i]`"));
        }
        Iteration plain = s.iterations.head(
                w.head(), true, w.index(), w.space().domain(), w.space().dist(), List.of(), w.filter(), scope, inner);
        if (plain.work().kind() != Work.Kind.BLOCK) {
            s.report(Diagnostic.error("PEL0212", w.space().span(), "the iterations of a `wavefront` cannot be handed out by `" + plain.work().word() + "`")
                    .note("they run in index order, in tiles at the owners of the indices; leave the `dist` clause out"));
        }
        List<TStmt.Reduction> reductions = reductions(w.reductions(), scope);
        TStmt.TBlock body = s.statements.block(w.body(), inner);
        texts.clear();
        Iteration it = plain.with(new Work(Work.Kind.WAVEFRONT, null, Work.Unit.ANY, null));
        out.add(new TStmt.Forall(w.span(), w.head(), it, reductions, body));
    }

    private List<TStmt.Reduction> reductions(List<Stmt.Accumulator> clauses, Scope scope) {
        List<TStmt.Reduction> all = new ArrayList<>();
        for (Stmt.Accumulator a : clauses) {
            Symbol symbol = s.names.resolve(new Expr.Name(a.variable().span(), a.variable().name()), scope);
            if (!(symbol instanceof Symbol.Variable v)) {
                if (symbol != null) {
                    s.report(Diagnostic.error("PEL0210", a.variable().span(), "`" + a.variable().name() + "` is not a variable"));
                }
                continue;
            }
            if (all.stream().anyMatch(r -> r.variable().equals(v.var()))) {
                s.report(Diagnostic.error("PEL0102", a.variable().span(), "`" + a.variable().name() + "` has two reductions")
                        .under("already reduced in this loop"));
                continue;
            }
            TStmt.Reduction r = reduction(a, v.var(), scope);
            if (r != null) {
                all.add(r);
            }
        }
        return all;
    }

    private TStmt.@Nullable Reduction reduction(Stmt.Accumulator a, Var var, Scope scope) {
        if (!var.kind().assignable()) {
            s.report(Places.readOnly(new Expr.Name(a.variable().span(), var.name()), var));
            return null;
        }
        Type t = var.type().asValue();
        if (t.isError()) {
            return null;
        }
        TExpr element = new TExpr.Bad(a.variable().span(), t);
        boolean array = t instanceof Type.Array;
        boolean user = s.globals.get(a.op().name()) instanceof Symbol.Function o && o.operator;
        if (array && user && t instanceof Type.Array of) {
            element = new TExpr.Bad(a.variable().span(), of.element().asValue());
        }
        if (user && t instanceof Type.MapOf of && !of.distributed()) {
            element = new TExpr.Bad(a.variable().span(), of.value().asValue());
        }
        Reductions.Fitted f = s.reductions.fit(a.op().name(), a.op().span(), element, 1, scope);
        if (f == null) {
            // An error; the loop is looked at as if the clause were right.
            return new TStmt.Reduction(a.op().span().to(a.variable().span()), ReduceOp.Builtin.SUM, var);
        }
        boolean running = f.op() instanceof ReduceOp.User
                ? f.element().type().equals(element.type())
                : f.result().equals(t) && f.accumulates();
        boolean counts = f.op() == ReduceOp.Builtin.COUNT;
        if (!running || counts) {
            s.report(Diagnostic.error("PEL0225", a.op().span(), "`" + a.op().name() + "` has no running value to update")
                    .under("not in a `reduce` clause")
                    .note("clauses take sum prod min max any all band bor bxor and operators declared with `op`; use a comprehension for `"
                            + a.op().name() + "`"));
            return null;
        }
        if (f.texts()) {
            texts.put(var, TExpr.BinaryOp.valueOf(a.op().name().toUpperCase(java.util.Locale.ROOT)));
        }
        return new TStmt.Reduction(a.op().span().to(a.variable().span()), f.op(), var);
    }

    /** Whether {@code op=} of this variable is a contribution to the extreme of texts that the loop around finds. */
    boolean finds(TExpr.BinaryOp op, Var variable) {
        return texts.get(variable) == op;
    }

    void sequential(Stmt.For f, Scope scope, List<TStmt> out) {
        TExpr every = f.checkpoint() == null ? null : s.clauses.every(f.checkpoint(), scope);
        Scope inner = scope.loop();
        Span head = new Span(f.span().file(), f.span().start(), f.space().span().end());
        Iteration it = s.iterations.head(head, false, f.index(), f.space(), null, List.of(), null, scope, inner);
        TStmt.TBlock body = s.statements.block(f.body(), inner);
        out.add(with(every, new TStmt.For(f.span(), it, body)));
    }

    void repeat(Stmt.While w, Scope scope, List<TStmt> out) {
        TExpr every = w.checkpoint() == null ? null : s.clauses.every(w.checkpoint(), scope);
        TExpr c = s.expressions.condition(w.condition(), scope, "`while`");
        TStmt.TBlock body = s.statements.block(w.body(), scope.loop());
        out.add(with(every, new TStmt.While(w.span(), c, body)));
    }

    private static TStmt with(@Nullable TExpr every, TStmt loop) {
        return every == null ? loop : new TStmt.Checkpointed(loop.span(), every, loop);
    }
}
