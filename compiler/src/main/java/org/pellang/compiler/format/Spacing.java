package org.pellang.compiler.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pellang.grammar.PelLexer;

/**
 * The white space between two pieces of one line. Operators: {@code **} is tight; in a chain that also adds or subtracts, {@code * / // %} are
 * ({@code 4.0*p - q}) unless a factor is in
 * brackets; bounds of ranges and subscripts are tight ({@code 0..n+1}, {@code u[i-1, j]}), a subscript with other operators only
 * in its stronger ones ({@code h[i % 7]}, {@code a[(i+1) % n]}); all else is spaced.
 */
final class Spacing {
    /** Between two statements on one line. */
    private static final String STATEMENTS = "   ";

    private enum Bracket {
        CALL, GROUP, SUBSCRIPT, TYPE, LITERAL, BLOCK
    }

    /** An open bracket, and the operators since the last comma, comparison or word in it. */
    private static final class Frame {
        final Bracket kind;
        final boolean tight;
        final List<Integer> chain = new ArrayList<>();
        boolean besideRange;

        Frame(Bracket kind, boolean tight) {
            this.kind = kind;
            this.tight = tight;
        }
    }

    private final List<Piece> pieces;
    private final Tree tree;
    private final String[] before;
    private final boolean[] operandEnd;
    private final boolean[] binary;
    private final boolean[] tightOperator;
    private final boolean[] attached;
    private final Deque<Frame> frames = new ArrayDeque<>();

    Spacing(List<Piece> pieces, Tree tree) {
        this.pieces = pieces;
        this.tree = tree;
        this.before = new String[pieces.size()];
        this.operandEnd = new boolean[pieces.size()];
        this.binary = new boolean[pieces.size()];
        this.tightOperator = new boolean[pieces.size()];
        this.attached = new boolean[pieces.size()];
        classify();
        int previous = -1;
        for (int i = 0; i < pieces.size(); i++) {
            before[i] = previous < 0 ? "" : gap(previous, i);
            previous = pieces.get(i).comment() ? previous : i;
        }
    }

    /** The space in front of piece {@code i} if it stands on one line with the code before it. */
    String before(int i) {
        return before[i];
    }

    /** Whether the piece is an operator between two operands. */
    boolean isBinary(int i) {
        return binary[i];
    }

