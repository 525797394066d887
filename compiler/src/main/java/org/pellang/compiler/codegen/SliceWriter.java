package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;

/** Writes slices of arrays, lists, strings and domains. */
final class SliceWriter {
    private final ExpressionWriter writer;
    private final Scope scope;
    private final JavaUnit unit;

    SliceWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.scope = writer.scope();
        this.unit = scope.unit();
    }

    JavaExpr value(TExpr.Slice s, JavaBody out) {
        Type type = s.array().type();
        JavaExpr whole = scope.keep(writer.value(s.array(), out), type, "whole", out);
        return switch (type) {
            case Type.Array a -> {
                boolean here = s.array() instanceof TExpr.Read r && scope.access().holdsLocally(r.variable());
                JavaExpr local = here || a.distribution().isLocal()
                        ? whole
                        : RuntimeApi.REPLICATE.on(whole, scope.rank(), unit.site(s.span(), "slice of a distributed array"));
                yield RuntimeApi.SLICE.call(unit, arguments(List.of(local), s.subscripts(), out));
            }
            case Type.Domain _ -> domain(whole, s.subscripts(), out);
            case Type.ListOf list -> {
                JavaExpr part = between(RuntimeApi.LIST_SLICE, whole, s.subscripts().getFirst(), out);
                yield JavaTypes.isMutable(list.element()) ? RuntimeApi.LIST_COPY.on(part) : part;
            }
            case Type.Scalar _ -> between(RuntimeApi.TEXT_SLICE, whole, s.subscripts().getFirst(), out);
            case Type.Tuple _, Type.Record _, Type.MapOf _, Type.Function _, Type.Channel _, Type.Future _ ->
                throw new CompilerBug("slice of " + type);
            case Type.Request _, Type.Team _ -> throw new CompilerBug("slice of " + type);
        };
    }

    /** Array, flags of the axes that vanish, one domain per axis (null: all of it), further arguments. */
    private List<JavaExpr> arguments(List<JavaExpr> array, List<TExpr.TSub> subs, JavaBody out) {
        List<JavaExpr> arguments = new ArrayList<>(array);
        arguments.add(JavaExpr.stable(subs.stream()
                .map(s -> s.index() != null ? "true" : "false")
                .collect(Collectors.joining(", ", "new boolean[] {", "}"))));
        List<JavaExpr> axes = new ArrayList<>();
        for (TExpr.TSub s : subs) {
            if (s.index() != null) {
                JavaExpr index = scope.keep(writer.value(s.index(), out), Type.Scalar.INT, "i", out);
                axes.add(RuntimeApi.DOMAIN_RANGE.call(unit, index, index));
            } else if (s.range() != null) {
                axes.add(scope.keep(writer.value(s.range(), out), s.range().type(), "part", out));
            } else {
                axes.add(JavaExpr.stable("null"));
            }
        }
        String type = unit.use(RuntimeApi.DOMAIN);
        arguments.add(JavaExpr.stable(
                axes.stream().map(JavaExpr::text).collect(Collectors.joining(", ", "new " + type + "[] {", "}"))));
        return arguments;
    }

    private JavaExpr domain(JavaExpr whole, List<TExpr.TSub> subs, JavaBody out) {
        JavaExpr result = whole;
        for (int d = 0; d < subs.size(); d++) {
            TExpr.TSub s = subs.get(d);
            JavaExpr axis = JavaExpr.stable(Integer.toString(d));
            if (s.range() != null) {
                JavaExpr range = scope.keep(writer.value(s.range(), out), s.range().type(), "part", out);
                result = RuntimeApi.DOMAIN_SLICE.on(
                        result, axis, JavaExpr.stable(range + ".lo(0)"), JavaExpr.stable(range + ".hi(0)"));
                boolean strided = !(s.range() instanceof TExpr.Range r && r.step() == null);
                result = strided ? RuntimeApi.DOMAIN_BY.on(result, axis, JavaExpr.stable(range + ".step(0)")) : result;
            } else if (s.index() != null) {
                JavaExpr index = scope.keep(writer.value(s.index(), out), Type.Scalar.INT, "i", out);
                result = RuntimeApi.DOMAIN_SLICE.on(result, axis, index, index);
            }
        }
        return result;
    }

    /** From (included), to (excluded) of a string or list. */
    private JavaExpr between(RuntimeMethod method, JavaExpr whole, TExpr.TSub sub, JavaBody out) {
        JavaExpr from = JavaLiteral.of(0L);
        JavaExpr to = method.isStatic() ? RuntimeApi.TEXT_LEN.call(unit, whole) : RuntimeApi.LIST_SIZE.on(whole);
        if (sub.range() instanceof TExpr.Range r && r.step() == null) {
            List<JavaExpr> bounds = writer.values(List.of(r.low(), r.high()), out);
            from = bounds.get(0);
            to = r.open() ? bounds.get(1) : writer.operators().binary(TExpr.BinaryOp.ADD, Type.Scalar.INT, bounds.get(1), JavaLiteral.of(1L));
        } else if (sub.range() != null) {
            JavaExpr range = scope.keep(writer.value(sub.range(), out), sub.range().type(), "part", out);
            from = JavaExpr.stable(range + ".lo(0)");
            to = new JavaExpr(range + ".hi(0) + 1L", JavaExpr.SUM, true);
        }
        return method.isStatic() ? method.call(unit, whole, from, to) : method.on(whole, from, to);
    }

    /** A slice as something to assign. */
    Target target(Place.Slice s, JavaBody out) {
        JavaExpr array = scope.keep(writer.target(s.array(), out).read(out), s.array().type(), "whole", out);
        return new SliceTarget(s.type(), array, arguments(List.of(array), s.subscripts(), out));
    }

    private final class SliceTarget implements Target {
        private final Type type;
        private final JavaExpr array;
        private final List<JavaExpr> arguments;

        SliceTarget(Type type, JavaExpr array, List<JavaExpr> arguments) {
            this.type = type;
            this.array = array;
            this.arguments = arguments;
        }

        @Override
        public Type type() {
            return type;
        }

        @Override
        public JavaExpr read(JavaBody out) {
            return RuntimeApi.SLICE.call(unit, arguments);
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            List<JavaExpr> all = new ArrayList<>(arguments);
            all.add(value);
            out.line(RuntimeApi.ASSIGN_SLICE.call(unit, all) + ";");
        }

        @Override
        public Target component(int index) {
            throw new CompilerBug("component of a slice of " + array);
        }
    }
}
