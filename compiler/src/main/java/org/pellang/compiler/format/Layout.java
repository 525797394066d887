package org.pellang.compiler.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pellang.grammar.PelLexer;

/**
 * Where lines begin and how far they are indented. The author's line breaks stay, but for these: a block on several lines begins behind its
 * brace and ends before the other, an opening brace and an {@code else} stand on the line of what they belong to, and what is too long is broken.
 */
final class Layout {
    /** Columns of a line. */
    static final int WIDTH = 100;

    private static final int STEP = 2;
    private static final int CONTINUED = 4;

    /** More pieces than a line of this width can have. */
    private static final int MANY = 400;

    private record Open(boolean brace, int base, boolean last) {}

    private final List<Piece> pieces;
    private final Spacing spacing;
    private final boolean[] breaks;
    private final boolean[] blank;
    /** Lines that end with a doc comment: it belongs to what begins on its line, so that these are not broken. */
    private final Set<Integer> documented = new HashSet<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final TextLines lines = new TextLines();
    private int statementIndent;
    private int oneStatementUntil;

    Layout(List<Piece> pieces, Spacing spacing) {
        this.pieces = pieces;
        this.spacing = spacing;
        this.breaks = new boolean[pieces.size() + 1];
        this.blank = new boolean[pieces.size() + 1];
        for (int i = 0; i < pieces.size(); i++) {
            int gap = i == 0 ? 1 : pieces.get(i).line() - pieces.get(i - 1).line();
            breaks[i] = gap > 0;
            blank[i] = gap > 1;
            if (gap == 0 && pieces.get(i).is(PelLexer.DOC)) {
                documented.add(pieces.get(i).line());
            }
        }
        breaks[pieces.size()] = true;
    }

    /** The program's text. */
    String text() {
        join();
        blocks();
        LineBreaker breaker = new LineBreaker(pieces, spacing, breaks);
        int start = 0;
        while (start < pieces.size()) {
            int end = end(start);
            int indent = indent(start);
            List<Integer> head = code(start, Math.min(end, start + MANY));
            if (!head.isEmpty() && indent + width(head) > WIDTH && !isDocumented(start, end) && isBroken(breaker, start, end, head, WIDTH - indent)) {
                continue;
            }
            emit(start, end, code(start, end), indent);
            start = end;
        }
        return lines.text();
    }

    /** Breaks a line that is too long, looking at its statements once and at its head only, so that also huge lines take linear time. */
    private boolean isBroken(LineBreaker breaker, int start, int end, List<Integer> head, int room) {
        if (end > oneStatementUntil) {
            if (breaker.statements(code(start, end))) {
                return true;
            }
            oneStatementUntil = end;
        }
        return breaker.fill(head, room);
    }

    private int end(int start) {
        int end = start + 1;
        while (!breaks[end]) {
            end++;
        }
        return end;
    }

    private boolean isDocumented(int start, int end) {
        boolean last = documented.contains(pieces.get(end - 1).line());
        return last || pieces.subList(start, Math.min(end, start + MANY)).stream().anyMatch(p -> documented.contains(p.line()));
    }

    // --- line breaks of blocks

    private void join() {
        for (int i = 1; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            Piece previous = pieces.get(i - 1);
            boolean joins = piece.is(PelLexer.LBRACE) || piece.is(PelLexer.ELSE) && previous.is(PelLexer.RBRACE);
            if (breaks[i] && joins && !previous.comment() && !documented.contains(piece.line())) {
                breaks[i] = false;
                blank[i] = false;
            }
        }
    }

