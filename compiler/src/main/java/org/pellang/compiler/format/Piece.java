package org.pellang.compiler.format;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.TokenReader;
import org.pellang.grammar.PelLexer;

/**
 * What the formatter moves: a token, a comment, or a whole string literal with everything inside it.
 *
 * @param type the token's type; {@code STR_OPEN} for a string
 * @param text as it is printed
 * @param start offset in the file
 * @param line one-based line in the file
 */
record Piece(int type, String text, int start, int line) {

    /** All pieces of a file that has no syntax errors. */
    static List<Piece> of(SourceFile file) {
        List<Piece> pieces = new ArrayList<>();
        int depth = 0;
        Token open = null;
        for (CommonToken token : TokenReader.tokens(file)) {
            int type = token.getType();
            if (type == Token.EOF) {
                break;
            }
            if (type == PelLexer.STR_OPEN && depth++ == 0) {
                open = token;
            }
            if (depth == 0) {
                String text = token.getText();
                pieces.add(new Piece(type, isComment(type) ? text.stripTrailing() : text, token.getStartIndex(), token.getLine()));
            }
            if (type == PelLexer.STR_CLOSE && --depth == 0 && open != null) {
                String text = file.text().substring(open.getStartIndex(), token.getStopIndex() + 1);
                pieces.add(new Piece(PelLexer.STR_OPEN, text, open.getStartIndex(), open.getLine()));
            }
        }
        return pieces;
    }

    private static boolean isComment(int type) {
        return type == PelLexer.COMMENT || type == PelLexer.DOC;
    }

    boolean comment() {
        return isComment(type);
    }

    boolean is(int wanted) {
        return type == wanted;
    }

    boolean opens() {
        return type == PelLexer.LPAREN || type == PelLexer.LBRACK || type == PelLexer.LBRACE;
    }

    boolean closes() {
        return type == PelLexer.RPAREN || type == PelLexer.RBRACK || type == PelLexer.RBRACE;
    }

    /** Columns that it takes. */
    int width() {
        return text.codePointCount(0, text.length());
    }
}
