package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr.BinaryOp;
import org.pellang.grammar.PelParser;
import org.pellang.grammar.PelParser.*;

/** Expressions from conditionals down to postfix suffixes; see {@link PrimaryBuilder} for what stands at the leaves. */
final class ExpressionBuilder {
    private final TreeReader tree;
    private final PrimaryBuilder primaries;
    private final LoopClauses clauses;
    private final TypeBuilder types;

    ExpressionBuilder(TreeReader tree) {
        this.tree = tree;
        this.primaries = new PrimaryBuilder(tree, this);
        this.clauses = new LoopClauses(tree, this);
        this.types = new TypeBuilder(tree, this);
    }

    TypeBuilder types() {
        return types;
    }

    PrimaryBuilder primaries() {
        return primaries;
    }

    LoopClauses clauses() {
        return clauses;
    }

    /** The expression, or a hole at the end of {@code within} if there is none. */
    Expr expr(@Nullable ExprContext context, Span within) {
        if (context == null) {
            return new Expr.Missing(tree.span(null, within));
        }
        Span span = tree.span(context);
        try {
            return tree.enter(span) ? expr(context) : new Expr.Missing(span);
        } finally {
            tree.leave();
        }
    }

    @Nullable Expr optional(@Nullable ExprContext context, Span within) {
        return context == null ? null : expr(context, within);
    }

    List<Expr> exprs(List<ExprContext> contexts, Span within) {
        return TreeReader.map(contexts, c -> expr(c, within));
    }

    private Expr expr(ExprContext context) {
        Span span = tree.span(context);
        return switch (context) {
            case PlainExprContext c -> optionalOperand(part(c, 0), span);
            case ConditionalContext c -> new Expr.Conditional(
                    span, expr(at(c.expr(), 0), span), expr(at(c.expr(), 1), span), expr(at(c.expr(), 2), span));
            case SpawnExprContext c -> new Expr.Spawn(span, postfix(c.postfix(), span));
            case ScanExprContext c -> new Expr.Scan(span, postfix(c.postfix(), span));
            case LambdaContext c -> new Expr.Lambda(span, types.params(c.params()), expr(c.expr(), span));
            default -> new Expr.Missing(span); // a context that recovery left without its alternative
        };
    }

    static <T> @Nullable T at(List<T> list, int index) {
        return index < list.size() ? list.get(index) : null;
    }

    /** A rule among the children by number, or null: levels without an operator have been taken out of the tree. */
    private static @Nullable ParserRuleContext part(ParserRuleContext context, int number) {
        int n = 0;
        for (ParseTree child : TreeReader.children(context)) {
            if (child instanceof ParserRuleContext rule && n++ == number) {
                return rule;
            }
        }
        return null;
    }

    /** One level of left-associative operators: operands and operators alternate among the children. */
    private Expr chain(@Nullable ParserRuleContext context, Span within) {
        if (context == null) {
            return new Expr.Missing(tree.span(null, within));
        }
        Expr left = null;
        Token operator = null;
        int operands = 0;
        for (ParseTree child : TreeReader.children(context)) {
            if (child instanceof TerminalNode node) {
                operator = node.getSymbol();
            } else if (child instanceof ParserRuleContext part) {
                if (left == null) {
                    left = operand(part, tree.span(context));
                } else if (operator != null && operands++ < TreeReader.MAX_DEPTH) {
                    left = binary(left, operator, operand(part, tree.span(context)));
                    operator = null;
                }
            }
        }
        if (operands > TreeReader.MAX_DEPTH) {
            tree.tooDeep(tree.span(context));
        }
        Expr result = left == null ? new Expr.Missing(tree.span(context)) : left;
        return operator == null ? result : binary(result, operator, new Expr.Missing(tree.span(null, tree.span(context))));
    }

    private Expr operand(ParserRuleContext context, Span within) {
        return switch (context) {
            case OrExprContext c -> chain(c, within);
            case AndExprContext c -> chain(c, within);
            case NotExprContext c -> not(c, within);
            case ComparisonContext c -> comparison(c, within);
            case RangeExprContext c -> range(c);
            case BitOrContext c -> chain(c, within);
            case BitXorContext c -> chain(c, within);
            case BitAndContext c -> chain(c, within);
            case ShiftContext c -> chain(c, within);
            case SumContext c -> chain(c, within);
            case ProductContext c -> chain(c, within);
            case UnaryContext c -> unary(c, within);
            case PowerContext c -> power(c);
            case PostfixContext c -> postfix(c, within);
            default -> new Expr.Missing(tree.span(context));
        };
    }

    private Expr optionalOperand(@Nullable ParserRuleContext context, Span within) {
        return context == null ? new Expr.Missing(tree.span(null, within)) : operand(context, within);
    }

    private Expr binary(Expr left, Token operator, Expr right) {
        return new Expr.Binary(left.span().to(right.span()), Operators.binary(operator.getType()), tree.span(operator), left, right);
    }

    private Expr not(NotExprContext context, Span within) {
        return TreeReader.has(context, PelParser.NOT)
                ? prefixed(context, Expr.UnaryOp.NOT, part(context, 0))
                : optionalOperand(part(context, 0), within);
    }

    private Expr unary(UnaryContext context, Span within) {
        Token operator = TreeReader.token(context, PelParser.MINUS, PelParser.TILDE);
        if (operator == null) {
            return optionalOperand(part(context, 0), within);
        }
        boolean minus = operator.getType() == PelParser.MINUS;
        Expr literal = minus ? primaries.smallestInt(context) : null;
        return literal != null
                ? literal
                : prefixed(context, minus ? Expr.UnaryOp.NEGATE : Expr.UnaryOp.BIT_NOT, part(context, 0));
    }

