package org.pellang.runtime.loop;

import java.util.function.BinaryOperator;
import org.pellang.runtime.Op;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Complex;
import org.pellang.runtime.value.Vec2;
import org.pellang.runtime.value.Vec3;
import org.pellang.runtime.value.Vec4;

/** The predefined operators on boxed PEL values. */
public final class ValueOperators {
    private ValueOperators() {}

    /** Floats, ints, bools; complex sums and products; vector sums; arrays element by element (which may change the left one). */
    public static BinaryOperator<Object> of(Op op) {
        return (a, b) -> switch (a) {
            case Double x -> ArrayOperators.floats(op, x, (Double) b);
            case Float x -> (float) ArrayOperators.floats(op, x, (Float) b);
            case Long x -> ArrayOperators.ints(op, x, (Long) b);
            case Boolean x -> ArrayOperators.ints(op, x ? 1 : 0, (Boolean) b ? 1 : 0) != 0;
            case Complex x when op == Op.SUM -> x.plus((Complex) b);
            case Complex x when op == Op.PROD -> x.times((Complex) b);
            case Vec2 x when op == Op.SUM -> x.plus((Vec2) b);
            case Vec3 x when op == Op.SUM -> x.plus((Vec3) b);
            case Vec4 x when op == Op.SUM -> x.plus((Vec4) b);
            case PelArray x -> ArrayOperators.of(op).apply(x, b);
            default -> throw new PelTrap("operator " + op + " on values of " + a.getClass().getSimpleName());
        };
    }
}
