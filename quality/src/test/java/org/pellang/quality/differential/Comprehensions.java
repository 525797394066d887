package org.pellang.quality.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pellang.quality.differential.Env.ArrayInfo;
import org.pellang.quality.differential.Env.Space;
import org.pellang.quality.differential.Env.Variable;

/** Random reductions, scans and arrays by comprehension over a space. */
final class Comprehensions {
    private final Dice dice;
    private final Expressions expressions;
    private final Heads heads;
    private final Operands operands;
    private final Map<String, Kind> operators;

    Comprehensions(Dice dice, Expressions expressions, Map<String, Kind> operators) {
        this.dice = dice;
        this.expressions = expressions;
        this.heads = new Heads(dice, expressions);
        this.operands = new Operands(expressions);
        this.operators = operators;
    }

    /** Comprehensions over a space: reductions, scans, arrays. */
    void statement(List<Space> spaces, Env outer, List<Piece> out) {
        Space space = dice.pick(spaces);
        Env env = outer.child();
        env.parallel = true;
        env.loop = space;
        List<String> names = heads.indices(space, env);
        String over = dice.chance(50) ? heads.part(space, env) : space.text();
        String head = " forall " + Heads.index(names) + " in " + over;
        String name = expressions.fresh("c");
        if (dice.chance(20)) {
            Kind kind = Kind.number(dice);
            String op = dice.pick("sum", "sum", "max", "min", "prod");
            out.add(new Piece.Line("let " + name + " = scan " + op + "(" + expressions.of(kind, 3, env) + head + heads.work() + ")"));
            array(name, new Kind.Element(kind.text, kind), space, over, outer, out);
        } else if (dice.chance(10)) {
            Kind kind = Kind.any(dice);
            out.add(new Piece.Line("let " + name + " = [" + expressions.of(kind, 3, env) + head + heads.work() + " if " + expressions.of(Kind.BOOL, 2, env) + "]"));
            out.add(new Piece.Line("print(\"" + name + " {len(" + name + ")} {" + name + "}\")"));
        } else if (dice.chance(25)) {
            Kind kind = Kind.any(dice);
            out.add(new Piece.Line("let " + name + " = [" + expressions.of(kind, 3, env) + head + heads.work() + "]"));
            array(name, new Kind.Element(kind.text, kind), space, over, outer, out);
        } else {
            reduced(name, env, outer, head, space, out);
        }
    }

    /** Over the whole space the result is an array like others; over a part it is only printed. */
    private static void array(String name, Kind.Element element, Space space, String over, Env outer, List<Piece> out) {
        if (over.equals(space.text())) {
            outer.arrays.add(new ArrayInfo(name, element, space, false));
        } else {
            out.add(new Piece.Line("print(\"" + name + " {replicate(" + name + ")}\")"));
        }
    }

    private void reduced(String name, Env env, Env outer, String head, Space space, List<Piece> out) {
        String clauses = heads.work();
        if (dice.chance(40)) {
            String x = expressions.fresh("x");
            Kind kind = Kind.number(dice);
            clauses += " let " + x + " = " + expressions.of(kind, 2, env);
            env.variables.add(new Variable(x, kind, false));
        }
        boolean filter = dice.chance(30);
        if (filter) {
            clauses += " if " + expressions.of(Kind.BOOL, 2, env);
        }
        Map<String, Kind> all = new LinkedHashMap<>(operators);
        for (String op : List.of("sum", "sum ", "prod", "mean")) {
            all.put(op, Kind.FLOAT);
        }
        all.put("min", Kind.FLOAT);
        all.put("max", Kind.FLOAT);
        all.put("bxor", Kind.INT);
        all.put("sum  ", Kind.INT);
        all.put("any", Kind.BOOL);
        all.put("all", Kind.BOOL);
        all.put("count", Kind.BOOL);
        all.put("argmin", Kind.FLOAT);
        all.put("argmax", Kind.INT);
        all.put("sum   ", Kind.COMPLEX);
        all.put("sum    ", Kind.PAIR);
        String op = dice.pick(List.copyOf(all.keySet()));
        Kind kind = all.get(op);
        String text = op.strip() + "(" + operands.element(op, kind, 3, env) + head + clauses + ")";
        boolean index = op.startsWith("arg");
        if ((index || op.equals("mean")) && (filter || space.size() == 0 || !head.endsWith(" in " + space.text()))) {
            // An argmin, argmax or mean of nothing traps.
            return;
        }
        out.add(new Piece.Line("let " + name + " = " + text));
        Kind result = op.equals("count") ? Kind.INT : kind;
        if (!index) {
            outer.variables.add(new Variable(name, result, false));
        } else {
            out.add(new Piece.Line("print(\"" + name + " {" + name + "}\")"));
        }
    }
}
