package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Block;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Stmt;

/** Statements. */
final class Statements {
    private final Session s;

    Statements(Session session) {
        this.s = session;
    }

    /** A block whose names are declared in {@code scope}. */
    TStmt.TBlock block(Block b, Scope scope) {
        List<TStmt> out = new ArrayList<>();
        for (Stmt statement : b.statements()) {
            check(statement, scope, out);
        }
        return new TStmt.TBlock(b.span(), out);
    }

    /** Types a statement; what it becomes goes to {@code out}. */
    void check(Stmt statement, Scope scope, List<TStmt> out) {
        switch (statement) {
            case Stmt.Missing m -> {}
            case Stmt.Config c -> s.declarations.config(c, scope, out);
            case Stmt.DomainDecl d -> s.declarations.domain(d, scope, out);
            case Stmt.ChannelDecl c -> s.declarations.channel(c, scope, out);
            case Stmt.VarDecl v -> s.declarations.variable(v, scope, out);
            case Stmt.Forall f -> s.loops.forall(f, scope, out);
            case Stmt.Wavefront w -> s.loops.wavefront(w, scope, out);
            case Stmt.For f -> s.loops.sequential(f, scope, out);
            case Stmt.While w -> s.loops.repeat(w, scope, out);
            case Stmt.If f -> conditional(f, scope, out);
            case Stmt.Sync b -> s.tasks.sync(b, scope, out);
            case Stmt.Epoch b -> s.windows.epoch(b, scope, out);
            case Stmt.On b -> s.teams.on(b, scope, out);
            case Stmt.Spawn p -> s.tasks.statement(p, scope, out);
            case Stmt.Assert a -> assertion(a, scope, out);
            case Stmt.Break b -> jump(new TStmt.Break(b.span()), "break", scope, out);
            case Stmt.Continue c -> jump(new TStmt.Continue(c.span()), "continue", scope, out);
            case Stmt.Return r -> give(r, scope, out);
            case Stmt.Assign a -> s.assignments.assign(a, scope, out);
            case Stmt.MultiAssign m -> s.assignments.several(m, scope, out);
            case Stmt.Swap w -> s.assignments.swap(w, scope, out);
            case Stmt.Call c -> effect(c, scope, out);
        }
    }

    private void conditional(Stmt.If f, Scope scope, List<TStmt> out) {
        TExpr c = s.expressions.condition(f.condition(), scope, "`if`");
        TStmt.TBlock then = block(f.then(), scope.child());
        Block other = f.otherwise();
        TStmt.TBlock otherwise = other == null ? null : block(other, scope.child());
        out.add(new TStmt.If(f.span(), c, then, otherwise));
    }

    private void assertion(Stmt.Assert a, Scope scope, List<TStmt> out) {
        TExpr c = s.expressions.condition(a.condition(), scope, "`assert`");
        Expr message = a.message();
        TExpr text = null;
        if (message != null) {
            TExpr m = s.texts.printable(s.expressions.value(message, scope, Scalar.STRING));
            text = s.texts.joined(List.of(m), message.span(), "");
        }
        out.add(new TStmt.Assert(a.span(), c, text));
    }

    private void jump(TStmt jump, String word, Scope scope, List<TStmt> out) {
        if (!scope.inLoop) {
            String block = scope.leaves(true);
            s.report(block != null ? leaves(jump.span(), word, block)
                    : Diagnostic.error("PEL0223", jump.span(), "`" + word + "` outside of a loop").under("no loop around this"));
            return;
        }
        out.add(jump);
    }

    private static Diagnostic leaves(Span span, String word, String block) {
        return Diagnostic.error("PEL0223", span, "`" + word + "` would leave the `" + block + "` block")
                .under("not out of this block")
                .note(switch (block) {
                    case "on" -> "the ranks outside of the team would not leave with it";
                    case "epoch" -> "the one-sided accesses are done at the end of the block, which all ranks reach together";
                    default -> "the tasks are waited for at the end of the block";
                });
    }

