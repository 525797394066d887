package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/**
 * The method behind an exported function: takes the arguments out of the form in which facades send them (the runtime's {@code embed.Exported}), calls the function and
 * gives its result in that form.
 */
final class ExportWriter {
    private final JavaUnit unit;
    private final Names names;

    ExportWriter(JavaUnit unit, Names names) {
        this.unit = unit;
        this.names = names;
    }

    /** Name of the nested class of an exported function. */
    static String className(int number) {
        return "Call" + number;
    }

    /** The package of the program behind a facade of another one. */
    static String packageName(String javaPackage) {
        return javaPackage.isEmpty() ? ClassText.PACKAGE : ClassText.PACKAGE + "." + javaPackage;
    }

    void write(Exports.Export export, JavaBody body) {
        TFunction f = export.function();
        String given = names.fresh("arguments");
        List<String> arguments = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (int k = 0; k < f.params().size(); k++) {
            Var p = f.params().get(k);
            JavaExpr sent = JavaExpr.primary(given + "[" + k + "]");
            String local = names.fresh(p.name());
            body.line(unit.types().of(p.type()) + " " + local + " = " + received(p.type(), sent) + ";");
            arguments.add(local);
            if (p.kind() == Var.Kind.MUT_PARAM) {
                JavaExpr array = JavaExpr.stable(local);
                after.add((Exports.isJavaArray((Type.Array) p.type()) ? RuntimeApi.JAVA_BACK.call(unit, array, sent)
                        : RuntimeApi.JAVA_BACK_TO.call(unit, JavaExpr.prefix("(" + unit.use(RuntimeApi.PEL_ARRAY) + ") ", sent), array)) + ";");
            }
        }
        String call = unit.functions().name(f.id()) + String.join(", ", arguments).transform(list -> "(" + list + ")");
        if (f.result() == Type.Scalar.VOID) {
            body.line(call + ";");
            after.forEach(body::line);
            body.line("return null;");
        } else {
            String result = names.fresh("result");
            body.line(unit.types().of(f.result()) + " " + result + " = " + call + ";");
            after.forEach(body::line);
            body.line("return " + sent(f, JavaExpr.stable(result)) + ";");
        }
        String method = unit.names().fresh("export_" + f.name());
        unit.add(new JavaMethod("private Object", method, List.of("Object[] " + given), body));
        unit.addExport(export.number(), method);
    }

    private JavaExpr received(Type type, JavaExpr sent) {
        return switch (type) {
            case Type.Array a when Exports.isJavaArray(a) -> RuntimeApi.JAVA_WRAP.call(unit, sent, unit.types().elemType(a.element()));
            case Type.Array _ -> RuntimeApi.JAVA_SHARE.call(unit, JavaExpr.prefix("(" + unit.types().of(type) + ") ", sent));
            case Type.Tuple _, Type.Record _ -> {
                List<Type> components = Column.components(type);
                yield unit.types().construct(type, IntStream.range(0, components.size())
                        .mapToObj(k -> received(components.get(k), JavaExpr.primary("((Object[]) " + sent + ")[" + k + "]")))
                        .toList());
            }
            case Type.Scalar _, Type.ListOf _, Type.MapOf _ -> JavaExpr.prefix("(" + unit.types().of(type) + ") ", sent);
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> throw new CompilerBug("exported " + type);
        };
    }

    private JavaExpr sent(TFunction f, JavaExpr value) {
        boolean spread = f.result() instanceof Type.Array a && !a.distribution().isLocal();
        return sent(f.result(), spread ? RuntimeApi.REPLICATE.on(value, unit.rank(), unit.site(f.declared(), "result of " + f.name())) : value);
    }

    private JavaExpr sent(Type type, JavaExpr value) {
        return switch (type) {
            case Type.Array a when Exports.isJavaArray(a) -> JavaCallWriter.elements((Type.Scalar) a.element()).call(unit, value);
            case Type.Tuple _, Type.Record _ -> JavaExpr.primary(IntStream.range(0, Column.components(type).size())
                    .mapToObj(k -> sent(Column.components(type).get(k), unit.types().component(type, value, k)).text())
                    .collect(Collectors.joining(", ", "new Object[] {", "}")));
            case Type.Array _, Type.Scalar _, Type.ListOf _, Type.MapOf _ -> value;
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> throw new CompilerBug("exported " + type);
        };
    }
}
