package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ExternFunction;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/** Writes calls and function values. */
final class CallWriter {
    private final ExpressionWriter writer;
    private final Scope scope;
    private final JavaUnit unit;

    CallWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.scope = writer.scope();
        this.unit = scope.unit();
    }

    /** A scalar for a mut parameter travels in an array of one element: in before the call, back after it. What a loop must learn of follows the call, too. */
    JavaExpr call(TExpr.Call c, JavaBody out) {
        TFunction f = unit.functions().get(c.function());
        boolean holders = f.params().stream().anyMatch(FunctionTable::byHolder);
        for (int k = 0; k < f.params().size(); k++) {
            holders |= f.params().get(k).kind() == Var.Kind.MUT_PARAM && !(c.arguments().get(k) instanceof TExpr.Read);
        }
        if (!holders) {
            return JavaExpr.primary(invoke(c.function(), writer.values(c.arguments(), out)));
        }
        List<JavaExpr> arguments = new ArrayList<>();
        List<Runnable> after = new ArrayList<>();
        for (int k = 0; k < f.params().size(); k++) {
            TExpr argument = c.arguments().get(k);
            Var param = f.params().get(k);
            if (!FunctionTable.byHolder(param)) {
                arguments.add(scope.keep(
                        param.kind() == Var.Kind.MUT_PARAM ? writer.changing(argument, after, out) : writer.value(argument, out), argument.type(), "arg", out));
                continue;
            }
            Target place = place(argument, out);
            String type = unit.types().of(param.type());
            String holder = scope.names().fresh(param.name() + "_ref");
            String erased = type.contains("<") ? type.substring(0, type.indexOf('<')) : type;
            out.line("final " + erased + "[] " + holder + " = {" + place.read(out) + "};");
            arguments.add(JavaExpr.stable(holder));
            after.add(() -> place.write(writer.operators().checkedStorage(place.type(), JavaExpr.primary(holder + "[0]")), out));
        }
        String call = invoke(c.function(), arguments);
        JavaExpr result = JavaExpr.stable("");
        if (c.type() == Type.Scalar.VOID) {
            out.line(call + ";");
        } else {
            result = scope.spill(JavaExpr.primary(call), unit.types().of(c.type()), "result", out);
        }
        after.forEach(Runnable::run);
        return result;
    }

    private String invoke(int function, List<JavaExpr> arguments) {
        String prefix = unit.functions().isStatic(function) ? "" : scope.self();
        return prefix + unit.functions().name(function)
                + arguments.stream().map(JavaExpr::text).collect(Collectors.joining(", ", "(", ")"));
    }

    /** A call of a program function on values that are there already, for instance of a user's operator. */
    JavaExpr apply(int function, List<JavaExpr> arguments) {
        return JavaExpr.primary(invoke(function, arguments));
    }

    /** An argument for a mut parameter as a place. */
    Target place(TExpr argument, JavaBody out) {
        return switch (argument) {
            case TExpr.Read r -> scope.access().variable(r.variable(), scope);
            case TExpr.Element e when e.array() instanceof TExpr.Read r ->
                scope.access().element(r.variable(), e.subscripts(), e.span(), true, writer, out);
            case TExpr.Element e -> {
                JavaExpr array = scope.keep(place(e.array(), out).read(out), e.array().type(), "a", out);
                yield writer.elementOf(e.array().type(), array, e.subscripts(), e.span(), true, out);
            }
            case TExpr.Component c -> place(c.value(), out).component(c.index());
            default -> throw new CompilerBug("a mut argument that is no place: " + argument.span());
        };
    }

    JavaExpr callValue(TExpr.CallValue c, JavaBody out) {
        List<TExpr> operands = new ArrayList<>(List.of(c.function()));
        operands.addAll(c.arguments());
        List<JavaExpr> v = writer.values(operands, out);
        String arguments = v.stream().skip(1).map(JavaExpr::text).collect(Collectors.joining(", "));
        JavaExpr boxed = JavaExpr.primary(v.getFirst().receiver() + ".apply(" + arguments + ")");
        return c.type() == Type.Scalar.VOID ? boxed : unit.types().unbox(c.type(), boxed);
    }

    JavaExpr functionValue(TExpr.FunctionValue f, JavaBody out) {
        TFunction function = unit.functions().get(f.function());
        List<JavaExpr> arguments = new ArrayList<>();
        for (TExpr captured : f.captured()) {
            arguments.add(scope.spill(writer.owned(captured, out), unit.types().of(captured.type()), "captured", out));
        }
        String args = scope.names().fresh("args");
        for (int k = f.captured().size(); k < function.params().size(); k++) {
            Type type = function.params().get(k).type();
            arguments.add(unit.types().unbox(type, JavaExpr.primary(args + "[" + (k - f.captured().size()) + "]")));
        }
        String call = invoke(f.function(), arguments);
        String body = function.result() == Type.Scalar.VOID ? "{ " + call + "; return null; }" : call;
        return new JavaExpr("(" + unit.use(RuntimeApi.FN) + ") " + args + " -> " + body, JavaExpr.WEAKEST, true);
    }

    /** A static Java method; collective ones get this rank and the place of the call in front. */
    JavaExpr extern(TExpr.ExternCall c, JavaBody out) {
        ExternFunction f = c.function();
        if (f.java() != null) {
            return new JavaCallWriter(writer).call(c, f.java(), out);
        }
        List<JavaExpr> arguments = new ArrayList<>();
        if (f.collective()) {
            arguments.add(scope.rank());
            arguments.add(unit.site(c.span(), f.name()));
        }
        arguments.addAll(writer.values(c.arguments(), out));
        String text = unit.use(f.className()) + "." + f.method()
                + arguments.stream().map(JavaExpr::text).collect(Collectors.joining(", ", "(", ")"));
        return JavaExpr.primary(text);
    }
}