    private void give(Stmt.Return r, Scope scope, List<TStmt> out) {
        Expr e = r.value();
        Frame frame = scope.frame;
        String block = frame.kind == Frame.Kind.FUNCTION ? scope.leaves(false) : null;
        if (block != null) {
            s.report(leaves(Loops.keyword(r.span(), 6), "return", block));
        }
        if (frame.kind != Frame.Kind.FUNCTION) {
            if (e != null) {
                s.expressions.value(e, scope, null);
            }
            s.report(Diagnostic.error("PEL0223", r.span(), "`return` outside of a function")
                    .under("no function around this")
                    .note("`abort(code)` ends the whole job"));
            return;
        }
        Type wanted = frame.result;
        TExpr value = e == null ? null : s.expressions.value(e, scope, wanted);
        if (wanted != null) {
            value = fitted(r, value, wanted);
        }
        TStmt.Return typed = new TStmt.Return(r.span(), value);
        frame.returned.add(new Frame.Returned(r.span(), value == null ? Scalar.VOID : value.type(), typed));
        out.add(typed);
    }

    private @Nullable TExpr fitted(Stmt.Return r, @Nullable TExpr value, Type wanted) {
        if (value == null) {
            if (wanted != Scalar.VOID && !wanted.isError()) {
                s.report(Diagnostic.error("PEL0214", r.span(), "`return` without value in a function that gives " + Words.a(wanted)));
            }
            return null;
        }
        if (wanted == Scalar.VOID) {
            return s.bad(
                    r.span(), Diagnostic.error("PEL0201", value.span(), "this function gives nothing: `return` takes no value here"));
        }
        return s.coercion.to(value, wanted, "the result");
    }

    private void effect(Stmt.Call c, Scope scope, List<TStmt> out) {
        for (TStmt t : s.mutable.statement(c.call(), c.span(), scope)) {
            if (t instanceof TStmt.Do d && isUseless(d.expression())) {
                TExpr e = d.expression();
                s.report(Diagnostic.error("PEL0215", e.span(), "the value of this call is not used")
                        .under("gives " + Words.a(e.type()) + " and does nothing else")
                        .fix("bind it to a name", e.span(), "let result = " + e.span().text()));
            }
            out.add(t);
        }
    }

    /** Whether a statement computes a value and has no effect. */
    private static boolean isUseless(TExpr e) {
        return !e.type().isError() && e.type() != Scalar.VOID && switch (e) {
            case TExpr.Call c -> false;
            case TExpr.CallValue c -> false;
            case TExpr.Collective c -> false;
            case TExpr.ChannelOp c -> false;
            case TExpr.Bad b -> false;
            case TExpr.RemoteRead r -> r.add() == null;
            case TExpr.Spawn x -> false;
            case TExpr.ExternCall c -> c.function().pure();
            case TExpr.IntrinsicCall c -> c.intrinsic() != org.pellang.compiler.sema.typed.Intrinsic.POP
                    && c.intrinsic() != org.pellang.compiler.sema.typed.Intrinsic.CLOCK
                    && c.intrinsic() != org.pellang.compiler.sema.typed.Intrinsic.AWAIT
                    && c.intrinsic() != org.pellang.compiler.sema.typed.Intrinsic.SPLIT;
            case TExpr.Constant x -> true;
            case TExpr.ComplexConstant x -> true;
            case TExpr.Read x -> true;
            case TExpr.Interpolation x -> true;
            case TExpr.Unary x -> true;
            case TExpr.Binary x -> true;
            case TExpr.Compare x -> true;
            case TExpr.Logical x -> true;
            case TExpr.Convert x -> true;
            case TExpr.Conditional x -> true;
            case TExpr.TupleNew x -> true;
            case TExpr.RecordNew x -> true;
            case TExpr.ArrayNew x -> true;
            case TExpr.ArrayFill x -> true;
            case TExpr.ListNew x -> true;
            case TExpr.MapNew x -> true;
            case TExpr.Element x -> true;
            case TExpr.Slice x -> true;
            case TExpr.Component x -> true;
            case TExpr.FunctionValue x -> true;
            case TExpr.Range x -> true;
            case TExpr.DomainNew x -> true;
            case TExpr.Reduce x -> true;
            case TExpr.Scan x -> true;
            case TExpr.ArrayComprehension x -> true;
        };
    }
}
