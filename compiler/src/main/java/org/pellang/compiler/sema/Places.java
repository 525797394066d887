package org.pellang.compiler.sema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** What may stand left of an assignment. */
final class Places {
    private final Session s;

    Places(Session session) {
        this.s = session;
    }

    /** The place that {@code e} names, assignable, or null after an error. */
    @Nullable Place place(Expr e, Scope scope) {
        return switch (e) {
            case Expr.Name n -> variable(n, scope);
            case Expr.Subscript u -> element(u, scope);
            case Expr.Member m -> component(m, scope);
            case Expr.AtRank a -> bad(s.expressions.check(a, scope, null));
            case Expr.Missing m -> null;
            case Expr.Call c -> refuse(c.span(), "the result of a call", scope, c);
            case Expr.IntLiteral l -> refuse(l.span(), "a literal", scope, l);
            case Expr.FloatLiteral l -> refuse(l.span(), "a literal", scope, l);
            case Expr.ImaginaryLiteral l -> refuse(l.span(), "a literal", scope, l);
            case Expr.BoolLiteral l -> refuse(l.span(), "a literal", scope, l);
            case Expr.StringLiteral l -> refuse(l.span(), "a string", scope, l);
            case Expr.Conditional c -> refuse(c.span(), "an expression", scope, c);
            case Expr.Binary b -> refuse(b.span(), "an expression", scope, b);
            case Expr.Unary u -> refuse(u.span(), "an expression", scope, u);
            case Expr.Range r -> refuse(r.span(), "a range", scope, r);
            case Expr.Comprehension c -> refuse(c.span(), "a comprehension", scope, c);
            case Expr.Tuple t -> refuse(t.span(), "a tuple", scope, t);
            case Expr.ArrayLiteral a -> refuse(a.span(), "an array literal", scope, a);
            case Expr.Lambda l -> refuse(l.span(), "a function", scope, l);
            case Expr.Spawn p -> refuse(p.span(), "an expression", scope, p);
            case Expr.Scan c -> refuse(c.span(), "an expression", scope, c);
        };
    }

    private @Nullable Place bad(TExpr ignored) {
        return null;
    }

    private @Nullable Place refuse(Span span, String what, Scope scope, Expr e) {
        TExpr value = s.expressions.check(e, scope, null);
        if (!value.type().isError()) {
            s.report(Diagnostic.error("PEL0210", span, what + " cannot be assigned").under("not a variable"));
        }
        return null;
    }

    private @Nullable Place variable(Expr.Name n, Scope scope) {
        Symbol symbol = s.names.resolve(n, scope);
        if (!(symbol instanceof Symbol.Variable v)) {
            if (symbol != null) {
                s.report(notVariable(n, symbol));
            }
            return null;
        }
        Var var = v.var();
        if (!var.kind().assignable()) {
            s.report(readOnly(n, var));
            return null;
        }
        return var.type().isError() ? null : new Place.Variable(n.span(), var.type(), var);
    }

    private static Diagnostic notVariable(Expr.Name n, Symbol symbol) {
        Diagnostic d = Diagnostic.error("PEL0210", n.span(), "`" + n.name() + "` cannot be assigned: it is not a variable");
        Span at = Names.spanOf(symbol);
        return at == null
                ? d.note("`" + n.name() + "` belongs to the standard library; declare `var " + n.name() + "` to have one of your own")
                : d.label(at, "declared here");
    }

    /** The message that {@code var} may not change. */
    static Diagnostic readOnly(Expr.Name n, Var var) {
        Diagnostic d = Diagnostic.error("PEL0210", n.span(), "`" + n.name() + "` cannot be assigned")
                .under(switch (var.kind()) {
                    case GLOBAL_LET, LET, COMPREHENSION_LET -> "`let` binds once";
                    case CONFIG -> "a `config` is set on the command line";
                    case DOMAIN -> "a domain does not change";
                    case CHANNEL -> "a channel does not change";
                    case PARAM -> "a parameter is read-only";
                    case FORALL_INDEX, FOR_INDEX -> "the loop sets its index";
                    case GLOBAL_VAR, SHARED, VAR, MUT_PARAM -> "";
                })
                .label(var.span(), "declared here");
        return switch (var.kind()) {
            case GLOBAL_LET, LET -> letFix(d, var);
            case PARAM -> var.span().equals(n.span()) ? d : d.fix("let the function change it", var.span(), "mut " + var.name());
            case CONFIG, DOMAIN, CHANNEL, FORALL_INDEX, FOR_INDEX, COMPREHENSION_LET, GLOBAL_VAR, SHARED, VAR, MUT_PARAM -> d;
        };
    }

