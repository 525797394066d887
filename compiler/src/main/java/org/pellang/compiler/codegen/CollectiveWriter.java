package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TExpr.CollectiveKind;

/** Writes collectives of the explicit level. */
final class CollectiveWriter {
    private final ExpressionWriter writer;
    private final Scope scope;
    private final JavaUnit unit;
    private final ReduceOperators operators;
    /** This rank as one of those that take part. */
    private JavaExpr rank;

    CollectiveWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.scope = writer.scope();
        this.unit = scope.unit();
        this.operators = new ReduceOperators(writer);
        this.rank = scope.rank();
    }

    JavaExpr collective(TExpr.Collective c, JavaBody out) {
        if (c.team() != null) {
            rank = new ExplicitWriter(writer).member(c.team(), out);
        }
        JavaExpr site = unit.site(c.span(), c.name());
        if (c.kind() == CollectiveKind.BARRIER || c.value() == null) {
            return RuntimeApi.BARRIER.on(JavaExpr.primary(rank + ".world()"), site);
        }
        List<TExpr> operands = new ArrayList<>(List.of(c.value()));
        if (c.root() != null) {
            operands.add(c.root());
        }
        List<JavaExpr> v = writer.values(operands, out);
        JavaExpr root = v.size() > 1 ? v.get(1) : JavaLiteral.of(0L);
        Type type = c.value().type();
        JavaExpr result =
                switch (c.kind()) {
                    case ALLREDUCE -> allreduce(c, type, site, v.getFirst(), out);
                    case REDUCE -> general(RuntimeApi.REDUCE, type, site, v.getFirst(), operator(c, type, out), root, zero(type));
                    case SCAN -> general(RuntimeApi.SCAN, type, site, v.getFirst(), operator(c, type, out));
                    case EXSCAN -> exscan(c, type, site, v.getFirst(), out);
                    case BCAST -> general(RuntimeApi.BCAST, type, site, v.getFirst(), root);
                    case AGREE -> general(RuntimeApi.AGREE, type, site, v.getFirst());
                    case GATHER -> type instanceof Type.Array
                            ? simple(RuntimeApi.GATHER_ARRAY, site, v.getFirst(), root)
                            : simple(RuntimeApi.GATHER, site, unit.types().elemType(type), v.getFirst(), root);
                    case ALLGATHER -> type instanceof Type.Array
                            ? simple(RuntimeApi.ALLGATHER_ARRAY, site, v.getFirst())
                            : simple(RuntimeApi.ALLGATHER, site, unit.types().elemType(type), v.getFirst());
                    case SCATTER -> type instanceof Type.ListOf list
                            ? onList(RuntimeApi.SCATTER_LIST, list, site, v.getFirst(), root)
                            : simple(RuntimeApi.SCATTER_ARRAY, site, v.getFirst(), root);
                    case ALLTOALL -> type instanceof Type.ListOf list
                            ? onList(RuntimeApi.ALLTOALL_LIST, list, site, v.getFirst())
                            : simple(RuntimeApi.ALLTOALL_ARRAY, site, v.getFirst());
                    case BARRIER -> throw new CompilerBug("barrier with a value");
                };
        return boxedResult(c) ? unit.types().unbox(c.type(), result) : result;
    }

    /** Methods that return the codec's Object. */
    private static boolean boxedResult(TExpr.Collective c) {
        return switch (c.kind()) {
            case ALLREDUCE -> fast(c) == null;
            case REDUCE, SCAN, EXSCAN, BCAST, AGREE -> true;
            case SCATTER, ALLTOALL -> c.value() != null && c.value().type() instanceof Type.ListOf;
            case GATHER, ALLGATHER, BARRIER -> false;
        };
    }

    private JavaExpr simple(RuntimeMethod method, JavaExpr... arguments) {
        List<JavaExpr> all = new ArrayList<>(List.of(rank));
        all.addAll(List.of(arguments));
        return method.call(unit, all);
    }

    /** Rank, site, codec, value, further arguments. */
    private JavaExpr general(RuntimeMethod method, Type type, JavaExpr site, JavaExpr value, JavaExpr... more) {
        List<JavaExpr> all = new ArrayList<>(List.of(rank, site, unit.types().codec(type), value));
        all.addAll(List.of(more));
        return method.call(unit, all);
    }

    private JavaExpr onList(RuntimeMethod method, Type.ListOf list, JavaExpr site, JavaExpr value, JavaExpr... more) {
        JavaExpr raw = JavaExpr.prefix("(" + unit.use(RuntimeApi.PEL_LIST) + ") ", value);
        return general(method, list.element(), site, raw, more);
    }

    /** Ints, floats and bools under a predefined operator need no boxing. */
    private static @Nullable String fast(TExpr.Collective c) {
        Type type = c.value() == null ? Type.Scalar.VOID : c.value().type();
        boolean plain = type == Type.Scalar.INT || type == Type.Scalar.FLOAT || type == Type.Scalar.BOOL;
        return plain && c.op() instanceof ReduceOp.Builtin b ? predefined(b) : null;
    }

    private JavaExpr allreduce(TExpr.Collective c, Type type, JavaExpr site, JavaExpr value, JavaBody out) {
        String op = fast(c);
        if (op == null) {
            return general(RuntimeApi.ALLREDUCE, type, site, value, operator(c, type, out));
        }
        RuntimeMethod method = type == Type.Scalar.INT
                ? RuntimeApi.ALLREDUCE_LONG
                : type == Type.Scalar.FLOAT ? RuntimeApi.ALLREDUCE_DOUBLE : RuntimeApi.ALLREDUCE_BOOLEAN;
        return method.on(
                JavaExpr.primary(rank + ".world()"), site, value, JavaExpr.stable(unit.use(RuntimeApi.OP) + "." + op));
    }

    private static @Nullable String predefined(ReduceOp.Builtin op) {
        return switch (op) {
            case SUM, COUNT -> "SUM";
            case PROD -> "PROD";
            case MIN -> "MIN";
            case MAX -> "MAX";
            case ANY -> "OR";
            case ALL -> "AND";
            case BIT_AND -> "BAND";
            case BIT_OR -> "BOR";
            case BIT_XOR -> "BXOR";
            case MEAN, ARGMIN, ARGMAX -> null;
        };
    }

    /** The operator on boxed values. */
    private JavaExpr operator(TExpr.Collective c, Type type, JavaBody out) {
        String op = c.op() instanceof ReduceOp.Builtin b ? predefined(b) : null;
        if (c.op() == null || c.op() instanceof ReduceOp.Builtin && op == null) {
            throw new CompilerBug("collective with operator " + c.op());
        }
        if (op != null && !(type instanceof Type.Tuple)) {
            return RuntimeApi.VALUE_OPERATOR.call(unit, JavaExpr.stable(unit.use(RuntimeApi.OP) + "." + op));
        }
        String a = scope.names().fresh("a");
        String b = scope.names().fresh("b");
        String java = unit.types().of(type);
        JavaBody body = out.sketch();
        JavaExpr left = scope.spill(JavaExpr.primary("(" + java + ") " + a), java, "left", body);
        JavaExpr right = scope.spill(JavaExpr.primary("(" + java + ") " + b), java, "right", body);
        JavaExpr result = operators.combine(c.op(), type, left, right, body);
        String function = scope.names().fresh("op");
        out.open("final java.util.function.BinaryOperator<Object> " + function + " = (" + a + ", " + b + ") -> {");
        out.add(body).line("return " + result + ";").close("};");
        return JavaExpr.stable(function);
    }

    private JavaExpr zero(Type type) {
        return unit.types().zero(type);
    }

    /** On rank 0 the identity; of arrays one with the extents of its value. */
    private JavaExpr exscan(TExpr.Collective c, Type type, JavaExpr site, JavaExpr value, JavaBody out) {
        if (c.op() == null) {
            throw new CompilerBug("exscan without an operator");
        }
        if (!(type instanceof Type.Array a)) {
            return general(RuntimeApi.EXSCAN, type, site, value, operator(c, type, out), operators.identity(c.op(), type, out));
        }
        JavaExpr mine = scope.keep(value, type, "mine", out);
        JavaExpr filled = RuntimeApi.ARRAY_FILLED.call(
                unit, RuntimeApi.ARRAY_DOMAIN.on(mine), unit.types().elemType(a.element()), operators.identity(c.op(), a.element(), out));
        return general(RuntimeApi.EXSCAN, type, site, mine, operator(c, type, out), filled);
    }
}
