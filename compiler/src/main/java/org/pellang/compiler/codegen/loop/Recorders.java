package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.Column;
import org.pellang.compiler.codegen.ExpressionWriter;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.codegen.Target;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;

/** Stores that do not simply go into an array: scattered ones, those of merged arrays that must be marked, contributions of a scan. */
final class Recorders {
    private final Kernel kernel;
    private final Map<Integer, String> names = new HashMap<>();

    Recorders(Kernel kernel) {
        this.kernel = kernel;
        for (View v : kernel.loop().views()) {
            if (records(v)) {
                String type = kernel.unit().use(LoopApi.SCATTER);
                names.put(v.id(), kernel.params().of(type, v.array().name() + "Stores", LoopApi.SCATTER_HERE.on(kernel.caller().recorder(v)).text()));
            } else if (isUnique(v)) {
                names.put(v.id(), kernel.params().of(kernel.unit().use(LoopApi.MERGE), v.array().name() + "Merge", LoopApi.MERGE_HERE.on(kernel.caller().recorder(v)).text()));
            } else if (isMarked(v, kernel.loop())) {
                String flags = LoopApi.MERGE_WRITTEN.on(kernel.caller().recorder(v)).text();
                names.put(v.id(), kernel.params().of("boolean[]", v.array().name() + "Written", flags));
            } else if (v.mode() == View.Mode.BORROWED && !v.bare()) {
                names.put(v.id(), kernel.params().of("boolean[]", v.array().name() + "Written", kernel.caller().recorder(v).text()));
            } else if (lends(v)) {
                names.put(v.id(), kernel.params().of(kernel.unit().use(LoopApi.LENT), v.array().name() + "Lent", kernel.caller().recorder(v).text()));
            } else if (v.mode() == View.Mode.SCANNED) {
                names.put(v.id(), kernel.params().own(kernel.unit().use(LoopApi.SCAN), "scan", kernel.caller().named("slots")));
            }
        }
    }

    private static boolean records(View v) {
        return v.mode() == View.Mode.SCATTERED || v.mode() == View.Mode.ACCUMULATED || v.mode() == View.Mode.RECORDED && !v.bare();
    }

    /** Whether the runtime wants to know where iterations begin: an array that functions update, elements of which may meet. */
    private boolean lends(View v) {
        return kernel.loop().after().stream().anyMatch(op -> op instanceof CommOp.Lend l && l.view() == v.id() && l.operator() != null);
    }

    /** Whether a merged array's stores must be marked, because they are not exactly the elements at the loop's own indices. */
    static boolean isMarked(View v, OwnedLoop loop) {
        return v.mode() == View.Mode.MERGED && (loop.migrates() || v.uses().stream().anyMatch(u -> u.writes() && !u.isOwn(loop.axes())));
    }

    /** Whether the runtime is to check that a merged array's stores meet nowhere. */
    static boolean isUnique(View v) {
        return v.mode() == View.Mode.MERGED && v.uses().stream().anyMatch(u -> u.key().stream().anyMatch(e -> withoutUnique(e) != e));
    }

    /** At the start of an iteration. */
    void begin(JavaBody body) {
        List<String> index = new ArrayList<>();
        for (int d = 0; d < 3; d++) {
            index.add(d < kernel.loop().axes() ? kernel.index(d).text() : "0L");
        }
        kernel.caller().maps().stream().filter(MapRecorder::numbered).forEach(m -> m.begin(kernel, body));
        for (View v : kernel.loop().views()) {
            if (records(v) || lends(v)) {
                body.line(name(v) + ".iteration(" + String.join(", ", index) + ");");
            } else if (isUnique(v)) {
                body.line(LoopApi.MERGE_ITERATION.on(JavaExpr.stable(name(v))) + ";");
            }
        }
    }

    /** The target of a store that is recorded, null if it goes into the array. */
    @Nullable Target target(View view, Use use, List<TExpr> subscripts, Type element, ExpressionWriter writer, JavaBody out) {
        if (view.mode() == View.Mode.SCANNED) {
            String boxed = kernel.loop().scan() instanceof ReduceOp.User ? boxed(element, writer) : "";
            return boxed.isEmpty()
                    ? new Recorded(writer.scope(), element, List.of(), put(element, name(view)), "")
                    : new Recorded(writer.scope(), element, List.of(), name(view) + ".putObject(" + boxed + ".valueOf(", ")");
        }
        if (!records(view) || !use.writes()) {
            return null;
        }
        List<TExpr> plain = subscripts.stream().map(Recorders::withoutUnique).toList();
        List<JavaExpr> index = new ArrayList<>(writer.stableValues(plain, "at", out));
        while (index.size() < 3) {
            index.add(JavaExpr.stable("0L"));
        }
        String arguments = ", " + index.get(0) + ", " + index.get(1) + ", " + index.get(2);
        Type stored = Changes.stored(view);
        if (view.mode() != View.Mode.SCATTERED && view.uses().stream().noneMatch(Use::promised)) {
            Changes changes = Changes.of(kernel.loop(), view);
            if (changes.operator() == null) {
                Type changed = element;
                for (int component : use.path()) {
                    changed = Column.components(changed).get(component);
                }
                return new Changed(writer.scope(), changed, use.path(),
                        names.get(view.id()) + ".putChange(" + changes.number(subscripts) + ", ", arguments);
            }
        }
        return new Recorded(writer.scope(), stored, view.path(), put(stored, name(view)), arguments);
    }

