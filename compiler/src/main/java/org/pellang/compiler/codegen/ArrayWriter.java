package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;

/** Writes array literals, filled arrays, ranges and domains. */
final class ArrayWriter {
    /** Longer literals are written piece by piece in methods of their own: a Java method has at most 64 KiB. */
    private static final int LONGEST_LITERAL = 200;

    private final ExpressionWriter writer;
    private final Scope scope;
    private final JavaUnit unit;

    ArrayWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.scope = writer.scope();
        this.unit = scope.unit();
    }

    JavaExpr literal(TExpr.ArrayNew a, JavaBody out) {
        Type element = ((Type.Array) a.type()).element();
        if (a.elements().size() > LONGEST_LITERAL) {
            return longLiteral(a, element, out);
        }
        List<JavaExpr> values = writer.ownedValues(a.elements(), out);
        JavaExpr elem = unit.types().elemType(element);
        List<JavaExpr> arguments = new ArrayList<>();
        if (a.extents() == null) {
            RuntimeMethod plain = vector(element);
            if (plain == null) {
                arguments.add(elem);
            }
            arguments.addAll(values);
            return (plain == null ? RuntimeApi.OF_OBJECTS : plain).call(unit, arguments);
        }
        arguments.add(RuntimeApi.DOMAIN_EXTENTS.call(unit, writer.values(a.extents(), out)));
        arguments.add(elem);
        arguments.addAll(values);
        return RuntimeApi.ARRAY_OF.call(unit, arguments);
    }

    private static @org.jspecify.annotations.Nullable RuntimeMethod vector(Type element) {
        return element == Type.Scalar.FLOAT
                ? RuntimeApi.OF_DOUBLES
                : element == Type.Scalar.INT
                        ? RuntimeApi.OF_LONGS
                        : element == Type.Scalar.BOOL ? RuntimeApi.OF_BOOLS : element == Type.Scalar.STRING ? RuntimeApi.OF_STRINGS : null;
    }

    private JavaExpr longLiteral(TExpr.ArrayNew a, Type element, JavaBody out) {
        JavaExpr domain = a.extents() == null
                ? RuntimeApi.DOMAIN_EXTENTS.call(unit, JavaLiteral.of((long) a.elements().size()))
                : RuntimeApi.DOMAIN_EXTENTS.call(unit, writer.values(a.extents(), out));
        JavaExpr array = scope.spill(
                RuntimeApi.ARRAY_CREATE.call(unit, domain, unit.types().elemType(element)), unit.use(RuntimeApi.PEL_ARRAY), "a", out);
        for (int from = 0; from < a.elements().size(); from += LONGEST_LITERAL) {
            List<TExpr> piece = a.elements().subList(from, Math.min(from + LONGEST_LITERAL, a.elements().size()));
            if (piece.stream().allMatch(e -> Globals.constant(e, unit) != null)) {
                constantPiece(array, from, piece, out);
            } else {
                for (int k = 0; k < piece.size(); k++) {
                    out.line(array + ".set(" + (from + k) + ", " + writer.owned(piece.get(k), out) + ");");
                }
            }
        }
        return array;
    }

    private void constantPiece(JavaExpr array, int from, List<TExpr> piece, JavaBody out) {
        String method = unit.names().fresh("literal_" + piece.getFirst().span().line());
        JavaBody body = out.sketch();
        for (int k = 0; k < piece.size(); k++) {
            body.line("a.set(" + (from + k) + ", " + Globals.constant(piece.get(k), unit) + ");");
        }
        unit.add(new JavaMethod("private static void", method, List.of(unit.use(RuntimeApi.PEL_ARRAY) + " a"), body));
        out.line(method + "(" + array + ");");
    }

    JavaExpr fill(TExpr.ArrayFill f, JavaBody out) {
        Type.Array type = (Type.Array) f.type();
        JavaExpr elem = unit.types().elemType(type.element());
        if (f.fill() == null || isZero(f.fill())) {
            return RuntimeApi.ARRAY_CREATE.call(unit, writer.value(f.domain(), out), elem);
        }
        List<JavaExpr> v = writer.values(List.of(f.domain(), f.fill()), out);
        return RuntimeApi.ARRAY_FILLED.call(unit, v.get(0), elem, v.get(1));
    }

    private boolean isZero(TExpr e) {
        JavaExpr constant = Globals.constant(e, unit);
        return constant != null && List.of("0L", "0.0", "0.0f", "false").contains(constant.text());
    }

    JavaExpr range(TExpr.Range r, JavaBody out) {
        List<TExpr> operands = new ArrayList<>(List.of(r.low(), r.high()));
        if (r.step() != null) {
            operands.add(r.step());
        }
        List<JavaExpr> v = writer.values(operands, out);
        JavaExpr domain = RuntimeApi.DOMAIN_RANGE.call(unit, v.get(0), last(r, v.get(1)));
        return r.step() == null ? domain : RuntimeApi.DOMAIN_BY.on(domain, JavaExpr.stable("0"), v.get(2));
    }

    private JavaExpr last(TExpr.Range r, JavaExpr high) {
        return r.open() ? writer.operators().binary(TExpr.BinaryOp.SUB, Type.Scalar.INT, high, JavaLiteral.of(1L)) : high;
    }

    JavaExpr domain(TExpr.DomainNew d, JavaBody out) {
        List<JavaExpr> low = new ArrayList<>();
        List<JavaExpr> high = new ArrayList<>();
        List<JavaExpr> step = new ArrayList<>();
        for (TExpr axis : d.axes()) {
            axis(axis, low, high, step, out);
        }
        JavaExpr domain = make(d, step, longs(low), longs(high), out);
        for (int k = 0; k < step.size(); k++) {
            if (!step.get(k).text().equals("1L")) {
                domain = RuntimeApi.DOMAIN_BY.on(domain, JavaExpr.stable(Integer.toString(k)), step.get(k));
            }
        }
        return domain;
    }

    private void axis(TExpr axis, List<JavaExpr> low, List<JavaExpr> high, List<JavaExpr> step, JavaBody out) {
        if (axis instanceof TExpr.Range r) {
            low.add(scope.keep(writer.value(r.low(), out), Type.Scalar.INT, "low", out));
            high.add(scope.keep(last(r, writer.value(r.high(), out)), Type.Scalar.INT, "high", out));
            step.add(r.step() == null
                    ? JavaLiteral.of(1L)
                    : scope.keep(writer.value(r.step(), out), Type.Scalar.INT, "step", out));
            return;
        }
        JavaExpr other = scope.keep(writer.value(axis, out), axis.type(), "axis", out);
        low.add(JavaExpr.stable(other + ".lo(0)"));
        high.add(JavaExpr.stable(other + ".hi(0)"));
        step.add(JavaExpr.stable(other + ".step(0)"));
    }

    private static JavaExpr longs(List<JavaExpr> values) {
        return JavaExpr.stable(values.stream().map(JavaExpr::text).collect(Collectors.joining(", ", "new long[] {", "}")));
    }

    private JavaExpr make(TExpr.DomainNew d, List<JavaExpr> step, JavaExpr low, JavaExpr high, JavaBody out) {
        Distribution distribution = ((Type.Domain) d.type()).distribution();
        if (distribution.isLocal()) {
            return (distribution.periodic() ? RuntimeApi.DOMAIN_LOCAL_PERIODIC : RuntimeApi.DOMAIN_LOCAL).call(unit, low, high);
        }
        List<JavaExpr> blocks = new ArrayList<>();
        for (int a = 0; a < distribution.axes().size(); a++) {
            blocks.add(block(d, a, step.get(a), out));
        }
        return RuntimeApi.DOMAIN_DISTRIBUTED.call(
                unit, scope.rank(), low, high, JavaExpr.stable(kinds(distribution, blocks)), JavaLiteral.of(distribution.periodic()));
    }

    /** Indices that are dealt out together on an axis; of a strided axis one index of the set each. */
    private JavaExpr block(TExpr.DomainNew d, int axis, JavaExpr step, JavaBody out) {
        Distribution.Kind kind = ((Type.Domain) d.type()).distribution().axes().get(axis);
        JavaExpr one = JavaLiteral.of(1L);
        if (kind == Distribution.Kind.BLOCK || kind == Distribution.Kind.WHOLE) {
            return one;
        }
        if (d.axes().get(axis).type() instanceof Type.Domain given && !given.distribution().isLocal() && d.blocks().isEmpty()) {
            return RuntimeApi.DOMAIN_BLOCK.on(scope.keep(writer.value(d.axes().get(axis), out), given, "axis", out), JavaExpr.stable("0"));
        }
        JavaExpr length = d.blocks().isEmpty() ? one : writer.value(d.blocks().get(axis), out);
        return step.text().equals("1L") ? length : JavaExpr.infix(JavaExpr.PRODUCT, step, "*", length);
    }

    /** The Java array of the kinds of all axes. */
    String kinds(Distribution distribution, List<JavaExpr> blocks) {
        String kind = unit.use(RuntimeApi.DIM_DIST);
        List<String> each = new ArrayList<>();
        for (int d = 0; d < distribution.axes().size(); d++) {
            boolean single = blocks.get(d).text().equals("1L");
            each.add(switch (distribution.axes().get(d)) {
                case BLOCK -> kind + ".BLOCK";
                case WHOLE -> kind + ".WHOLE";
                case CYCLIC, BLOCKCYCLIC -> single ? kind + ".CYCLIC" : RuntimeApi.BLOCK_CYCLIC.call(unit, blocks.get(d)).text();
            });
        }
        return "new " + kind + "[] {" + String.join(", ", each) + "}";
    }

    /** Bounds of one axis of a space: low, end (excluded), step. */
    Access.CountedRange counted(TExpr space, JavaBody out) {
        if (space instanceof TExpr.Range r) {
            JavaExpr low = scope.keep(writer.value(r.low(), out), Type.Scalar.INT, "low", out);
            JavaExpr high = scope.keep(writer.value(r.high(), out), Type.Scalar.INT, "end", out);
            if (r.step() instanceof TExpr.Constant c && c.value() instanceof Long n && n < 0) {
                JavaExpr below = r.open() ? high : writer.operators().binary(TExpr.BinaryOp.SUB, Type.Scalar.INT, high, JavaLiteral.of(1L));
                return new Access.CountedRange(low, below, JavaLiteral.of(n.longValue()), n);
            }
            JavaExpr end = r.open() ? high : writer.operators().binary(TExpr.BinaryOp.ADD, Type.Scalar.INT, high, JavaLiteral.of(1L));
            if (r.step() == null) {
                return new Access.CountedRange(low, folded(end), JavaLiteral.of(1L), 1);
            }
            if (r.step() instanceof TExpr.Constant c && c.value() instanceof Long n && n > 0) {
                return new Access.CountedRange(low, folded(end), JavaLiteral.of(n.longValue()), n);
            }
            JavaExpr step = scope.keep(
                    RuntimeApi.CHECKED_STEP.call(unit, writer.value(r.step(), out)), Type.Scalar.INT, "step", out);
            return new Access.CountedRange(low, folded(end), step, 0);
        }
        throw new CompilerBug("not a range: " + space.span());
    }

    private static JavaExpr folded(JavaExpr end) {
        return end.text().matches("[0-9]{1,17}L \\+ 1L")
                ? JavaLiteral.of(Long.parseLong(end.text().substring(0, end.text().indexOf('L'))) + 1)
                : end;
    }
}
