package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.Scope;
import org.pellang.compiler.codegen.Target;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.ir.Linear;
import org.pellang.compiler.ir.VectorFacts;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;
import org.pellang.compiler.sema.typed.Var;

/** Vector texts of float expressions and masks of conditions. What stands still along a row goes into a preamble. */
final class VectorExpressions {
    /** Elements that stand packed in an array of their own. */
    interface Packed {
        /** The vector of an element; null if it is not packed. */
        @Nullable String place(TExpr element, String shift);
    }

    /** A column and the place of the first lane. */
    record Column(String array, String at) {}

    /** An int that becomes a float: its text where the counter has a given value. */
    record Guard(String prefix, long factor) {
        String at(String counter) {
            return factor == 0 ? prefix : prefix + " + " + factor + "L * " + counter;
        }
    }

    private final Kernel kernel;
    private final Scope scope;
    private final LoopAccess access;
    private final VectorFacts facts;
    private final String species;
    private final VectorLevels levels;
    private final List<Guard> guards = new ArrayList<>();
    private @Nullable Packed panel;
    private Replica replica = new Replica("", "", new HashMap<>(), new IdentityHashMap<>());

    VectorExpressions(Kernel kernel, Scope scope, LoopAccess access, VectorFacts facts, String species, VectorLevels levels) {
        this.kernel = kernel;
        this.scope = scope;
        this.access = access;
        this.facts = facts;
        this.species = species;
        this.levels = levels;
    }

    /**
     * One of the vectors that a step of the loop computes.
     *
     * @param row the index of its row in Java, empty: there is only one
     * @param shift lanes between the counter and its first one, as text; empty: none
     * @param locals names of the body's float and bool locals
     * @param sums names of the results of inner reductions, by identity
     */
    record Replica(String row, String shift, Map<Var, String> locals, Map<TExpr, String> sums) {}

    /** What is packed is taken from there. */
    void from(Packed other) {
        panel = other;
    }

    private static String elementName(TExpr e) {
        return e instanceof TExpr.Element x && x.array() instanceof TExpr.Read r ? r.variable().name() + "V" : "element";
    }

    /** An element as it lies in its array. */
    String unpacked(TExpr e) {
        return load(column(target(e)));
    }

    /** What is written from now on computes this vector. */
    void select(Replica chosen) {
        replica = chosen;
        if (!chosen.row.isEmpty()) {
            kernel.onRow(chosen.row);
        }
    }

    /** Ints that must be exact in a float. */
    List<Guard> guards() {
        return guards;
    }

    private String vector() {
        return kernel.unit().use("jdk.incubator.vector.DoubleVector");
    }

    private String operators() {
        return kernel.unit().use("jdk.incubator.vector.VectorOperators");
    }

    private String hoist(int level, String text, String hint) {
        return levels.once(level, text, body -> {
            String name = kernel.names().fresh(hint);
            body.line("final " + vector() + " " + name + " = " + text + ";");
            return name;
        });
    }

    private String load(Column c) {
        return vector() + ".fromArray(" + species + ", " + c.array + ", " + c.at + ")";
    }

