package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ExternFunction;
import org.pellang.compiler.sema.typed.TExpr;

/** Calls of the user's Java methods: arrays travel as Java arrays, without copying where their storage is just that. */
final class JavaCallWriter {
    private final ExpressionWriter writer;
    private final Scope scope;
    private final JavaUnit unit;

    JavaCallWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.scope = writer.scope();
        this.unit = scope.unit();
    }

    JavaExpr call(TExpr.ExternCall c, ExternFunction.Java java, JavaBody out) {
        List<JavaExpr> values = writer.values(c.arguments(), out);
        List<JavaExpr> arguments = new ArrayList<>();
        List<Runnable> after = new ArrayList<>();
        for (int k = 0; k < values.size(); k++) {
            String descriptor = java.params().get(k);
            if (!descriptor.startsWith("[")) {
                arguments.add(scalar(descriptor, values.get(k)));
                continue;
            }
            JavaExpr array = scope.keep(values.get(k), c.arguments().get(k).type(), "array", out);
            JavaExpr elements = accessor(descriptor).call(unit, array);
            if (java.mutable().get(k)) {
                JavaExpr kept = scope.spill(elements, javaType(descriptor), "elements", out);
                after.add(() -> out.line(RuntimeApi.JAVA_BACK.call(unit, array, kept) + ";"));
                arguments.add(kept);
            } else {
                arguments.add(elements);
            }
        }
        String text = unit.use(c.function().className()) + "." + c.function().method()
                + arguments.stream().map(JavaExpr::text).collect(Collectors.joining(", ", "(", ")"));
        JavaExpr result = result(java.result(), c.function().result(), JavaExpr.primary(text));
        if (after.isEmpty()) {
            return result;
        }
        if (c.type() == Type.Scalar.VOID) {
            out.line(result + ";");
            result = JavaExpr.stable("");
        } else {
            result = scope.spill(result, unit.types().of(c.type()), "result", out);
        }
        after.forEach(Runnable::run);
        return result;
    }

    private static JavaExpr scalar(String descriptor, JavaExpr value) {
        return switch (descriptor) {
            case "I" -> JavaExpr.prefix("(int) ", value);
            case "S" -> JavaExpr.prefix("(short) ", value);
            case "B" -> JavaExpr.prefix("(byte) ", value);
            default -> value;
        };
    }

    private JavaExpr result(String descriptor, Type type, JavaExpr call) {
        return switch (descriptor) {
            case "I", "S" -> JavaExpr.prefix("(long) ", call);
            case "B" -> new JavaExpr(call.at(JavaExpr.BIT_AND) + " & 0xffL", JavaExpr.BIT_AND, false);
            default -> descriptor.startsWith("[")
                    ? RuntimeApi.JAVA_OF.call(unit, call, unit.types().elemType(((Type.Array) type).element()))
                    : call;
        };
    }

    private static RuntimeMethod accessor(String descriptor) {
        return switch (descriptor) {
            case "[D" -> RuntimeApi.JAVA_DOUBLES;
            case "[J" -> RuntimeApi.JAVA_LONGS;
            case "[I" -> RuntimeApi.JAVA_INTS;
            case "[S" -> RuntimeApi.JAVA_SHORTS;
            case "[B" -> RuntimeApi.JAVA_BYTES;
            case "[F" -> RuntimeApi.JAVA_FLOATS;
            case "[Z" -> RuntimeApi.JAVA_BOOLS;
            default -> RuntimeApi.JAVA_STRINGS;
        };
    }

    /** The method that gives the elements of an array of these as a Java array. */
    static RuntimeMethod elements(Type.Scalar element) {
        return switch (element) {
            case FLOAT -> RuntimeApi.JAVA_DOUBLES;
            case INT -> RuntimeApi.JAVA_LONGS;
            case INT32 -> RuntimeApi.JAVA_INTS;
            case INT16 -> RuntimeApi.JAVA_SHORTS;
            case BYTE -> RuntimeApi.JAVA_BYTES;
            case FLOAT32 -> RuntimeApi.JAVA_FLOATS;
            case BOOL -> RuntimeApi.JAVA_BOOLS;
            case STRING -> RuntimeApi.JAVA_STRINGS;
            case COMPLEX, VEC2, VEC3, VEC4, VOID, ERROR -> throw new CompilerBug("no Java array of " + element);
        };
    }

    private static String javaType(String descriptor) {
        return accessor(descriptor).result();
    }
}
