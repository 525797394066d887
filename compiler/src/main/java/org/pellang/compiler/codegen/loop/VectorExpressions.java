package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pellang.compiler.codegen.JavaBody;
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
    /** Lanes of one part of a leaf. */
    private static final int QUARTER = 4;

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
    private final Map<Var, String> locals;
    private final Map<String, String> hoisted = new HashMap<>();
    private final List<Guard> guards = new ArrayList<>();
    private JavaBody preamble = new JavaBody();
    private int part;

    VectorExpressions(Kernel kernel, Scope scope, LoopAccess access, VectorFacts facts, String species, Map<Var, String> locals) {
        this.kernel = kernel;
        this.scope = scope;
        this.access = access;
        this.facts = facts;
        this.species = species;
        this.locals = locals;
    }

    /** Where hoisted vectors are declared. */
    void into(JavaBody body) {
        preamble = body;
    }

    /** Which quarter of a leaf is written. */
    void part(int quarter) {
        part = quarter;
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

    private String hoist(String text, String hint) {
        return hoisted.computeIfAbsent(text, t -> {
            String name = kernel.names().fresh(hint);
            preamble.line("final " + vector() + " " + name + " = " + t + ";");
            return name;
        });
    }

    private String broadcast(String scalar, String hint) {
        return hoist(vector() + ".broadcast(" + species + ", " + scalar + ")", hint);
    }

    /** A float expression as a vector. */
    String value(TExpr e) {
        if (facts.still(e)) {
            JavaExpr scalar = scope.expressions().value(e, preamble);
            return broadcast(scalar.text(), e instanceof TExpr.Read r ? r.variable().name() + "V" : "c");
        }
        if (facts.movingElement(e)) {
            Column c = column(target(e));
            return vector() + ".fromArray(" + species + ", " + c.array + ", " + c.at + ")";
        }
        return switch (e) {
            case TExpr.Read r -> java.util.Objects.requireNonNull(locals.get(r.variable()));
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
            case TExpr.ExternCall c -> onArrays(c.function().method(), c.arguments());
            default -> throw new CompilerBug("no vector form of an expression at " + e.span());
        };
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
        String key = "lanes " + number;
        return hoisted.computeIfAbsent(key, _ -> {
            String name = kernel.names().fresh("lanes");
            preamble.line("final double[] " + name + " = new double[" + species + ".length()];");
            return name;
        });
    }

    /** {@code x ** 2.0} is {@code x * x}. */
    private String square(TExpr x) {
        String v = value(x);
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
        String jj = part == 0 ? kernel.counter() : "(" + kernel.counter() + " + " + part * QUARTER + ")";
        String first = vector() + ".broadcast(" + species + ", (double) (" + guard.at(jj) + "))";
        if (guard.factor == 0) {
            return first;
        }
        String steps = hoist(vector() + ".zero(" + species + ").addIndex(" + guard.factor + ")", "lane");
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
            return species + ".maskAll(" + scope.expressions().value(e, preamble) + ")";
        }
        return switch (e) {
            case TExpr.Read r -> java.util.Objects.requireNonNull(locals.get(r.variable()));
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
            return java.util.Objects.requireNonNull(locals.get(v.variable()));
        }
        Column c = column(place);
        return vector() + ".fromArray(" + species + ", " + c.array + ", " + c.at + ")";
    }

    /** Where a place's elements lie. */
    Column column(Place place) {
        return column(scope.expressions().target(place, preamble));
    }

    private Target target(TExpr e) {
        return switch (e) {
            case TExpr.Element x -> access.element(
                    ((TExpr.Read) x.array()).variable(), x.subscripts(), x.span(), false, scope.expressions(), preamble);
            case TExpr.Component c -> target(c.value()).component(c.index());
            default -> throw new CompilerBug("no element at " + e.span());
        };
    }

    private Column column(Target target) {
        if (!(target instanceof Elements.Stored stored)) {
            throw new CompilerBug("no column of " + target.type());
        }
        String array = kernel.column(stored.view(), org.pellang.compiler.codegen.Column.of(stored.type()).getFirst(), stored.first());
        return new Column(array, stored.at().text() + (part == 0 ? "" : " + " + part * QUARTER));
    }
}
