package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;

/** Writes the constructs that the compiler knows by name. */
final class IntrinsicWriter {
    private final ExpressionWriter writer;
    private final Scope scope;
    private final JavaUnit unit;

    IntrinsicWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.scope = writer.scope();
        this.unit = scope.unit();
    }

    JavaExpr call(TExpr.IntrinsicCall c, JavaBody out) {
        List<Runnable> after = new ArrayList<>();
        List<JavaExpr> v = arguments(c, after, out);
        JavaExpr value = call(c, v, out);
        if (after.isEmpty()) {
            return value;
        }
        JavaExpr result = JavaExpr.stable("");
        if (c.type() == Type.Scalar.VOID) {
            out.line(value + ";");
        } else {
            result = scope.spill(value, unit.types().of(c.type()), "result", out);
        }
        after.forEach(Runnable::run);
        return result;
    }

    private JavaExpr call(TExpr.IntrinsicCall c, List<JavaExpr> v, JavaBody out) {
        return switch (c.intrinsic()) {
            case RANK -> new ExplicitWriter(writer).number(v, "rank");
            case SIZE -> new ExplicitWriter(writer).number(v, "size");
            case WORLD -> new ExplicitWriter(writer).world();
            case SPLIT -> new ExplicitWriter(writer).split(c, v);
            case WAIT -> new ExplicitWriter(writer).await(c, v, out);
            case AWAIT -> new ExplicitWriter(writer).taskValue(c, v.getFirst());
            case HOST -> JavaExpr.stable(scope.rank() + ".host()");
            case THREADS -> new JavaExpr("(long) " + scope.rank() + ".threads()", JavaExpr.UNARY, true);
            case CLOCK -> RuntimeApi.CLOCK.on(scope.rank(), unit.site(c.span(), "clock"));
            case LOCAL_CLOCK -> RuntimeApi.LOCAL_CLOCK.on(scope.rank());
            case PRINT -> RuntimeApi.PRINT.on(scope.rank(), v.getFirst());
            case PRINTALL -> RuntimeApi.PRINTALL.on(scope.rank(), unit.site(c.span(), "printall"), v.getFirst());
            case NOTE -> RuntimeApi.NOTE.on(scope.rank(), v.getFirst());
            case ABORT -> abort(v.getFirst(), out);
            case SHOW -> new TextWriter(writer).show(c.arguments().getFirst(), v.getFirst());
            case FORMAT -> new TextWriter(writer).formatted(c.arguments().getFirst(), v.get(0), v.get(1).text());
            case LEN -> c.arguments().getFirst().type() instanceof Type.MapOf
                    ? new MapWriter(writer).size(c, v.getFirst())
                    : length(c.arguments().getFirst().type(), v.getFirst());
            case DOMAIN_OF -> RuntimeApi.ARRAY_DOMAIN.on(v.getFirst());
            case DOMAINS_OF -> domains(c, v.getFirst(), out);
            case INNER -> RuntimeApi.DOMAIN_INNER.on(v.get(0), v.get(1));
            case FROM -> RuntimeApi.DOMAIN_FROM.on(v.getFirst(), v.subList(1, v.size()).toArray(JavaExpr[]::new));
            case AXIS -> RuntimeApi.DOMAIN_AXIS.on(v.get(0), JavaExpr.prefix("(int) ", v.get(1)));
            case STRIDE -> stride(c, v, out);
            case COPY -> writer.operators().copy(c.type(), v.getFirst());
            case SHAPED -> RuntimeApi.SHAPED.call(unit, v);
            case FILL -> RuntimeApi.ARRAY_FILL.on(v.get(0), v.get(1));
            // Where elements must move the statement or the comparison around it moves them.
            case REDISTRIBUTE -> v.getFirst();
            case REPLICATE -> RuntimeApi.REPLICATE.on(v.getFirst(), scope.rank(), unit.site(c.span(), "replicate"));
            case SAVE -> RuntimeApi.SAVE.call(unit, scope.rank(), unit.site(c.span(), "save"), v.get(0), v.get(1));
            case LOAD -> load(c, v);
            case PLOT_IMAGE -> collective(RuntimeApi.PLOT_IMAGE, c, "plot_image", v);
            case PLOT_LINE -> collective(v.size() == 2 ? RuntimeApi.PLOT_SERIES : RuntimeApi.PLOT_LINE, c, "plot_line", v);
            case MIN -> fold(TExpr.BinaryOp.MIN, c, v);
            case MAX -> fold(TExpr.BinaryOp.MAX, c, v);
            case CLAMP -> clamp(c, v);
            case ABS -> pure("Math.abs", v);
            case SIGN -> sign(c, v.getFirst());
            case SPLAT -> splat(c, v.getFirst(), out);
            case PUSH -> push(c, v, out);
            case POP -> RuntimeApi.LIST_POP.on(v.getFirst());
            case ZIP -> paired(RuntimeApi.ZIP, c, v);
            case ENUMERATE -> paired(RuntimeApi.ENUMERATE, c, v);
            case REVERSED -> own(c, sorting("reversed", v));
            case SORTED -> sorting("sorted", v);
            case ARGSORT -> sorting("argsort", v);
            case DISTINCT -> own(c, sorting("distinct", v));
            case SORT -> sorting("sort", v);
            case MERGE -> sorting("merge", v);
            case SPLIT_AT -> sorting("splitAt", v);
            case SEARCH -> sorting("search", v);
            case CHANNEL -> channel(c, v);
            case UNIQUE -> v.getFirst();
            case INSPECT -> JavaExpr.primary(scope.access().inspector(((Long) ((TExpr.Constant) c.arguments().getFirst()).value()).intValue())
                    + ".need(" + v.stream().skip(1).map(JavaExpr::text).collect(Collectors.joining(", ")) + ")");
            case SHUFFLED -> RuntimeApi.SHUFFLE_ORDER.call(unit, v.get(0), v.get(1), v.get(2), v.get(3));
            case IN_SHUFFLE -> RuntimeApi.SHUFFLE_WITHIN.call(unit, v.get(0), v.get(1), v.get(2), v.get(3), v.get(4));
            case HAS -> new MapWriter(writer).has(c, v);
            case REMOVE -> RuntimeApi.MAP_REMOVE.on(v.get(0), v.get(1));
            case TOP -> new MapWriter(writer).top(c, v);
            case ENTRIES -> new MapWriter(writer).entries(c, v.getFirst());
            case TO_LIST -> RuntimeApi.TO_LIST.call(unit, v.getFirst());
            case LOWEST -> RuntimeApi.DOMAIN_LO.on(v.getFirst(), JavaExpr.stable("0"));
            case LINES -> RuntimeApi.LINES.call(unit, scope.rank(), unit.site(c.span(), "lines"), v.getFirst());
        };
    }

    /** What is about to change is a place: a list in a map is put in first. */
    private List<JavaExpr> arguments(TExpr.IntrinsicCall c, List<Runnable> after, JavaBody out) {
        return switch (c.intrinsic()) {
            case PUSH, POP, SORT, FILL, REMOVE -> {
                List<JavaExpr> v = new ArrayList<>(List.of(writer.changing(c.arguments().getFirst(), after, out)));
                v.addAll(writer.values(c.arguments().subList(1, c.arguments().size()), out));
                yield v;
            }
            default -> writer.values(c.arguments(), out);
        };
    }

    /** {@code new Channel<>(rank, codec, number, name, extents...)}. */
    private JavaExpr channel(TExpr.IntrinsicCall c, List<JavaExpr> v) {
        Type message = ((Type.Channel) c.type()).message();
        List<JavaExpr> all = new ArrayList<>(
                List.of(scope.rank(), unit.types().codec(message), JavaExpr.prefix("(int) ", v.get(1)), v.getFirst()));
        all.addAll(v.subList(2, v.size()));
        return RuntimeApi.NEW_CHANNEL.call(unit, all);
    }

    private JavaExpr abort(JavaExpr code, JavaBody out) {
        // Never taken as the end of the method by javac: code may follow.
        out.open("if (" + scope.rank() + " != null) {").line("throw " + RuntimeApi.ABORT.on(scope.rank(), code) + ";").close();
        return JavaExpr.stable("");
    }

    private JavaExpr length(Type type, JavaExpr value) {
        return switch (type) {
            case Type.Array _ -> RuntimeApi.ARRAY_LENGTH.on(value, JavaExpr.stable("0"));
            case Type.Domain _ -> RuntimeApi.DOMAIN_SIZE.on(value);
            case Type.ListOf _ -> RuntimeApi.LIST_SIZE.on(value);
            case Type.Scalar _ -> RuntimeApi.TEXT_LEN.call(unit, value);
            case Type.Tuple _, Type.Record _, Type.MapOf _, Type.Function _, Type.Channel _, Type.Future _ ->
                throw new CompilerBug("len of " + type);
            case Type.Request _, Type.Team _ -> throw new CompilerBug("len of " + type);
        };
    }

    private JavaExpr domains(TExpr.IntrinsicCall c, JavaExpr array, JavaBody out) {
        JavaExpr domain = scope.spill(RuntimeApi.ARRAY_DOMAIN.on(array), unit.use(RuntimeApi.DOMAIN), "d", out);
        List<JavaExpr> axes = new ArrayList<>();
        for (int d = 0; d < Column.components(c.type()).size(); d++) {
            axes.add(RuntimeApi.DOMAIN_AXIS.on(domain, JavaExpr.stable(Integer.toString(d))));
        }
        return unit.types().construct(c.type(), axes).unstable();
    }

    private JavaExpr stride(TExpr.IntrinsicCall c, List<JavaExpr> v, JavaBody out) {
        JavaExpr step = scope.keep(v.get(1), Type.Scalar.INT, "step", out);
        JavaExpr domain = v.getFirst();
        for (int d = 0; d < ((Type.Domain) c.type()).axes(); d++) {
            domain = RuntimeApi.DOMAIN_BY.on(domain, JavaExpr.stable(Integer.toString(d)), step);
        }
        return domain;
    }

    private JavaExpr load(TExpr.IntrinsicCall c, List<JavaExpr> v) {
        Type.Array type = (Type.Array) c.type();
        List<JavaExpr> blocks = v.size() > 1 ? v.subList(1, v.size()) : java.util.Collections.nCopies(type.axes(), JavaLiteral.of(1L));
        String kinds = type.distribution().isLocal() ? "null" : writer.arrays().kinds(type.distribution(), blocks);
        return RuntimeApi.LOAD.call(
                unit,
                scope.rank(),
                unit.site(c.span(), "load"),
                v.getFirst(),
                unit.types().elemType(type.element()),
                JavaExpr.stable(Integer.toString(type.axes())),
                JavaExpr.stable(kinds));
    }

    private JavaExpr collective(RuntimeMethod method, TExpr.IntrinsicCall c, String construct, List<JavaExpr> v) {
        List<JavaExpr> arguments = new ArrayList<>(List.of(scope.rank(), unit.site(c.span(), construct)));
        arguments.addAll(v);
        return method.call(unit, arguments);
    }

    private JavaExpr fold(TExpr.BinaryOp op, TExpr.IntrinsicCall c, List<JavaExpr> v) {
        JavaExpr result = v.getFirst();
        for (JavaExpr next : v.subList(1, v.size())) {
            result = writer.operators().binary(op, c.type(), result, next);
        }
        return result;
    }

    private JavaExpr clamp(TExpr.IntrinsicCall c, List<JavaExpr> v) {
        RuntimeMethod method = c.type() == Type.Scalar.INT ? RuntimeApi.INT_CLAMP : RuntimeApi.FLOAT_CLAMP;
        JavaExpr result = method.call(unit, v);
        return c.type() == Type.Scalar.FLOAT32 ? JavaExpr.prefix("(float) ", result) : result;
    }

    private JavaExpr sign(TExpr.IntrinsicCall c, JavaExpr value) {
        return c.type() == Type.Scalar.INT
                ? JavaExpr.prefix("(long) ", pure("Long.signum", List.of(value)))
                : pure("Math.signum", List.of(value));
    }

    private static JavaExpr pure(String function, List<JavaExpr> v) {
        String arguments = v.stream().map(JavaExpr::text).collect(Collectors.joining(", "));
        return new JavaExpr(function + "(" + arguments + ")", JavaExpr.PRIMARY, v.stream().allMatch(JavaExpr::stable));
    }

    private JavaExpr splat(TExpr.IntrinsicCall c, JavaExpr value, JavaBody out) {
        JavaExpr s = scope.keep(value, Type.Scalar.FLOAT, "s", out);
        return unit.types().construct(c.type(), java.util.Collections.nCopies(Column.components(c.type()).size(), s));
    }

    private JavaExpr push(TExpr.IntrinsicCall c, List<JavaExpr> v, JavaBody out) {
        TExpr item = c.arguments().get(1);
        JavaExpr value = Freshness.isFresh(item) ? v.get(1) : writer.operators().copy(item.type(), v.get(1));
        return RuntimeApi.LIST_PUSH.on(v.get(0), value);
    }

    /** {@code zip} and {@code enumerate}: the runtime hands over the components boxed, a lambda makes the tuple. */
    private JavaExpr paired(RuntimeMethod method, TExpr.IntrinsicCall c, List<JavaExpr> v) {
        Type tuple = ((Type.Array) c.type()).element();
        String parts = scope.names().fresh("parts");
        List<JavaExpr> components = new ArrayList<>();
        List<Type> types = Column.components(tuple);
        for (int k = 0; k < types.size(); k++) {
            components.add(unit.types().unbox(types.get(k), JavaExpr.primary(parts + "[" + k + "]")));
        }
        List<JavaExpr> arguments = new ArrayList<>(List.of(unit.types().elemType(tuple)));
        arguments.add(JavaExpr.stable(parts + " -> " + unit.types().construct(tuple, components)));
        arguments.addAll(v);
        return method.call(unit, arguments);
    }

    /** A list of arrays, lists or records that share nothing with the argument's. */
    private static JavaExpr own(TExpr.IntrinsicCall c, JavaExpr value) {
        return c.type() instanceof Type.ListOf list && JavaTypes.isMutable(list.element()) ? RuntimeApi.LIST_COPY.on(value) : value;
    }

    /** Overloads of one name in the standard library take arrays and lists. */
    private JavaExpr sorting(String method, List<JavaExpr> v) {
        return JavaExpr.primary(unit.use(RuntimeApi.SORTING) + "." + method
                + v.stream().map(JavaExpr::text).collect(Collectors.joining(", ", "(", ")")));
    }
}
