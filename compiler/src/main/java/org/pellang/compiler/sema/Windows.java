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

/** One-sided communication: {@code shared var}, {@code epoch { }}, {@code w[i]@r}, {@code fetch_add(w[i]@r, x)}. */
final class Windows {
    private final Session s;

    Windows(Session session) {
        this.s = session;
    }

    void epoch(Stmt.Epoch e, Scope scope, List<TStmt> out) {
        if (scope.within("epoch")) {
            s.report(Diagnostic.error("PEL0421", Loops.keyword(e.span(), 5), "an epoch inside an epoch")
                    .under("the one around it is still open")
                    .note("the accesses of an epoch are done at its end: write one epoch after the other"));
        }
        TStmt.TBlock body = s.statements.block(e.body(), scope.sealed("epoch"));
        out.add(new TStmt.Epoch(e.span(), body));
    }

    /** Reports a type or place that a shared variable cannot have. */
    boolean declarable(Stmt.VarDecl d, @Nullable Type type, Scope scope) {
        if (!scope.isTop()) {
            s.report(Diagnostic.error("PEL0103", d.span(), "`shared var` stands at the top level of a program")
                    .under("not inside a function or block"));
            return false;
        }
        boolean array = type instanceof Type.Array a && a.distribution().isLocal() && plain(a.element());
        if (array || (type != null && type.isError())) {
            return true;
        }
        s.report(Diagnostic.error("PEL0228", d.span(), "a shared variable is an array of numbers or bools, or of tuples or records of such")
                .under(type == null ? "no type is written" : "this is " + Words.a(type))
                .note("for instance `shared var w: [n] float`; a single value is an array with one element"));
        return false;
    }

    private static boolean plain(Type t) {
        return switch (t) {
            case Scalar x -> x != Scalar.STRING && x != Scalar.VOID && x != Scalar.ERROR;
            case Type.Tuple x -> x.elements().stream().allMatch(Windows::plain);
            case Type.Record x -> x.fields().stream().allMatch(f -> plain(f.type()));
            case Type.Array _, Type.ListOf _, Type.MapOf _, Type.Function _, Type.Domain _, Type.Channel _ -> false;
            case Type.Future _, Type.Request _, Type.Team _ -> false;
        };
    }

    /** {@code w[i]@r} as a value. */
    TExpr get(Expr.AtRank a, Scope scope) {
        return read(a, null, a.span(), scope);
    }

    /** {@code fetch_add(w[i]@r, x)}. */
    TExpr fetchAdd(Expr.Call c, Scope scope) {
        var slots = s.arguments.match(Arguments.Target.of("fetch_add", "fetch_add(w[i]@r, x)", "element", "x"), c.arguments(), c.span());
        Expr.Argument at = slots == null ? null : slots.getFirst();
        Expr.Argument x = slots == null ? null : slots.getLast();
        if (at == null || x == null) {
            s.arguments.checkAll(c.arguments(), scope);
            return Session.bad(c.span());
        }
        if (!(at.value() instanceof Expr.AtRank a)) {
            s.arguments.checkAll(c.arguments(), scope);
            return s.bad(c.span(), Diagnostic.error("PEL0201", at.span(), "`fetch_add` takes an element of a shared variable on a rank")
                    .under("no `@rank`")
                    .note("for instance `fetch_add(w[i]@r, 1)`"));
        }
        return read(a, x.value(), c.span(), scope);
    }

    private TExpr read(Expr.AtRank a, @Nullable Expr added, Span span, Scope scope) {
        Place place = target(a, scope);
        TExpr rank = rank(a, scope);
        TExpr add = null;
        if (added != null) {
            add = s.expressions.value(added, scope, place == null ? null : place.type().asValue());
        }
        if (place == null || rank.type().isError()) {
            return Session.bad(span);
        }
        Type t = place.type().asValue();
        if (add != null) {
            if (t != Scalar.INT && t != Scalar.FLOAT) {
                return s.bad(span, Diagnostic.error("PEL0201", a.target().span(), "`fetch_add` adds to an int or a float, not to " + Words.a(t)));
            }
            add = s.coercion.to(add, place.type(), "the number to add");
            if (add.type().isError()) {
                return Session.bad(span);
            }
        }
        return new TExpr.RemoteRead(span, t, Places.asExpr(place), rank, add);
    }

    /** {@code w[i]@r = x}, {@code w[i]@r += x}. */
    void store(Stmt.Assign a, Expr.AtRank at, Scope scope, List<TStmt> out) {
        Place place = target(at, scope);
        TExpr rank = rank(at, scope);
        TExpr value = s.expressions.value(a.value(), scope, place == null ? null : place.type().asValue());
        if (place == null || rank.type().isError() || value.type().isError()) {
            return;
        }
        Stmt.UpdateOp op = a.op();
        if (op == null) {
            TExpr fitted = s.coercion.to(value, place.type(), "`" + place.span().text() + "`");
            if (!fitted.type().isError()) {
                out.add(new TStmt.RemoteStore(a.span(), place, rank, null, fitted));
            }
            return;
        }
        boolean commutes = switch (op) {
            case ADD, SUB, MUL, BIT_AND, BIT_OR, BIT_XOR, MIN, MAX -> true;
            case DIV, FLOOR_DIV, MOD, POW, SHL, SHR, USHR, REDUCE -> false;
        };
        if (!commutes) {
            s.report(Diagnostic.error("PEL0306", a.opSpan(), "`" + op.text + "` on another rank's element")
                    .under("the order of the ranks would matter")
                    .note("one-sided updates are `+= -= *= min= max= &= |= ^=`"));
            return;
        }
        List<TStmt> local = new ArrayList<>();
        s.assignments.update(a, op, place, value, local);
        for (TStmt t : local) {
            if (t instanceof TStmt.Update u) {
                out.add(new TStmt.RemoteStore(a.span(), u.place(), rank, u.op(), u.value()));
            }
        }
    }

    private TExpr rank(Expr.AtRank a, Scope scope) {
        return s.coercion.to(s.expressions.value(a.rank(), scope, Scalar.INT), Scalar.INT, "the rank");
    }

    /** The element of a shared variable that stands left of {@code @}; null after a report. */
    private @Nullable Place target(Expr.AtRank a, Scope scope) {
        Place place = s.places.place(a.target(), scope);
        if (place == null) {
            return null;
        }
        Var root = place.root();
        if (root.kind() != Var.Kind.SHARED) {
            s.report(Diagnostic.error("PEL0421", a.span(), "`" + root.name() + "` is not a shared variable")
                    .under("other ranks cannot reach it")
                    .label(root.span(), "declared here")
                    .note("declare it with `shared var " + root.name() + ": ..`"));
            return null;
        }
        Place element = place;
        while (element instanceof Place.Component c) {
            element = c.value();
        }
        if (!(element instanceof Place.Element)) {
            s.report(Diagnostic.error("PEL0201", a.target().span(), "one-sided access takes one element of a shared variable")
                    .under(element instanceof Place.Slice ? "a slice" : "the whole array")
                    .note("for instance `" + root.name() + "[i]@r`; a `for` loop moves several, they travel together"));
            return null;
        }
        if (!scope.within("epoch")) {
            s.report(Diagnostic.error("PEL0421", a.span(), "one-sided access outside an epoch")
                    .under("nothing says when it is done")
                    .note("put it between the braces of `epoch { }`, which all ranks enter and leave together"));
            return null;
        }
        return place;
    }
}