    /** A float expression as a vector. */
    String value(TExpr e) {
        if (facts.still(e)) {
            int level = levels.of(e, VectorLevels.ROW);
            JavaExpr scalar = scope.expressions().value(e, levels.at(level));
            return hoist(level, vector() + ".broadcast(" + species + ", " + scalar.text() + ")",
                    e instanceof TExpr.Read r ? r.variable().name() + "V" : e instanceof TExpr.Element ? elementName(e) : "c");
        }
        if (facts.movingElement(e)) {
            String packed = panel == null ? null : panel.place(e, replica.shift);
            String load = packed != null ? packed : load(column(target(e)));
            return !facts.loops().isEmpty() && !facts.isWritten(e) ? hoist(levels.of(e, VectorLevels.STEP), load, elementName(e)) : load;
        }
        return switch (e) {
            case TExpr.Read r -> java.util.Objects.requireNonNull(replica.locals.get(r.variable()));
            case TExpr.Reduce r -> java.util.Objects.requireNonNull(replica.sums.get(r));
            case TExpr.Unary u -> value(u.operand()) + ".neg()";
            case TExpr.Binary b when b.op() == BinaryOp.POW -> VectorFacts.isTwo(b.right())
                    ? square(b.left())
                    : onArrays("pow", List.of(b.left(), b.right()));
            case TExpr.Binary b -> binary(b.op(), value(b.left()), value(b.right()));
            case TExpr.Conditional c -> value(c.otherwise()) + ".blend(" + value(c.then()) + ", " + mask(c.condition()) + ")";
            case TExpr.Convert c -> index(c.value());
            case TExpr.IntrinsicCall c when c.intrinsic() == Intrinsic.ABS -> value(c.arguments().getFirst()) + ".abs()";
            case TExpr.IntrinsicCall c -> {
                BinaryOp op = c.intrinsic() == Intrinsic.MIN ? BinaryOp.MIN : BinaryOp.MAX;
                String all = value(c.arguments().getFirst());
                for (TExpr a : c.arguments().subList(1, c.arguments().size())) {
                    all = binary(op, all, value(a));
                }
                yield all;
            }
            case TExpr.ExternCall c when VectorFacts.isSqrt(c) -> value(c.arguments().getFirst()) + ".sqrt()";
            case TExpr.ExternCall c when c.function().method().equals("pow") && VectorFacts.isTwo(c.arguments().getLast()) ->
                square(c.arguments().getFirst());
            case TExpr.ExternCall c when VectorFacts.isUniform(c) -> uniform(c);
            case TExpr.ExternCall c -> onArrays(c.function().method(), c.arguments());
            default -> throw new CompilerBug("no vector form of an expression at " + e.span());
        };
    }

    /** Random numbers of neighbouring counters. */
    private String uniform(TExpr.ExternCall c) {
        TExpr seed = c.arguments().getFirst();
        StringBuilder text = new StringBuilder(kernel.unit().use(LoopApi.VECTOR_RANDOM)).append(".uniform01(").append(species).append(", ")
                .append(scope.expressions().value(seed, levels.at(levels.of(seed, VectorLevels.ROW))).text());
        for (TExpr counter : VectorFacts.counters(c)) {
            Guard form = guard(java.util.Objects.requireNonNull(facts.linear(counter)));
            text.append(", ").append(form.at(counterHere())).append(", ").append(form.factor).append('L');
        }
        text.append(')');
        if (c.function().method().equals("uniform01")) {
            return text.toString();
        }
        List<TExpr> ends = c.arguments().subList(c.arguments().size() - 2, c.arguments().size());
        String low = value(ends.getFirst());
        return low + ".add(" + value(ends.getLast()) + ".sub(" + low + ").mul(" + text + "))";
    }

    /** The int that counts the lanes of the present vector's first iteration. */
    private String counterHere() {
        return replica.shift.isEmpty() ? kernel.counter() : "(" + kernel.counter() + " + " + replica.shift + ")";
    }

    /** A function of the library that takes its arguments in an array, and returns its values in it. */
    private String onArrays(String function, List<TExpr> arguments) {
        StringBuilder text = new StringBuilder(kernel.unit().use(LoopApi.VECTOR_CALLS)).append('.').append(function).append('(');
        arguments.forEach(a -> text.append(value(a)).append(", "));
        for (int k = 0; k < arguments.size(); k++) {
            text.append(k == 0 ? "" : ", ").append(lanes(k));
        }
        return text.append(')').toString();
    }

    private String lanes(int number) {
        return levels.once(VectorLevels.ROW, "lanes " + number, body -> {
            String name = kernel.names().fresh("lanes");
            body.line("final double[] " + name + " = new double[" + species + ".length()];");
            return name;
        });
    }

    /** {@code x ** 2.0} is {@code x * x}. */
    private String square(TExpr x) {
        String v = value(x);
        if (!v.matches("\\w+")) {
            String name = kernel.names().fresh("squared");
            levels.body().line("final " + vector() + " " + name + " = " + v + ";");
            v = name;
        }
        return v + ".mul(" + v + ")";
    }

