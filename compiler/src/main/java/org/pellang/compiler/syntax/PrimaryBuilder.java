package org.pellang.compiler.syntax;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;
import org.pellang.grammar.PelParser.*;

/** Literals, names, brackets, arguments and comprehensions. */
final class PrimaryBuilder {
    private static final String SMALLEST = "9223372036854775808";

    private final TreeReader tree;
    private final ExpressionBuilder expressions;
    private final TextBuilder texts;

    PrimaryBuilder(TreeReader tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
        this.texts = new TextBuilder(tree, expressions);
    }

    static Expr name(Expr.Ident ident) {
        return ident.name().isEmpty() ? new Expr.Missing(ident.span()) : new Expr.Name(ident.span(), ident.name());
    }

    TextBuilder texts() {
        return texts;
    }

    Expr primary(@Nullable PrimaryContext context, Span within) {
        if (context == null) {
            return new Expr.Missing(tree.span(null, within));
        }
        Span span = tree.span(context);
        if (span.start() == span.end()) {
            return new Expr.Missing(span);
        }
        return switch (context) {
            case IntLitContext c -> intLiteral(c.getStart());
            case FloatLitContext c -> new Expr.FloatLiteral(span, number(span.text()));
            case ImagLitContext c ->
                new Expr.ImaginaryLiteral(span, number(span.text().substring(0, span.text().length() - 1)));
            case StringLitContext c -> texts.literal(c.string(), span);
            case TrueLitContext c -> new Expr.BoolLiteral(span, true);
            case FalseLitContext c -> new Expr.BoolLiteral(span, false);
            case NameContext c -> name(tree.ident(c.id(), span));
            case ParensContext c -> parens(c, span);
            case ArrayLitContext c -> array(c, span);
            default -> new Expr.Missing(span);
        };
    }

    private Expr parens(ParensContext context, Span span) {
        List<Expr> elements = expressions.exprs(context.expr(), span);
        return elements.isEmpty() ? new Expr.Missing(span) : elements.size() == 1 ? elements.get(0) : new Expr.Tuple(span, elements);
    }

    private Expr array(ArrayLitContext context, Span span) {
        List<Expr> elements = expressions.exprs(context.expr(), span);
        return context.compTail() == null
                ? new Expr.ArrayLiteral(span, elements)
                : new Expr.ArrayLiteral(span, List.of(comprehension(elements.isEmpty() ? new Expr.Missing(span) : elements.get(0), context.compTail())));
    }

    List<Expr.Argument> arguments(@Nullable ArgsContext context) {
        if (context == null) {
            return List.of();
        }
        List<Expr.Argument> all = TreeReader.map(context.arg(), this::argument);
        if (context.compTail() == null || all.isEmpty()) {
            return all;
        }
        Expr.Argument first = all.get(0);
        return List.of(new Expr.Argument(tree.span(context), first.label(), comprehension(first.value(), context.compTail())));
    }

    private Expr.Argument argument(ArgContext context) {
        Span span = tree.span(context);
        String label = context.label() == null ? null : tree.span(context.label()).text();
        return new Expr.Argument(span, label, expressions.expr(context.expr(), span));
    }

    private Expr comprehension(Expr element, CompTailContext context) {
        Span own = tree.span(context);
        LoopClauses.OfComprehension clauses = expressions.clauses().comprehension(context.compClause());
        return new Expr.Comprehension(
                element.span().to(own),
                element,
                TreeReader.has(context, PelParser.FORALL),
                index(context.index(), own),
                space(context.space(), own),
                clauses.lets(),
                clauses.filter());
    }

    Expr.Index index(@Nullable IndexContext context, Span within) {
        Span span = tree.span(context, within);
        return new Expr.Index(span, context == null ? List.of() : tree.idents(context.id(), span));
    }

    Expr.Space space(@Nullable SpaceContext context, Span within) {
        Span span = tree.span(context, within);
        return context == null
                ? new Expr.Space(span, new Expr.Missing(span), null)
                : new Expr.Space(span, expressions.expr(context.expr(), span), expressions.types().dist(context.dist()));
    }

    private static double number(String digits) {
        return Double.parseDouble(digits.replace("_", ""));
    }

    Expr intLiteral(Token token) {
        Span span = tree.span(token);
        String digits = token.getText().replace("_", "");
        try {
            boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
            return new Expr.IntLiteral(
                    span, hex ? Long.parseUnsignedLong(digits.substring(2), 16) : Long.parseLong(digits));
        } catch (NumberFormatException tooLarge) {
            tree.report(Diagnostic.error("PEL0206", span, "this number does not fit into an int")
                    .under("larger than 9223372036854775807")
                    .note("an int has 64 bits: -9223372036854775808 to 9223372036854775807; hexadecimal numbers have at most 16 digits")
                    .fix("make it a float", span, digits.startsWith("0") ? "0" : digits + ".0"));
            return new Expr.Missing(span);
        }
    }

    /** {@code -9223372036854775808}: the one literal that fits only with its sign; null for anything else. */
    @Nullable Expr smallestInt(UnaryContext minus) {
        Span span = tree.span(minus);
        boolean it = span.text().substring(1).strip().replace("_", "").equals(SMALLEST);
        return it ? new Expr.IntLiteral(span, Long.MIN_VALUE) : null;
    }
}