    private void blocks() {
        Deque<Integer> braces = new ArrayDeque<>();
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).is(PelLexer.LBRACE)) {
                braces.push(i);
            } else if (pieces.get(i).is(PelLexer.RBRACE) && !braces.isEmpty()) {
                block(braces.pop(), i);
            }
        }
    }

    private void block(int first, int last) {
        boolean severalLines = false;
        for (int k = first + 1; k <= last; k++) {
            severalLines |= breaks[k];
        }
        if (!severalLines) {
            return;
        }
        int inner = pieces.get(first + 1).comment() && !breaks[first + 1] ? first + 2 : first + 1;
        addBreak(inner, pieces.get(first).line());
        addBreak(last, pieces.get(last).line());
        blank[inner] = false;
        blank[last] = false;
        int next = last + 1;
        if (next < pieces.size() && spacing.startsStatement(next, last)) {
            addBreak(next, pieces.get(last).line());
        }
    }

    private void addBreak(int at, int line) {
        breaks[at] |= !documented.contains(line);
    }

    // --- indentation

    private int indent(int start) {
        Piece first = pieces.get(start);
        Open inner = open.peek();
        if (first.closes() && inner != null) {
            return inner.base;
        }
        if (inner != null && !inner.brace) {
            return inner.base + (inner.last ? STEP : CONTINUED);
        }
        int level = inner == null ? 0 : inner.base + STEP;
        return isContinued(start) ? level + CONTINUED : level;
    }

    private boolean isContinued(int start) {
        int i = start;
        while (i < pieces.size() && (pieces.get(i).comment() || pieces.get(i).is(PelLexer.SEMI))) {
            i++;
        }
        int before = start - 1;
        while (before >= 0 && pieces.get(before).comment()) {
            before--;
        }
        if (i == pieces.size() || before < 0 || pieces.get(i).is(PelLexer.RBRACE)) {
            return false;
        }
        boolean otherwise = pieces.get(i).is(PelLexer.ELSE) && pieces.get(before).is(PelLexer.RBRACE);
        return !otherwise && !spacing.startsStatement(i, before);
    }

    // --- one line

    /** The pieces of code between these, without separators that a line end makes superfluous. */
    private List<Integer> code(int start, int end) {
        List<Integer> code = new ArrayList<>();
        for (int i = start; i < end; i++) {
            boolean closes = i + 1 < end && pieces.get(i + 1).is(PelLexer.RBRACE);
            boolean needed = !pieces.get(i).is(PelLexer.SEMI) || i > start && !closes || isNeeded(i);
            if (!pieces.get(i).comment() && needed) {
                code.add(i);
            }
        }
        while (!code.isEmpty() && pieces.get(code.getLast()).is(PelLexer.SEMI) && !isNeeded(code.getLast())) {
            code.removeLast();
        }
        return code;
    }

    // `return; x = 1` would else return x.
    private boolean isNeeded(int separator) {
        boolean last = separator + 1 == pieces.size() || pieces.get(separator + 1).is(PelLexer.RBRACE);
        return separator > 0 && pieces.get(separator - 1).is(PelLexer.RETURN) && !last;
    }

    private int width(List<Integer> code) {
        String text = text(code);
        return text.codePointCount(0, text.length());
    }

    private String text(List<Integer> code) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < code.size(); k++) {
            text.append(k == 0 ? "" : spacing.before(code.get(k))).append(pieces.get(code.get(k)).text());
        }
        return text.toString();
    }

    private void emit(int start, int end, List<Integer> code, int indent) {
        Piece last = pieces.get(end - 1);
        String comment = last.comment() ? last.text() : "";
        if (!code.isEmpty() || !comment.isEmpty()) {
            lines.add(indent, text(code), comment, blank[start]);
        }
        if (code.isEmpty()) {
            return;
        }
        if (pieces.get(code.getFirst()).closes() || !isContinued(start) && (open.isEmpty() || open.peek().brace)) {
            statementIndent = indent;
        }
        int braces = 0;
        for (int i : code) {
            Piece piece = pieces.get(i);
            if (piece.is(PelLexer.LBRACE)) {
                open.push(new Open(true, statementIndent + STEP * braces++, i == code.getLast()));
            } else if (piece.opens()) {
                open.push(new Open(false, indent, i == code.getLast()));
            } else if (piece.closes() && !open.isEmpty()) {
                braces -= open.pop().brace && braces > 0 ? 1 : 0;
            }
        }
    }
}
