package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Stmt;
import org.pellang.compiler.syntax.TypeSyntax;

/** {@code let var config domain channel}. */
final class Declarations {
    private final Session s;
    private int channels;

    Declarations(Session session) {
        this.s = session;
    }

    void config(Stmt.Config c, Scope scope, List<TStmt> out) {
        if (!scope.isTop()) {
            s.report(Diagnostic.error("PEL0103", c.span(), "`config` stands at the top level of a program")
                    .under("not inside a function or block")
                    .note("a `config` is an option of the whole program; pass its value as an argument, or use `let`"));
        }
        TypeSyntax written = c.type();
        Type declared = written == null ? null : s.types.plain(written, scope);
        TExpr value = s.expressions.value(c.value(), scope, declared);
        Type t = declared == null ? value.type() : declared;
        boolean fits = t.isNumeric() && t != Scalar.COMPLEX || t == Scalar.BOOL || t == Scalar.STRING || t.isError();
        if (!fits) {
            s.report(Diagnostic.error("PEL0227", c.value().span(), "a `config` is a number, bool or string, not " + Words.a(t))
                    .under("this is " + Words.a(t)));
            t = Scalar.ERROR;
        }
        TExpr fitted = s.coercion.to(value, t, "`" + c.name().name() + "`");
        s.configs.stream().map(TypedProgram.Config::variable).filter(v -> v.name().equals(c.name().name()) && v.span().file() != c.name().span().file())
                .findFirst().ifPresent(v -> s.report(Diagnostic.error("PEL0902", c.name().span(), "two files have an option `" + v.name() + "`")
                        .under("`--" + v.name() + "` would set both")
                        .label(v.span(), "the other one")
                        .note("a `config` is an option of the whole program; rename one of them")));
        Var var = s.names.declare(c.name(), Var.Kind.LET, Var.Kind.CONFIG, t, scope);
        if (fits && !fitted.type().isError() && scope.isTop()) {
            s.configs.add(new TypedProgram.Config(var, fitted, c.value().span().text(), c.doc()));
        }
        add(out, new TStmt.Declare(c.span(), var, fitted));
    }

    void domain(Stmt.DomainDecl d, Scope scope, List<TStmt> out) {
        TExpr space = s.domains.space(d.axes(), d.span(), d.dist(), d.periodic(), scope);
        Var var = s.names.declare(d.name(), Var.Kind.LET, Var.Kind.DOMAIN, space.type(), scope);
        add(out, new TStmt.Declare(d.span(), var, space));
    }

    void channel(Stmt.ChannelDecl c, Scope scope, List<TStmt> out) {
        if (!scope.isTop()) {
            s.report(Diagnostic.error("PEL0103", c.span(), "`channel` stands at the top level of a program")
                    .under("not inside a function or block"));
        }
        Types.Shaped message = s.types.shaped(c.message(), null, scope);
        Type m = message.type();
        boolean distributed = m instanceof Type.Array a && !a.distribution().isLocal();
        if (distributed || m.holdsFunction() || m.holdsDomain() || m.isHandle()) {
            s.report(Diagnostic.error("PEL0201", c.message().span(), "a channel does not carry " + Words.a(m)));
            m = Scalar.ERROR;
        }
        Type t = m.isError() ? m : new Type.Channel(m);
        Var var = s.names.declare(c.name(), Var.Kind.LET, Var.Kind.CHANNEL, t, scope);
        TExpr shape = message.domain();
        List<TExpr> arguments = new ArrayList<>();
        arguments.add(new TExpr.Constant(c.name().span(), Scalar.STRING, var.name()));
        arguments.add(new TExpr.Constant(c.name().span(), Scalar.INT, (long) channels++));
        if (shape != null && m instanceof Type.Array a) {
            arguments.addAll(extents(shape, a.axes()));
        }
        TExpr value = t.isError() ? Session.bad(c.span()) : new TExpr.IntrinsicCall(c.span(), t, Intrinsic.CHANNEL, arguments);
        add(out, new TStmt.Declare(c.span(), var, value));
    }

