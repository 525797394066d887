package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** Strings with interpolated values. */
final class Texts {
    private final Session s;

    Texts(Session session) {
        this.s = session;
    }

    TExpr literal(Expr.StringLiteral e, Scope scope) {
        StringBuilder text = new StringBuilder();
        List<TExpr.Part> parts = new ArrayList<>();
        boolean bad = false;
        for (Expr.StringPart part : e.parts()) {
            switch (part) {
                case Expr.StringPart.Text t -> text.append(t.value());
                case Expr.StringPart.Interpolated i -> {
                    TExpr value = printable(s.expressions.value(i.value(), scope, null));
                    bad |= value.type().isError() || !specFits(i, value.type());
                    if (!text.isEmpty()) {
                        parts.add(new TExpr.Part(text.toString(), null, null));
                        text.setLength(0);
                    }
                    TExpr made = i.made() == null || bad ? null : made(i.made(), value, scope);
                    bad |= made != null && made.type().isError();
                    parts.add(made == null ? new TExpr.Part(null, value, i.spec()) : new TExpr.Part(null, made, null));
                }
            }
        }
        if (bad) {
            return new TExpr.Bad(e.span(), Scalar.STRING);
        }
        if (parts.isEmpty()) {
            return new TExpr.Constant(e.span(), Scalar.STRING, text.toString());
        }
        if (!text.isEmpty()) {
            parts.add(new TExpr.Part(text.toString(), null, null));
        }
        return new TExpr.Interpolation(e.span(), Scalar.STRING, parts);
    }

    /** {@code {x:{width}.{digits}f}}: the value by a specification that is known when the program runs. */
    private TExpr made(Expr.StringLiteral spec, TExpr value, Scope scope) {
        TExpr text = literal(spec, scope);
        StringBuilder sample = new StringBuilder();
        boolean numbers = true;
        for (TExpr.Part part : text instanceof TExpr.Interpolation t ? t.parts() : List.<TExpr.Part>of()) {
            TExpr x = part.value();
            if (x != null && x.type() != Scalar.INT && x.type() != Scalar.STRING) {
                return s.bad(x.span(), Diagnostic.error("PEL0220", x.span(), "a part of a format specification is an int or a string, not " + Words.a(x.type()))
                        .under("this is " + Words.a(x.type())));
            }
            numbers &= x == null || x.type() == Scalar.INT;
            sample.append(x == null ? part.text() : "1");
        }
        String wrong = numbers && !text.type().isError() ? FormatSpec.problem(sample.toString(), value.type()) : null;
        if (wrong != null) {
            return s.bad(spec.span(), Diagnostic.error("PEL0220", spec.span(), wrong).label(value.span(), "this is " + Words.a(value.type())));
        }
        return text.type().isError() ? text : new TExpr.IntrinsicCall(value.span(), Scalar.STRING, Intrinsic.FORMAT, List.of(value, text));
    }

    private boolean specFits(Expr.StringPart.Interpolated i, Type type) {
        String spec = i.spec();
        String wrong = spec == null ? null : FormatSpec.problem(spec, type);
        if (wrong == null) {
            return true;
        }
        Span at = i.specSpan();
        s.report(Diagnostic.error("PEL0220", at == null ? i.span() : at, wrong)
                .label(i.value().span(), "this is " + Words.a(type))
                .note("the specification is Python's: `[[fill]align][sign][0][width][,][.precision][type]`"));
        return false;
    }

    /** A value that can be shown as text. */
    TExpr printable(TExpr e) {
        return e.type() == Scalar.VOID || !hasText(e.type())
                ? s.bad(e.span(), Diagnostic.error("PEL0201", e.span(), Words.a(e.type()) + " cannot be shown as text"))
                : e;
    }

    /** Whether values of the type can be shown. */
    static boolean hasText(Type type) {
        return switch (type) {
            case Scalar _, Type.Domain _ -> true;
            case Type.Tuple t -> t.elements().stream().allMatch(Texts::hasText);
            case Type.Record r -> r.fields().stream().allMatch(f -> hasText(f.type()));
            case Type.Array a -> hasText(a.element());
            case Type.ListOf l -> hasText(l.element());
            case Type.MapOf m -> hasText(m.value());
            case Type.Function _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> false;
        };
    }

    /** Values side by side as one string. */
    TExpr joined(List<TExpr> values, Span span, String between) {
        if (values.stream().anyMatch(v -> v.type().isError())) {
            return Session.bad(span);
        }
        if (values.size() == 1 && values.getFirst().type() == Scalar.STRING) {
            return values.getFirst();
        }
        List<TExpr.Part> parts = new ArrayList<>();
        for (TExpr v : values) {
            if (!parts.isEmpty() && !between.isEmpty()) {
                parts.add(new TExpr.Part(between, null, null));
            }
            parts.add(new TExpr.Part(null, v, null));
        }
        return parts.isEmpty()
                ? new TExpr.Constant(span, Scalar.STRING, "")
                : new TExpr.Interpolation(span, Scalar.STRING, parts);
    }

    /** The text of a constant string, or null. */
    static @Nullable String constant(TExpr e) {
        return e instanceof TExpr.Constant c && c.value() instanceof String t ? t : null;
    }
}
