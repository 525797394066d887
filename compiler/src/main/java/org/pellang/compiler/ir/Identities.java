package org.pellang.compiler.ir;

import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;

/** Identities of reduction operators as expressions. */
final class Identities {
    private Identities() {}

    static TExpr of(ReduceOp op, Type type, Span span) {
        if (op instanceof ReduceOp.User u) {
            return u.identity();
        }
        if (type instanceof Type.Tuple t) {
            return new TExpr.TupleNew(span, type, t.elements().stream().map(e -> of(op, e, span)).toList());
        }
        if (type == Type.Scalar.COMPLEX) {
            return new TExpr.ComplexConstant(span, type, op == ReduceOp.Builtin.PROD ? 1.0 : 0.0, 0.0);
        }
        if (type.isVector()) {
            int n = type == Type.Scalar.VEC2 ? 2 : type == Type.Scalar.VEC3 ? 3 : 4;
            return new TExpr.RecordNew(
                    span, type, java.util.Collections.nCopies(n, new TExpr.Constant(span, Type.Scalar.FLOAT, 0.0)));
        }
        boolean real = type == Type.Scalar.FLOAT || type == Type.Scalar.FLOAT32;
        Object value = switch ((ReduceOp.Builtin) op) {
            case SUM, COUNT, MEAN -> real ? (Object) 0.0 : (Object) 0L;
            case PROD -> real ? (Object) 1.0 : (Object) 1L;
            case MIN -> real ? (Object) Double.POSITIVE_INFINITY : (Object) Long.MAX_VALUE;
            case MAX -> real ? (Object) Double.NEGATIVE_INFINITY : (Object) Long.MIN_VALUE;
            case ANY -> false;
            case ALL -> true;
            case BIT_AND -> -1L;
            case BIT_OR, BIT_XOR -> 0L;
            case ARGMIN, ARGMAX -> throw new CompilerBug("no identity of " + op);
        };
        return new TExpr.Constant(span, type, value);
    }
}
