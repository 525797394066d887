package org.pellang.compiler.codegen.loop;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.Access;
import org.pellang.compiler.codegen.ExpressionWriter;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.codegen.Target;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Variables and elements in the body of a divided loop. */
final class LoopAccess implements Access {
    private final Kernel kernel;
    private final Accumulators accumulators;
    private final Recorders recorders;
    private final Carries carries;
    private final Map<Var, JavaExpr> locals = new HashMap<>();
    private final Map<Var, Places.Standing> counters = new HashMap<>();
    private final Map<TExpr, String> positions = new IdentityHashMap<>();
    private @Nullable Scope scope;

    LoopAccess(Kernel kernel, Accumulators accumulators, Recorders recorders, Carries carries) {
        this.carries = carries;
        this.kernel = kernel;
        this.accumulators = accumulators;
        this.recorders = recorders;
    }

    /** What the nest is written with. */
    void in(Scope nest) {
        scope = nest;
    }

    /** A variable that stands in Java already. */
    void bind(Var variable, JavaExpr text) {
        locals.put(variable, text);
    }

    @Override
    public JavaExpr read(Var variable) {
        int axis = kernel.loop().indices().indexOf(variable);
        if (axis >= 0) {
            return kernel.index(axis);
        }
        JavaExpr local = locals.get(variable);
        if (local != null) {
            return local;
        }
        return variable.type() instanceof Type.Array ? wholeArray(variable) : captured(variable);
    }

    private JavaExpr wholeArray(Var array) {
        View view = kernel.bareView(array);
        JavaExpr argument = view == null ? kernel.caller().array(array) : kernel.caller().view(view);
        String type = kernel.unit().types().of(array.type());
        return JavaExpr.stable(kernel.params().of(type, array.name() + "Array", argument.text()));
    }

    @Override
    public boolean holdsLocally(Var array) {
        return kernel.bareView(array) != null;
    }

    @Override
    public boolean isOuterElement(TExpr.Element element) {
        boolean recorded = element.array() instanceof TExpr.Read r && r.variable().type() instanceof Type.MapOf && !locals.containsKey(r.variable());
        return recorded || kernel.viewOf(element.subscripts()) != null;
    }

    @Override
    public String inspector(int view) {
        return kernel.params().of(kernel.unit().use(LoopApi.GATHER), "gather", kernel.caller().gather(view).text());
    }

    private JavaExpr captured(Var variable) {
        String type = kernel.unit().types().of(variable.type());
        return JavaExpr.stable(kernel.params().of(type, variable.name(), kernel.caller().captured(variable).text()));
    }

    @Override
    public Target variable(Var variable, Scope scope) {
        Target accumulator = accumulators.target(variable, scope);
        if (accumulator != null) {
            return accumulator;
        }
        JavaExpr text = read(variable);
        return variable.type() instanceof Type.Array
                ? new Elements.LocalArray(variable.type(), text)
                : new Elements.Local(scope, variable.type(), text.text());
    }

    @Override
    public Target element(
            Var array, List<TExpr> subscripts, Span span, boolean written, ExpressionWriter writer, JavaBody out) {
        View view = kernel.viewOf(subscripts);
        if (array.type() instanceof Type.MapOf && !locals.containsKey(array)) {
            return entry(array, subscripts, span, written, writer, out);
        }
        if (view == null) {
            return writer.elementOf(array.type(), read(array), subscripts, span, written, out);
        }
        Use use = kernel.use(subscripts);
        Type element = ((Type.Array) array.type()).element();
        String scalar = written ? null : carries.read(subscripts);
        if (scalar != null) {
            return new Elements.Local(writer.scope(), element, scalar);
        }
        Target recorded = recorders.target(view, use, subscripts, element, writer, out);
        if (recorded != null && view.mode() != View.Mode.RECORDED) {
            return recorded;
        }
        JavaExpr at = new Places(kernel, this::standing, positions).place(view, use, e -> writer.value(e, out));
        JavaExpr kept = at.stable() || !written ? at : writer.scope().spill(at, "int", "at", out);
        Target folded = accumulators.element(array, element, kept, writer.scope());
        if (folded != null) {
            return folded;
        }
        Target stored = new Elements.Stored(kernel, writer.scope(), view, element, 0, kept);
        if (recorded != null) {
            return new Elements.Twice(writer.scope(), stored, recorded);
        }
        return use.writes() ? carries.storing(subscripts, recorders.marking(view, stored, kept, writer.scope()), writer.scope()) : stored;
    }