    void variable(Stmt.VarDecl d, Scope scope, List<TStmt> out) {
        boolean shared = d.kind() == Stmt.VarDecl.Kind.SHARED;
        TypeSyntax written = d.type();
        Types.Shaped shape = written == null ? null : s.types.shaped(written, d.dist(), scope);
        if (shared && !s.windows.declarable(d, shape == null ? null : shape.type(), scope)) {
            shape = Types.Shaped.of(Scalar.ERROR);
        }
        if (d.dist() != null && !(written instanceof TypeSyntax.Array) && !(written instanceof TypeSyntax.MapOf)) {
            s.report(Diagnostic.error("PEL0222", d.dist().span(), "`dist` belongs to a domain or to an array with written extents")
                    .note("for instance `let x: [_, _] float dist (block, *) = load(\"x.npy\")`"));
        }
        Expr init = d.value();
        if (d.names().isEmpty()) {
            // A syntax error, reported before.
            if (init != null) {
                s.expressions.check(init, scope, null);
            }
        } else if (init == null) {
            withoutValue(d, shape, scope, out);
        } else if (d.tuple()) {
            tuple(d, init, shape, scope, out);
        } else {
            withValue(d, init, shape, scope, out);
        }
    }

    private void add(List<TStmt> out, TStmt.Declare declaration) {
        s.bounds.remember(declaration.variable(), declaration.value());
        out.add(declaration);
    }

    private static Var.Kind local(Stmt.VarDecl d) {
        return d.kind() == Stmt.VarDecl.Kind.LET ? Var.Kind.LET : Var.Kind.VAR;
    }

    private static Var.Kind global(Stmt.VarDecl d) {
        return d.kind() == Stmt.VarDecl.Kind.LET ? Var.Kind.GLOBAL_LET
                : d.kind() == Stmt.VarDecl.Kind.SHARED ? Var.Kind.SHARED : Var.Kind.GLOBAL_VAR;
    }

    private Var declare(Stmt.VarDecl d, Expr.Ident name, Type type, Scope scope) {
        return s.names.declare(name, local(d), global(d), type, scope);
    }

    private void withoutValue(Stmt.VarDecl d, Types.@Nullable Shaped shape, Scope scope, List<TStmt> out) {
        Expr.Ident first = d.names().getFirst();
        if (shape == null) {
            s.report(Diagnostic.error("PEL0222", first.span(), "`" + first.name() + "` needs a type or a value")
                    .note("for instance `var " + first.name() + " = 0.0` or `var " + first.name() + ": float`"));
        } else if (d.kind() == Stmt.VarDecl.Kind.LET) {
            s.report(Diagnostic.error("PEL0222", first.span(), "`let " + first.name() + "` needs a value").under("binds once, here"));
        } else if (shape.open()) {
            s.report(Diagnostic.error("PEL0222", d.span(), "the extents of `" + first.name() + "` are open")
                    .note("write them, or give a value"));
        }
        boolean ok = shape != null && !shape.open() && d.kind() != Stmt.VarDecl.Kind.LET;
        for (Expr.Ident name : d.names()) {
            Type t = ok && shape != null ? shape.type() : Scalar.ERROR;
            TExpr value = shape == null || !ok ? Session.bad(name.span()) : zero(shape, d.type(), name, scope);
            add(out, new TStmt.Declare(d.span(), declare(d, name, t, scope), value));
        }
    }

