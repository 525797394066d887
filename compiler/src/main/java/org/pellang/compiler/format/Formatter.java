package org.pellang.compiler.format;

import java.util.List;
import java.util.Optional;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Parser;

/**
 * Writes a program in the one style: two columns of indentation per block, one statement or a few that belong together per line as the author
 * had them, at most one blank line, at most {@value Layout#WIDTH} columns where that is possible, comments behind consecutive lines in one column.
 */
public final class Formatter {
    private Formatter() {}

    /**
     * The program in the one style, ending with one line end; empty, with messages, if it has syntax errors. Formatting twice gives the same
     * as once, and the result has the same tree and the same comments.
     *
     * @throws CompilerBug if that were not so: no text is better than a changed one
     */
    public static Optional<String> format(SourceFile file, Diagnostics diagnostics) {
        Diagnostics found = new Diagnostics();
        Tree tree = new Tree(Parser.parse(file, found));
        found.sorted().forEach(diagnostics::add);
        if (found.hasErrors()) {
            return Optional.empty();
        }
        List<Piece> pieces = Piece.of(file);
        String text = new Layout(pieces, new Spacing(pieces, tree)).text();
        verify(file, tree, pieces, text);
        return Optional.of(text);
    }

    private static void verify(SourceFile before, Tree tree, List<Piece> pieces, String text) {
        SourceFile after = SourceFile.of(before.name(), text);
        Diagnostics diagnostics = new Diagnostics();
        Tree other = new Tree(Parser.parse(after, diagnostics));
        if (diagnostics.hasErrors() || !other.shape().equals(tree.shape())) {
            throw new CompilerBug("formatting " + before.name() + " would change the program");
        }
        if (!comments(pieces).equals(comments(Piece.of(after)))) {
            throw new CompilerBug("formatting " + before.name() + " would change a comment");
        }
    }

    private static List<String> comments(List<Piece> pieces) {
        return pieces.stream().filter(Piece::comment).map(Piece::text).toList();
    }
}
