package org.pellang.compiler.syntax;

import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.pellang.compiler.source.SourceFile;

/** The tokens of a file as written, for tools that need more than the tree. */
public final class TokenReader {
    private TokenReader() {}

    /** All tokens of {@link org.pellang.grammar.PelLexer}, comments included, with UTF-16 offsets; the last is EOF. Nothing is mended. */
    public static List<CommonToken> tokens(SourceFile file) {
        return List.copyOf(TokenRepair.tokens(file));
    }
}
