package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaUnit;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.codegen.loop.VectorExpressions.Replica;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.VectorFacts;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/**
 * Writes the vector main loop that stands in front of the scalar one. A leaf of a float sum runs four vectors of four lanes at a time,
 * so that its 16 lanes are those of the scalar loop; other loops take vectors of the machine's preferred length. One step of the loop may compute several vectors,
 * side by side and in neighbouring rows, which go through the body's sequential loops together.
 */
final class VectorWriter {
    private static final String PACKAGE = "jdk.incubator.vector.";
    /** Vectors of a leaf: 16 lanes. */
    private static final int QUARTERS = 4;

    private final Kernel kernel;
    private final List<Slot> slots;
    private final Accumulators accumulators;
    private final Scope scope;
    private final JavaUnit unit;
    private final boolean lanes;
    private final String species;
    private final LoopAccess access;
    private final VectorLevels levels;
    private final JavaBody preamble;
    private final JavaBody loop;
    private final VectorExpressions expressions;
    private final List<Replica> replicas = new ArrayList<>();
    private final int columns;
    /** Vectors of reductions: one, or four of a float sum. */
    private final Map<Var, List<String>> sums = new HashMap<>();

    /**
     * @param rows names of the indices of the rows that one step computes; empty: the row of the loop around
     * @param columns vectors side by side
     * @param out gives lines their places
     */
    VectorWriter(Kernel kernel, List<Slot> slots, Accumulators accumulators, Scope scope, LoopAccess access, List<String> rows, int columns, JavaBody out) {
        this.kernel = kernel;
        this.slots = slots;
        this.accumulators = accumulators;
        this.scope = scope;
        this.access = access;
        this.unit = kernel.unit();
        this.lanes = slots.stream().anyMatch(s -> s.kind() == Slot.Kind.LANES);
        this.columns = lanes ? QUARTERS : columns;
        String type = unit.use(PACKAGE + "VectorSpecies") + "<Double>";
        String length = lanes ? "SPECIES_256" : "SPECIES_PREFERRED";
        this.species = unit.constant(type, lanes ? "FOUR" : "WIDE", vector() + "." + length);
        this.preamble = out.sketch();
        this.loop = out.sketch();
        this.levels = new VectorLevels(preamble, loop);
        this.expressions = new VectorExpressions(kernel, scope, access, new VectorFacts(kernel.loop()), species, levels);
        for (String row : rows.isEmpty() ? List.of("") : rows) {
            for (int k = 0; k < this.columns; k++) {
                String shift = k == 0 ? "" : lanes ? Integer.toString(k * Accumulators.LANES / QUARTERS) : (k == 1 ? "" : k + " * ") + species + ".length()";
                replicas.add(new Replica(row, shift, new HashMap<>(), new IdentityHashMap<>()));
            }
        }
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

    /** Whether the vector loop runs only if the loop's bounds are such that indices are exact as floats. */
    boolean isGuarded() {
        return !expressions.guards().isEmpty();
    }

    /** How many iterations of the last axis one step computes. */
    String step() {
        return lanes ? Integer.toString(Accumulators.LANES) : (columns == 1 ? "" : columns + " * ") + species + ".length()";
    }

    /** One step, without the loop around it. */
    void writeStep(JavaBody body) {
        block(kernel.loop().body(), List.of());
        body.add(preamble).add(loop);
    }

    /**
     * Copies what the steps of all rows read, in the order in which they read it: vectors side by side, one pass of the sequential loop after the other.
     *
     * @param panel name of the array, grown as needed
     */
    void pack(Panel panel, JavaBody body) {
        JavaBody heads = body.sketch();
        int blocks = scope.expressions().openLoops(panel.loop(), heads);
        JavaBody inside = body.sketch();
        levels.enter(inside, panel.loop().indices());
        String at = kernel.names().fresh("at");
        String size = panel.elements().size() == 1 ? step() : panel.elements().size() + " * " + step();
        inside.line(panel.name() + " = " + unit.use(LoopApi.BOUNDS) + ".room(" + panel.name() + ", " + at + " + " + size + ");");
        for (TExpr e : panel.elements()) {
            for (Replica r : replicas.subList(0, columns)) {
                expressions.select(r);
                inside.line(expressions.unpacked(e) + ".intoArray(" + panel.name() + ", " + at + ");");
                inside.line(at + " += " + species + ".length();");
            }
        }
        levels.leave();
        body.line("int " + at + " = 0;");
        close(body, heads, inside, blocks);
        expressions.from((e, shift) -> {
            int slot = panel.slot(e);
            String k = access.counter(panel.loop().indices().getFirst());
            return slot < 0 ? null : vector() + ".fromArray(" + species + ", " + panel.name() + ", " + size + " * " + k
                    + (slot == 0 ? "" : " + " + slot + " * " + step()) + (shift.isEmpty() ? "" : " + " + shift) + ")";
        });
    }

    /** The vector loop; the counter is declared already. */
    void write(String count, JavaBody body) {
        for (Slot s : slots) {
            declare(s, preamble);
        }
        block(kernel.loop().body(), List.of());
        String step = step();
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
            case BOOL, ARG, OBJECT, OBJECT_LANES, ARRAY, COMPONENTS, MAP -> throw new CompilerBug("no vector form of " + s);
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

    private JavaBody out() {
        return levels.body();
    }

    /** Statements under the masks of the replicas; no masks: all lanes. */
    private void block(TStmt.TBlock block, List<String> masks) {
        block.statements().forEach(s -> statement(s, masks));
    }

    /** Writes something for each replica in turn. */
    private void each(List<String> masks, BiConsumer<Replica, @Nullable String> write) {
        for (int k = 0; k < replicas.size(); k++) {
            expressions.select(replicas.get(k));
            write.accept(replicas.get(k), masks.isEmpty() ? null : masks.get(k));
        }
    }

    private void statement(TStmt s, List<String> masks) {
        out().at(s.span());
        switch (s) {
            case TStmt.Declare d when d.variable().type().isIntegral() -> {}
            case TStmt.Declare d -> local(d.variable(), d.value());
            case TStmt.Assign a -> {
                reductions(a.value());
                each(masks, (r, mask) -> store(r, a.place(), expressions.value(a.value()), mask));
            }
            case TStmt.Update u when u.place() instanceof Place.Variable v && sums.containsKey(v.variable()) -> {
                reductions(u.value());
                TExpr term = u.op() == BinaryOp.SUB ? negated(u.value()) : u.value();
                each(masks, (r, mask) -> contribute(v.variable(), term, r, mask));
            }
            case TStmt.Update u -> {
                BinaryOp op = java.util.Objects.requireNonNull(u.op());
                reductions(u.value());
                each(masks, (r, mask) -> store(r, u.place(), VectorExpressions.binary(op, expressions.load(u.place()), expressions.value(u.value())), mask));
            }
            case TStmt.MultiAssign m -> assignTogether(m, masks);
            case TStmt.If i -> branch(i, masks);
            case TStmt.For f -> sequential(f.iteration(), masks, inner -> block(f.body(), inner));
            case TStmt.DeclareTuple _, TStmt.Swap _, TStmt.Do _, TStmt.Forall _, TStmt.While _ -> throw new CompilerBug("no vector form of " + s.span());
            case TStmt.Checkpointed _, TStmt.On _, TStmt.Epoch _, TStmt.Sync _, TStmt.RemoteStore _, TStmt.Break _, TStmt.Continue _, TStmt.Return _, TStmt.Assert _ ->
                throw new CompilerBug("no vector form of " + s.span());
        }
    }

    private void local(Var v, TExpr value) {
        boolean bool = v.type() == Type.Scalar.BOOL;
        reductions(value);
        each(List.of(), (r, _) -> {
            String name = kernel.names().fresh(v.name() + "V");
            String text = bool ? expressions.mask(value) : expressions.value(value);
            out().line((bool ? mask() : vector()) + " " + name + " = " + text + ";");
            r.locals().put(v, name);
        });
    }

    /** {@code a, b = x, y}: all values before all stores. */
    private void assignTogether(TStmt.MultiAssign m, List<String> masks) {
        m.values().forEach(this::reductions);
        each(masks, (r, mask) -> {
            List<String> values = new ArrayList<>();
            for (TExpr value : m.values()) {
                String name = kernel.names().fresh("valueV");
                out().line("final " + vector() + " " + name + " = " + expressions.value(value) + ";");
                values.add(name);
            }
            for (int k = 0; k < values.size(); k++) {
                store(r, m.places().get(k), values.get(k), mask);
            }
        });
    }

    private void branch(TStmt.If i, List<String> masks) {
        reductions(i.condition());
        List<String> then = new ArrayList<>();
        List<String> otherwise = new ArrayList<>();
        each(masks, (_, mask) -> {
            String condition = maskNamed(expressions.mask(i.condition()));
            then.add(mask == null ? condition : maskNamed(mask + ".and(" + condition + ")"));
            if (i.otherwise() != null) {
                otherwise.add(maskNamed(mask == null ? condition + ".not()" : mask + ".andNot(" + condition + ")"));
            }
        });
        block(i.then(), then);
        if (i.otherwise() != null) {
            block(i.otherwise(), otherwise);
        }
    }

    private String maskNamed(String text) {
        String name = kernel.names().fresh("m");
        out().line("final " + mask() + " " + name + " = " + text + ";");
        return name;
    }

    /** A sequential loop in the body: opened once, its body written for every replica. */
    private void sequential(Iteration it, List<String> masks, Consumer<List<String>> write) {
        JavaBody around = out();
        JavaBody heads = around.sketch();
        int blocks = scope.expressions().openLoops(it, heads);
        levels.enter(around.sketch(), it.indices());
        for (Iteration.Let let : it.lets()) {
            if (!let.value().type().isIntegral()) {
                local(let.variables().getFirst(), let.value());
            }
        }
        List<String> inner = masks;
        if (it.filter() != null) {
            List<String> filtered = new ArrayList<>();
            reductions(it.filter());
            each(masks, (_, mask) -> {
                String passes = expressions.mask(java.util.Objects.requireNonNull(it.filter()));
                filtered.add(maskNamed(mask == null ? passes : mask + ".and(" + passes + ")"));
            });
            inner = filtered;
        }
        write.accept(inner);
        JavaBody body = out();
        levels.leave();
        close(around, heads, body, blocks);
    }

    /** A loop of opened heads, what is in it, and the ends of its blocks. */
    private static void close(JavaBody around, JavaBody heads, JavaBody inside, int blocks) {
        around.enter(heads).add(inside);
        for (int k = 0; k < blocks; k++) {
            around.close();
        }
    }

    /** Writes the loops of the sequential reductions in an expression; their results are what the expression then reads. */
    private void reductions(TExpr e) {
        if (!(e instanceof TExpr.Reduce r)) {
            Trees.children(e, this::reductions);
            return;
        }
        ReduceOp.Builtin op = (ReduceOp.Builtin) r.op();
        String identity = switch (op) {
            case SUM -> "0.0";
            case PROD -> "1.0";
            case MIN -> "Double.POSITIVE_INFINITY";
            case MAX -> "Double.NEGATIVE_INFINITY";
            case ANY, ALL, COUNT, MEAN, ARGMIN, ARGMAX, BIT_AND, BIT_OR, BIT_XOR -> throw new CompilerBug("no vector form of " + op);
        };
        each(List.of(), (replica, _) -> {
            String name = kernel.names().fresh(op.name().toLowerCase(Locale.ROOT) + "V");
            out().line(vector() + " " + name + " = " + vector() + ".broadcast(" + species + ", " + identity + ");");
            replica.sums().put(r, name);
        });
        sequential(r.iteration(), List.of(), masks -> {
            reductions(r.element());
            each(masks, (replica, mask) -> {
                String name = replica.sums().get(r);
                String term = expressions.value(r.element());
                String next = switch (op) {
                    case SUM -> name + ".add(" + term;
                    case PROD -> name + ".mul(" + term;
                    case MIN -> name + ".lanewise(" + operators() + ".MIN, " + term;
                    default -> name + ".lanewise(" + operators() + ".MAX, " + term;
                };
                out().line(name + " = " + next + (mask == null ? "" : ", " + mask) + ");");
            });
        });
    }

    private void store(Replica replica, Place place, String value, @Nullable String mask) {
        if (place instanceof Place.Variable v) {
            String name = java.util.Objects.requireNonNull(replica.locals().get(v.variable()));
            out().line(name + " = " + (mask == null ? value : name + ".blend(" + value + ", " + mask + ")") + ";");
            return;
        }
        VectorExpressions.Column column = expressions.column(place);
        out().line(value + ".intoArray(" + column.array() + ", " + column.at() + (mask == null ? "" : ", " + mask) + ");");
    }

    private static TExpr negated(TExpr value) {
        return new TExpr.Unary(value.span(), value.type(), TExpr.UnaryOp.NEGATE, value);
    }

    private void contribute(Var v, TExpr value, Replica replica, @Nullable String mask) {
        Slot s = slots.stream().filter(x -> x.reduction().variable().equals(v)).findFirst().orElseThrow();
        String name = accumulators.name(s);
        List<String> names = sums.getOrDefault(v, List.of());
        switch (s.kind()) {
            case LANES -> {
                String sum = names.get(replicas.indexOf(replica));
                String term = expressions.value(value);
                out().line(sum + " = " + sum + ".add(" + term + (mask == null ? "" : ", " + mask) + ");");
            }
            case FLOAT -> {
                String best = names.getFirst();
                String term = expressions.value(value);
                boolean max = s.reduction().op() == ReduceOp.Builtin.MAX;
                out().line(best + " = " + (mask == null
                        ? best + (max ? ".max(" : ".min(") + term + ")"
                        : best + ".lanewise(" + operators() + (max ? ".MAX, " : ".MIN, ") + term + ", " + mask + ")") + ";");
            }
            case INT -> {
                long factor = (Long) ((TExpr.Constant) value).value();
                String count = mask == null ? species + ".length()" : mask + ".trueCount()";
                out().line(name + " += " + (factor == 1 ? "" : factor + "L * ") + count + ";");
            }
            case BOOL, ARG, OBJECT, OBJECT_LANES, ARRAY, COMPONENTS, MAP -> throw new CompilerBug("no vector form of " + s);
        }
    }
}
