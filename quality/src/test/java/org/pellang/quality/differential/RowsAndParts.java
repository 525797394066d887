package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pellang.quality.differential.Env.ArrayInfo;
import org.pellang.quality.differential.Env.Index;
import org.pellang.quality.differential.Env.Space;

/** Random divided loops that store whole rows, read back what they stored elsewhere, or work on arrays in arrays and in records. */
final class RowsAndParts {
    private final Dice dice;
    private final Expressions expressions;
    private final Operands operands;
    private final Map<String, Kind> operators;

    RowsAndParts(Dice dice, Expressions expressions, Map<String, Kind> operators) {
        this.dice = dice;
        this.expressions = expressions;
        this.operators = operators;
        this.operands = new Operands(expressions);
    }

    /** One loop with its own array, which it prints. */
    void loop(List<Space> spaces, Env env, List<Piece> out) {
        switch (dice.below(4)) {
            case 0 -> rows(spaces, env, out);
            case 1 -> readBack(env, out);
            case 2 -> held(env, out);
            default -> byOperator(env, out);
        }
    }

    private Env inside(Env outer, String i, long lo, long hi) {
        Env env = outer.child();
        env.parallel = true;
        env.indices.add(0, new Index(i, lo, hi));
        return env;
    }

    private static void print(String name, boolean distributed, List<Piece> out) {
        out.add(new Piece.Line("print(\"" + name + " {" + (distributed ? "replicate(" + name + ")" : name) + "}\")"));
    }

    /** {@code w[i, ..] = row}, also backwards, in part, and by columns. */
    private void rows(List<Space> spaces, Env outer, List<Piece> out) {
        List<Space> planes = new ArrayList<>(spaces.stream().filter(s -> s.axes() == 2 && s.size() > 0 && !s.periodic()).toList());
        planes.add(new Space("", false, false, new long[2], new long[] {dice.between(0, 8), dice.between(0, 5)}));
        Space space = dice.pick(planes);
        String name = expressions.fresh("w");
        Kind kind = dice.pick(Kind.FLOAT, Kind.INT, Kind.STRING, Kind.VEC2);
        String shape = space.distributed() ? space.text() : space.extent(0) + ", " + space.extent(1);
        out.add(new Piece.Line("var " + name + ": [" + shape + "] " + kind.text + " = " + expressions.literal(kind)));
        int along = dice.below(2);
        long lo = space.lo()[1 - along];
        long hi = space.hi()[1 - along];
        String i = expressions.fresh("i");
        String j = expressions.fresh("j");
        Env env = inside(outer, i, lo, hi);
        env.indices.add(new Index(j, 0, space.extent(along) - 1));
        long from = space.lo()[along] + (dice.chance(50) ? 0 : dice.below((int) space.extent(along)));
        long count = space.hi()[along] - from + 1 - (dice.chance(50) ? 0 : dice.below((int) (space.hi()[along] - from + 1)));
        boolean whole = from == space.lo()[along] && count == space.extent(along);
        String part = whole ? ".." : from + "..<" + (from + count);
        String at = dice.chance(50) ? i : (lo + hi) + " - " + i;
        String row = "[" + expressions.of(kind, 2, env) + " for " + j + " in 0..<" + count + "]";
        String place = name + "[" + (along == 1 ? at + ", " + part : part + ", " + at) + "]";
        out.add(new Piece.Block("forall " + i + " in " + lo + ".." + hi + (dice.chance(25) ? " if " + i + " % 2 == 0" : ""),
                List.of(new Piece.Line(place + " = " + row))));
        print(name, space.distributed(), out);
    }

    /** Stores at another subscript than the own, and reads it again in the same iteration. */
    private void readBack(Env outer, List<Piece> out) {
        List<ArrayInfo> targets = outer.arrays.stream()
                .filter(a -> a.assignable() && a.space().axes() == 1 && a.space().lo()[0] == 0 && a.space().size() > 0
                        && (a.element().text().equals("int") || a.element().text().equals("float")))
                .toList();
        if (targets.isEmpty()) {
            return;
        }
        ArrayInfo target = dice.pick(targets);
        long n = target.space().extent(0);
        String i = expressions.fresh("i");
        String k = expressions.fresh("k");
        Env env = inside(outer, i, 0, n - 1);
        env.hidden.add(target.name());
        boolean promised = dice.chance(40);
        String index = promised ? "(" + i + " * " + (n % 7 == 0 ? 5 : 7) + ") % " + n : dice.pick((n - 1) + " - " + i, "(" + i + " + " + dice.between(0, 9) + ") % " + n);
        String place = target.name() + "[" + (promised ? "unique(" + k + ")" : k) + "]";
        String read = target.name() + "[" + k + "]";
        Kind kind = target.element().kind();
        List<Piece> body = new ArrayList<>(List.of(
                new Piece.Line("let " + k + " = " + index),
                new Piece.Line(place + " = " + expressions.of(kind, 2, env)),
                new Piece.Line(place + " = " + read + dice.pick(" + ", " - ") + expressions.of(kind, 1, env))));
        if (!promised) {
            body.add(new Piece.Line(place + " += " + read));
        }
        out.add(new Piece.Block("forall " + i + " in 0..<" + n, body));
    }

    /** Arrays of arrays, divided over plain ranges. */
    private void held(Env outer, List<Piece> out) {
        String name = expressions.fresh("q");
        int n = dice.between(1, 9);
        int m = dice.between(1, 4);
        Kind kind = dice.pick(Kind.FLOAT, Kind.INT);
        out.add(new Piece.Line("var " + name + ": [" + n + "] [" + m + "] " + kind.text + " = " + expressions.literal(kind)));
        String i = expressions.fresh("i");
        Env env = inside(outer, i, 0, n - 1);
        String at = dice.pick(i, (n - 1) + " - " + i, "(" + i + " + 2) % " + n);
        List<Piece> body = new ArrayList<>();
        for (int k = dice.between(1, 3); k > 0; k--) {
            String place = name + "[" + at + "][" + expressions.subscripts().inside(0, m, env) + "]";
            body.add(new Piece.Line(place + dice.pick(" = ", " += ", " max= ") + expressions.of(kind, 2, env)));
        }
        if (dice.chance(30)) {
            body.add(new Piece.Line(name + "[" + at + "] = [" + expressions.of(kind, 1, env) + " for " + expressions.fresh("j") + " in 0..<" + m + "]"));
        }
        out.add(new Piece.Block("forall " + i + " in 0..<" + n, body));
        print(name, false, out);
    }

    /** An array that is reduced with an operator of the program. */
    private void byOperator(Env outer, List<Piece> out) {
        if (operators.isEmpty()) {
            return;
        }
        String op = dice.pick(List.copyOf(operators.keySet()));
        Kind kind = operators.get(op);
        String name = expressions.fresh("r");
        int m = dice.between(1, 5);
        out.add(new Piece.Line("var " + name + ": [" + m + "] " + kind.text + " = " + expressions.literal(kind)));
        String i = expressions.fresh("i");
        int n = dice.pick(0, 1, 5, 17, 40, 300);
        Env env = inside(outer, i, 0, n - 1L);
        List<Piece> body = new ArrayList<>();
        for (int k = dice.between(1, 3); k > 0; k--) {
            body.add(new Piece.Line(name + "[(" + expressions.of(Kind.INT, 1, env) + ") % " + m + "] reduce= " + operands.element(op, kind, 2, env)));
        }
        out.add(new Piece.Block("forall " + i + " in 0..<" + n + " reduce " + op + " " + name, body));
        print(name, false, out);
    }
}
