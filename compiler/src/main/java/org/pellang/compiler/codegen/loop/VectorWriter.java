package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaUnit;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.VectorFacts;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/**
 * Writes the vector main loop that stands in front of the scalar one. A leaf of a float sum runs four vectors of four lanes at a time,
 * so that its 16 lanes are those of the scalar loop; other loops take vectors of the machine's preferred length.
 */
final class VectorWriter {
    private static final String PACKAGE = "jdk.incubator.vector.";

    private final Kernel kernel;
    private final List<Slot> slots;
    private final Accumulators accumulators;
    private final JavaUnit unit;
    private final boolean lanes;
    private final String species;
    private final VectorExpressions expressions;
    /** Vector locals of the body by variable. */
    private final Map<Var, String> locals = new HashMap<>();
    /** Vectors of reductions: one, or four of a float sum. */
    private final Map<Var, List<String>> sums = new HashMap<>();
    private int quarter;

    VectorWriter(Kernel kernel, List<Slot> slots, Accumulators accumulators, Scope scope, LoopAccess access) {
        this.kernel = kernel;
        this.slots = slots;
        this.accumulators = accumulators;
        this.unit = kernel.unit();
        this.lanes = slots.stream().anyMatch(s -> s.kind() == Slot.Kind.LANES);
        String type = unit.use(PACKAGE + "VectorSpecies") + "<Double>";
        String length = lanes ? "SPECIES_256" : "SPECIES_PREFERRED";
        this.species = unit.constant(type, lanes ? "FOUR" : "WIDE", vector() + "." + length);
        this.expressions = new VectorExpressions(kernel, scope, access, new VectorFacts(kernel.loop()), species, locals);
    }

    private String vector() {
        return unit.use(PACKAGE + "DoubleVector");
    }

    private String mask() {
        return unit.use(PACKAGE + "VectorMask") + "<Double>";
    }

    private String operators() {
        return unit.use(PACKAGE + "VectorOperators");
    }

    /** Whether the scalar loop must bring the index to a multiple of 16 before the vectors start. */
    boolean needsHead() {
        return lanes;
    }

    /** Number of scalar iterations before the vectors. */
    String head(String count) {
        return "Math.min(" + count + ", -(int) " + kernel.base() + " & " + (Accumulators.LANES - 1) + ")";
    }

    /** The vector loop; the counter is declared already. */
    void write(String count, JavaBody body) {
        JavaBody preamble = body.sketch();
        JavaBody loop = body.sketch();
        expressions.into(preamble);
        for (Slot s : slots) {
            declare(s, preamble);
        }
        int parts = lanes ? 4 : 1;
        for (quarter = 0; quarter < parts; quarter++) {
            locals.clear();
            expressions.part(quarter);
            block(kernel.loop().body(), null, loop);
        }
        String step = lanes ? Integer.toString(Accumulators.LANES) : species + ".length()";
        String jj = kernel.counter();
        body.open("if (" + count + " - " + jj + " >= " + step + (expressions.guards().isEmpty() ? "" : " && " + guards(count)) + ") {");
        body.add(preamble);
        body.open("for (; " + jj + " <= " + count + " - " + step + "; " + jj + " += " + step + ") {");
        body.add(loop).close();
        for (Slot s : slots) {
            collect(s, body);
        }
        body.close();
    }

    /** Indices that become floats must be exact in them, so that lane arithmetic gives the same bits. */
    private String guards(String count) {
        String bounds = unit.use(LoopApi.BOUNDS);
        List<String> all = new ArrayList<>();
        for (VectorExpressions.Guard g : expressions.guards()) {
            all.add(bounds + ".exact(" + g.at("0") + ", " + g.at(count) + ")");
        }
        return String.join(" && ", all.stream().distinct().toList());
    }

    private void declare(Slot s, JavaBody preamble) {
        String name = accumulators.name(s);
        List<String> names = new ArrayList<>();
        switch (s.kind()) {
            case LANES -> {
                for (int k = 0; k < 4; k++) {
                    String v = kernel.names().fresh(name + "V" + k);
                    preamble.line(vector() + " " + v + " = " + vector() + ".fromArray(" + species + ", " + name + ", " + 4 * k + ");");
                    names.add(v);
                }
            }
            case FLOAT -> {
                String v = kernel.names().fresh(name + "V");
                preamble.line(vector() + " " + v + " = " + vector() + ".broadcast(" + species + ", " + name + ");");
                names.add(v);
            }
            case INT -> {}
            case BOOL, ARG, OBJECT, OBJECT_LANES, ARRAY, COMPONENTS -> throw new CompilerBug("no vector form of " + s);
        }
        sums.put(s.reduction().variable(), names);
    }

    private void collect(Slot s, JavaBody body) {
        String name = accumulators.name(s);
        List<String> names = sums.getOrDefault(s.reduction().variable(), List.of());
        if (s.kind() == Slot.Kind.LANES) {
            for (int k = 0; k < 4; k++) {
                body.line(names.get(k) + ".intoArray(" + name + ", " + 4 * k + ");");
            }
        } else if (s.kind() == Slot.Kind.FLOAT) {
            boolean max = s.reduction().op() == ReduceOp.Builtin.MAX;
            String reduced = names.getFirst() + ".reduceLanes(" + operators() + (max ? ".MAX" : ".MIN") + ")";
            body.line(name + " = " + (max ? "Math.max(" : "Math.min(") + name + ", " + reduced + ");");
        }
    }

