package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;

/** Writes one-sided access: elements of shared arrays on other ranks. */
final class WindowWriter {
    private final ExpressionWriter writer;
    private final Scope scope;
    private final JavaUnit unit;

    WindowWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.scope = writer.scope();
        this.unit = scope.unit();
    }

    /**
     * An element, or a component of one.
     *
     * @param shared the shared array
     * @param type its declared type
     * @param at its place in the columns
     * @param column first of its columns
     */
    private record Cell(JavaExpr shared, Type type, JavaExpr at, int column) {}

    private Cell cell(Place place, JavaBody out) {
        return switch (place) {
            case Place.Component c -> {
                Cell whole = cell(c.value(), out);
                yield new Cell(whole.shared, c.type(), whole.at, whole.column + before(c.value().type(), c.index()));
            }
            case Place.Element e -> cell(e.root(), e.type(), e.subscripts(), out);
            case Place.Variable _, Place.Slice _ -> throw new CompilerBug("one-sided access to " + place.span());
        };
    }

    private Cell cell(TExpr e, JavaBody out) {
        return switch (e) {
            case TExpr.Component c -> {
                Cell whole = cell(c.value(), out);
                Type type = Column.components(whole.type).get(c.index());
                yield new Cell(whole.shared, type, whole.at, whole.column + before(whole.type, c.index()));
            }
            case TExpr.Element x when x.array() instanceof TExpr.Read r && r.variable().type() instanceof Type.Array a ->
                cell(r.variable(), a.element(), x.subscripts(), out);
            default -> throw new CompilerBug("one-sided access to " + e.span());
        };
    }

    private Cell cell(Var variable, Type type, List<TExpr> subscripts, JavaBody out) {
        JavaExpr array = scope.access().read(variable);
        JavaExpr at = scope.spill(RuntimeApi.at(array, writer.values(subscripts, out), unit), "int", "at", out);
        return new Cell(JavaExpr.stable(scope.self() + unit.globals().name(variable)), type, at, 0);
    }

    private static int before(Type whole, int component) {
        return Column.components(whole).subList(0, component).stream().mapToInt(Column::width).sum();
    }

    void store(TStmt.RemoteStore s, JavaBody out) {
        Cell cell = cell(s.place(), out);
        JavaExpr rank = scope.keep(writer.value(s.rank(), out), Type.Scalar.INT, "target", out);
        JavaExpr value = writer.value(s.value(), out);
        if (s.op() == null) {
            value = writer.operators().checkedStorage(cell.type, value);
        }
        JavaExpr action = JavaExpr.stable(unit.use(ExplicitApi.UPDATE) + "." + action(s));
        JavaExpr column = JavaExpr.stable(Integer.toString(cell.column));
        JavaExpr call = cell.type.isIntegral()
                ? ExplicitApi.UPDATE_INT.on(cell.shared, action, rank, cell.at, column, value)
                : cell.type == Type.Scalar.FLOAT
                        ? ExplicitApi.UPDATE_FLOAT.on(cell.shared, action, rank, cell.at, column, value)
                        : ExplicitApi.UPDATE_ANY.on(cell.shared, action, rank, cell.at, column, unit.types().elemType(cell.type), value);
        out.line(call + ";");
    }

    private static String action(TStmt.RemoteStore s) {
        return switch (s.op()) {
            case null -> "PUT";
            case ADD -> "ADD";
            case SUB -> "SUB";
            case MUL -> "MUL";
            case MIN -> "MIN";
            case MAX -> "MAX";
            case BIT_AND -> "AND";
            case BIT_OR -> "OR";
            case BIT_XOR -> "XOR";
            case DIV, FLOOR_DIV, MOD, POW, SHL, SHR, USHR -> throw new CompilerBug("one-sided " + s.op());
        };
    }

    JavaExpr read(TExpr.RemoteRead r, JavaBody out) {
        Cell cell = cell(r.element(), out);
        JavaExpr rank = scope.keep(writer.value(r.rank(), out), Type.Scalar.INT, "target", out);
        JavaExpr column = JavaExpr.stable(Integer.toString(cell.column));
        boolean real = cell.type == Type.Scalar.FLOAT;
        if (r.add() != null) {
            JavaExpr add = writer.value(r.add(), out);
            return (real ? ExplicitApi.FETCH_ADD_FLOAT : ExplicitApi.FETCH_ADD_INT).on(cell.shared, rank, cell.at, column, add);
        }
        if (real || cell.type == Type.Scalar.INT) {
            return (real ? ExplicitApi.GET_FLOAT : ExplicitApi.GET_INT).on(cell.shared, rank, cell.at, column);
        }
        return unit.types().unbox(r.type(), ExplicitApi.GET_ANY.on(cell.shared, rank, cell.at, column, unit.types().elemType(cell.type)));
    }

    /** The shared variables that an epoch stores to. */
    static Set<Var> stored(TStmt.Epoch e) {
        Set<Var> found = new LinkedHashSet<>();
        Trees.walkStatements(e, s -> {
            if (s instanceof TStmt.RemoteStore r) {
                found.add(r.place().root());
            }
        });
        return found;
    }

    /** {@code new SharedArray(rank, "w", array, read)}. */
    JavaExpr declare(Var variable, JavaExpr array) {
        return ExplicitApi.NEW_SHARED.call(unit, scope.rank(), JavaExpr.stable(JavaLiteral.string(variable.name())), array,
                JavaLiteral.of(isRead(unit.program(), variable)));
    }

    private static boolean isRead(TypedProgram program, Var variable) {
        boolean[] found = {false};
        List<TStmt> all = new ArrayList<>(program.body());
        program.functions().forEach(f -> all.addAll(f.body().statements()));
        program.tests().forEach(t -> all.addAll(t.body().statements()));
        all.forEach(s -> Trees.walk(s, e -> found[0] |= e instanceof TExpr.RemoteRead r && root(r.element()).equals(variable)));
        return found[0];
    }

    private static Var root(TExpr element) {
        return switch (element) {
            case TExpr.Component c -> root(c.value());
            case TExpr.Element x -> root(x.array());
            case TExpr.Read r -> r.variable();
            default -> throw new CompilerBug("one-sided access to " + element.span());
        };
    }
}
