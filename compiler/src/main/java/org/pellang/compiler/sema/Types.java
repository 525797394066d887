package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.DistSyntax;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.TypeSyntax;

/** Types as written become types. */
final class Types {
    private final Session s;

    Types(Session session) {
        this.s = session;
    }

    /**
     * A type with what is known of its shape.
     *
     * @param type the type
     * @param domain the index set of an array type, or null if it is no array or its extents are open
     * @param open whether it is an array with {@code _} for some of its extents
     * @param inner the shape of its elements if these are arrays, else null
     * @param extents of an open array whose other extents are written: these, and {@link #ANY} where there is {@code _}; else empty
     */
    record Shaped(Type type, @Nullable TExpr domain, boolean open, @Nullable Shaped inner, List<TExpr> extents) {
        /** The extent that fits every array. */
        static final long ANY = -1;

        static Shaped of(Type type) {
            return new Shaped(type, null, false, null, List.of());
        }

        /** {@code value} if its extents are those that are written, else a trap. */
        TExpr held(TExpr value) {
            if (extents.isEmpty() || value.type().isError()) {
                return value;
            }
            List<TExpr> arguments = new ArrayList<>(List.of(value));
            arguments.addAll(extents);
            return new TExpr.IntrinsicCall(value.span(), value.type(), Intrinsic.SHAPED, arguments);
        }
    }

    /** A type where an array's extents do not matter: results, fields, parameters of function types. */
    Type plain(TypeSyntax syntax, Scope scope) {
        return shaped(syntax, null, scope).type();
    }

    /** The type with its shape; {@code dist} is the clause of the declaration or null. */
    Shaped shaped(TypeSyntax syntax, @Nullable DistSyntax dist, Scope scope) {
        return switch (syntax) {
            case TypeSyntax.Missing m -> Shaped.of(Type.Scalar.ERROR);
            case TypeSyntax.Named n -> Shaped.of(named(n, scope));
            case TypeSyntax.Array a -> array(a, dist, scope);
            case TypeSyntax.Tuple t -> Shaped.of(new Type.Tuple(all(t.elements(), scope)));
            case TypeSyntax.ListOf l -> Shaped.of(listOf(plain(l.element(), scope)));
            case TypeSyntax.MapOf m -> Shaped.of(s.maps.type(m, dist, scope));
            case TypeSyntax.Function f -> Shaped.of(new Type.Function(all(f.params(), scope), result(f.result(), scope)));
            case TypeSyntax.Future f -> Shaped.of(future(result(f.value(), scope)));
            case TypeSyntax.Channel c -> Shaped.of(new Type.Channel(plain(c.message(), scope)));
        };
    }

    private static Type future(Type value) {
        return value.isError() ? value : new Type.Future(value);
    }

    private static Type listOf(Type element) {
        return element.isError() ? element : new Type.ListOf(element);
    }

    Type result(@Nullable TypeSyntax syntax, Scope scope) {
        return syntax == null ? Type.Scalar.VOID : plain(syntax, scope);
    }

    private List<Type> all(List<TypeSyntax> list, Scope scope) {
        return list.stream().map(t -> plain(t, scope)).toList();
    }

    /** A scalar type by its name, or null. */
    static Type.@Nullable Scalar scalar(String name) {
        return switch (name) {
            case "int", "float", "bool", "string", "complex", "vec2", "vec3", "vec4", "int32", "int16", "byte", "float32" ->
                Type.Scalar.valueOf(name.toUpperCase(Locale.ROOT));
            default -> null;
        };
    }

    private Type named(TypeSyntax.Named n, Scope scope) {
        Type scalar = scalar(n.name());
        if (scalar != null) {
            return scalar;
        }
        int dot = n.name().lastIndexOf('.');
        Symbol symbol = dot < 0 ? s.globals.get(n.name()) : s.globals.of(n.name().substring(0, dot), n.name().substring(dot + 1));
        if (symbol instanceof Symbol.RecordType r) {
            return dot < 0 && s.names.ambiguous(n.name(), n.span()) ? Type.Scalar.ERROR : r.type();
        }
        if (symbol == null && s.globals.elsewhere(n.name()) instanceof Symbol.RecordType r) {
            s.report(Modules.unseen("type", n.name(), n.span(), r.span()));
            return Type.Scalar.ERROR;
        }
        if (n.name().equals("request") || n.name().equals("team")) {
            return n.name().equals("team") ? new Type.Team() : new Type.Request();
        }
        s.report(unknownType(n, scope));
        return Type.Scalar.ERROR;
    }

