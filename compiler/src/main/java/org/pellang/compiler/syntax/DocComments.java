package org.pellang.compiler.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pellang.grammar.PelParser;

/**
 * Finds the {@code ##} text of a declaration: the lines directly above it, or else the comment at the end of its first line. The
 * lines at the head of the file belong to the file if no declaration follows them directly.
 */
final class DocComments {
    private final List<? extends Token> tokens;
    /** A comment ends its line, so there is at most one in each. */
    private final Map<Integer, Token> byLine = new HashMap<>();

    /** {@code tokens}: all of them, comments included, each at its own index. */
    DocComments(List<? extends Token> tokens) {
        this.tokens = tokens;
        for (Token token : tokens) {
            if (token.getType() == PelParser.DOC) {
                byLine.put(token.getLine(), token);
            }
        }
    }

    @Nullable String of(ParserRuleContext declaration) {
        Token first = declaration.getStart();
        String above = above(first);
        return above != null ? above : behind(first);
    }

    private @Nullable String above(Token first) {
        Deque<String> lines = new ArrayDeque<>();
        int line = first.getLine();
        for (int i = first.getTokenIndex() - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            boolean alone = i == 0 || tokens.get(i - 1).getLine() < token.getLine();
            if (token.getType() != PelParser.DOC || token.getLine() != line - 1 || !alone) {
                break;
            }
            lines.addFirst(text(token));
            line--;
        }
        return lines.isEmpty() ? null : String.join("\n", lines);
    }

    private @Nullable String behind(Token first) {
        Token comment = byLine.get(first.getLine());
        return comment != null && comment.getTokenIndex() > first.getTokenIndex() ? text(comment) : null;
    }

    /** The text at the head of the file, or null. */
    @Nullable String head() {
        StringBuilder text = new StringBuilder();
        int count = 0;
        while (count < tokens.size()
                && tokens.get(count).getType() == PelParser.DOC
                && (count == 0 || tokens.get(count).getLine() == tokens.get(count - 1).getLine() + 1)) {
            text.append(count == 0 ? "" : "\n").append(text(tokens.get(count)));
            count++;
        }
        if (count == 0) {
            return null;
        }
        Token next = count < tokens.size() ? tokens.get(count) : null;
        boolean directly = next != null && next.getLine() == tokens.get(count - 1).getLine() + 1;
        return next != null && directly && Words.documented(next.getType()) ? null : text.toString();
    }

    private static String text(Token token) {
        return token.getText().substring(2).strip();
    }
}
