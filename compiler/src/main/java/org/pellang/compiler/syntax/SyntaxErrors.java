package org.pellang.compiler.syntax;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.FailedPredicateException;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Spelling;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/** Messages of the grammar in the user's words, and recovery that goes on at the next statement rather than the next name. */
final class SyntaxErrors extends DefaultErrorStrategy {
    private final SourceFile file;
    private final SyntaxReport report;

    SyntaxErrors(SourceFile file, SyntaxReport report) {
        this.file = file;
        this.report = report;
    }

    @Override
    protected void reportNoViableAlternative(Parser parser, NoViableAltException e) {
        unexpected(parser, e.getOffendingToken(), expected(parser, e));
    }

    @Override
    protected void reportInputMismatch(Parser parser, InputMismatchException e) {
        unexpected(parser, e.getOffendingToken(), expected(parser, e));
    }

    @Override
    protected void reportFailedPredicate(Parser parser, FailedPredicateException e) {
        unexpected(parser, e.getOffendingToken(), expected(parser, e));
    }

    private static IntervalSet expected(Parser parser, RecognitionException e) {
        IntervalSet set = e.getExpectedTokens();
        return set == null ? parser.getExpectedTokens() : set;
    }

    @Override
    protected void reportUnwantedToken(Parser parser) {
        if (!inErrorRecoveryMode(parser)) {
            beginErrorCondition(parser);
            unexpected(parser, parser.getCurrentToken(), getExpectedTokens(parser));
        }
    }

    @Override
    protected void reportMissingToken(Parser parser) {
        if (!inErrorRecoveryMode(parser)) {
            beginErrorCondition(parser);
            missing(parser, getExpectedTokens(parser));
        }
    }

    /** In a list of statements or fields a slip costs the line, not the rest of the block. */
    @Override
    public void sync(Parser parser) {
        ParserRuleContext context = parser.getContext();
        boolean list = context instanceof PelParser.BlockContext
                || context instanceof PelParser.RecordDeclContext
                || context instanceof PelParser.ExternDeclContext;
        if (list && TreeReader.has(context, PelParser.LBRACE) && !inErrorRecoveryMode(parser)) {
            IntervalSet possible = parser.getATN().nextTokens(parser.getInterpreter().atn.states.get(parser.getState()));
            if (!possible.contains(parser.getInputStream().LA(1)) && !possible.contains(Token.EPSILON)) {
                reportUnwantedToken(parser);
                consumeUntil(parser, possible.or(getErrorRecoverySet(parser)));
                return;
            }
        }
        super.sync(parser);
    }

    @Override
    public Token recoverInline(Parser parser) {
        Token current = parser.getCurrentToken();
        String keyword = misspelt(current, getExpectedTokens(parser));
        if (keyword == null) {
            return super.recoverInline(parser);
        }
        spelling(current, keyword);
        parser.consume();
        return current;
    }

    /** A keyword that may stand here and that the name resembles, or null. */
    private static @Nullable String misspelt(Token token, IntervalSet expected) {
        if (token.getType() != PelParser.ID) {
            return null;
        }
        return Spelling.nearest(
                token.getText(),
                Words.INNER_KEYWORDS.stream().filter(k -> expected.contains(Words.type(k))).toList());
    }

    private void spelling(Token token, String keyword) {
        add(Diagnostic.error("PEL0003", span(token), "`" + token.getText() + "` is no keyword; did you mean `" + keyword + "`?")
                .fix("write `" + keyword + "`", span(token), keyword));
    }

    private void missing(Parser parser, IntervalSet expected) {
        Token before = before(parser);
        Span at = new Span(file, span(before).end(), span(before).end());
        String what = Words.expected(expected);
        Diagnostic error = Diagnostic.error("PEL0002", at, (what == null ? "something" : what) + " is missing")
                .under("expected here, before " + Words.found(parser.getCurrentToken()));
        String literal = expected.size() == 1 ? Words.literal(expected.getMinElement()) : null;
        add(literal == null ? error : error.fix("insert `" + literal + "`", at, Words.keyword(expected.getMinElement()) == null ? literal : " " + literal));
    }

