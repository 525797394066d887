package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;

/** Writes what programs do with maps. A map that is spread over the ranks knows that itself, so one code serves both where it does not matter. */
public final class MapWriter {
    private final ExpressionWriter writer;
    private final Scope scope;
    private final JavaUnit unit;

    public MapWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.scope = writer.scope();
        this.unit = scope.unit();
    }

    /** An empty map, or one of pairs or of another map. */
    JavaExpr make(TExpr.MapNew m, JavaBody out) {
        Type.MapOf type = (Type.MapOf) m.type();
        TExpr entries = m.entries();
        if (entries == null) {
            return empty(type);
        }
        if (!(entries.type() instanceof Type.MapOf from)) {
            return RuntimeApi.MAPS_OF.call(unit, writer.value(entries, out), empty(type));
        }
        JavaExpr value = writer.value(entries, out);
        if (from.distributed()) {
            return RuntimeApi.MAP_COPY.on(RuntimeApi.MAPS_REPLICA.call(unit, value, site(m.span(), "replicate")));
        }
        return RuntimeApi.MAPS_SPREAD.call(unit, value, empty(type));
    }

    private JavaExpr empty(Type.MapOf type) {
        if (!type.distributed()) {
            return unit.types().zero(type);
        }
        String generic = "<" + unit.types().boxed(type.key()) + ", " + unit.types().boxed(type.value()) + ">";
        return JavaExpr.primary(unit.use(RuntimeApi.PEL_MAP) + "." + generic + "spread(" + scope.rank() + ", "
                + unit.types().codec(type.key()) + ", " + unit.types().codec(type.value()) + ")");
    }

    private JavaExpr site(Span span, String construct) {
        return unit.site(span, construct);
    }

    private static boolean spread(TExpr map) {
        return map.type() instanceof Type.MapOf m && m.distributed();
    }

    JavaExpr has(TExpr.IntrinsicCall c, List<JavaExpr> v) {
        return spread(c.arguments().getFirst())
                ? RuntimeApi.MAPS_HAS.call(unit, v.get(0), site(c.span(), "has"), v.get(1))
                : RuntimeApi.MAP_HAS.on(v.get(0), v.get(1));
    }

    JavaExpr size(TExpr.IntrinsicCall c, JavaExpr map) {
        return spread(c.arguments().getFirst()) ? RuntimeApi.MAPS_SIZE.call(unit, map, site(c.span(), "len")) : RuntimeApi.MAP_SIZE.on(map);
    }

    JavaExpr top(TExpr.IntrinsicCall c, List<JavaExpr> v) {
        return pairs(RuntimeApi.MAPS_TOP, c, List.of(v.get(0), site(c.span(), "top"), v.get(1)));
    }

    JavaExpr entries(TExpr.IntrinsicCall c, JavaExpr map) {
        return pairs(RuntimeApi.MAPS_ENTRIES, c, List.of(map, site(c.span(), "loop over a map")));
    }

    /** The runtime hands over key and value boxed, a lambda makes the tuple. */
    private JavaExpr pairs(RuntimeMethod method, TExpr.IntrinsicCall c, List<JavaExpr> arguments) {
        Type tuple = ((Type.Array) c.type()).element();
        String parts = scope.names().fresh("parts");
        List<JavaExpr> components = new ArrayList<>();
        for (int k = 0; k < 2; k++) {
            components.add(unit.types().unbox(Column.components(tuple).get(k), JavaExpr.primary(parts + "[" + k + "]")));
        }
        List<JavaExpr> all = new ArrayList<>(arguments);
        all.add(unit.types().elemType(tuple));
        all.add(JavaExpr.stable(parts + " -> " + unit.types().construct(tuple, components)));
        return method.call(unit, all);
    }

    /** Opens a loop over the entries in ascending order of the keys. */
    void loop(Iteration it, String label, LoopWriter loops, JavaBody out) {
        Type.MapOf type = (Type.MapOf) it.space().type();
        JavaExpr map = writer.value(it.space(), out);
        JavaExpr whole = type.distributed() ? RuntimeApi.MAPS_REPLICA.call(unit, map, site(it.space().span(), "loop over a map")) : map;
        String entry = scope.names().fresh("entry");
        if (!label.isEmpty()) {
            out.line(label + ":");
        }
        out.open("for (" + unit.use("java.util.Map") + ".Entry<" + unit.types().boxed(type.key()) + ", " + unit.types().boxed(type.value()) + "> "
                + entry + " : " + RuntimeApi.MAP_SORTED.on(whole) + ") {");
        List<JavaExpr> parts = List.of(JavaExpr.primary(entry + ".getKey()"), JavaExpr.primary(entry + ".getValue()"));
        if (it.indices().size() == 2) {
            scope.access().declare(it.indices().get(0), parts.get(0), out);
            scope.access().declare(it.indices().get(1), parts.get(1), out);
        } else {
            Type pair = it.indices().getFirst().type();
            loops.bind(it.indices(), pair, unit.types().construct(pair, parts), out);
        }
    }

    /** The value of a key as something to read and write. */
    Target element(Type.MapOf type, JavaExpr map, TExpr key, Span span, boolean written, JavaBody out) {
        JavaExpr value = writer.value(key, out);
        JavaExpr kept = written ? scope.keep(value, type.key(), "key", out) : value;
        return new Entry(scope, type, map, kept, site(span, "entry of a map"), written);
    }

    /** A map with one key of it. {@code place}: it is about to change, so that lists, arrays and maps that are read are put in first. */
    private record Entry(Scope scope, Type.MapOf map, JavaExpr reference, JavaExpr key, JavaExpr site, boolean place) implements Target {
        @Override
        public Type type() {
            return map.value();
        }

        private JavaExpr zero() {
            return scope.unit().types().zero(map.value());
        }

        @Override
        public JavaExpr read(JavaBody out) {
            JavaExpr value = map.distributed()
                    ? RuntimeApi.MAPS_GET.call(scope.unit(), reference, site, key, zero())
                    : (place && JavaTypes.isMutable(map.value()) ? RuntimeApi.MAP_AT : RuntimeApi.MAP_GET).on(reference, key, zero());
            // Without the cast two reads would be compared as references.
            return scope.unit().types().unbox(map.value(), value);
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            out.line((map.distributed() ? RuntimeApi.MAP_PUT_OWNED : RuntimeApi.MAP_PUT).on(reference, key, value) + ";");
        }

        @Override
        public Target component(int index) {
            return new Targets.Part(scope, this, index);
        }

        /** Only the owner of the key reads and writes. */
        @Override
        public void update(TExpr.@org.jspecify.annotations.Nullable BinaryOp op, JavaExpr value, ExpressionWriter writer, JavaBody out) {
            if (!map.distributed()) {
                Target.super.update(op, value, writer, out);
                return;
            }
            JavaExpr operand = scope.keep(value, map.value().asValue(), "operand", out);
            out.open("if (" + RuntimeApi.MAP_OWNS.on(reference, key) + ") {");
            Type.MapOf here = new Type.MapOf(map.key(), map.value(), false);
            new Entry(scope, here, reference, key, site, true).update(op, operand, writer, out);
            out.close();
        }
    }
}
