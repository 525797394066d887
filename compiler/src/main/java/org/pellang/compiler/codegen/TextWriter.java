package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;

/** Writes interpolated strings and {@code show}. */
final class TextWriter {
    private final ExpressionWriter writer;

    TextWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    JavaExpr interpolation(TExpr.Interpolation text, JavaBody out) {
        List<JavaExpr> pieces = new ArrayList<>();
        for (TExpr.Part part : text.parts()) {
            pieces.add(part.value() == null
                    ? JavaExpr.stable(JavaLiteral.string(part.text() == null ? "" : part.text()))
                    : operand(part.value(), part.spec(), pieces, out));
        }
        JavaExpr all = null;
        for (JavaExpr piece : pieces) {
            all = all == null ? piece : JavaExpr.infix(JavaExpr.SUM, all, "+", piece);
        }
        return all == null ? JavaExpr.stable("\"\"") : all;
    }

    /** If an operand needs statements, the texts before it are made first: they show what these statements may change. */
    private JavaExpr operand(TExpr value, @org.jspecify.annotations.Nullable String spec, List<JavaExpr> before, JavaBody out) {
        JavaBody statements = out.sketch();
        JavaExpr v = writer.value(value, statements);
        if (!statements.isEmpty()) {
            before.replaceAll(text -> writer.scope().keep(text, Type.Scalar.STRING, "t", out));
            out.add(statements);
        }
        return text(value, v, spec);
    }

    private JavaExpr text(TExpr value, JavaExpr text, @org.jspecify.annotations.Nullable String spec) {
        if (spec == null || spec.isEmpty()) {
            return show(value, text);
        }
        return formatted(value, text, JavaLiteral.string(spec));
    }

    /** By a specification that is a Java expression. */
    JavaExpr formatted(TExpr value, JavaExpr text, String spec) {
        return new JavaExpr(
                writer.scope().unit().use(RuntimeApi.FORMAT) + ".format(" + whole(value, text) + ", " + spec + ")", JavaExpr.PRIMARY, false);
    }

    /** The string that interpolation without a specification makes. */
    JavaExpr show(TExpr value, JavaExpr text) {
        if (value.type() == Type.Scalar.STRING) {
            return text;
        }
        return JavaExpr.primary(writer.scope().unit().use(RuntimeApi.FORMAT) + ".show(" + whole(value, text) + ")");
    }

    /** A distributed array or map is gathered before it is shown. */
    private JavaExpr whole(TExpr value, JavaExpr text) {
        if (value.type() instanceof Type.MapOf m && m.distributed()) {
            JavaUnit unit = writer.scope().unit();
            return RuntimeApi.MAPS_REPLICA.call(unit, text, unit.site(value.span(), "show of a map"));
        }
        boolean spread = value.type() instanceof Type.Array a && !a.distribution().isLocal();
        return spread
                ? RuntimeApi.REPLICATE.on(text, writer.scope().rank(), writer.scope().unit().site(value.span(), "show of an array"))
                : text;
    }
}
