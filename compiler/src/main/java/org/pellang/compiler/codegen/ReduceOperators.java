package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;

/** Identities and combination of reduction operators. COUNT and MEAN combine as sums; ARGMIN and ARGMAX are the caller's matter. */
public final class ReduceOperators {
    private final ExpressionWriter writer;

    public ReduceOperators(ExpressionWriter writer) {
        this.writer = writer;
    }

    /** What an empty reduction gives. Tuples component by component. */
    public JavaExpr identity(ReduceOp op, Type type, JavaBody out) {
        if (op instanceof ReduceOp.User user) {
            return writer.value(user.identity(), out);
        }
        if (type instanceof Type.Tuple tuple) {
            return types().construct(
                    type, tuple.elements().stream().map(e -> identity(op, e, out)).toList());
        }
        return switch ((ReduceOp.Builtin) op) {
            case SUM, COUNT, MEAN -> types().zero(type);
            case PROD -> one(type);
            case MIN -> extreme(type, true);
            case MAX -> extreme(type, false);
            case ANY -> JavaLiteral.of(false);
            case ALL -> JavaLiteral.of(true);
            case BIT_AND -> type == Scalar.BOOL ? JavaLiteral.of(true) : JavaLiteral.of(-1L);
            case BIT_OR, BIT_XOR -> types().zero(type);
            case ARGMIN, ARGMAX -> throw new CompilerBug("identity of " + op);
        };
    }

    private JavaExpr one(Type type) {
        if (type.isVector()) {
            return types().construct(type, java.util.Collections.nCopies(Column.components(type).size(), JavaLiteral.of(1.0)));
        }
        return type == Scalar.COMPLEX
                ? JavaExpr.stable(types().of(type) + ".ONE")
                : type == Scalar.FLOAT ? JavaLiteral.of(1.0) : type == Scalar.FLOAT32 ? JavaLiteral.of(1.0f) : JavaLiteral.of(1L);
    }

    private static JavaExpr extreme(Type type, boolean min) {
        return type == Scalar.FLOAT
                ? JavaLiteral.of(min ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY)
                : type == Scalar.FLOAT32
                        ? JavaLiteral.of(min ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY)
                        : type == Scalar.BOOL
                                ? JavaLiteral.of(min)
                                : JavaExpr.stable(min ? "Long.MAX_VALUE" : "Long.MIN_VALUE");
    }

    /** {@code left op right}, left having come first. */
    public JavaExpr combine(ReduceOp op, Type type, JavaExpr left, JavaExpr right, JavaBody out) {
        if (op instanceof ReduceOp.User user) {
            return new CallWriter(writer).apply(user.function(), List.of(left, right));
        }
        if (type instanceof Type.Tuple tuple) {
            JavaExpr a = writer.stable(left, type, "a", out);
            JavaExpr b = writer.stable(right, type, "b", out);
            List<JavaExpr> components = new ArrayList<>();
            for (int k = 0; k < tuple.elements().size(); k++) {
                components.add(combine(
                        op, tuple.elements().get(k), types().component(type, a, k), types().component(type, b, k), out));
            }
            return types().construct(type, components).unstable();
        }
        return writer.operators().binary(operator((ReduceOp.Builtin) op), type, left, right);
    }

    private static BinaryOp operator(ReduceOp.Builtin op) {
        return switch (op) {
            case SUM, COUNT, MEAN -> BinaryOp.ADD;
            case PROD -> BinaryOp.MUL;
            case MIN -> BinaryOp.MIN;
            case MAX -> BinaryOp.MAX;
            case ANY, BIT_OR -> BinaryOp.BIT_OR;
            case ALL, BIT_AND -> BinaryOp.BIT_AND;
            case BIT_XOR -> BinaryOp.BIT_XOR;
            case ARGMIN, ARGMAX -> throw new CompilerBug("combination of " + op);
        };
    }

    private JavaTypes types() {
        return writer.scope().unit().types();
    }
}
