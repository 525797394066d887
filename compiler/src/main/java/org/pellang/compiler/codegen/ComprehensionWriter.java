package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** Writes sequential comprehensions as loops with local accumulators. */
final class ComprehensionWriter {
    private final ExpressionWriter writer;
    private final Scope scope;
    private final JavaUnit unit;
    private final LoopWriter loops;
    private final ReduceOperators operators;

    ComprehensionWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.scope = writer.scope();
        this.unit = scope.unit();
        this.loops = new LoopWriter(writer);
        this.operators = new ReduceOperators(writer);
    }

    JavaExpr reduce(TExpr.Reduce r, JavaBody out) {
        return switch (r.op()) {
            case ReduceOp.User user -> fold(r, r.type(), out);
            case ReduceOp.Builtin b ->
                switch (b) {
                    case SUM, PROD, MIN, MAX, ANY, ALL, BIT_AND, BIT_OR, BIT_XOR -> fold(r, r.type(), out);
                    case COUNT -> count(r, out);
                    case MEAN -> mean(r, out);
                    case ARGMIN, ARGMAX -> arg(r, b == ReduceOp.Builtin.ARGMIN, out);
                };
        };
    }

    private String variable(String type, String hint, JavaExpr value, JavaBody out) {
        String name = scope.names().fresh(hint);
        out.line(type + " " + name + " = " + value + ";");
        return name;
    }

    /** One accumulator per scalar of the element. */
    private JavaExpr fold(TExpr.Reduce r, Type type, JavaBody out) {
        boolean split = r.op() instanceof ReduceOp.Builtin && type instanceof Type.Tuple;
        List<Type> parts = split ? Column.components(type) : List.of(type);
        String hint = r.op() instanceof ReduceOp.Builtin b ? b.name().toLowerCase(java.util.Locale.ROOT) : "folded";
        boolean guarded = r.op() == ReduceOp.Builtin.MIN || r.op() == ReduceOp.Builtin.MAX;
        boolean trap = guarded && parts.stream().anyMatch(Type::isIntegral);
        List<String> names = new ArrayList<>();
        for (Type part : parts) {
            names.add(variable(unit.types().of(part), hint, operators.identity(r.op(), part, out), out));
        }
        String seen = trap ? variable("boolean", "seen", JavaLiteral.of(false), out) : "";
        int blocks = loops.open(r.iteration(), "", out);
        out.at(r.span());
        List<JavaExpr> values = split && r.element() instanceof TExpr.TupleNew t
                ? writer.values(t.elements(), out)
                : split ? components(r.element(), out) : List.of(writer.value(r.element(), out));
        for (int k = 0; k < parts.size(); k++) {
            out.line(names.get(k) + " = "
                    + operators.combine(r.op(), parts.get(k), JavaExpr.primary(names.get(k)), values.get(k), out) + ";");
        }
        if (trap) {
            out.line(seen + " = true;");
        }
        close(blocks, out);
        if (trap) {
            trapUnless(seen, hint + " of no ints", out);
        }
        List<JavaExpr> results = names.stream().map(JavaExpr::stable).toList();
        return split ? unit.types().construct(type, results) : results.getFirst();
    }

    private List<JavaExpr> components(TExpr tuple, JavaBody out) {
        JavaExpr value = scope.keep(writer.value(tuple, out), tuple.type(), "tuple", out);
        List<JavaExpr> parts = new ArrayList<>();
        for (int k = 0; k < Column.components(tuple.type()).size(); k++) {
            parts.add(unit.types().component(tuple.type(), value, k));
        }
        return parts;
    }

    private static void close(int blocks, JavaBody out) {
        for (int k = 0; k < blocks; k++) {
            out.close();
        }
    }

    private void trapUnless(String condition, String message, JavaBody out) {
        out.open("if (!" + condition + ") {");
        out.line("throw new " + unit.use(RuntimeApi.PEL_TRAP) + "(" + JavaLiteral.string(message) + ");");
        out.close();
    }

    private JavaExpr count(TExpr.Reduce r, JavaBody out) {
        String n = variable("long", "count", JavaLiteral.of(0L), out);
        int blocks = loops.open(r.iteration(), "", out);
        out.at(r.span());
        JavaExpr e = writer.value(r.element(), out);
        if (r.element().type() == Type.Scalar.BOOL) {
            out.open("if (" + e + ") {").line(n + "++;").close();
        } else {
            out.line(n + "++;");
        }
        close(blocks, out);
        return JavaExpr.stable(n);
    }

    private JavaExpr mean(TExpr.Reduce r, JavaBody out) {
        Type type = r.element().type();
        String sum = variable(unit.types().of(type), "sum", unit.types().zero(type), out);
        String n = variable("long", "n", JavaLiteral.of(0L), out);
        int blocks = loops.open(r.iteration(), "", out);
        out.at(r.span());
        JavaExpr e = writer.value(r.element(), out);
        out.line(sum + " = " + operators.combine(ReduceOp.Builtin.SUM, type, JavaExpr.primary(sum), e, out) + ";");
        out.line(n + "++;");
        close(blocks, out);
        trapUnless("(" + n + " > 0)", "mean of nothing", out);
        if (type.isIntegral()) {
            return new JavaExpr("(double) " + sum + " / (double) " + n, JavaExpr.PRODUCT, true);
        }
        return type == Type.Scalar.FLOAT || type == Type.Scalar.FLOAT32
                ? new JavaExpr(sum + " / (" + unit.types().of(type) + ") " + n, JavaExpr.PRODUCT, true)
                : new JavaExpr(sum + ".div((double) " + n + ")", JavaExpr.PRIMARY, true);
    }

    private JavaExpr arg(TExpr.Reduce r, boolean min, JavaBody out) {
        Type type = r.element().type();
        String best = variable(unit.types().of(type), "best", unit.types().zero(type), out);
        // Of a sequence the position counts, of a domain the index.
        boolean indexed = r.iteration().overDomain();
        String position = indexed ? "" : variable("long", "position", JavaLiteral.of(-1L), out);
        List<String> where = new ArrayList<>();
        for (Var index : indexed ? r.iteration().indices() : r.iteration().indices().subList(0, 1)) {
            where.add(variable("long", "at", JavaLiteral.of(0L), out));
        }
        String seen = variable("boolean", "seen", JavaLiteral.of(false), out);
        int blocks = loops.heads(r.iteration(), "", out);
        if (!indexed) {
            out.line(position + "++;");
        }
        blocks += loops.clauses(r.iteration(), out);
        out.at(r.span());
        JavaExpr e = scope.keep(writer.value(r.element(), out), type, "candidate", out);
        out.open("if (!" + seen + " || " + e + (min ? " < " : " > ") + best + ") {");
        out.line(best + " = " + e + ";").line(seen + " = true;");
        for (int k = 0; k < where.size(); k++) {
            out.line(where.get(k) + " = " + (indexed ? scope.access().read(r.iteration().indices().get(k)) : position) + ";");
        }
        close(blocks + 1, out);
        trapUnless(seen, (min ? "argmin" : "argmax") + " of nothing", out);
        List<JavaExpr> indices = where.stream().map(JavaExpr::stable).toList();
        return indices.size() == 1 ? indices.getFirst() : unit.types().construct(r.type(), indices);
    }

    /** An array of the space's extents, from 0; with a filter the elements that pass, in order. */
    JavaExpr array(TExpr.ArrayComprehension c, JavaBody out) {
        Type element = ((Type.Array) c.type()).element();
        Iteration it = c.iteration();
        if (it.filter() != null || !it.overDomain()) {
            return collected(c, element, out);
        }
        List<Access.CountedRange> ranges = loops.ranges(it.space(), out);
        String extents = ranges.stream().map(ComprehensionWriter::extent).collect(Collectors.joining(", "));
        JavaExpr array = scope.spill(
                RuntimeApi.ARRAY_CREATE.call(
                        unit,
                        RuntimeApi.DOMAIN_EXTENTS.call(unit, JavaExpr.primary(extents)),
                        unit.types().elemType(element)),
                unit.use(RuntimeApi.PEL_ARRAY),
                "array",
                out);
        String next = variable("int", "next", JavaExpr.stable("0"), out);
        for (int d = 0; d < ranges.size(); d++) {
            scope.access().openLoop(it.indices().get(d), ranges.get(d), out);
        }
        for (Iteration.Let let : it.lets()) {
            loops.bind(let.variables(), let.value().type(), writer.owned(let.value(), out), out);
        }
        out.at(c.span());
        JavaExpr value = writer.owned(c.element(), out);
        new Targets.Stored(scope, element, array, 0, JavaExpr.stable(next)).write(value, out);
        out.line(next + "++;");
        close(ranges.size(), out);
        return array;
    }

    private static String extent(Access.CountedRange r) {
        if (r.constantStep() < 0) {
            long down = -r.constantStep();
            return "Math.max(0L, " + r.low().at(JavaExpr.SUM) + " - " + r.end().at(JavaExpr.PRODUCT) + " + " + (down - 1) + "L) / " + down + "L";
        }
        String n = "Math.max(0L, " + r.end().at(JavaExpr.SUM) + " - " + r.low().at(JavaExpr.PRODUCT);
        return r.constantStep() == 1
                ? n + ")"
                : n + " + " + r.step().at(JavaExpr.PRODUCT) + " - 1L) / " + r.step().at(JavaExpr.UNARY);
    }

    private JavaExpr collected(TExpr.ArrayComprehension c, Type element, JavaBody out) {
        String list = unit.use(RuntimeApi.PEL_LIST) + "<" + unit.types().boxed(element) + ">";
        JavaExpr items = scope.spill(JavaExpr.primary("new " + list + "()"), list, "items", out);
        int blocks = loops.open(c.iteration(), "", out);
        out.at(c.span());
        JavaExpr value = writer.owned(c.element(), out);
        out.line(RuntimeApi.LIST_PUSH.on(items, value) + ";");
        close(blocks, out);
        return RuntimeApi.OF_LIST.call(unit, unit.types().elemType(element), items);
    }

    /** Inclusive: result[k] = op(result[k-1], element). */
    JavaExpr scan(TExpr.Scan s, JavaBody out) {
        if (s.iteration().filter() != null || !s.iteration().overDomain()) {
            throw new CompilerBug("sequential scan with a filter or over a sequence: " + s.span());
        }
        Type element = s.element().type();
        String carry = variable(unit.types().of(element), "carry", operators.identity(s.op(), element, out), out);
        List<Access.CountedRange> ranges = loops.ranges(s.iteration().space(), out);
        String extents = ranges.stream().map(ComprehensionWriter::extent).collect(Collectors.joining(", "));
        JavaExpr domain = RuntimeApi.DOMAIN_EXTENTS.call(unit, JavaExpr.primary(extents));
        JavaExpr create = RuntimeApi.ARRAY_CREATE.call(unit, domain, unit.types().elemType(element));
        JavaExpr array = scope.spill(create, unit.use(RuntimeApi.PEL_ARRAY), "array", out);
        String next = variable("int", "next", JavaExpr.stable("0"), out);
        for (int d = 0; d < ranges.size(); d++) {
            scope.access().openLoop(s.iteration().indices().get(d), ranges.get(d), out);
        }
        for (Iteration.Let let : s.iteration().lets()) {
            loops.bind(let.variables(), let.value().type(), writer.owned(let.value(), out), out);
        }
        JavaExpr value = writer.value(s.element(), out);
        out.line(carry + " = " + operators.combine(s.op(), element, JavaExpr.primary(carry), value, out) + ";");
        new Targets.Stored(scope, element, array, 0, JavaExpr.stable(next)).write(JavaExpr.primary(carry), out);
        out.line(next + "++;");
        close(ranges.size(), out);
        return array;
    }
}
