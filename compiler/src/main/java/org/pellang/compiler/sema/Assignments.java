package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Stmt;

/** {@code p = e}, {@code p op= e}, {@code a, b = b, a}, {@code u <=> v}. */
final class Assignments {
    private final Session s;

    Assignments(Session session) {
        this.s = session;
    }

    void assign(Stmt.Assign a, Scope scope, List<TStmt> out) {
        if (a.place() instanceof Expr.AtRank at) {
            s.windows.store(a, at, scope, out);
            return;
        }
        if (a.place() instanceof Expr.Name n && a.op() == null && s.names.isNowhere(n.name(), scope)) {
            undeclared(n, a, scope, out);
            return;
        }
        Place place = s.places.place(a.place(), scope);
        if (place != null && HeldElements.within(place, scope)) {
            HeldElements held = new HeldElements(s, scope);
            List<TStmt> change = new ArrayList<>();
            assign(a, held.moved(place), scope, change);
            if (!change.isEmpty()) {
                out.addAll(held.before());
                out.addAll(change);
                out.addAll(held.after());
            }
            return;
        }
        assign(a, place, scope, out);
    }

    /** {@code x = 1} of a name that nothing declares: reported once, and declared for what follows. */
    private void undeclared(Expr.Name n, Stmt.Assign a, Scope scope, List<TStmt> out) {
        Span start = new Span(n.span().file(), n.span().start(), n.span().start());
        s.report(s.names.unknown("name", n.name(), n.span(), scope).fix("declare it", start, "var "));
        TExpr value = s.expressions.value(a.value(), scope, null);
        Var var = s.names.declare(new Expr.Ident(n.span(), n.name()), Var.Kind.VAR, Var.Kind.GLOBAL_VAR, value.type(), scope);
        out.add(new TStmt.Declare(a.span(), var, value));
    }

    private void assign(Stmt.Assign a, @Nullable Place place, Scope scope, List<TStmt> out) {
        Type wanted = place == null ? null : place.type().asValue();
        TExpr value = s.expressions.value(a.value(), scope, wanted);
        if (place == null || value.type().isError()) {
            return;
        }
        Stmt.UpdateOp op = a.op();
        if (op == null) {
            store(a, place, value, out);
        } else if (op == Stmt.UpdateOp.REDUCE) {
            TExpr fitted = s.coercion.to(value, place.type(), "the operand of `reduce=`");
            out.add(new TStmt.Update(a.span(), place, null, fitted));
        } else if (place.type() == Scalar.STRING && (op == Stmt.UpdateOp.MIN || op == Stmt.UpdateOp.MAX)) {
            extremum(a, TExpr.BinaryOp.valueOf(op.name()), place, value, scope, out);
        } else {
            update(a, op, place, value, out);
        }
    }

    private void store(Stmt.Assign a, Place place, TExpr value, List<TStmt> out) {
        TExpr fitted = fit(place, value);
        if (!fitted.type().isError()) {
            out.add(new TStmt.Assign(a.span(), place, fitted));
        }
    }

    /** The value for a place; a slice also takes one element, which fills it. */
    private TExpr fit(Place place, TExpr value) {
        if (place instanceof Place.Slice && place.type() instanceof Type.Array a && !(value.type() instanceof Type.Array)) {
            TExpr element = s.coercion.to(value, a.element(), "an element of the slice");
            TExpr shape = s.arrayFunctions.domainOf(Places.asExpr(place), a);
            return element.type().isError() ? element : new TExpr.ArrayFill(value.span(), a, shape, element);
        }
        if (place.type() instanceof Type.Array a && s.coercion.fit(value, a.element()) != null) {
            String target = place.span().text();
            return s.bad(
                    value.span(),
                    Diagnostic.error("PEL0201", value.span(), "`" + target + "` is an array, this is one element")
                            .under("this is " + Words.a(value.type()))
                            .note("to set all elements write `fill(" + target + ", " + value.span().text() + ")`"));
        }
        String what = "`" + place.span().text() + "`";
        return place instanceof Place.Variable ? s.coercion.contents(value, place.type(), what) : s.coercion.to(value, place.type(), what);
    }

    void update(Stmt.Assign a, Stmt.UpdateOp op, Place place, TExpr value, List<TStmt> out) {
        TExpr.BinaryOp binary = TExpr.BinaryOp.valueOf(op.name());
        Type t = place.type().asValue();
        TExpr left = new TExpr.Bad(place.span(), t);
        if (binary == TExpr.BinaryOp.DIV && t == Scalar.INT) {
            s.report(Diagnostic.error("PEL0202", a.opSpan(), "`/=` gives a float, and `" + place.span().text() + "` is " + Words.a(place.type()))
                    .label(place.span(), "this is " + Words.a(place.type()))
                    .fix("divide with rounding down", a.opSpan(), "//="));
            return;
        }
        TExpr result = s.operators.arithmetic(a.span(), a.opSpan(), binary, left, value);
        if (result.type().isError() || !(result instanceof TExpr.Binary b)) {
            return;
        }
        if (!result.type().equals(t)) {
            s.report(Diagnostic.error("PEL0202", value.span(), "`" + op.text + "` gives " + Words.a(result.type()) + ", and `"
                            + place.span().text() + "` is " + Words.a(place.type()))
                    .under("this is " + Words.a(value.type()))
                    .label(place.span(), "this is " + Words.a(place.type()))
                    .note("what can lose information must be written, for instance `" + t + "(..)`"));
            return;
        }
        out.add(new TStmt.Update(a.span(), place, binary, b.right()));
    }

