package org.pellang.compiler.sema;

import java.util.List;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Stmt;

/** {@code spawn f(x)}, {@code future.get()}, {@code sync { }}. */
final class Tasks {
    private final Session s;

    Tasks(Session session) {
        this.s = session;
    }

    TExpr spawn(Expr.Spawn e, Scope scope) {
        TExpr call = s.expressions.check(e.call(), scope, null);
        if (call.type().isError() || call instanceof TExpr.Bad) {
            return Session.bad(e.span());
        }
        if (!(call instanceof TExpr.Call c)) {
            return s.bad(e.span(), Diagnostic.error("PEL0201", e.call().span(), "`spawn` takes a call of a function of the program")
                    .under("not a call of one")
                    .note("put what the task shall do into a function: `fn work(x: int) -> float { .. }` and `spawn work(x)`"));
        }
        Type result = s.instances.result(c.function());
        return new TExpr.Spawn(e.span(), new Type.Future(result.isIntegral() ? result : c.type()), c);
    }

    /** {@code f.get()}. */
    TExpr call(TExpr future, Type.Future type, Expr.Member m, Expr.Call c, Scope scope) {
        if (!m.name().equals("get")) {
            s.arguments.checkAll(c.arguments(), scope);
            return s.bad(c.span(), Members.unknown(type, m));
        }
        return s.arguments.match(Arguments.Target.of("get", "future.get()"), c.arguments(), c.span()) == null
                ? new TExpr.Bad(c.span(), type.value())
                : new TExpr.IntrinsicCall(c.span(), type.value().asValue(), Intrinsic.AWAIT, List.of(future));
    }

    void sync(Stmt.Sync b, Scope scope, List<TStmt> out) {
        TStmt.TBlock body = s.statements.block(b.body(), scope.sealed("sync"));
        out.add(new TStmt.Sync(b.span(), body));
    }

    /** {@code spawn f(x)} as a statement: somebody must wait for it. */
    void statement(Stmt.Spawn p, Scope scope, List<TStmt> out) {
        TExpr task = spawn(new Expr.Spawn(p.span(), p.call()), scope);
        if (task.type().isError()) {
            return;
        }
        if (!scope.within("sync")) {
            s.report(Diagnostic.error("PEL0215", p.span(), "nobody waits for this task")
                    .under("its future is not used")
                    .note("bind the future, `let f = spawn ..`, and ask for its value with `f.get()`, or put the tasks into `sync { }`"));
        }
        out.add(new TStmt.Do(p.span(), task));
    }
}
