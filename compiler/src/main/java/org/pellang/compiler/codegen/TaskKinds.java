package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.sema.flow.UniformityCheck;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** The functions that a program spawns, as constants that tell the runtime how their calls travel to other ranks, if they can. */
final class TaskKinds {
    private final JavaUnit unit;
    private final TypedProgram program;
    private final Map<Integer, JavaExpr> constants = new LinkedHashMap<>();
    private final Set<Integer> travelling = new HashSet<>();
    private @Nullable Set<Span> own;
    private @Nullable String another;

    TaskKinds(JavaUnit unit, TypedProgram program) {
        this.unit = unit;
        this.program = program;
    }

    /** The constants whose tasks travel. */
    Collection<JavaExpr> travelling() {
        return constants.entrySet().stream().filter(e -> travelling.contains(e.getKey())).map(Map.Entry::getValue).toList();
    }

    /** Whether all ranks make this task alike, so that one may run it for all. */
    boolean byAllRanks(TExpr.Spawn s) {
        if (own == null) {
            own = UniformityCheck.ownTasks(program);
        }
        return travelling.contains(s.call().function()) && !own.contains(s.span());
    }

    /** The constant for a spawned function. */
    JavaExpr kind(TExpr.Call call) {
        JavaExpr known = constants.get(call.function());
        if (known != null) {
            return known;
        }
        TFunction f = program.functions().get(call.function());
        String type = unit.use(ExplicitApi.TASK_KIND);
        JavaExpr made = ExplicitApi.NEW_TASK_KIND.call(unit, JavaExpr.stable(JavaLiteral.string(f.name())), body(f));
        Reached reached = new Reached(program, f);
        List<Var> read = reached.globals.stream().filter(v -> !unit.globals().isConstant(v)).toList();
        if (reached.travels && isPlain(f.result(), true) && f.params().stream().allMatch(p -> isPlain(p.type(), false))
                && read.stream().allMatch(v -> isPlain(v.type(), false))) {
            JavaExpr result = packed(f.result() == Type.Scalar.VOID ? List.of() : List.of(f.result()));
            JavaExpr params = packed(f.params().stream().map(Var::type).toList());
            made = ExplicitApi.TASK_TRAVELS.on(made, JavaExpr.stable(unit.name() + "::" + another()), result, params);
            if (!read.isEmpty()) {
                made = ExplicitApi.TASK_READS.on(made, reading(read));
            }
            travelling.add(f.id());
        }
        JavaExpr constant = JavaExpr.stable(unit.constant(type, "TASK_" + f.declared().line(), made.text()));
        constants.put(f.id(), constant);
        return constant;
    }

    private JavaExpr body(TFunction f) {
        String arguments = IntStream.range(0, f.params().size())
                .mapToObj(k -> unit.types().unbox(f.params().get(k).type(), JavaExpr.primary("args[" + k + "]")).text())
                .collect(Collectors.joining(", "));
        String on = unit.functions().isStatic(f.id()) ? "" : self() + ".";
        String call = on + unit.functions().name(f.id()) + "(" + arguments + ")";
        return new JavaExpr("(program, args) -> " + (f.result() == Type.Scalar.VOID ? "{ " + call + "; return null; }" : call), JavaExpr.WEAKEST, false);
    }

    private String self() {
        return "((" + unit.name() + ") program)";
    }

    private JavaExpr packed(List<Type> types) {
        return ExplicitApi.PACKED_VALUES.call(unit, types.stream().map(t -> unit.types().codec(t.isIntegral() ? Type.Scalar.INT : t)).toList());
    }

    private JavaExpr[] reading(List<Var> read) {
        List<JavaExpr> parts = new ArrayList<>();
        String values = read.stream().map(v -> self() + "." + unit.globals().name(v)).collect(Collectors.joining(", "));
        parts.add(new JavaExpr("program -> new Object[] {" + values + "}", JavaExpr.WEAKEST, false));
        String stores = IntStream.range(0, read.size())
                .mapToObj(k -> self() + "." + unit.globals().name(read.get(k)) + " = "
                        + unit.types().unbox(read.get(k).type(), JavaExpr.primary("values[" + k + "]")).text() + ";")
                .collect(Collectors.joining(" "));
        parts.add(new JavaExpr("(program, values) -> { " + stores + " }", JavaExpr.WEAKEST, false));
        parts.add(packed(read.stream().map(Var::type).toList()));
        return parts.toArray(JavaExpr[]::new);
    }

    /** The method that makes an instance of the program for the values of another rank. */
    private String another() {
        if (another == null) {
            another = unit.names().fresh("another");
            unit.add(new JavaMethod("private static Object", another, List.of("Object program"), new JavaBody()
                    .line(unit.name() + " fresh = new " + unit.name() + "();")
                    .line("fresh." + JavaUnit.RANK + " = " + self() + "." + JavaUnit.RANK + ";")
                    .line("return fresh;")));
        }
        return another;
    }

    /** Whether values of the type are data alone. */
    private static boolean isPlain(Type type, boolean result) {
        return switch (type) {
            case Type.Scalar s -> s != Type.Scalar.VOID || result;
            case Type.Tuple t -> t.elements().stream().allMatch(e -> isPlain(e, false));
            case Type.Record r -> r.fields().stream().allMatch(f -> isPlain(f.type(), false));
            case Type.ListOf l -> isPlain(l.element(), false);
            case Type.MapOf m -> !m.distributed() && isPlain(m.key(), false) && isPlain(m.value(), false);
            case Type.Array a -> a.distribution().isLocal() && isPlain(a.element(), false);
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> false;
        };
    }

    /** What a function may do, with all that it calls. */
    private static final class Reached {
        private final TypedProgram program;
        private final Set<Integer> functions = new HashSet<>();
        final Set<Var> globals = new LinkedHashSet<>();
        /** Whether it does nothing that belongs to its rank or its machine. */
        boolean travels = true;

        Reached(TypedProgram program, TFunction f) {
            this.program = program;
            function(f.id());
        }

        private void function(int f) {
            if (functions.add(f)) {
                program.functions().get(f).body().statements().forEach(s -> Trees.walk(s, this::expression));
            }
        }

        private void expression(TExpr e) {
            switch (e) {
                case TExpr.Read r when r.variable().kind().global() -> globals.add(r.variable());
                case TExpr.ExternCall c when c.function().java() != null -> travels = false;
                case TExpr.IntrinsicCall c when FunctionTable.needsRank(c.intrinsic()) || c.intrinsic() == Intrinsic.INSPECT -> travels = false;
                default -> {}
            }
            Trees.function(e).ifPresent(this::function);
            if (e instanceof TExpr.CallValue) {
                // Any function that is a value somewhere.
                TreeWalk.everyExpression(program, x -> {
                    if (x instanceof TExpr.FunctionValue v) {
                        function(v.function());
                    }
                });
            }
        }
    }
}
