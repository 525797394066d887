package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** Writes the heads of sequential loops and comprehensions. */
final class LoopWriter {
    private final ExpressionWriter writer;
    private final Scope scope;
    private final JavaUnit unit;

    LoopWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.scope = writer.scope();
        this.unit = scope.unit();
    }

    /** Opens the loops, declares indices and lets, opens the filter's {@code if}; returns how many blocks the caller has to close. */
    int open(Iteration it, String label, JavaBody out) {
        return heads(it, label, out) + clauses(it, out);
    }

    /** Opens the loops and declares the indices only. */
    int heads(Iteration it, String label, JavaBody out) {
        return it.overDomain() ? domain(it, label, out) : sequence(it, label, out);
    }

    /** Declares the lets and opens the filter's {@code if}. */
    int clauses(Iteration it, JavaBody out) {
        for (Iteration.Let let : it.lets()) {
            out.at(let.span());
            bind(let.variables(), let.value().type(), writer.owned(let.value(), out), out);
        }
        if (it.filter() == null) {
            return 0;
        }
        out.open("if (" + writer.value(it.filter(), out) + ") {");
        return 1;
    }

    /** How many nested Java loops stand for the iteration. */
    static int depth(Iteration it) {
        return it.space().type() instanceof Type.Domain d ? d.axes() : it.space().type() instanceof Type.Array a ? a.axes() : 1;
    }

    private int domain(Iteration it, String label, JavaBody out) {
        List<Access.CountedRange> ranges = ranges(it.space(), out);
        label(label, out);
        for (int d = 0; d < ranges.size(); d++) {
            scope.access().openLoop(it.indices().get(d), ranges.get(d), out);
        }
        return ranges.size();
    }

    private static void label(String label, JavaBody out) {
        if (!label.isEmpty()) {
            out.line(label + ":");
        }
    }

    /** The bounds of each axis of a space, evaluated. */
    List<Access.CountedRange> ranges(TExpr space, JavaBody out) {
        ArrayWriter arrays = new ArrayWriter(writer);
        if (space instanceof TExpr.Range) {
            return List.of(arrays.counted(space, out));
        }
        if (space instanceof TExpr.DomainNew d && ((Type.Domain) d.type()).distribution().isLocal()) {
            List<Access.CountedRange> ranges = new ArrayList<>();
            for (TExpr axis : d.axes()) {
                ranges.add(axis instanceof TExpr.Range ? arrays.counted(axis, out) : ranges(axis, out).getFirst());
            }
            return ranges;
        }
        int axes = ((Type.Domain) space.type()).axes();
        JavaExpr domain = scope.keep(writer.value(space, out), space.type(), "d", out);
        boolean unit = this.unit.facts().unitSteps(space);
        return IntStream.range(0, axes).mapToObj(k -> bounds(domain, k, unit, out)).toList();
    }

    private Access.CountedRange bounds(JavaExpr domain, int axis, boolean unitStep, JavaBody out) {
        JavaExpr low = scope.spill(JavaExpr.primary(domain + ".lo(" + axis + ")"), "long", "low", out);
        JavaExpr end = scope.spill(JavaExpr.primary(domain + ".hi(" + axis + ") + 1L"), "long", "end", out);
        JavaExpr step = unitStep
                ? JavaLiteral.of(1L)
                : scope.spill(JavaExpr.primary(domain + ".step(" + axis + ")"), "long", "step", out);
        return new Access.CountedRange(low, end, step, unitStep ? 1 : 0);
    }

    private int sequence(Iteration it, String label, JavaBody out) {
        TExpr space = it.space();
        return switch (space.type()) {
            case Type.ListOf list -> {
                JavaExpr value = writer.owned(space, out);
                JavaExpr items = scope.spill(value, unit.types().of(list), "items", out);
                String k = scope.names().fresh("k");
                label(label, out);
                out.open("for (long " + k + " = 0; " + k + " < " + items + ".size(); " + k + "++) {");
                bind(it.indices(), list.element(), JavaExpr.primary(items + ".get(" + k + ")"), out);
                yield 1;
            }
            case Type.MapOf _ -> {
                new MapWriter(writer).loop(it, label, this, out);
                yield 1;
            }
            case Type.Array array -> overArray(it, array, arrayValue(space, array, out), label, out);
            case Type.Scalar s when s == Type.Scalar.STRING -> {
                JavaExpr characters = RuntimeApi.TEXT_CHARACTERS.call(unit, writer.value(space, out));
                Type.Array strings = new Type.Array(s, 1, org.pellang.compiler.sema.type.Distribution.LOCAL);
                yield overArray(it, strings, characters, label, out);
            }
            default -> throw new CompilerBug("loop over " + space.type());
        };
    }

    private JavaExpr arrayValue(TExpr space, Type.Array array, JavaBody out) {
        JavaExpr value = writer.value(space, out);
        return array.distribution().isLocal()
                ? value
                : RuntimeApi.REPLICATE.on(value, scope.rank(), unit.site(space.span(), "loop over a distributed array"));
    }

    private int overArray(Iteration it, Type.Array type, JavaExpr value, String label, JavaBody out) {
        JavaExpr items = scope.spill(value, unit.use(RuntimeApi.PEL_ARRAY), "items", out);
        JavaExpr domain = scope.spill(RuntimeApi.ARRAY_DOMAIN.on(items), unit.use(RuntimeApi.DOMAIN), "d", out);
        List<JavaExpr> index = new ArrayList<>();
        label(label, out);
        for (int axis = 0; axis < type.axes(); axis++) {
            String k = scope.names().fresh("k");
            out.open("for (long " + k + " = " + domain + ".lo(" + axis + "); " + k + " <= " + domain + ".hi(" + axis + "); " + k
                    + " += " + domain + ".step(" + axis + ")) {");
            index.add(JavaExpr.stable(k));
        }
        JavaExpr at = RuntimeApi.at(items, index, unit);
        JavaExpr place = Column.of(type.element()).size() > 1 ? scope.spill(at, "int", "at", out) : at;
        bind(it.indices(), type.element(), new Targets.Stored(scope, type.element(), items, 0, place).read(out), out);
        return type.axes();
    }

    /** One variable takes the value, several take the components of a tuple. */
    void bind(List<Var> variables, Type type, JavaExpr value, JavaBody out) {
        if (variables.size() == 1) {
            scope.access().declare(variables.getFirst(), value, out);
            return;
        }
        JavaExpr tuple = scope.keep(value, type, "tuple", out);
        for (int k = 0; k < variables.size(); k++) {
            scope.access().declare(variables.get(k), unit.types().component(type, tuple, k), out);
        }
    }
}
