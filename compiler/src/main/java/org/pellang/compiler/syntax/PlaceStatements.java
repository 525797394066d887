package org.pellang.compiler.syntax;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Spelling;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;
import org.pellang.grammar.PelParser.*;

/** Statements that start with a name: assignments, exchanges, calls, and names that stand there without effect. */
final class PlaceStatements {
    private final TreeReader tree;
    private final ExpressionBuilder expressions;

    PlaceStatements(TreeReader tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
    }

    Stmt statement(PlaceStmtContext context, Span span) {
        List<PlaceContext> places = context.place();
        if (context.assignOp() != null) {
            Token operator = context.assignOp().getStart();
            Expr place = target(ExpressionBuilder.at(places, 0), span);
            return new Stmt.Assign(
                    span,
                    place,
                    Operators.update(operator.getType()),
                    tree.span(operator),
                    expressions.expr(ExpressionBuilder.at(context.expr(), 0), span));
        }
        if (TreeReader.has(context, PelParser.ASSIGN)) {
            return multiple(context, places, span);
        }
        if (TreeReader.has(context, PelParser.SWAP)) {
            return new Stmt.Swap(
                    span, target(ExpressionBuilder.at(places, 0), span), target(ExpressionBuilder.at(places, 1), span));
        }
        return bare(ExpressionBuilder.at(places, 0), span);
    }

    private Stmt multiple(PlaceStmtContext context, List<PlaceContext> places, Span span) {
        List<Expr> targets = TreeReader.map(places, p -> target(p, span));
        List<Expr> values = expressions.exprs(context.expr(), span);
        if (targets.size() != values.size() && values.size() != 1 && !tree.reports().hasLine(span.line())) {
            tree.report(Diagnostic.error("PEL0014", span, targets.size() + " names are assigned " + values.size() + " values")
                    .note("each name left of `=` takes one value, or all together one tuple"));
        }
        return new Stmt.MultiAssign(span, targets, values);
    }

    private Expr target(@Nullable PlaceContext context, Span within) {
        Expr place = expressions.place(context, within);
        Expr call = callIn(place);
        if (call != null) {
            tree.report(Diagnostic.error("PEL0011", call.span(), "the result of a call cannot be assigned to")
                    .note("only variables, their elements `a[i]` and their fields `r.x` can be changed"));
        }
        return place;
    }

    private static @Nullable Expr callIn(Expr place) {
        Expr at = place;
        while (true) {
            switch (at) {
                case Expr.Call c -> {
                    return c;
                }
                case Expr.Member m -> at = m.object();
                case Expr.Subscript s -> at = s.array();
                case Expr.AtRank r -> at = r.target();
                default -> {
                    return null;
                }
            }
        }
    }

    private Stmt bare(@Nullable PlaceContext context, Span span) {
        Expr place = expressions.place(context, span);
        if (place instanceof Expr.Call) {
            return new Stmt.Call(span, place);
        }
        if (!(place instanceof Expr.Missing) && !tree.reports().hasLine(span.line())) {
            tree.report(withoutEffect(place, next(context)));
        }
        return new Stmt.Missing(span);
    }

    /** The character behind the place on the same line, or a space. */
    private char next(@Nullable PlaceContext context) {
        String text = tree.file().text();
        int at = context == null ? text.length() : tree.span(context).end();
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : ' ';
    }

    /** {@code print "text {x}"}: up to the last quote of the line, else to what may end a statement. */
    private static Span printed(Span print) {
        String text = print.file().text();
        int end = text.indexOf('\n', print.end());
        int quote = text.substring(0, end < 0 ? text.length() : end).lastIndexOf('"');
        return text.startsWith("\"", Math.min(text.length(), print.end() + 1)) && quote > print.end() + 1
                ? new Span(print.file(), print.start(), quote + 1)
                : ValueStatement.restOfLine(print.file(), print);
    }

    private static Diagnostic withoutEffect(Expr place, char next) {
        String text = place.span().text();
        if ("+-*/%<>=!&|^".indexOf(next) >= 0) {
            return ValueStatement.diagnostic(ValueStatement.restOfLine(place.span().file(), place.span()), next == '=');
        }
        if (place instanceof Expr.Name name) {
            String elsewhere = Habits.statement(name.name());
            if (elsewhere != null) {
                return Diagnostic.error("PEL0009", place.span(), "PEL has no `" + text + "`").note(elsewhere);
            }
            if (name.name().equals("print")) {
                Span all = printed(place.span());
                return Diagnostic.error("PEL0004", place.span(), "this statement has no effect")
                        .under("a function is called with parentheses")
                        .fix("write parentheses", all, "print(" + all.text().substring("print".length()).strip() + ")");
            }
            String keyword = Spelling.nearest(name.name(), Words.STATEMENT_KEYWORDS);
            if (keyword != null) {
                return Diagnostic.error("PEL0003", place.span(), "`" + text + "` is no keyword; did you mean `" + keyword + "`?")
                        .fix("write `" + keyword + "`", place.span(), keyword);
            }
        }
        Diagnostic plain = Diagnostic.error("PEL0004", place.span(), "this statement has no effect")
                .under("a value that nothing uses");
        return place instanceof Expr.Name
                ? plain.note("a function is called with parentheses: `" + text + "()`; a value is stored with `=`")
                : plain.note("assign it, print it, or remove it");
    }
}
