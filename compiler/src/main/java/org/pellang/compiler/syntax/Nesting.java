package org.pellang.compiler.syntax;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/** Measures how deeply brackets and prefix operators nest, before anything recurses over them. */
final class Nesting {
    private Nesting() {}

    /** The first token that is nested too deeply, or null. */
    static @Nullable Span tooDeep(List<? extends Token> tokens, SourceFile file) {
        int depth = 0;
        int prefixes = 0;
        for (Token token : tokens) {
            switch (token.getType()) {
                case PelParser.LPAREN, PelParser.LBRACK, PelParser.LBRACE, PelParser.INTERP_OPEN -> depth++;
                case PelParser.RPAREN, PelParser.RBRACK, PelParser.RBRACE, PelParser.INTERP_CLOSE -> depth--;
                default -> {
                    // no bracket
                }
            }
            boolean prefix = token.getType() == PelParser.MINUS || token.getType() == PelParser.TILDE || token.getType() == PelParser.NOT;
            prefixes = prefix ? prefixes + 1 : 0;
            if (depth > TooDeep.MAX_BRACKETS || prefixes > TooDeep.MAX_BRACKETS) {
                return new Span(file, token.getStartIndex(), token.getStopIndex() + 1);
            }
        }
        return null;
    }
}
