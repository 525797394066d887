package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.pellang.compiler.source.SourceFile;
import org.pellang.grammar.PelLexer;

/**
 * Reads a file's tokens and mends what is wrong at their level, so that the grammar sees characters, strings, keywords and brackets
 * as they were meant and one slip does not bury the rest: a list of passes, each reports what it mends.
 */
final class TokenRepair {
    private TokenRepair() {}

    /** All tokens, comments included; the last is EOF. */
    static List<CommonToken> tokens(SourceFile file) {
        PelLexer lexer = new PelLexer(new Utf16Stream(file));
        lexer.removeErrorListeners();
        List<CommonToken> tokens = new ArrayList<>();
        for (Token token = lexer.nextToken(); ; token = lexer.nextToken()) {
            tokens.add((CommonToken) token);
            if (token.getType() == Token.EOF) {
                return tokens;
            }
        }
    }

    /** The tokens mended, each with its index. */
    static List<CommonToken> repaired(List<CommonToken> written, SourceFile file, SyntaxReport report) {
        HabitRepair habits = new HabitRepair(file, report);
        List<CommonToken> tokens = new CharacterRepair(file, report).repaired(habits.comments(written));
        tokens = new OperandRepair(file, report).repaired(tokens);
        tokens = habits.words(new KeywordRepair(file, report).repaired(tokens));
        tokens = new ColonBlocks(file, report).repaired(tokens);
        tokens = BracketRepair.repaired(tokens, file, report);
        for (int i = 0; i < tokens.size(); i++) {
            tokens.get(i).setTokenIndex(i);
        }
        return tokens;
    }

    /** A token that nobody wrote, in front of another one. */
    static CommonToken inserted(int type, CommonToken before) {
        return inserted(type, before, before.getStartIndex(), before.getLine());
    }

    /** A token that nobody wrote, behind another one. */
    static CommonToken behind(int type, CommonToken token) {
        return inserted(type, token, token.getStopIndex() + 1, token.getLine());
    }

    private static CommonToken inserted(int type, CommonToken model, int at, int line) {
        CommonToken token = new CommonToken(model);
        token.setType(type);
        token.setChannel(Token.DEFAULT_CHANNEL);
        token.setStartIndex(at);
        token.setStopIndex(at - 1);
        token.setLine(line);
        String literal = Words.literal(type);
        token.setText(literal == null ? "" : literal);
        return token;
    }

    /** The same text read as another token. */
    static CommonToken as(int type, CommonToken token) {
        CommonToken other = new CommonToken(token);
        other.setType(type);
        return other;
    }
}