    /** The zero of a type as it is written: arrays in tuples have their extents there. */
    private TExpr zero(Types.Shaped shape, @Nullable TypeSyntax written, Expr.Ident name, Scope scope) {
        if (!(written instanceof TypeSyntax.Tuple t) || !(shape.type() instanceof Type.Tuple) || Zeros.of(shape.type(), name.span()) != null) {
            return zero(shape, name);
        }
        List<TExpr> parts = new ArrayList<>();
        for (TypeSyntax part : t.elements()) {
            Types.Shaped inner = s.types.shaped(part, null, scope);
            if (inner.open()) {
                s.report(Diagnostic.error("PEL0222", part.span(), "`" + name.name() + "` needs a value").under("these extents are open"));
                return Session.bad(name.span());
            }
            parts.add(zero(inner, part, name, scope));
        }
        return parts.stream().anyMatch(p -> p.type().isError()) ? Session.bad(name.span()) : new TExpr.TupleNew(name.span(), shape.type(), parts);
    }

    private TExpr zero(Types.Shaped shape, Expr.Ident name) {
        TExpr domain = shape.domain();
        if (domain != null) {
            Types.Shaped inner = shape.inner();
            return new TExpr.ArrayFill(name.span(), shape.type(), domain, inner == null || inner.domain() == null ? null : zero(inner, name));
        }
        TExpr zero = Zeros.of(shape.type(), name.span());
        return zero != null
                ? zero
                : s.bad(
                        name.span(),
                        Diagnostic.error("PEL0222", name.span(), "`" + name.name() + "` needs a value")
                                .under(Words.a(shape.type()) + " has no zero"));
    }

    private void withValue(Stmt.VarDecl d, Expr init, Types.@Nullable Shaped shape, Scope scope, List<TStmt> out) {
        List<Runnable> declarations = new ArrayList<>();
        for (Expr.Ident name : d.names()) {
            Type expected = shape == null ? null : shape.type();
            Type filled = shape != null && shape.domain() != null && expected instanceof Type.Array a ? filled(init, a) : null;
            Type wanted = filled == null ? expected : filled;
            TExpr value = s.expressions.value(init, scope, wanted == null ? null : wanted.asValue());
            declarations.add(() -> one(d, name, value, shape, scope, out));
        }
        declarations.forEach(Runnable::run);
    }

    private void one(Stmt.VarDecl d, Expr.Ident name, TExpr value, Types.@Nullable Shaped shape, Scope scope, List<TStmt> out) {
        String what = "`" + name.name() + "`";
        if (shape == null) {
            Var var = declare(d, name, value.type(), scope);
            remember(d, var, value);
            add(out, new TStmt.Declare(d.span(), var, value));
            return;
        }
        TExpr domain = shape.domain();
        Type t = shape.type();
        if (domain == null || !(t instanceof Type.Array a)) {
            openOrScalar(d, name, value, shape, scope, out);
            return;
        }
        Var var = declare(d, name, t, scope);
        if (value instanceof TExpr.ArrayNew n && a.distribution().isLocal() && filled(java.util.Objects.requireNonNull(d.value()), a) == null) {
            add(out, new TStmt.Declare(d.span(), var, shaped(n, a, domain)));
            return;
        }
        TExpr element = filling(value, a.element(), shape.inner());
        if (element != null) {
            add(out, new TStmt.Declare(d.span(), var, new TExpr.ArrayFill(value.span(), t, domain, element)));
            return;
        }
        boolean array = value.type() instanceof Type.Array;
        TExpr fitted = array ? s.coercion.contents(value, t, what) : s.coercion.to(value, a.element(), "an element of " + what);
        if (fitted.type().isError()) {
            add(out, new TStmt.Declare(d.span(), var, fitted));
            return;
        }
        if (fitted instanceof TExpr.ArrayComprehension c
                && c.iteration().filter() == null
                && ExpressionText.of(c.iteration().space()).equals(ExpressionText.of(domain))) {
            add(out, new TStmt.Declare(d.span(), var, fitted));
            return;
        }
        add(out, new TStmt.Declare(d.span(), var, new TExpr.ArrayFill(value.span(), t, domain, null)));
        out.add(new TStmt.Assign(d.span(), new Place.Variable(name.span(), t, var), fitted));
    }