    private void classify() {
        frames.push(new Frame(Bracket.BLOCK, false));
        int previous = -1;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (!piece.comment()) {
                if (tree.startsStatement(piece.start())) {
                    flush(false);
                }
                classify(i, previous);
                previous = i;
            }
        }
        flush(false);
    }

    private void classify(int i, int previous) {
        Piece piece = pieces.get(i);
        boolean afterOperand = previous >= 0 && operandEnd[previous] && !tree.startsStatement(piece.start());
        if (piece.opens()) {
            Bracket kind = kind(piece, previous, afterOperand);
            attached[i] = kind == Bracket.CALL || kind == Bracket.SUBSCRIPT;
            Frame outer = frames.getFirst();
            if (kind == Bracket.BLOCK) {
                flush(false);
            }
            boolean inherits = kind == Bracket.GROUP && outer.tight;
            frames.push(new Frame(kind, kind == Bracket.SUBSCRIPT || kind == Bracket.TYPE || inherits));
        } else if (piece.closes()) {
            flush(false);
            Frame closed = frames.size() > 1 ? frames.pop() : frames.getFirst();
            operandEnd[i] = closed.kind != Bracket.TYPE && closed.kind != Bracket.BLOCK;
        } else if (piece.is(PelLexer.RANGE) || piece.is(PelLexer.RANGE_OPEN)) {
            flush(true);
            frames.getFirst().besideRange = true;
        } else if (level(piece.type()) > 0 && afterOperand) {
            binary[i] = true;
            frames.getFirst().chain.add(i);
        } else if (isOperand(i, previous)) {
            operandEnd[i] = true;
        } else if (!piece.is(PelLexer.DOT) && !piece.is(PelLexer.MINUS) && !piece.is(PelLexer.TILDE) && !piece.is(PelLexer.AT)) {
            flush(false);
        }
    }

    private Bracket kind(Piece piece, int previous, boolean afterOperand) {
        boolean afterFn = previous >= 0 && pieces.get(previous).is(PelLexer.FN);
        return switch (piece.type()) {
            case PelLexer.LBRACE -> Bracket.BLOCK;
            case PelLexer.LPAREN -> afterOperand || afterFn ? Bracket.CALL : Bracket.GROUP;
            default -> tree.beginsArrayType(piece.start()) ? Bracket.TYPE : afterOperand ? Bracket.SUBSCRIPT : Bracket.LITERAL;
        };
    }

    private boolean isOperand(int i, int previous) {
        Piece piece = pieces.get(i);
        return switch (piece.type()) {
            case PelLexer.ID, PelLexer.INT, PelLexer.FLOAT, PelLexer.IMAG, PelLexer.STR_OPEN, PelLexer.TRUE, PelLexer.FALSE -> true;
            default -> tree.isName(piece.start()) || previous >= 0 && pieces.get(previous).is(PelLexer.DOT);
        };
    }

    /** Decides about the operators of a chain that ends here. */
    private void flush(boolean atRange) {
        Frame frame = frames.getFirst();
        boolean range = atRange || frame.besideRange;
        int weakest = frame.chain.stream().mapToInt(i -> level(pieces.get(i).type())).min().orElse(0);
        boolean simple = frame.chain.stream().allMatch(i -> isSimple(pieces.get(i).type()));
        Set<Integer> spaced = wideProducts(frame.chain);
        for (int i : frame.chain) {
            int level = level(pieces.get(i).type());
            boolean tightProduct = level == PRODUCT && hasSum(frame.chain) && !spaced.contains(i);
            tightOperator[i] = range || level == POWER || (frame.tight ? simple || level > weakest : tightProduct);
        }
        frame.chain.clear();
        frame.besideRange = false;
    }

    /** Operators of the products with a factor in brackets: tight, these would be hard to read. */
    private Set<Integer> wideProducts(List<Integer> chain) {
        Set<Integer> wide = new HashSet<>();
        List<Integer> product = new ArrayList<>();
        for (int i : chain) {
            if (level(pieces.get(i).type()) <= SUM) {
                product.clear();
            } else {
                product.add(i);
                if (wide.contains(product.getFirst()) || product.stream().anyMatch(this::isBesideBrackets)) {
                    wide.addAll(product);
                }
            }
        }
        return wide;
    }

    private boolean isBesideBrackets(int operator) {
        boolean left = operator > 1 && pieces.get(operator - 1).is(PelLexer.RPAREN) && !pieces.get(operator - 2).is(PelLexer.LPAREN);
        int right = operator + 1;
        boolean call = right + 2 < pieces.size() && pieces.get(right + 1).is(PelLexer.LPAREN) && !pieces.get(right + 2).is(PelLexer.RPAREN);
        return left || right < pieces.size() && pieces.get(right).is(PelLexer.LPAREN) || call;
    }

    private boolean hasSum(List<Integer> chain) {
        return chain.stream().anyMatch(i -> level(pieces.get(i).type()) == SUM);
    }

    private static final int SUM = 5;
    private static final int PRODUCT = 6;
    private static final int POWER = 7;

    private static int level(int type) {
        return switch (type) {
            case PelLexer.BAR -> 1;
            case PelLexer.CARET -> 2;
            case PelLexer.AMP -> 3;
            case PelLexer.SHL, PelLexer.SHR, PelLexer.USHR -> 4;
            case PelLexer.PLUS, PelLexer.MINUS -> SUM;
            case PelLexer.STAR, PelLexer.SLASH, PelLexer.FLOORDIV, PelLexer.PERCENT -> PRODUCT;
            case PelLexer.POW -> POWER;
            default -> 0;
        };
    }

    private static boolean isSimple(int type) {
        return switch (type) {
            case PelLexer.PLUS, PelLexer.MINUS, PelLexer.STAR, PelLexer.SLASH, PelLexer.POW -> true;
            default -> false;
        };
    }

    private String gap(int previous, int i) {
        Piece left = pieces.get(previous);
        Piece right = pieces.get(i);
        if (right.comment()) {
            return "  ";
        }
        if (left.is(PelLexer.LBRACE) || right.is(PelLexer.RBRACE) || right.is(PelLexer.LBRACE)) {
            return left.is(PelLexer.LBRACE) && right.is(PelLexer.RBRACE) ? "" : " ";
        }
        if (startsStatement(i, previous)) {
            return left.is(PelLexer.SEMI) || left.is(PelLexer.COMMA) ? " " : STATEMENTS;
        }
        if (binary[i] || binary[previous]) {
            return tightOperator[binary[i] ? i : previous] ? "" : " ";
        }
        return isTight(previous, i) ? "" : " ";
    }

    /** Whether a statement begins at piece {@code i}; {@code else if} is one statement. */
    boolean startsStatement(int i, int previous) {
        return tree.startsStatement(pieces.get(i).start()) && !(previous >= 0 && pieces.get(previous).is(PelLexer.ELSE));
    }

    private boolean isTight(int previous, int i) {
        boolean left = switch (pieces.get(previous).type()) {
            case PelLexer.LPAREN, PelLexer.LBRACK, PelLexer.DOT, PelLexer.AT, PelLexer.RANGE, PelLexer.RANGE_OPEN, PelLexer.MINUS, PelLexer.TILDE -> true;
            default -> false;
        };
        boolean right = switch (pieces.get(i).type()) {
            case PelLexer.COMMA, PelLexer.SEMI, PelLexer.COLON, PelLexer.RPAREN, PelLexer.RBRACK, PelLexer.DOT, PelLexer.AT -> true;
            case PelLexer.RANGE, PelLexer.RANGE_OPEN -> operandEnd[previous];
            default -> attached[i];
        };
        return left || right;
    }
}