    /** {@code s min= x} of texts: a contribution to a reduction, or {@code s = min(s, x)}. */
    private void extremum(Stmt.Assign a, TExpr.BinaryOp op, Place place, TExpr value, Scope scope, List<TStmt> out) {
        TExpr fitted = s.coercion.to(value, Scalar.STRING, "the operand of `" + a.opSpan().text() + "`");
        if (fitted.type().isError()) {
            return;
        }
        if (place instanceof Place.Variable v && s.loops.finds(op, v.variable())) {
            out.add(new TStmt.Update(a.span(), place, null, fitted));
            return;
        }
        out.add(new TStmt.Assign(a.span(), place, s.own.extremum(a.span(), op == TExpr.BinaryOp.MIN, List.of(Places.asExpr(place), fitted), scope)));
    }

    void several(Stmt.MultiAssign m, Scope scope, List<TStmt> out) {
        List<@Nullable Place> places = new ArrayList<>();
        m.places().forEach(p -> places.add(s.places.place(p, scope)));
        if (m.values().size() == 1) {
            apart(m, places, s.expressions.value(m.values().getFirst(), scope, null), scope.isTop() ? Var.Kind.GLOBAL_LET : Var.Kind.LET, out);
            return;
        }
        List<TExpr> values = m.values().stream().map(v -> s.expressions.value(v, scope, null)).toList();
        if (values.size() != places.size()) {
            return; // reported by the parser
        }
        assign(m, places, values, out);
    }

    /** {@code q, r = divmod(x, y)}: the components of a tuple are assigned together. */
    private void apart(Stmt.MultiAssign m, List<@Nullable Place> places, TExpr value, Var.Kind kind, List<TStmt> out) {
        if (value.type().isError()) {
            return;
        }
        int has = value.type() instanceof Type.Tuple t ? t.elements().size() : 1;
        if (has != places.size()) {
            s.report(Diagnostic.error("PEL0014", m.span(), places.size() + " names are assigned " + (has == 1 ? "one value" : "a tuple of " + has))
                    .label(value.span(), "this is " + Words.a(value.type()))
                    .note("each name left of `=` takes one value, or all together one tuple"));
            return;
        }
        List<Var> parts = new ArrayList<>();
        for (Type part : ((Type.Tuple) value.type()).elements()) {
            parts.add(s.newVar("part" + parts.size(), kind, part.asValue(), m.span()));
        }
        out.add(new TStmt.DeclareTuple(m.span(), parts, value));
        assign(m, places, parts.stream().map(v -> (TExpr) new TExpr.Read(value.span(), v.type(), v)).toList(), out);
    }

    private void assign(Stmt.MultiAssign m, List<@Nullable Place> places, List<TExpr> values, List<TStmt> out) {
        List<Place> typed = new ArrayList<>();
        List<TExpr> fitted = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Place p = places.get(i);
            TExpr v = p == null ? Session.bad(m.span()) : fit(p, values.get(i));
            if (p == null || v.type().isError()) {
                return;
            }
            typed.add(p);
            fitted.add(v);
        }
        out.add(new TStmt.MultiAssign(m.span(), typed, fitted));
    }

    void swap(Stmt.Swap w, Scope scope, List<TStmt> out) {
        Place left = s.places.place(w.left(), scope);
        Place right = s.places.place(w.right(), scope);
        if (left == null || right == null) {
            return;
        }
        if (left.root().kind() == Var.Kind.SHARED || right.root().kind() == Var.Kind.SHARED) {
            Place shared = left.root().kind() == Var.Kind.SHARED ? left : right;
            s.report(Diagnostic.error("PEL0210", shared.span(), "`<=>` of a shared variable")
                    .under("other ranks reach it where it is")
                    .note("copy the elements: `a = b` leaves each array in its place"));
            return;
        }
        if (left instanceof Place.Slice || right instanceof Place.Slice) {
            Place slice = left instanceof Place.Slice ? left : right;
            s.report(Diagnostic.error("PEL0201", slice.span(), "`<=>` exchanges whole arrays or single values, not slices"));
            return;
        }
        if (!left.type().equals(right.type())) {
            s.report(Diagnostic.error("PEL0201", w.span(), "`<=>` exchanges two values of one type: " + left.type() + " and " + right.type())
                    .label(left.span(), "this is " + Words.a(left.type()))
                    .label(right.span(), "this is " + Words.a(right.type())));
            return;
        }
        boolean elements = !(left instanceof Place.Variable) && !(left.type() instanceof Type.Array);
        out.add(elements
                ? new TStmt.MultiAssign(w.span(), List.of(left, right), List.of(stored(right), stored(left)))
                : new TStmt.Swap(w.span(), left, right));
    }

    /** The value of a place, ready to be stored in another one of its type. */
    private static TExpr stored(Place place) {
        Type value = place.type().asValue();
        TExpr read = Places.asExpr(place);
        return value.equals(place.type()) ? read : new TExpr.Convert(place.span(), value, place.type(), read);
    }
}