    private static Diagnostic letFix(Diagnostic d, Var var) {
        String text = var.span().file().text();
        int at = var.span().start();
        int let = text.lastIndexOf("let", at);
        boolean plain = let >= 0 && text.substring(let + 3, at).chars().allMatch(c -> c == ' ' || c == ',' || Character.isLetterOrDigit(c) || c == '_');
        return plain ? d.fix("declare it with `var`", new Span(var.span().file(), let, let + 3), "var") : d;
    }

    private @Nullable Place element(Expr.Subscript u, Scope scope) {
        Place array = place(u.array(), scope);
        if (array != null && array.type() instanceof Type.MapOf map) {
            TExpr key = s.maps.key(map, u, scope);
            return key == null ? null : new Place.Element(u.span(), map.value(), array, List.of(key));
        }
        List<TExpr.TSub> subs = array == null ? s.subscripts.none(u.subs(), scope) : s.subscripts.subs(u.subs(), scope);
        if (array == null || subs == null) {
            return null;
        }
        if (array.type() == Scalar.STRING || array.type() instanceof Type.Domain) {
            s.report(Diagnostic.error("PEL0210", u.span(), Words.a(array.type()) + " does not change in place")
                    .under("cannot be assigned"));
            return null;
        }
        if (array.type() instanceof Type.Tuple t) {
            Integer k = s.subscripts.component(t, subs, u);
            return k == null ? null : new Place.Component(u.span(), t.elements().get(k), array, k, String.valueOf(k));
        }
        if (array instanceof Place.Slice) {
            s.report(Diagnostic.error("PEL0210", u.span(), "a part of a slice cannot be assigned")
                    .under("a slice of a slice")
                    .note("name all subscripts in one pair of brackets: `a[i, j]`"));
            return null;
        }
        Type t = s.subscripts.result(array.type(), u.array().span(), subs, u);
        if (t.isError()) {
            return null;
        }
        s.bounds.check(u.array().span().text(), array.type(), array instanceof Place.Variable v ? v.variable() : null, subs);
        return Subscripts.isElement(subs)
                ? new Place.Element(u.span(), t, array, Subscripts.indices(subs))
                : new Place.Slice(u.span(), t, array, subs);
    }

    private @Nullable Place component(Expr.Member m, Scope scope) {
        Place value = place(m.object(), scope);
        if (value == null) {
            return null;
        }
        Members.Found found = Members.find(value.type(), m.name());
        if (found == null) {
            s.report(
                    Members.all(value.type()).contains(m.name())
                            ? Diagnostic.error("PEL0210", m.span(), "`." + m.name() + "` cannot be assigned")
                            : Members.unknown(value.type(), m));
            return null;
        }
        return new Place.Component(m.span(), found.type(), value, found.index(), m.name());
    }

    /** A place read as an expression: the argument of a {@code mut} parameter. */
    static TExpr asExpr(Place p) {
        return switch (p) {
            case Place.Variable v -> new TExpr.Read(v.span(), v.type().asValue(), v.variable());
            case Place.Element e -> new TExpr.Element(e.span(), e.type().asValue(), asExpr(e.array()), e.subscripts());
            case Place.Slice x -> new TExpr.Slice(x.span(), x.type(), asExpr(x.array()), x.subscripts());
            case Place.Component c ->
                new TExpr.Component(c.span(), c.type().asValue(), asExpr(c.value()), c.index(), c.name());
        };
    }
}