    /** The place of an element whose subscripts are the loop's indices plus constants. */
    JavaExpr place(View view, Use use) {
        return new Places(kernel, this::standing, positions).place(view, use, e -> {
            throw new CompilerBug("a subscript of " + view.array() + " is no shifted index");
        });
    }

    /** An entry of a map from outside. */
    private Target entry(Var map, List<TExpr> subscripts, Span span, boolean written, ExpressionWriter writer, JavaBody out) {
        if (accumulators.reducesMap(map)) {
            JavaExpr key = writer.scope().keep(writer.value(subscripts.getFirst(), out), subscripts.getFirst().type(), "key", out);
            return java.util.Objects.requireNonNull(accumulators.entry(map, key, writer.scope()));
        }
        for (MapRecorder recorder : kernel.caller().maps()) {
            if (recorder.change().map().equals(map)) {
                return recorder.entry(kernel, subscripts, writer, out);
            }
        }
        return writer.elementOf(map.type(), read(map), subscripts, span, written, out);
    }

    /** The int that counts the passes of a sequential loop from 0, null if it counts none. */
    @Nullable String counter(Var index) {
        Places.Standing standing = counters.get(index);
        return standing == null ? null : standing.counter();
    }

    /** How a variable stands in subscripts. */
    private Places.Standing standing(Var v) {
        int axis = kernel.loop().indices().indexOf(v);
        if (axis == kernel.loop().axes() - 1) {
            return new Places.Standing(kernel.counter(), 1, kernel.base(), true);
        }
        if (axis >= 0) {
            return new Places.Standing(null, 0, kernel.outer(axis), true);
        }
        Places.Standing counter = counters.get(v);
        if (counter != null) {
            return counter;
        }
        JavaExpr value = read(v);
        return new Places.Standing(null, 0, value.at(JavaExpr.UNARY), !locals.containsKey(v));
    }

    @Override
    public void declare(Var variable, JavaExpr value, JavaBody out) {
        String name = kernel.names().fresh(variable.name());
        boolean fixed = variable.kind() != Var.Kind.VAR || variable.type() instanceof Type.Array;
        out.line((fixed ? "final " : "") + kernel.unit().types().of(variable.type()) + " " + name + " = " + value + ";");
        locals.put(variable, fixed ? JavaExpr.stable(name) : JavaExpr.primary(name));
    }

    @Override
    public void openLoop(Var index, CountedRange range, JavaBody out) {
        String name = kernel.names().fresh(index.name());
        List<Positions.Followed> followed = range.constantStep() == 1 && scope != null ? kernel.followed(index) : List.of();
        if (range.constantStep() <= 0 || !kernel.countsInt(index) && followed.isEmpty()) {
            out.open(range.head(name));
            locals.put(index, JavaExpr.stable(name));
            return;
        }
        follow(index, name, range.low(), followed, out);
        String trips = kernel.names().fresh(index.name() + "Count");
        JavaExpr count = kernel.countsInt(index)
                ? LoopApi.TRIPS.call(kernel.unit(), range.low(), range.end(), range.step())
                : LoopApi.COUNT.call(kernel.unit(), range.low(), range.end());
        out.open("for (int " + name + " = 0, " + trips + " = " + count + "; " + name + " < " + trips + "; " + name + "++) {");
        long step = range.constantStep();
        JavaExpr moved = step == 1 ? JavaExpr.stable(name) : new JavaExpr(step + "L * " + name, JavaExpr.PRODUCT, true);
        locals.put(index, range.low().text().equals("0L")
                ? (step == 1 ? JavaExpr.prefix("(long) ", moved) : moved)
                : JavaExpr.infix(JavaExpr.SUM, range.low(), "+", moved));
        counters.put(index, new Places.Standing(name, step, range.low().at(JavaExpr.UNARY), false));
    }

    /** The positions at which subscripts start that follow the index of a loop. */
    private void follow(Var index, String counter, JavaExpr low, List<Positions.Followed> followed, JavaBody out) {
        Map<String, String> starts = new HashMap<>();
        locals.put(index, low);
        for (Positions.Followed f : followed) {
            JavaExpr first = java.util.Objects.requireNonNull(scope).expressions().value(f.subscript(), out);
            JavaExpr lo = JavaExpr.stable(kernel.domainEnd(f.view(), f.axis(), false));
            String start = starts.computeIfAbsent(LoopApi.START.call(kernel.unit(), first, lo).text(), text -> {
                String name = kernel.names().fresh(index.name() + "Start");
                out.line("final int " + name + " = " + text + ";");
                return name;
            });
            positions.put(f.subscript(), start + " + " + counter);
        }
    }
}
