package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.Column;
import org.pellang.compiler.codegen.ExpressionWriter;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.JavaMethod;
import org.pellang.compiler.codegen.JavaTypes;
import org.pellang.compiler.codegen.JavaUnit;
import org.pellang.compiler.codegen.Names;
import org.pellang.compiler.codegen.RuntimeApi;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.codegen.Target;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.MapChange;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;

/** A map from outside that a divided loop changes: what collects the changes, and how an entry stands in the nest. */
final class MapRecorder {
    private final MapChange change;
    private final JavaExpr recorder;

    private MapRecorder(MapChange change, JavaExpr recorder) {
        this.change = change;
        this.recorder = recorder;
    }

    MapChange change() {
        return change;
    }

    /** The recorder in front of the loop. */
    JavaExpr recorder() {
        return recorder;
    }

    /** Whether iterations have to be announced. */
    boolean numbered() {
        return change.combined() == null;
    }

    /** Makes the recorder in front of the loop. */
    static MapRecorder make(MapChange change, OwnedLoop loop, Caller caller, Scope scope) {
        JavaUnit unit = scope.unit();
        JavaTypes types = unit.types();
        Type.MapOf type = change.type();
        List<JavaExpr> arguments = new ArrayList<>(List.of(caller.loopName(), scope.access().read(change.map()), types.codec(type.key()),
                types.codec(type.value()), types.zero(type.value())));
        BinaryOp op = change.combined();
        JavaExpr made;
        if (op != null) {
            arguments.add(operator(op, type.value(), scope));
            made = LoopApi.MAP_COMBINED.call(unit, arguments);
        } else {
            arguments.add(JavaExpr.stable(Boolean.toString(change.promised())));
            arguments.add(JavaExpr.primary("this::" + method(change, loop, scope)));
            change.sites().forEach(s -> arguments.add(types.codec(s.operand())));
            made = LoopApi.MAP_CHANGES.call(unit, arguments);
            if (change.read()) {
                String generic = type(type, unit);
                made = LoopApi.MAP_READING.on(caller.spill(made, generic, change.map().name() + "Changes"));
            }
        }
        return new MapRecorder(change, caller.spill(made, type(type, unit), change.map().name() + "Changes"));
    }

    private static String type(Type.MapOf type, JavaUnit unit) {
        return unit.use(LoopApi.MAP_UPDATES) + "<" + unit.types().boxed(type.key()) + ", " + unit.types().boxed(type.value()) + ">";
    }

    /** {@code (a, b) -> a op b}. */
    private static JavaExpr operator(BinaryOp op, Type value, Scope scope) {
        String a = scope.names().fresh("a");
        String b = scope.names().fresh("b");
        JavaExpr combined = scope.expressions().operators().binary(op, value, JavaExpr.stable(a), JavaExpr.stable(b));
        return JavaExpr.stable("(" + a + ", " + b + ") -> " + combined);
    }

    /** Writes the method that carries the changes out; returns its name. */
    private static String method(MapChange change, OwnedLoop loop, Scope caller) {
        JavaUnit unit = caller.unit();
        Names names = unit.names().inner();
        Scope scope = new Scope(unit, names, caller.access(), caller.parallel(), Type.Scalar.VOID, "");
        Type value = change.type().value();
        String which = names.fresh("which");
        String old = names.fresh("old");
        String operand = names.fresh("operand");
        String entry = names.fresh("entry");
        JavaBody body = new JavaBody();
        body.at(loop.span());
        body.line(unit.types().of(value) + " " + entry + " = " + old + ";");
        for (int k = 0; k < change.sites().size(); k++) {
            MapChange.Site site = change.sites().get(k);
            body.open("if (" + which + " == " + k + ") {");
            Target target = new Elements.Local(scope, value, entry);
            for (int component : site.path()) {
                target = target.component(component);
            }
            JavaExpr given = scope.spill(unit.types().unbox(site.operand(), JavaExpr.stable(operand)), unit.types().of(site.operand()), "value", body);
            if (site.op() == null) {
                target.write(scope.expressions().operators().copy(site.operand(), given), body);
            } else {
                target.update(site.op(), given, scope.expressions(), body);
            }
            body.close();
        }
        body.line("return " + entry + ";");
        String method = unit.names().fresh(Captions.method(loop) + "Entry");
        String boxed = unit.types().boxed(value);
        unit.add(new JavaMethod("private " + boxed, method, List.of("int " + which, boxed + " " + old, "Object " + operand), body));
        return method;
    }

    /** The parameter of the nest that is the recorder. */
    String parameter(Kernel kernel) {
        return kernel.params().of(type(change.type(), kernel.unit()), change.map().name() + "Changes", recorder.text());
    }

    /** An entry in the nest; {@code subscripts} are those of a changing place or of a read. */
    Target entry(Kernel kernel, List<TExpr> subscripts, ExpressionWriter writer, JavaBody out) {
        int which = -1;
        for (int k = 0; k < change.sites().size(); k++) {
            which = change.sites().get(k).key() == subscripts ? k : which;
        }
        TExpr key = subscripts.getFirst();
        TExpr plain = key instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.UNIQUE ? c.arguments().getFirst() : key;
        JavaExpr text = writer.scope().keep(writer.value(plain, out), change.type().key(), "key", out);
        return new Entry(writer.scope(), change, parameter(kernel), which, text, List.of());
    }

    /** What a loop does to an entry becomes calls of the recorder. */
    private record Entry(Scope scope, MapChange change, String recorder, int which, JavaExpr key, List<Integer> path) implements Target {
        @Override
        public Type type() {
            Type type = change.type().value();
            for (int component : path) {
                type = Column.components(type).get(component);
            }
            return type;
        }

        @Override
        public JavaExpr read(JavaBody out) {
            JavaTypes types = scope.unit().types();
            Type type = change.type().value();
            JavaExpr value = types.unbox(type, JavaExpr.primary(recorder + ".get(" + key + ", " + types.zero(type) + ")"));
            for (int component : path) {
                value = types.component(type, value, component);
                type = Column.components(type).get(component);
            }
            return value;
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            if (which < 0) {
                throw new CompilerBug("an entry of " + change.map() + " changes at a place that was not seen");
            }
            out.line(recorder + ".change(" + which + ", " + value + ", " + key + ");");
        }

        @Override
        public Target component(int index) {
            List<Integer> longer = new ArrayList<>(path);
            longer.add(index);
            return new Entry(scope, change, recorder, which, key, List.copyOf(longer));
        }

        @Override
        public void update(@Nullable BinaryOp op, JavaExpr value, ExpressionWriter writer, JavaBody out) {
            if (change.combined() == null) {
                write(value, out);
                return;
            }
            JavaExpr term = op == BinaryOp.SUB ? writer.operators().unary(TExpr.UnaryOp.NEGATE, type().asValue(), value) : value;
            out.line(recorder + ".add(" + key + ", " + term + ");");
        }
    }

    /** {@code recorder.iteration(i, j, k)} at the start of an iteration. */
    void begin(Kernel kernel, JavaBody body) {
        List<String> index = new ArrayList<>();
        for (int d = 0; d < 3; d++) {
            index.add(d < kernel.loop().axes() ? kernel.index(d).text() : "0L");
        }
        body.line(parameter(kernel) + ".iteration(" + index.stream().collect(Collectors.joining(", ")) + ");");
    }
}