    private Diagnostic unknownType(TypeSyntax.Named n, Scope scope) {
        Diagnostic d = Diagnostic.error("PEL0101", n.span(), "unknown type `" + n.name() + "`");
        if (s.names.find(n.name(), scope) instanceof Symbol.Variable v) {
            d = d.label(v.var().span(), "`" + n.name() + "` is a variable");
            return v.var().type() instanceof Type.Domain
                    ? d.note("an array over this domain is `[" + n.name() + "] float`")
                    : d;
        }
        String other = switch (n.name()) {
            case "double", "real", "float64", "f64", "number" -> "float";
            case "long", "integer", "int64", "i64" -> "int";
            case "boolean", "logical" -> "bool";
            case "str", "String", "char" -> "string";
            case "f32", "single" -> "float32";
            case "i32" -> "int32";
            case "u8", "uint8" -> "byte";
            default -> null;
        };
        if (other == null) {
            List<String> known = new ArrayList<>(s.globals.all().stream().filter(x -> s.globals.get(x) instanceof Symbol.RecordType).toList());
            for (Type.Scalar t : Type.Scalar.values()) {
                if (t != Type.Scalar.VOID && t != Type.Scalar.ERROR) {
                    known.add(t.toString());
                }
            }
            other = Suggest.nearest(n.name(), known);
        }
        boolean sequence = java.util.Set.of("array", "Array", "vector", "Vector", "Vec", "List", "ArrayList", "seq").contains(n.name());
        if (sequence || n.name().equals("dict") || n.name().equals("Map") || n.name().equals("HashMap")) {
            return d.under("no type of this name")
                    .note(sequence ? "an array is `[n] float` or `[_] float`, a list that grows is `list float`" : "a map is `map string -> int`");
        }
        return other == null
                ? d.under("no type of this name")
                : d.under("did you mean `" + other + "`?").fix("replace it by `" + other + "`", n.span(), other);
    }

    private static boolean isOpen(Expr e) {
        return e instanceof Expr.Name n && n.name().equals("_");
    }

    /** Whether no extent is written. */
    static boolean open(TypeSyntax.Array a) {
        return a.extents().stream().allMatch(Types::isOpen);
    }

    private Shaped array(TypeSyntax.Array a, @Nullable DistSyntax dist, Scope scope) {
        Shaped inner = shaped(a.element(), null, scope);
        Type element = inner.type();
        Shaped parts = element instanceof Type.Array ? inner : null;
        if (element instanceof Type.Array inside && !inside.distribution().isLocal() || element instanceof Type.Domain || element.isHandle() || element.holdsFunction()) {
            s.report(Diagnostic.error("PEL0228", a.element().span(), "an array cannot have elements of type " + element)
                    .note(element instanceof Type.Array
                            ? "write one array with more axes, `[n, m] T`, or a list of arrays, `list [_] T`"
                            : "a list can: `list " + element + "`"));
            return Shaped.of(Type.Scalar.ERROR);
        }
        boolean open = a.extents().stream().anyMatch(Types::isOpen);
        if (open) {
            List<TExpr> extents = open(a) ? List.of() : extents(a, scope);
            if (extents.stream().anyMatch(x -> x.type().isError())) {
                return Shaped.of(Type.Scalar.ERROR);
            }
            int axes = a.extents().size();
            Distribution d = dist == null ? Distribution.LOCAL : s.domains.distribution(dist, axes, false);
            return new Shaped(element.isError() ? element : new Type.Array(element, axes, d), null, true, parts, extents);
        }
        TExpr domain = s.domains.space(a.extents(), a.span(), dist, false, scope);
        if (element.isError() || !(domain.type() instanceof Type.Domain d)) {
            return Shaped.of(Type.Scalar.ERROR);
        }
        return new Shaped(new Type.Array(element, d.axes(), d.distribution()), domain, false, parts, List.of());
    }

    /** {@code [2, _]}: numbers, and what fits every array where there is {@code _}. */
    private List<TExpr> extents(TypeSyntax.Array a, Scope scope) {
        List<TExpr> extents = new ArrayList<>();
        for (Expr e : a.extents()) {
            extents.add(isOpen(e) ? new TExpr.Constant(e.span(), Type.Scalar.INT, Shaped.ANY) : s.domains.index(e, scope, "an extent beside `_`"));
        }
        return extents;
    }
}
