package org.pellang.compiler.format;

import java.util.ArrayList;
import java.util.List;
import org.pellang.grammar.PelLexer;

/**
 * Breaks a line that is too long: first a block in it goes on lines of its own and statements part; else the line ends at the last comma,
 * operator or clause that fits, as far outside of brackets as possible.
 */
final class LineBreaker {
    private final List<Piece> pieces;
    private final Spacing spacing;
    private final boolean[] breaks;

    LineBreaker(List<Piece> pieces, Spacing spacing, boolean[] breaks) {
        this.pieces = pieces;
        this.spacing = spacing;
        this.breaks = breaks;
    }

    /** Puts the blocks and statements of a line on lines of their own; false if there is only one. */
    boolean statements(List<Integer> code) {
        List<Integer> at = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        int asked = -1;
        boolean closes = false;
        for (int k = 1; k < code.size(); k++) {
            int i = code.get(k);
            Piece piece = pieces.get(i);
            int depth = open.size();
            if (piece.is(PelLexer.LBRACE)) {
                open.add(i);
            } else if (piece.is(PelLexer.RBRACE)) {
                if (!open.isEmpty() && open.removeLast() != i - 1 && open.isEmpty()) {
                    at.add(i);
                }
                continue;
            }
            boolean statement = depth <= 1 && (spacing.startsStatement(i, code.get(k - 1)) || pieces.get(code.get(k - 1)).is(PelLexer.LBRACE));
            if (statement && depth == 1 && open.getFirst() != asked) {
                asked = open.getFirst();
                closes = closesIn(code, asked);
            }
            if (statement && (depth == 0 || closes)) {
                at.add(i);
            }
        }
        at.forEach(i -> breaks[i] = true);
        return !at.isEmpty();
    }

    private boolean closesIn(List<Integer> code, int brace) {
        int depth = 0;
        for (int i : code) {
            if (i >= brace) {
                depth += pieces.get(i).is(PelLexer.LBRACE) ? 1 : pieces.get(i).is(PelLexer.RBRACE) ? -1 : 0;
                if (depth == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Ends a line at the best place before it is full; false if there is none. */
    boolean fill(List<Integer> code, int room) {
        int best = -1;
        int cost = Integer.MAX_VALUE;
        int depth = 0;
        int column = pieces.get(code.getFirst()).width();
        depth += pieces.get(code.getFirst()).opens() ? 1 : 0;
        for (int k = 1; k < code.size(); k++) {
            int i = code.get(k);
            Piece piece = pieces.get(i);
            // The line up to here, without the space that would follow.
            if (column <= room) {
                int price = price(code.get(k - 1), i);
                if (price >= 0 && 10 * depth + price <= cost) {
                    cost = 10 * depth + price;
                    best = i;
                }
            }
            column += spacing.before(i).length() + piece.width();
            depth += piece.opens() ? 1 : piece.closes() ? -1 : 0;
        }
        if (best < 0) {
            return false;
        }
        breaks[best] = true;
        return true;
    }

    /** How little one likes a break in front of piece {@code i}; below zero: none there. */
    private int price(int previous, int i) {
        if (pieces.get(previous).is(PelLexer.COMMA)) {
            return 0;
        }
        return switch (pieces.get(i).type()) {
            case PelLexer.FOR, PelLexer.FORALL, PelLexer.REDUCE, PelLexer.IF, PelLexer.LET, PelLexer.AND, PelLexer.OR ->
                pieces.get(previous).opens() || pieces.get(previous).is(PelLexer.ELSE) || pieces.get(previous).is(PelLexer.ASSIGN) ? -1 : 0;
            case PelLexer.ELSE -> pieces.get(previous).is(PelLexer.RBRACE) ? -1 : 1;
            case PelLexer.THEN, PelLexer.CHECKPOINT, PelLexer.DIST, PelLexer.IDENTITY -> 1;
            case PelLexer.EQ, PelLexer.NE, PelLexer.LT, PelLexer.LE, PelLexer.GT, PelLexer.GE -> 1;
            case PelLexer.PLUS, PelLexer.MINUS -> spacing.isBinary(i) ? 2 : -1;
            case PelLexer.STAR, PelLexer.SLASH -> spacing.isBinary(i) ? 3 : -1;
            default -> -1;
        };
    }
}
