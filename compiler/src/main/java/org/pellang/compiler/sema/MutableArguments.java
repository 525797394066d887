package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/**
 * Arguments that a call changes. Variables, elements and components go as they are. A slice becomes an array of its own that is
 * stored back behind the call, {@code var part = a[1, ..]; f(part); a[1, ..] = part}, so the call must be a statement.
 */
final class MutableArguments {
    private final Session s;
    private @Nullable Expr statement;
    private List<TStmt> before = new ArrayList<>();
    private List<TStmt> after = new ArrayList<>();

    MutableArguments(Session session) {
        this.s = session;
    }

    /** Types a call that stands as a statement; the result has what its slices need around it. */
    List<TStmt> statement(Expr call, Span span, Scope scope) {
        statement = call;
        before = new ArrayList<>();
        after = new ArrayList<>();
        List<TStmt> first = before;
        List<TStmt> last = after;
        TExpr typed = s.expressions.check(call, scope, null);
        statement = null;
        List<TStmt> all = new ArrayList<>(first);
        all.add(new TStmt.Do(span, typed));
        all.addAll(last);
        return all;
    }

    /** The argument that stands for {@code place} in {@code call}. */
    TExpr of(Place place, Expr.Call call, Scope scope) {
        if (!(place instanceof Place.Slice)) {
            return Places.asExpr(place);
        }
        Span span = place.span();
        if (!(place.type() instanceof Type.Array)) {
            return s.bad(
                    span,
                    Diagnostic.error("PEL0226", span, "a call cannot change a part of " + Words.a(place.type()))
                            .under("only whole lists, or slices of arrays")
                            .note("bind the part to a `var` and call with that"));
        }
        if (call != statement) {
            return s.bad(
                    span,
                    Diagnostic.error("PEL0226", span, "a slice can be changed by a call only if the call is a statement")
                            .under("stored back when the call is done")
                            .note("bind the slice to a `var`, call, and assign it back"));
        }
        if (!HeldElements.within(place, scope)) {
            return part(place, span);
        }
        HeldElements elements = new HeldElements(s, scope);
        Place moved = elements.moved(place);
        before.addAll(elements.before());
        after.addAll(elements.after());
        return part(moved, span);
    }

    private TExpr part(Place place, Span span) {
        Var part = s.newVar("part", Var.Kind.VAR, place.type(), span);
        before.add(new TStmt.Declare(span, part, Places.asExpr(place)));
        after.addFirst(new TStmt.Assign(span, place, Names.read(part, span)));
        return Names.read(part, span);
    }
}