    private void block(TStmt.TBlock block, @Nullable String mask, JavaBody out) {
        block.statements().forEach(s -> statement(s, mask, out));
    }

    private void statement(TStmt s, @Nullable String mask, JavaBody out) {
        out.at(s.span());
        switch (s) {
            case TStmt.Declare d when d.variable().type().isIntegral() -> {}
            case TStmt.Declare d -> {
                boolean bool = d.variable().type() == org.pellang.compiler.sema.type.Type.Scalar.BOOL;
                String name = kernel.names().fresh(d.variable().name() + "V");
                String value = bool ? expressions.mask(d.value()) : expressions.value(d.value());
                out.line((bool ? mask() : vector()) + " " + name + " = " + value + ";");
                locals.put(d.variable(), name);
            }
            case TStmt.Assign a -> store(a.place(), expressions.value(a.value()), mask, out);
            case TStmt.Update u when u.place() instanceof Place.Variable v && sums.containsKey(v.variable()) ->
                contribute(v.variable(), u.op() == BinaryOp.SUB ? negated(u.value()) : u.value(), mask, out);
            case TStmt.Update u -> {
                BinaryOp op = java.util.Objects.requireNonNull(u.op());
                store(u.place(), VectorExpressions.binary(op, expressions.load(u.place()), expressions.value(u.value())), mask, out);
            }
            case TStmt.If i -> branch(i, mask, out);
            case TStmt.DeclareTuple _, TStmt.MultiAssign _, TStmt.Swap _, TStmt.Do _, TStmt.Forall _, TStmt.For _, TStmt.While _ ->
                throw new CompilerBug("no vector form of " + s.span());
            case TStmt.Checkpointed _, TStmt.Break _, TStmt.Continue _, TStmt.Return _, TStmt.Assert _ ->
                throw new CompilerBug("no vector form of " + s.span());
        }
    }

    private void branch(TStmt.If i, @Nullable String mask, JavaBody out) {
        String condition = kernel.names().fresh("m");
        out.line("final " + mask() + " " + condition + " = " + expressions.mask(i.condition()) + ";");
        String then = condition;
        if (mask != null) {
            then = kernel.names().fresh("m");
            out.line("final " + mask() + " " + then + " = " + mask + ".and(" + condition + ");");
        }
        block(i.then(), then, out);
        if (i.otherwise() != null) {
            String otherwise = kernel.names().fresh("m");
            String not = mask == null ? condition + ".not()" : mask + ".andNot(" + condition + ")";
            out.line("final " + mask() + " " + otherwise + " = " + not + ";");
            block(i.otherwise(), otherwise, out);
        }
    }

    private void store(Place place, String value, @Nullable String mask, JavaBody out) {
        if (place instanceof Place.Variable v) {
            String name = java.util.Objects.requireNonNull(locals.get(v.variable()));
            out.line(name + " = " + (mask == null ? value : name + ".blend(" + value + ", " + mask + ")") + ";");
            return;
        }
        VectorExpressions.Column column = expressions.column(place);
        out.line(value + ".intoArray(" + column.array() + ", " + column.at() + (mask == null ? "" : ", " + mask) + ");");
    }

    private static TExpr negated(TExpr value) {
        return new TExpr.Unary(value.span(), value.type(), TExpr.UnaryOp.NEGATE, value);
    }

    private void contribute(Var v, TExpr value, @Nullable String mask, JavaBody out) {
        Slot s = slots.stream().filter(x -> x.reduction().variable().equals(v)).findFirst().orElseThrow();
        String name = accumulators.name(s);
        List<String> names = sums.getOrDefault(v, List.of());
        switch (s.kind()) {
            case LANES -> {
                String sum = names.get(quarter);
                String term = expressions.value(value);
                out.line(sum + " = " + sum + ".add(" + term + (mask == null ? "" : ", " + mask) + ");");
            }
            case FLOAT -> {
                String best = names.getFirst();
                String term = expressions.value(value);
                boolean max = s.reduction().op() == ReduceOp.Builtin.MAX;
                out.line(best + " = " + (mask == null
                        ? best + (max ? ".max(" : ".min(") + term + ")"
                        : best + ".lanewise(" + operators() + (max ? ".MAX, " : ".MIN, ") + term + ", " + mask + ")") + ";");
            }
            case INT -> {
                long factor = (Long) ((TExpr.Constant) value).value();
                String count = mask == null ? species + ".length()" : mask + ".trueCount()";
                out.line(name + " += " + (factor == 1 ? "" : factor + "L * ") + count + ";");
            }
            case BOOL, ARG, OBJECT, OBJECT_LANES, ARRAY, COMPONENTS -> throw new CompilerBug("no vector form of " + s);
        }
    }
}