    /** The type of the elements (or of what they consist of) that a literal fills: it is as deep as these, not as the array. Null: it is the whole array. */
    private static @Nullable Type filled(Expr init, Type.Array a) {
        if (!(init instanceof Expr.ArrayLiteral) || depth(a.element()) == 0 || depth(init) > depth(a.element())) {
            return null;
        }
        return depth(init) == depth(a.element()) ? a.element() : a.element() instanceof Type.Array inner ? filled(init, inner) : null;
    }

    private static int depth(Expr e) {
        return !(e instanceof Expr.ArrayLiteral a) ? 0 : a.elements().isEmpty() ? 1
                : 1 + depth(a.elements().getFirst() instanceof Expr.Comprehension c ? c.element() : a.elements().getFirst());
    }

    private static int depth(Type t) {
        return switch (t) {
            case Type.Array a -> a.axes() + depth(a.element());
            case Type.ListOf l -> 1 + depth(l.element());
            case Type.MapOf _ -> 1;
            case Scalar _, Type.Tuple _, Type.Record _, Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> 0;
        };
    }

    /** The value as an element of an array; as the elements of its elements if these are arrays with written extents. Null: it is neither. */
    private @Nullable TExpr filling(TExpr value, Type element, Types.@Nullable Shaped inner) {
        TExpr fitted = s.coercion.fit(value, element);
        if (fitted != null || inner == null || inner.domain() == null || !(element instanceof Type.Array a)) {
            return fitted;
        }
        TExpr part = filling(value, a.element(), inner.inner());
        return part == null ? null : new TExpr.ArrayFill(value.span(), a, inner.domain(), part);
    }

    /** {@code let h: [2, 2] float = [a, b, c, d]}: the elements in row-major order. */
    private TExpr shaped(TExpr.ArrayNew n, Type.Array a, TExpr domain) {
        List<TExpr> elements =
                n.elements().stream().map(x -> s.coercion.to(x, a.element(), "an element")).toList();
        if (elements.stream().anyMatch(x -> x.type().isError())) {
            return new TExpr.Bad(n.span(), a);
        }
        List<TExpr> extents = extents(domain, a.axes());
        Long wanted = 1L;
        for (TExpr e : extents) {
            Long k = s.folding.intValue(e);
            wanted = wanted == null || k == null ? null : (Long) (wanted * k);
        }
        if (wanted != null && wanted != elements.size()) {
            return s.bad(
                    n.span(),
                    Diagnostic.error("PEL0212", n.span(), "the array has " + wanted + " elements, the value has " + elements.size())
                            .label(domain.span(), "declared here"));
        }
        return new TExpr.ArrayNew(n.span(), a, elements, extents);
    }

    private static List<TExpr> extents(TExpr domain, int axes) {
        List<TExpr> parts = domain instanceof TExpr.DomainNew n ? n.axes() : List.of(domain);
        List<TExpr> extents = new ArrayList<>();
        for (int d = 0; d < axes; d++) {
            TExpr axis = parts.size() == axes
                    ? parts.get(d)
                    : new TExpr.IntrinsicCall(
                            domain.span(),
                            Domains.RANGE,
                            Intrinsic.AXIS,
                            List.of(domain, new TExpr.Constant(domain.span(), Scalar.INT, (long) d)));
            boolean fromZero = axis instanceof TExpr.Range r
                    && r.open()
                    && r.step() == null
                    && r.low() instanceof TExpr.Constant c
                    && c.value().equals(0L);
            extents.add(fromZero && axis instanceof TExpr.Range r
                    ? r.high()
                    : new TExpr.IntrinsicCall(domain.span(), Scalar.INT, Intrinsic.LEN, List.of(axis)));
        }
        return extents;
    }

