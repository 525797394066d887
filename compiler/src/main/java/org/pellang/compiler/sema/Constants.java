package org.pellang.compiler.sema;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** Values that are known while compiling: literals, arithmetic on them, {@code let}s of them; never a {@code config}. */
final class Constants {
    private static final int MOST_SHIFT = 63;

    private final Session s;
    private final Map<Var, @Nullable Long> folded = new HashMap<>();

    Constants(Session session) {
        this.s = session;
    }

    /** The value of an int expression, or null if it is not known. */
    @Nullable Long intValue(TExpr e) {
        return switch (e) {
            case TExpr.Constant c -> c.value() instanceof Long l ? l : null;
            case TExpr.Read r -> {
                // Each name once: sums of sums of names would be folded exponentially often.
                TExpr value = s.constants.get(r.variable());
                if (value != null && !folded.containsKey(r.variable())) {
                    folded.put(r.variable(), intValue(value));
                }
                yield value == null ? null : folded.get(r.variable());
            }
            case TExpr.Unary u -> {
                Long v = u.type() == Type.Scalar.INT ? intValue(u.operand()) : null;
                yield v == null ? null : u.op() == TExpr.UnaryOp.NEGATE ? (Long) (-v) : (Long) (~v);
            }
            case TExpr.Binary b -> b.type() == Type.Scalar.INT ? binary(b) : null;
            default -> null;
        };
    }

    private @Nullable Long binary(TExpr.Binary b) {
        Long x = intValue(b.left());
        Long y = x == null ? null : intValue(b.right());
        if (x == null || y == null) {
            return null;
        }
        return switch (b.op()) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case FLOOR_DIV -> y == 0 ? null : (Long) Math.floorDiv(x, y);
            case MOD -> y == 0 ? null : (Long) Math.floorMod(x, y);
            case SHL -> y < 0 || y > MOST_SHIFT ? null : (Long) (x << y);
            case SHR -> y < 0 || y > MOST_SHIFT ? null : (Long) (x >> y);
            case USHR -> y < 0 || y > MOST_SHIFT ? null : (Long) (x >>> y);
            case BIT_AND -> x & y;
            case BIT_OR -> x | y;
            case BIT_XOR -> x ^ y;
            case DIV, POW, MIN, MAX -> null;
        };
    }

    /** Whether it is a literal, with a sign at most: such a number adapts to the type beside it. */
    static boolean isLiteral(TExpr e) {
        return e instanceof TExpr.Constant;
    }
}
