package org.pellang.compiler.sema.dependence;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;

/** Which update operators belong to which reductions. */
final class Operators {
    private Operators() {}

    /** Whether an update is a contribution to the reduction; null is {@code reduce=}. */
    static boolean fits(@Nullable BinaryOp op, ReduceOp reduction) {
        if (op == null) {
            return true;
        }
        return switch (reduction) {
            case ReduceOp.User _ -> false;
            case ReduceOp.Builtin b -> switch (b) {
                case SUM, COUNT -> op == BinaryOp.ADD || op == BinaryOp.SUB;
                case PROD -> op == BinaryOp.MUL;
                case MIN -> op == BinaryOp.MIN;
                case MAX -> op == BinaryOp.MAX;
                case ANY, BIT_OR -> op == BinaryOp.BIT_OR;
                case ALL, BIT_AND -> op == BinaryOp.BIT_AND;
                case BIT_XOR -> op == BinaryOp.BIT_XOR;
                case MEAN, ARGMIN, ARGMAX -> false;
            };
        };
    }

    static String name(ReduceOp reduction) {
        return switch (reduction) {
            case ReduceOp.User _ -> "a user's op";
            case ReduceOp.Builtin b -> b.name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    static String updateText(ReduceOp reduction) {
        return switch (reduction) {
            case ReduceOp.User _ -> "reduce=";
            case ReduceOp.Builtin b -> switch (b) {
                case SUM, COUNT -> "+=";
                case PROD -> "*=";
                case MIN -> "min=";
                case MAX -> "max=";
                case ANY, BIT_OR -> "|=";
                case ALL, BIT_AND -> "&=";
                case BIT_XOR -> "^=";
                case MEAN, ARGMIN, ARGMAX -> "reduce=";
            };
        };
    }

    /** The class of updates that may be mixed in one scattered update, or null if the operator does not commute. */
    static @Nullable String commutativeClass(@Nullable BinaryOp op) {
        if (op == null) {
            return "reduce";
        }
        return switch (op) {
            case ADD, SUB -> "+";
            case MUL -> "*";
            case MIN -> "min";
            case MAX -> "max";
            case BIT_AND -> "&";
            case BIT_OR -> "|";
            case BIT_XOR -> "^";
            case DIV, FLOOR_DIV, MOD, POW, SHL, SHR, USHR -> null;
        };
    }

    /** The reduction to offer for an update class. */
    static @Nullable String reductionFor(String updateClass) {
        return switch (updateClass) {
            case "+" -> "sum";
            case "*" -> "prod";
            case "min" -> "min";
            case "max" -> "max";
            default -> null;
        };
    }
}
