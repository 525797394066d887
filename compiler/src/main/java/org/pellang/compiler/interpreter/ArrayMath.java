package org.pellang.compiler.interpreter;

import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;

/** Operators and conversions element by element. */
final class ArrayMath {
    private ArrayMath() {}

    /** {@code right}: an array of the same extents, or a scalar. */
    static ArrayValue binary(BinaryOp op, ArrayValue left, Object right) {
        if (right instanceof ArrayValue r && !left.domain.sameExtents(r.domain)) {
            throw new Trap(null, "arrays of different extents: " + left.domain + " and " + r.domain);
        }
        ArrayValue result = new ArrayValue(left.element, left.domain, new Object[left.data.length]);
        for (int k = 0; k < result.data.length; k++) {
            Object operand = right instanceof ArrayValue r ? r.data[k] : right;
            result.data[k] = Arithmetic.stored(Arithmetic.binary(op, left.data[k], operand), left.element);
        }
        return result;
    }

    static ArrayValue convert(ArrayValue from, Type target) {
        ArrayValue result = new ArrayValue(target, from.domain, new Object[from.data.length]);
        for (int k = 0; k < result.data.length; k++) {
            result.data[k] = Arithmetic.convert(from.data[k], target);
        }
        return result;
    }
}
