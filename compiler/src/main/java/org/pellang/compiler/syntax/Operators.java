package org.pellang.compiler.syntax;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.syntax.Expr.BinaryOp;
import org.pellang.compiler.syntax.Stmt.UpdateOp;
import org.pellang.grammar.PelParser;

/** Which token is which operator. */
final class Operators {
    private static final Map<Integer, BinaryOp> BINARY = Map.ofEntries(
            Map.entry(PelParser.OR, BinaryOp.OR),
            Map.entry(PelParser.AND, BinaryOp.AND),
            Map.entry(PelParser.EQ, BinaryOp.EQ),
            Map.entry(PelParser.NE, BinaryOp.NE),
            Map.entry(PelParser.LT, BinaryOp.LT),
            Map.entry(PelParser.LE, BinaryOp.LE),
            Map.entry(PelParser.GT, BinaryOp.GT),
            Map.entry(PelParser.GE, BinaryOp.GE),
            Map.entry(PelParser.BAR, BinaryOp.BIT_OR),
            Map.entry(PelParser.CARET, BinaryOp.BIT_XOR),
            Map.entry(PelParser.AMP, BinaryOp.BIT_AND),
            Map.entry(PelParser.SHL, BinaryOp.SHL),
            Map.entry(PelParser.SHR, BinaryOp.SHR),
            Map.entry(PelParser.USHR, BinaryOp.USHR),
            Map.entry(PelParser.PLUS, BinaryOp.ADD),
            Map.entry(PelParser.MINUS, BinaryOp.SUB),
            Map.entry(PelParser.STAR, BinaryOp.MUL),
            Map.entry(PelParser.SLASH, BinaryOp.DIV),
            Map.entry(PelParser.FLOORDIV, BinaryOp.FLOOR_DIV),
            Map.entry(PelParser.PERCENT, BinaryOp.MOD),
            Map.entry(PelParser.POW, BinaryOp.POW));

    private static final Map<Integer, UpdateOp> UPDATE = Map.ofEntries(
            Map.entry(PelParser.PLUS_ASSIGN, UpdateOp.ADD),
            Map.entry(PelParser.MINUS_ASSIGN, UpdateOp.SUB),
            Map.entry(PelParser.TIMES_ASSIGN, UpdateOp.MUL),
            Map.entry(PelParser.DIV_ASSIGN, UpdateOp.DIV),
            Map.entry(PelParser.FLOOR_ASSIGN, UpdateOp.FLOOR_DIV),
            Map.entry(PelParser.MOD_ASSIGN, UpdateOp.MOD),
            Map.entry(PelParser.POW_ASSIGN, UpdateOp.POW),
            Map.entry(PelParser.SHL_ASSIGN, UpdateOp.SHL),
            Map.entry(PelParser.SHR_ASSIGN, UpdateOp.SHR),
            Map.entry(PelParser.USHR_ASSIGN, UpdateOp.USHR),
            Map.entry(PelParser.AND_ASSIGN, UpdateOp.BIT_AND),
            Map.entry(PelParser.OR_ASSIGN, UpdateOp.BIT_OR),
            Map.entry(PelParser.XOR_ASSIGN, UpdateOp.BIT_XOR),
            Map.entry(PelParser.MIN_ASSIGN, UpdateOp.MIN),
            Map.entry(PelParser.MAX_ASSIGN, UpdateOp.MAX),
            Map.entry(PelParser.REDUCE_ASSIGN, UpdateOp.REDUCE));

    private Operators() {}

    /** The operator of a token; an operand follows it in every tree that the parser leaves. */
    static BinaryOp binary(int token) {
        BinaryOp op = BINARY.get(token);
        return op == null ? BinaryOp.ADD : op; // only in a tree whose error was reported
    }

    static boolean isBinary(int token) {
        return BINARY.containsKey(token);
    }

    static @Nullable UpdateOp update(int token) {
        return UPDATE.get(token);
    }

    static boolean isAssignment(int token) {
        return token == PelParser.ASSIGN || UPDATE.containsKey(token);
    }
}