    private static Token before(Parser parser) {
        Token before = parser.getInputStream().LT(-1);
        return before == null ? parser.getCurrentToken() : before;
    }

    private void unexpected(Parser parser, Token token, IntervalSet expected) {
        String keyword = misspelt(token, expected);
        boolean alone = keyword == null && standsAlone(parser, token);
        Diagnostic hint = keyword == null && !alone ? Habits.hint(file, parser, token, span(token)) : null;
        if (keyword != null) {
            spelling(token, keyword);
        } else if (hint != null) {
            add(hint);
        } else if (alone) {
            Token start = statementStart(parser, token);
            add(ValueStatement.diagnostic(ValueStatement.restOfLine(file, span(start).to(span(token))), token.getType() == PelParser.EQ));
        } else {
            String what = Words.expected(expected);
            Diagnostic error = Diagnostic.error("PEL0001", span(token), "unexpected " + Words.found(token));
            error = what == null ? error : error.under("expected " + what);
            boolean keywordAsName = expected.contains(PelParser.ID) && Words.keyword(token.getType()) != null && !expected.contains(PelParser.FLOAT);
            add(keywordAsName ? error.note("`" + token.getText() + "` is a keyword and cannot be a name") : error);
        }
    }

    /** Whether an operator or an operand follows a complete statement: the statement is a value without effect. */
    private static boolean standsAlone(Parser parser, Token token) {
        ParserRuleContext context = parser.getContext();
        boolean between = context instanceof PelParser.BlockContext
                || context instanceof PelParser.ItemContext
                || context instanceof PelParser.StmtContext;
        return between && (Operators.isBinary(token.getType()) || Words.OPERANDS.contains(token.getType()));
    }

    private static Token statementStart(Parser parser, Token token) {
        ParserRuleContext context = parser.getContext();
        boolean operator = Operators.isBinary(token.getType());
        if (operator && context.getChildCount() > 0 && context.getChild(context.getChildCount() - 1) instanceof ParserRuleContext last
                && last.getStart() != null && last.getStart().getLine() == token.getLine()) {
            return last.getStart();
        }
        return token;
    }

    private void add(Diagnostic diagnostic) {
        if (!report.hasLine(diagnostic.primary().line())) {
            report.add(diagnostic);
        }
    }

    private Span span(Token token) {
        int length = file.text().length();
        int start = Math.clamp(token.getStartIndex(), 0, length);
        return new Span(file, start, Math.clamp(token.getStopIndex() + 1L, start, length));
    }

    @Override
    protected Token getMissingSymbol(Parser parser) {
        org.antlr.v4.runtime.CommonToken model = (org.antlr.v4.runtime.CommonToken) before(parser);
        int type = getExpectedTokens(parser).getMinElement();
        return TokenRepair.behind(Math.max(type, 1), model);
    }

    /**
     * Skips to a token of the set at which a statement or the rest of a bracket can plausibly go on, or to whatever starts a
     * statement on a line of its own; brackets on the way are skipped as a whole.
     */
    @Override
    protected void consumeUntil(Parser parser, IntervalSet set) {
        int line = before(parser).getLine();
        int depth = 0;
        while (parser.getInputStream().LA(1) != Token.EOF) {
            Token token = parser.getCurrentToken();
            int type = token.getType();
            if (depth == 0 && (type == PelParser.RBRACE || goesOn(type, token.getLine() > line, set))) {
                return;
            }
            depth = Math.max(0, depth + step(type));
            line = token.getLine();
            parser.consume();
        }
    }

    private static boolean goesOn(int type, boolean freshLine, IntervalSet set) {
        if (freshLine && (type == PelParser.ID || Words.STARTERS.contains(type))) {
            return true;
        }
        return set.contains(type) && type != PelParser.ID && !Words.OPERANDS.contains(type);
    }

    private static int step(int type) {
        return switch (type) {
            case PelParser.LBRACE, PelParser.LPAREN, PelParser.LBRACK, PelParser.STR_OPEN, PelParser.INTERP_OPEN -> 1;
            case PelParser.RBRACE, PelParser.RPAREN, PelParser.RBRACK, PelParser.STR_CLOSE, PelParser.INTERP_CLOSE -> -1;
            default -> 0;
        };
    }
}
