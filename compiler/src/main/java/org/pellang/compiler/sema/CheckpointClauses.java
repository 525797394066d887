package org.pellang.compiler.sema;

import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TimeText;
import org.pellang.compiler.syntax.Expr;

/** {@code checkpoint every 1000}, {@code every "10 min"}, {@code every auto}: how often a loop's state is saved. */
final class CheckpointClauses {
    private static final String FORMS =
            "for instance `checkpoint every 1000` (passes), `checkpoint every \"10 min\"` (time) or `checkpoint every auto`";

    private final Session s;

    CheckpointClauses(Session session) {
        this.s = session;
    }

    /** The interval: an int, or a string that is a time or {@link TimeText#AUTO}. */
    TExpr every(Expr every, Scope scope) {
        boolean automatic = every instanceof Expr.Name n && n.name().equals(TimeText.AUTO) && s.names.find(n.name(), scope) == null;
        TExpr e = automatic
                ? new TExpr.Constant(every.span(), Scalar.STRING, TimeText.AUTO)
                : s.expressions.value(every, scope, null);
        Type type = e.type();
        if (!type.isError() && type != Scalar.INT && type != Scalar.STRING) {
            s.report(Diagnostic.error("PEL0201", e.span(), "`checkpoint every` takes a number of passes or a time as text, not " + Words.a(type))
                    .note(FORMS));
        } else if (type == Scalar.INT) {
            passes(e);
        } else if (e instanceof TExpr.Constant c && c.value() instanceof String text && !TimeText.isInterval(text)) {
            s.report(Diagnostic.error("PEL0700", e.span(), "\"" + text + "\" is not a time").note(FORMS));
        }
        return e;
    }

    private void passes(TExpr e) {
        Long value = s.folding.intValue(e);
        if (value != null && value < 1) {
            s.report(Diagnostic.error("PEL0700", e.span(), "a checkpoint every " + value + " passes").under("must be at least 1").note(FORMS));
        }
    }
}
