package org.pellang.compiler.interpreter;

import java.util.function.BinaryOperator;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;

/** Reduction operators on values: identity, combination, and whether a leaf has lanes. */
final class Operators {
    private Operators() {}

    /** The tree for values of this type. */
    static ReductionTree tree(Machine machine, ReduceOp op, Type type, Object like) {
        boolean array = type instanceof Type.Array || type instanceof Type.MapOf;
        boolean user = op instanceof ReduceOp.User;
        return new ReductionTree(combine(machine, op), () -> identity(machine, op, type, like), !array && !user);
    }

    /** Combines two values; arrays and tuples element by element. */
    static BinaryOperator<Object> combine(Machine machine, ReduceOp op) {
        return switch (op) {
            case ReduceOp.User u -> (a, b) -> a instanceof MapValue x
                    ? merged(x, (MapValue) b, (y, z) -> machine.call(u.function(), y, z))
                    : user(machine, u, a, b);
            case ReduceOp.Builtin builtin -> (a, b) -> builtin(builtin, a, b);
        };
    }

    private static Object user(Machine machine, ReduceOp.User op, Object a, Object b) {
        boolean elements = a instanceof ArrayValue
                && !(machine.program.functions().get(op.function()).params().getFirst().type() instanceof Type.Array);
        if (!elements) {
            return machine.call(op.function(), a, b);
        }
        ArrayValue x = (ArrayValue) a;
        ArrayValue result = new ArrayValue(x.element, x.domain, new Object[x.data.length]);
        for (int k = 0; k < x.data.length; k++) {
            result.data[k] = machine.call(op.function(), x.data[k], ((ArrayValue) b).data[k]);
        }
        return result;
    }

    /** Key by key; a missing key counts as the identity. */
    private static MapValue merged(MapValue a, MapValue b, BinaryOperator<Object> op) {
        MapValue all = new MapValue(false);
        all.entries.putAll(a.entries);
        b.entries.forEach((key, value) -> all.entries.merge(key, value, op));
        return all;
    }

    private static Object builtin(ReduceOp.Builtin op, Object a, Object b) {
        return switch (a) {
            case ArrayValue x -> {
                ArrayValue y = (ArrayValue) b;
                if (!x.domain.sameExtents(y.domain)) {
                    throw new Trap(null, "reduction of arrays with different extents: " + x.domain + " and " + y.domain);
                }
                ArrayValue result = new ArrayValue(x.element, x.domain, new Object[x.data.length]);
                for (int k = 0; k < x.data.length; k++) {
                    result.data[k] = builtin(op, x.data[k], y.data[k]);
                }
                yield result;
            }
            case MapValue x -> merged(x, (MapValue) b, (y, z) -> builtin(op, y, z));
            case StructValue x -> {
                Object[] parts = new Object[x.parts().length];
                for (int k = 0; k < parts.length; k++) {
                    parts[k] = builtin(op, x.parts()[k], ((StructValue) b).parts()[k]);
                }
                yield new StructValue(x.type(), parts);
            }
            default -> Arithmetic.binary(scalar(op), a, b);
        };
    }

    private static BinaryOp scalar(ReduceOp.Builtin op) {
        return switch (op) {
            case SUM, COUNT, MEAN -> BinaryOp.ADD;
            case PROD -> BinaryOp.MUL;
            case MIN, ARGMIN -> BinaryOp.MIN;
            case MAX, ARGMAX -> BinaryOp.MAX;
            case ANY, BIT_OR -> BinaryOp.BIT_OR;
            case ALL, BIT_AND -> BinaryOp.BIT_AND;
            case BIT_XOR -> BinaryOp.BIT_XOR;
        };
    }

    /** The identity; {@code like} gives the shape of arrays. */
    static Object identity(Machine machine, ReduceOp op, Type type, Object like) {
        if (like instanceof ArrayValue a) {
            ArrayValue result = new ArrayValue(a.element, a.domain.distributed() ? IndexSet.local(a.domain.lo(), a.domain.hi()) : a.domain, new Object[a.data.length]);
            for (int k = 0; k < result.data.length; k++) {
                result.data[k] = identity(machine, op, a.element, a.data[k]);
            }
            return result;
        }
        if (like instanceof MapValue) {
            return new MapValue(false);
        }
        return switch (op) {
            case ReduceOp.User u -> machine.eval(u.identity());
            case ReduceOp.Builtin b -> identity(b, type);
        };
    }

    private static Object identity(ReduceOp.Builtin op, Type type) {
        if (type instanceof Type.Tuple t) {
            return new StructValue(t, t.elements().stream().map(e -> identity(op, e)).toArray());
        }
        if (!(type instanceof Type.Scalar s)) {
            throw new IllegalStateException("no identity of " + op + " on " + type);
        }
        return switch (s) {
            case INT, INT32, INT16, BYTE -> integer(op, s);
            case FLOAT -> real(op);
            case FLOAT32 -> (float) real(op);
            case BOOL -> op == ReduceOp.Builtin.ALL || op == ReduceOp.Builtin.BIT_AND || op == ReduceOp.Builtin.MIN;
            case COMPLEX -> new ComplexValue(real(op), 0.0);
            case VEC2 -> VectorValue.splat(2, real(op));
            case VEC3 -> VectorValue.splat(3, real(op));
            case VEC4 -> VectorValue.splat(4, real(op));
            case STRING, VOID, ERROR -> throw new IllegalStateException("no identity of " + op + " on " + type);
        };
    }

    private static long integer(ReduceOp.Builtin op, Type.Scalar type) {
        return switch (op) {
            case SUM, COUNT, MEAN, ANY, BIT_OR, BIT_XOR -> 0;
            case PROD -> 1;
            case ALL, BIT_AND -> type == Type.Scalar.BYTE ? 255 : -1;
            case MIN, ARGMIN -> switch (type) {
                case INT32 -> Integer.MAX_VALUE;
                case INT16 -> Short.MAX_VALUE;
                case BYTE -> 255;
                default -> Long.MAX_VALUE;
            };
            case MAX, ARGMAX -> switch (type) {
                case INT32 -> Integer.MIN_VALUE;
                case INT16 -> Short.MIN_VALUE;
                case BYTE -> 0;
                default -> Long.MIN_VALUE;
            };
        };
    }

    private static double real(ReduceOp.Builtin op) {
        return switch (op) {
            case SUM, COUNT, MEAN, ANY, BIT_OR, BIT_XOR -> 0.0;
            case PROD, ALL, BIT_AND -> 1.0;
            case MIN, ARGMIN -> Double.POSITIVE_INFINITY;
            case MAX, ARGMAX -> Double.NEGATIVE_INFINITY;
        };
    }
}
