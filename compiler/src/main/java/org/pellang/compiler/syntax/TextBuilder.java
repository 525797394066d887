package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr.StringPart;
import org.pellang.grammar.PelParser;
import org.pellang.grammar.PelParser.*;

/** String literals: escapes, doubled braces and interpolations. */
final class TextBuilder {
    private final TreeReader tree;
    private final ExpressionBuilder expressions;

    TextBuilder(TreeReader tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
    }

    Expr literal(@Nullable StringContext context, Span within) {
        Span span = tree.span(context, within);
        return new Expr.StringLiteral(span, context == null ? List.of() : parts(context));
    }

    /** The text of a string in which nothing may be interpolated, such as a test's name. */
    String plain(@Nullable StringContext context, Span within, String what) {
        StringBuilder text = new StringBuilder();
        for (StringPart part : context == null ? List.<StringPart>of() : parts(context)) {
            switch (part) {
                case StringPart.Text t -> text.append(t.value());
                case StringPart.Interpolated i -> tree.report(Diagnostic.error(
                                "PEL0012", i.span(), what + " cannot interpolate a value")
                        .note("it must be known before the program runs"));
            }
        }
        return text.toString();
    }

    private List<StringPart> parts(StringContext context) {
        List<StringPart> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (StringPartContext part : context.stringPart()) {
            Token token = part.getStart();
            if (part.expr() != null || TreeReader.has(part, PelParser.INTERP_OPEN)) {
                flush(text, parts);
                parts.add(interpolated(part));
            } else if (token != null) {
                append(text, token);
            }
        }
        flush(text, parts);
        return List.copyOf(parts);
    }

    private static void flush(StringBuilder text, List<StringPart> parts) {
        if (!text.isEmpty()) {
            parts.add(new StringPart.Text(text.toString()));
            text.setLength(0);
        }
    }

    private StringPart interpolated(StringPartContext context) {
        Span span = tree.span(context);
        List<StringPart> parts = new ArrayList<>();
        Span all = null;
        for (SpecPartContext part : context.specPart()) {
            Span at = tree.span(part);
            TerminalNode text = part.SPEC_TEXT();
            all = all == null ? at : all.to(at);
            parts.add(text == null
                    ? new StringPart.Interpolated(at, expressions.expr(part.expr(), at), null, null, null)
                    : new StringPart.Text(text.getText()));
        }
        boolean made = parts.stream().anyMatch(StringPart.Interpolated.class::isInstance);
        Expr value = expressions.expr(context.expr(), span);
        return new StringPart.Interpolated(
                span, value, all == null || made ? null : all.text(), all, all == null || !made ? null : new Expr.StringLiteral(all, parts));
    }

    private void append(StringBuilder text, Token token) {
        switch (token.getType()) {
            case PelParser.STR_LBRACE -> text.append('{');
            case PelParser.STR_RBRACE -> text.append('}');
            case PelParser.STR_ESCAPE -> text.append(escape(token));
            case PelParser.STR_TEXT -> unicode(text, token);
            default -> {
                // left over by recovery
            }
        }
    }

    private String escape(Token token) {
        String text = token.getText();
        return switch (text.charAt(1)) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '0' -> "\0";
            case '\\' -> "\\";
            case '"' -> "\"";
            case 'u' -> codePoint(token);
            default -> {
                Span span = tree.span(token);
                tree.report(Diagnostic.error("PEL0013", span, "there is no escape `" + text + "`")
                        .note("escapes are \\n \\t \\r \\0 \\\\ \\\" and \\u{hexadecimal}; braces are written {{ and }}")
                        .fix("write the backslash itself", span, "\\" + text));
                yield text.substring(1);
            }
        };
    }

    private String codePoint(Token token) {
        Span span = tree.span(token);
        String digits = span.text().replaceAll("[^0-9a-fA-F]", "");
        boolean shape = span.text().matches("\\\\u\\{[0-9a-fA-F]{1,6}}");
        int value = shape ? Integer.parseInt(digits, 16) : -1;
        if (shape && Character.isValidCodePoint(value) && (value < 0xD800 || value > 0xDFFF)) {
            return Character.toString(value);
        }
        tree.report(Diagnostic.error("PEL0013", span, "`" + span.text() + "` is no character")
                .note("write \\u{...} with one to six hexadecimal digits, for instance \\u{e9} or \\u{1F600}"));
        return "";
    }

    private static void unicode(StringBuilder text, Token token) {
        text.append(token.getText());
    }
}
