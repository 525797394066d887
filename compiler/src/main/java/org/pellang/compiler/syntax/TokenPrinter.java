package org.pellang.compiler.syntax;

import org.antlr.v4.runtime.Token;
import org.pellang.compiler.source.SourceFile;
import org.pellang.grammar.PelLexer;

/** Prints the tokens of a file for {@code --emit=tokens}: place, name and text, as the lexer finds them. */
public final class TokenPrinter {
    private TokenPrinter() {}

    /** One token per line, comments included. */
    public static String print(SourceFile file) {
        PelLexer lexer = new PelLexer(new Utf16Stream(file));
        lexer.removeErrorListeners();
        StringBuilder out = new StringBuilder();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            String text = token.getText().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
            out.append("%4d:%-4d %-14s %s\n"
                    .formatted(
                            file.line(token.getStartIndex()),
                            file.column(token.getStartIndex()),
                            PelLexer.VOCABULARY.getSymbolicName(token.getType()),
                            text));
        }
        return out.toString();
    }
}
