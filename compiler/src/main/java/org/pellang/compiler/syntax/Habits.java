package org.pellang.compiler.syntax;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/** Pointed answers to what people write who come from C, Python or Fortran. */
final class Habits {
    private Habits() {}

    /** The answer, or null if the unexpected token is nobody's habit. */
    static @Nullable Diagnostic hint(SourceFile file, Parser parser, Token token, Span span) {
        ParserRuleContext context = parser.getContext();
        Token before = parser.getInputStream().LT(-1);
        return switch (token.getType()) {
            case PelParser.COLON -> colon(parser, context, span);
            case PelParser.ASSIGN -> inCondition(context)
                    ? Diagnostic.error("PEL0009", span, "`=` assigns; a comparison is written `==`").fix("compare", span, "==")
                    : null;
            case PelParser.MINUS -> before != null && before.getType() == PelParser.MINUS && span.start() == before.getStopIndex() + 1
                    ? Diagnostic.error("PEL0009", span, "PEL has no `--`").note("write `x -= 1`")
                    : null;
            case PelParser.ELSE -> Diagnostic.error("PEL0001", span, "this `else` belongs to no `if`")
                    .note("an `if` that gives a value is written `if c then a else b`; otherwise `else` follows the `}` of its `if`");
            case PelParser.ARROW -> Diagnostic.error("PEL0009", span, "unexpected `->`")
                    .note("`->` stands before the result type of a function; a function value is written `fn(x) = x + 1`");
            case PelParser.LBRACK -> before != null && before.getLine() < token.getLine()
                    ? Diagnostic.error("PEL0004", span, "no statement starts with `[`")
                    : null;
            case PelParser.PLUS -> Diagnostic.error("PEL0009", span, "unexpected `+`").note("PEL has no sign `+`: leave it out");
            case PelParser.THEN -> Diagnostic.error("PEL0001", span, "unexpected `then`")
                    .note("a statement's branches stand in braces: `if c { ... } else { ... }`; `then` belongs to `if c then a else b`, a value");
            default -> range(token, span);
        };
    }

    private static boolean inCondition(ParserRuleContext context) {
        for (ParserRuleContext c = context; c != null; c = c.getParent()) {
            if (c instanceof PelParser.IfStmtContext || c instanceof PelParser.WhileStmtContext || c instanceof PelParser.AssertStmtContext
                    || c instanceof PelParser.ConditionalContext) {
                return true;
            }
            if (begun(c)) {
                return false;
            }
        }
        return false;
    }

    /** A block whose brace was read: what surrounds it has nothing to do with the token. */
    private static boolean begun(ParserRuleContext context) {
        return context instanceof PelParser.BlockContext && context.getChildCount() > 0;
    }

    private static @Nullable Diagnostic colon(Parser parser, ParserRuleContext context, Span span) {
        for (ParserRuleContext c = context; c != null; c = c.getParent()) {
            if (c instanceof PelParser.IfStmtContext || c instanceof PelParser.WhileStmtContext || c instanceof PelParser.ForStmtContext
                    || c instanceof PelParser.ForallStmtContext || c instanceof PelParser.FnDeclContext) {
                return Diagnostic.error("PEL0009", span, "a block stands in braces, without `:`")
                        .note("write `{` here and `}` behind the last statement of the block")
                        .fix("open the block", span, " {");
            }
            if (begun(c) || c instanceof PelParser.ItemContext) {
                break;
            }
        }
        Token name = parser.getInputStream().LT(-1);
        boolean declares = name != null && name.getType() == PelParser.ID;
        return declares
                ? Diagnostic.error("PEL0001", span, "unexpected `:`").note("a variable is declared with `var " + name.getText() + ": type = value`")
                : null;
    }

    private static @Nullable Diagnostic range(Token token, Span span) {
        return token.getType() == PelParser.DOT
                ? Diagnostic.error("PEL0001", span, "unexpected `.`").note("ranges are written `a..b` (with b) or `a..<b` (without)")
                : null;
    }
}
