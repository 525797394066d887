package org.pellang.compiler.interpreter;

import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;

/** Operators and conversions element by element. */
final class ArrayMath {
    private ArrayMath() {}

    /** {@code right}: an array of the same extents, or a scalar. */
    static ArrayValue binary(ExternBridge library, BinaryOp op, ArrayValue left, Object right) {
        if (right instanceof ArrayValue r && !left.domain.sameExtents(r.domain)) {
            throw new Trap(null, "arrays of different extents: " + left.domain + " and " + r.domain);
        }
        ArrayValue result = new ArrayValue(left.element, left.domain, new Object[left.data.length]);
        for (int k = 0; k < result.data.length; k++) {
            Object operand = right instanceof ArrayValue r ? r.data[k] : right;
            result.data[k] = Arithmetic.stored(scalars(library, op, left.data[k], operand), left.element);
        }
        return result;
    }

    /** An operator on two scalars. */
    static Object scalars(ExternBridge library, BinaryOp op, Object left, Object right) {
        if (op == BinaryOp.POW && left instanceof Float a && right instanceof Float b) {
            return (float) library.power(a, b);
        }
        return op == BinaryOp.POW && left instanceof Double a && right instanceof Double b
                ? library.power(a, b)
                : Arithmetic.binary(op, left, right);
    }

    static ArrayValue convert(ArrayValue from, Type target) {
        ArrayValue result = new ArrayValue(target, from.domain, new Object[from.data.length]);
        for (int k = 0; k < result.data.length; k++) {
            result.data[k] = Arithmetic.convert(from.data[k], target);
        }
        return result;
    }
}