    static TExpr withoutUnique(TExpr e) {
        return e instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.UNIQUE ? c.arguments().getFirst() : e;
    }

    /** The Java class of a number or bool for an operator of the program, which takes objects; empty for what is one. */
    private static String boxed(Type element, ExpressionWriter writer) {
        boolean plain = element.isNumeric() && element != Type.Scalar.COMPLEX || element == Type.Scalar.BOOL;
        return plain ? writer.scope().unit().types().boxed(element.asValue()) : "";
    }

    private static String put(Type element, String receiver) {
        List<Column> columns = Column.of(element);
        if (columns.size() > 1 || columns.getFirst().isObject()) {
            return receiver + ".putObject(";
        }
        return receiver + (element == Type.Scalar.FLOAT || element == Type.Scalar.FLOAT32 ? ".putFloat(" : ".putInt(");
    }

    /** The same target; a store also sets the flag of the place. */
    Target marking(View view, Target stored, JavaExpr at, Scope scope) {
        if (isUnique(view)) {
            return new Marked(scope, stored, LoopApi.MERGE_ONCE.on(JavaExpr.stable(name(view)), at) + ";");
        }
        return isMarked(view, kernel.loop()) || view.mode() == View.Mode.BORROWED ? new Marked(scope, stored, name(view) + "[" + at + "] = true;") : stored;
    }

    private record Marked(Scope scope, Target stored, String mark) implements Target {
        @Override
        public Type type() {
            return stored.type();
        }

        @Override
        public JavaExpr read(JavaBody out) {
            return stored.read(out);
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            stored.write(value, out);
            out.line(mark);
        }

        @Override
        public Target component(int index) {
            return new Marked(scope, stored.component(index), mark);
        }
    }

    /** A change of any kind that becomes a call. {@code path}: components that are still to be chosen. */
    private record Changed(Scope scope, Type type, List<Integer> path, String call, String arguments) implements Target {
        @Override
        public JavaExpr read(JavaBody out) {
            throw new CompilerBug("an element that is changed later is read");
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            out.line(call + value + arguments + ");");
        }

        @Override
        public Target component(int index) {
            return new Changed(scope, type, path.subList(1, path.size()), call, arguments);
        }

        @Override
        public void update(@Nullable BinaryOp op, JavaExpr value, ExpressionWriter writer, JavaBody out) {
            write(value, out);
        }
    }

    /** A store that becomes a call. {@code path}: components that are still to be chosen. */
    private record Recorded(Scope scope, Type type, List<Integer> path, String call, String arguments) implements Target {
        @Override
        public JavaExpr read(JavaBody out) {
            throw new CompilerBug("an element that is scattered is read");
        }

        @Override
        public void write(JavaExpr value, JavaBody out) {
            if (!path.isEmpty()) {
                throw new CompilerBug("a whole element is stored where components are expected");
            }
            JavaExpr sent = type == Type.Scalar.BOOL && call.endsWith(".putInt(")
                    ? new JavaExpr(value.at(JavaExpr.OR) + " ? 1L : 0L", JavaExpr.CONDITIONAL, value.stable())
                    : value;
            out.line(call + sent + arguments + ");");
        }

        @Override
        public Target component(int index) {
            if (path.isEmpty() || path.getFirst() != index) {
                throw new CompilerBug("a component of a scattered element is stored");
            }
            return new Recorded(scope, type, path.subList(1, path.size()), call, arguments);
        }

        @Override
        public void update(@Nullable BinaryOp op, JavaExpr value, ExpressionWriter writer, JavaBody out) {
            write(op == BinaryOp.SUB ? writer.operators().unary(TExpr.UnaryOp.NEGATE, type.asValue(), value) : value, out);
        }
    }

    /** The Java name of what records a view's stores. */
    private String name(View view) {
        return Objects.requireNonNull(names.get(view.id()));
    }
}
