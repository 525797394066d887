package org.pellang.compiler.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/**
 * Blocks as Python writes them: a head that ends its line with {@code :}, and lines that are indented further. They are read as if they had braces, so that what
 * stands in them is checked; the first one is reported, with a fix for all.
 */
final class ColonBlocks {
    private static final Set<Integer> HEADS = Set.of(
            PelParser.IF, PelParser.ELSE, PelParser.WHILE, PelParser.FOR, PelParser.FORALL, PelParser.WAVEFRONT, PelParser.FN);

    private final SourceFile file;
    private final SyntaxReport report;
    private final List<CommonToken> result = new ArrayList<>();
    private final List<Diagnostic.Edit> edits = new ArrayList<>();
    private final Deque<Integer> columns = new ArrayDeque<>();
    private @Nullable CommonToken last;

    ColonBlocks(SourceFile file, SyntaxReport report) {
        this.file = file;
        this.report = report;
    }

    List<CommonToken> repaired(List<CommonToken> tokens) {
        int depth = 0;
        int head = -1;
        Span first = null;
        for (int i = 0; i < tokens.size(); i++) {
            CommonToken token = tokens.get(i);
            if (token.getChannel() != Token.DEFAULT_CHANNEL) {
                result.add(token);
                continue;
            }
            boolean end = token.getType() == Token.EOF;
            boolean fresh = last == null || end || token.getLine() > last.getLine();
            if (fresh && depth == 0) {
                head = HEADS.contains(token.getType()) ? token.getCharPositionInLine() : -1;
                close(end ? 0 : token.getCharPositionInLine(), end);
            }
            depth = Math.max(0, depth + step(token.getType()));
            if (head >= 0 && depth == 0 && token.getType() == PelParser.COLON && endsLine(tokens, i) && last != null && last.getLine() == token.getLine()) {
                Span colon = new Span(file, token.getStartIndex(), token.getStopIndex() + 1);
                first = first == null ? colon : first;
                edits.add(new Diagnostic.Edit(colon, " {"));
                result.add(TokenRepair.as(PelParser.LBRACE, token));
                columns.push(head);
            } else {
                result.add(token);
            }
            last = token;
        }
        if (first == null) {
            return tokens;
        }
        report.add(Diagnostic.error("PEL0009", first, "a block stands in braces, without `:`")
                .note("write `{` here and `}` behind the last statement of the block")
                .fix(new Diagnostic.Fix("write braces", List.copyOf(edits))));
        return result;
    }

    /** Ends the blocks whose heads do not stand further left than {@code column}. */
    private void close(int column, boolean all) {
        StringBuilder braces = new StringBuilder();
        while (!columns.isEmpty() && last != null && (all || columns.element() >= column)) {
            braces.append('\n').append(" ".repeat(columns.pop())).append('}');
            result.add(TokenRepair.behind(PelParser.RBRACE, last));
        }
        if (!braces.isEmpty() && last != null) {
            edits.add(new Diagnostic.Edit(new Span(file, last.getStopIndex() + 1, last.getStopIndex() + 1), braces.toString()));
        }
    }

    private static boolean endsLine(List<CommonToken> tokens, int i) {
        int next = i + 1;
        while (tokens.get(next).getChannel() != Token.DEFAULT_CHANNEL) {
            next++;
        }
        return tokens.get(next).getType() == Token.EOF || tokens.get(next).getLine() > tokens.get(i).getLine();
    }

    private static int step(int type) {
        return switch (type) {
            case PelParser.LPAREN, PelParser.LBRACK, PelParser.STR_OPEN, PelParser.INTERP_OPEN -> 1;
            case PelParser.RPAREN, PelParser.RBRACK, PelParser.STR_CLOSE, PelParser.INTERP_CLOSE -> -1;
            default -> 0;
        };
    }
}