    static String binary(BinaryOp op, String left, String right) {
        String method = switch (op) {
            case ADD -> "add";
            case SUB -> "sub";
            case MUL -> "mul";
            case DIV -> "div";
            case MIN -> "min";
            case MAX -> "max";
            case FLOOR_DIV, MOD, POW, SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR -> throw new CompilerBug("no vector form of " + op);
        };
        return left + "." + method + "(" + right + ")";
    }

    /** An int expression that moves with the index, as a vector of floats. */
    private String index(TExpr e) {
        Linear form = java.util.Objects.requireNonNull(facts.linear(e));
        Guard guard = guard(form);
        if (!guards.contains(guard)) {
            guards.add(guard);
        }
        String first = vector() + ".broadcast(" + species + ", (double) (" + guard.at(counterHere()) + "))";
        if (guard.factor == 0) {
            return first;
        }
        String steps = hoist(VectorLevels.ROW, vector() + ".zero(" + species + ").addIndex(" + guard.factor + ")", "lane");
        return first + ".add(" + steps + ")";
    }

    private Guard guard(Linear form) {
        StringBuilder text = new StringBuilder();
        Var last = kernel.loop().indices().getLast();
        long factor = 0;
        for (Map.Entry<Var, Long> term : form.factors().entrySet()) {
            boolean moving = term.getKey().equals(last);
            String name = moving ? kernel.base() : access.read(term.getKey()).at(JavaExpr.UNARY);
            factor = moving ? term.getValue() : factor;
            text.append(text.isEmpty() ? "" : " + ").append(term.getValue() == 1 ? name : term.getValue() + "L * " + name);
        }
        if (form.constant() != 0 || text.isEmpty()) {
            text.append(text.isEmpty() ? "" : " + ").append(form.constant() < 0 ? "(" + form.constant() + "L)" : form.constant() + "L");
        }
        return new Guard(text.toString(), factor);
    }

    /** A condition as a mask. */
    String mask(TExpr e) {
        if (facts.still(e)) {
            return species + ".maskAll(" + scope.expressions().value(e, levels.at(levels.of(e, VectorLevels.ROW))) + ")";
        }
        return switch (e) {
            case TExpr.Read r -> java.util.Objects.requireNonNull(replica.locals.get(r.variable()));
            case TExpr.Unary u -> mask(u.operand()) + ".not()";
            case TExpr.Logical l -> mask(l.left()) + (l.conjunction() ? ".and(" : ".or(") + mask(l.right()) + ")";
            case TExpr.Compare c -> {
                boolean ints = c.left().type().isIntegral();
                String left = ints ? index(c.left()) : value(c.left());
                String right = ints ? index(c.right()) : value(c.right());
                yield left + ".compare(" + operators() + "." + c.op() + ", " + right + ")";
            }
            default -> throw new CompilerBug("no vector form of a condition at " + e.span());
        };
    }

    /** The elements of a place as a vector. */
    String load(Place place) {
        if (place instanceof Place.Variable v) {
            return java.util.Objects.requireNonNull(replica.locals.get(v.variable()));
        }
        return load(column(place));
    }

    /** Where a place's elements lie. */
    Column column(Place place) {
        return column(scope.expressions().target(place, levels.body()));
    }

    private Target target(TExpr e) {
        return switch (e) {
            case TExpr.Element x -> access.element(
                    ((TExpr.Read) x.array()).variable(), x.subscripts(), x.span(), false, scope.expressions(), levels.body());
            case TExpr.Component c -> target(c.value()).component(c.index());
            default -> throw new CompilerBug("no element at " + e.span());
        };
    }

    private Column column(Target target) {
        if (!(target instanceof Elements.Stored stored)) {
            throw new CompilerBug("no column of " + target.type());
        }
        String array = kernel.column(stored.view(), org.pellang.compiler.codegen.Column.of(stored.type()).getFirst(), stored.first());
        return new Column(array, stored.at().text() + (replica.shift.isEmpty() ? "" : " + " + replica.shift));
    }
}
