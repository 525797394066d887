package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
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
                    parts.add(new TExpr.Part(null, value, i.spec()));
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

    private static boolean hasText(Type type) {
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
