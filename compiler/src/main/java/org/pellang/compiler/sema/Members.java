package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** {@code r.field}, {@code v.x}, {@code z.re}, {@code a.domain}, {@code math.sqrt}. */
final class Members {
    private final Session s;

    Members(Session session) {
        this.s = session;
    }

    /**
     * A component of a value.
     *
     * @param type its declared type
     * @param index its position
     */
    record Found(Type type, int index) {}

    TExpr member(Expr.Member e, Scope scope) {
        Symbol.Module module = module(e.object(), scope);
        if (module != null) {
            if (s.modules.isModule(module.name())) {
                Symbol declared = declared(module, e, scope);
                return declared == null ? Session.bad(e.span()) : s.names.value(new Expr.Name(e.nameSpan(), e.name()), declared, scope, null);
            }
            Symbol symbol = s.library.inModule(module.name(), e.name());
            return symbol instanceof Symbol.Library l
                    ? s.lambdas.library(e.span(), l, null)
                    : s.names.value(new Expr.Name(e.nameSpan(), e.name()), scope, null);
        }
        TExpr object = s.expressions.value(e.object(), scope, null);
        if (object.type().isError()) {
            return Session.bad(e.span());
        }
        if (object.type() instanceof Type.Array a && e.name().equals("domain")) {
            return new TExpr.IntrinsicCall(
                    e.span(), new Type.Domain(a.axes(), a.distribution()), Intrinsic.DOMAIN_OF, List.of(object));
        }
        if (object.type() instanceof Type.Array a && e.name().equals("domains")) {
            return new TExpr.IntrinsicCall(e.span(), domains(a), Intrinsic.DOMAINS_OF, List.of(object));
        }
        Found found = find(object.type(), e.name());
        return found == null
                ? s.bad(e.span(), unknown(object.type(), e))
                : new TExpr.Component(e.span(), found.type().asValue(), object, found.index(), e.name());
    }

    /** What a user's module declares of that name; null after a report. */
    @Nullable Symbol declared(Symbol.Module module, Expr.Member e, Scope scope) {
        Symbol symbol = s.names.ofModule(module, e.name(), scope);
        if (symbol != null) {
            return symbol;
        }
        s.report(Diagnostic.error("PEL0101", e.nameSpan(), "the module `" + module.name() + "` declares no `" + e.name() + "`")
                .under("not declared there"));
        return null;
    }

    private static Type domains(Type.Array a) {
        return new Type.Tuple(IntStream.range(0, a.axes())
                .mapToObj(d -> (Type) Domains.axisType(a.distribution(), d))
                .toList());
    }

    /** The module that {@code e} names, or null. */
    Symbol.@Nullable Module module(Expr e, Scope scope) {
        return e instanceof Expr.Name n && s.names.find(n.name(), scope) instanceof Symbol.Module m ? m : null;
    }

    /** The component of that name, or null. */
    static @Nullable Found find(Type type, String name) {
        if (type instanceof Type.Record r) {
            for (int i = 0; i < r.fields().size(); i++) {
                if (r.fields().get(i).name().equals(name)) {
                    return new Found(r.fields().get(i).type(), i);
                }
            }
            return null;
        }
        int index = components(type).indexOf(name);
        return index < 0 ? null : new Found(Scalar.FLOAT, index);
    }

    /** Names of the components of a vector or complex number. */
    private static List<String> components(Type type) {
        return type == Scalar.COMPLEX
                ? List.of("re", "im")
                : type == Scalar.VEC2
                        ? List.of("x", "y")
                        : type == Scalar.VEC3
                                ? List.of("x", "y", "z")
                                : type == Scalar.VEC4 ? List.of("x", "y", "z", "w") : List.of();
    }

    /** All that can stand after the dot of a value of that type. */
    static List<String> all(Type type) {
        List<String> names = new ArrayList<>(components(type));
        switch (type) {
            case Type.Record r -> r.fields().forEach(f -> names.add(f.name()));
            case Type.Array a -> Collections.addAll(names, "domain", "domains");
            case Type.Domain d -> Collections.addAll(names, "inner", "from", "axis");
            case Type.Channel c -> Collections.addAll(names, "send", "recv", "recv_any", "isend", "irecv");
            case Type.Scalar t -> {}
            case Type.Tuple t -> {}
            case Type.ListOf l -> {}
            case Type.MapOf m -> {}
            case Type.Function f -> {}
            case Type.Future f -> names.add("get");
            case Type.Request r -> {}
            case Type.Team t -> names.add("split");
        }
        return names;
    }

    /** What other languages call the number of elements. */
    static boolean isCount(String name) {
        return name.equals("length") || name.equals("size") || name.equals("len") || name.equals("count");
    }

    private static boolean hasLength(Type type) {
        return type instanceof Type.Array || type instanceof Type.ListOf || type instanceof Type.MapOf || type instanceof Type.Domain || type == Scalar.STRING;
    }

    /** The message for an unknown component. */
    static Diagnostic unknown(Type type, Expr.Member e) {
        Diagnostic d = Diagnostic.error("PEL0105", e.nameSpan(), Words.a(type) + " has no `" + e.name() + "`");
        List<String> all = all(type);
        if (all.contains(e.name())) {
            return d.note("`" + e.name() + "` is called: `" + e.object().span().text() + "." + e.name() + "(..)`");
        }
        String near = Suggest.nearest(e.name(), all);
        if (near != null) {
            return d.under("did you mean `" + near + "`?").fix("replace it by `" + near + "`", e.nameSpan(), near);
        }
        if (isCount(e.name()) && hasLength(type)) {
            String text = "len(" + e.object().span().text() + ")";
            boolean called = e.span().file().text().startsWith("(", e.span().end());
            Span whole = called ? new Span(e.span().file(), e.span().start(), e.span().end() + 2) : e.span();
            return whole.text().endsWith("()") || !called ? d.fix("write `" + text + "`", whole, text) : d.note("`" + text + "` tells how many there are");
        }
        if (type instanceof Type.ListOf && (e.name().equals("append") || e.name().equals("add"))) {
            return d.note("`push(" + e.object().span().text() + ", x)` appends");
        }
        if (type instanceof Type.Array && (e.name().equals("append") || e.name().equals("add") || e.name().equals("push"))) {
            return d.note("an array keeps its extents; a list grows: `var l: list int` and `push(l, x)`");
        }
        return all.isEmpty() ? d : d.note("it has `" + String.join("`, `", all) + "`");
    }
}