    private Expr prefixed(ParserRuleContext context, Expr.UnaryOp op, @Nullable ParserRuleContext operand) {
        Span span = tree.span(context);
        try {
            return tree.enter(span) ? new Expr.Unary(span, op, optionalOperand(operand, span)) : new Expr.Missing(span);
        } finally {
            tree.leave();
        }
    }

    private Expr power(PowerContext context) {
        Span span = tree.span(context);
        Token operator = TreeReader.token(context, PelParser.POW);
        if (operator == null) {
            return postfix(context.postfix(), span);
        }
        try {
            return tree.enter(span)
                    ? binary(postfix(context.postfix(), span), operator, optionalOperand(part(context, 1), span))
                    : new Expr.Missing(span);
        } finally {
            tree.leave();
        }
    }

    /** {@code a < b < c} is refused: it is read as {@code a < b and b < c} and goes on so. */
    private Expr comparison(ComparisonContext context, Span within) {
        if (part(context, 2) == null) {
            return chain(context, within);
        }
        List<Expr> operands = new ArrayList<>();
        List<Token> operators = new ArrayList<>();
        for (ParseTree child : TreeReader.children(context)) {
            if (child instanceof TerminalNode node) {
                operators.add(node.getSymbol());
            } else if (child instanceof ParserRuleContext part && operands.size() <= TreeReader.MAX_DEPTH) {
                operands.add(operand(part, within));
            }
        }
        Expr result = null;
        StringBuilder fixed = new StringBuilder();
        for (int i = 0; i + 1 < operands.size() && i < operators.size(); i++) {
            Expr pair = binary(operands.get(i), operators.get(i), operands.get(i + 1));
            result = result == null
                    ? pair
                    : new Expr.Binary(result.span().to(pair.span()), BinaryOp.AND, tree.span(operators.get(i)), result, pair);
            fixed.append(i == 0 ? "" : " and ").append(operands.get(i).span().text()).append(' ')
                    .append(operators.get(i).getText()).append(' ').append(operands.get(i + 1).span().text());
        }
        Span span = tree.span(context);
        Span second = tree.span(operators.get(Math.min(1, operators.size() - 1)));
        tree.report(Diagnostic.error("PEL0006", second, "comparisons cannot be chained")
                .under("second comparison of the same expression")
                .note("write both comparisons and join them with `and`")
                .fix("join with `and`", span, fixed.toString()));
        return result == null ? new Expr.Missing(span) : result;
    }

    private Expr range(RangeExprContext context) {
        Span span = tree.span(context);
        Token dots = TreeReader.token(context, PelParser.RANGE, PelParser.RANGE_OPEN);
        boolean by = TreeReader.has(context, PelParser.BY);
        Expr low = optionalOperand(part(context, 0), span);
        if (dots == null && !by) {
            return low;
        }
        Expr high = dots == null ? null : optionalOperand(part(context, 1), span);
        Expr step = by ? optionalOperand(part(context, dots == null ? 1 : 2), span) : null;
        return new Expr.Range(span, low, high, dots != null && dots.getType() == PelParser.RANGE_OPEN, step);
    }

    /** {@code a[i].f(x)}. */
    Expr postfix(@Nullable PostfixContext context, Span within) {
        if (context == null) {
            return new Expr.Missing(tree.span(null, within));
        }
        return suffixes(primaries.primary(context.primary(), tree.span(context)), context.suffix());
    }

    /** What stands left of an assignment, or a call. */
    Expr place(@Nullable PlaceContext context, Span within) {
        if (context == null) {
            return new Expr.Missing(tree.span(null, within));
        }
        Expr.Ident name = tree.ident(context.id(), tree.span(context));
        return suffixes(PrimaryBuilder.name(name), context.suffix());
    }

    private Expr suffixes(Expr start, List<SuffixContext> suffixes) {
        Expr result = start;
        int count = 0;
        for (SuffixContext suffix : suffixes) {
            if (count++ == TreeReader.MAX_DEPTH) {
                tree.tooDeep(tree.span(suffix));
                return result;
            }
            result = suffix(result, suffix);
        }
        return result;
    }

    private Expr suffix(Expr before, SuffixContext context) {
        Span own = tree.span(context);
        Span span = before.span().to(own);
        return switch (context) {
            case MemberContext c -> {
                Token domain = TreeReader.token(c, PelParser.DOMAIN);
                Expr.Ident name =
                        domain == null ? tree.ident(c.id(), own) : new Expr.Ident(tree.span(domain), domain.getText());
                yield name.name().isEmpty()
                        ? new Expr.Missing(span)
                        : new Expr.Member(span, before, name.name(), name.span());
            }
            case SubscriptContext c -> new Expr.Subscript(span, before, TreeReader.map(c.sub(), this::sub));
            case CallContext c -> new Expr.Call(span, before, primaries.arguments(c.args()));
            case AtRankContext c -> new Expr.AtRank(span, before, rank(c, own));
            default -> new Expr.Missing(span);
        };
    }

    private Expr.Sub sub(SubContext context) {
        Span span = tree.span(context);
        boolean all = context.expr() == null && TreeReader.has(context, PelParser.RANGE);
        return new Expr.Sub(span, all ? null : expr(context.expr(), span));
    }

    private Expr rank(AtRankContext context, Span within) {
        Token number = TreeReader.token(context, PelParser.INT);
        if (number != null) {
            return primaries.intLiteral(number);
        }
        return context.id() == null
                ? expr(context.expr(), within)
                : PrimaryBuilder.name(tree.ident(context.id(), within));
    }
}