    private void openOrScalar(
            Stmt.VarDecl d, Expr.Ident name, TExpr value, Types.Shaped shape, Scope scope, List<TStmt> out) {
        Type t = shape.type();
        boolean sameShape = shape.open()
                && t instanceof Type.Array w
                && value.type() instanceof Type.Array v
                && w.axes() == v.axes()
                && w.element().equals(v.element())
                && w.distribution().isLocal()
                && d.dist() == null;
        if (Lines.isSpread(t)) {
            value = Lines.spread(value);
        }
        TExpr given = sameShape ? value : s.coercion.to(value, t, "`" + name.name() + "`");
        TExpr fitted = shape.held(blocked(misfit(given, shape) ? Session.bad(given.span()) : given, d, scope));
        Var var = declare(d, name, sameShape ? value.type() : t, scope);
        remember(d, var, fitted);
        add(out, new TStmt.Declare(d.span(), var, fitted));
    }

    /** Whether a literal has other extents than those that are written beside {@code _}; reports it. */
    private boolean misfit(TExpr value, Types.Shaped shape) {
        List<TExpr> extents = value instanceof TExpr.ArrayNew n && n.extents() != null ? n.extents() : List.of();
        for (int k = 0; k < Math.min(extents.size(), shape.extents().size()); k++) {
            Long has = s.folding.intValue(extents.get(k));
            Long needs = s.folding.intValue(shape.extents().get(k));
            if (has != null && needs != null && needs != Types.Shaped.ANY && !has.equals(needs)) {
                s.report(Diagnostic.error("PEL0212", value.span(), "axis " + k + " has " + needs + " elements, the value has " + has)
                        .label(shape.extents().get(k).span(), "declared here"));
                return true;
            }
        }
        return false;
    }

    /** A file that is loaded in blocks learns their lengths. */
    private TExpr blocked(TExpr value, Stmt.VarDecl d, Scope scope) {
        if (d.dist() == null || !(value instanceof TExpr.IntrinsicCall c) || c.intrinsic() != Intrinsic.LOAD || !(c.type() instanceof Type.Array a)) {
            return value;
        }
        List<TExpr> arguments = new ArrayList<>(c.arguments());
        arguments.addAll(s.domains.blocks(d.dist(), a.axes(), scope));
        return new TExpr.IntrinsicCall(c.span(), c.type(), c.intrinsic(), arguments);
    }

    private void remember(Stmt.VarDecl d, Var var, TExpr value) {
        if (d.kind() == Stmt.VarDecl.Kind.LET && s.folding.intValue(value) != null) {
            s.constants.put(var, value);
        }
    }

    private void tuple(Stmt.VarDecl d, Expr init, Types.@Nullable Shaped shape, Scope scope, List<TStmt> out) {
        Type wanted = shape == null ? null : shape.type();
        TExpr value = s.expressions.value(init, scope, wanted);
        TExpr fitted = wanted == null ? value : s.coercion.to(value, wanted, "the value");
        List<Type> types = parts(fitted, d.names());
        List<Var> vars = new ArrayList<>();
        for (int i = 0; i < d.names().size(); i++) {
            vars.add(declare(d, d.names().get(i), types.get(i), scope));
        }
        out.add(new TStmt.DeclareTuple(d.span(), vars, fitted));
    }

    /** The types of the names that take {@code value}: one name the whole, several names a tuple. Reports a wrong number. */
    List<Type> parts(TExpr value, List<Expr.Ident> names) {
        if (names.size() == 1) {
            return List.of(value.type());
        }
        if (value.type() instanceof Type.Tuple t && t.elements().size() == names.size()) {
            return t.elements().stream().map(Type::asValue).toList();
        }
        if (!value.type().isError() && !names.isEmpty()) {
            String has = value.type() instanceof Type.Tuple t ? "a tuple of " + t.elements().size() : Words.a(value.type());
            s.report(Diagnostic.error("PEL0204", value.span(), names.size() + " names take a tuple of " + names.size() + ", not " + has)
                    .under("this is " + Words.a(value.type()))
                    .label(names.getFirst().span().to(names.getLast().span()), names.size() + " names"));
        }
        return Collections.nCopies(names.size(), (Type) Scalar.ERROR);
    }
}
