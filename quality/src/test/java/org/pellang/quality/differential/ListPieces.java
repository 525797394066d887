package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;
import org.pellang.quality.differential.Env.Index;
import org.pellang.quality.differential.Env.Variable;

/** Pieces of generated programs: lists where arrays are read, what calls change inside spread elements, functions for parameters without type, specifications made of values. */
final class ListPieces {
    private final Dice dice;
    private final Expressions expressions;

    ListPieces(Dice dice, Expressions expressions) {
        this.dice = dice;
        this.expressions = expressions;
    }

    /** One piece in uniform code. */
    void generate(Env env, List<Piece> out) {
        switch (dice.below(5)) {
            case 0 -> lists(env, out);
            case 1 -> held(out);
            case 2 -> owned(out);
            case 3 -> functions(env, out);
            default -> specifications(env, out);
        }
    }

    private void lists(Env env, List<Piece> out) {
        String l = expressions.fresh("l");
        String x = expressions.fresh("x");
        Kind kind = Kind.number(dice);
        out.add(new Piece.Line("var " + l + ": list " + kind.text + " = [" + expressions.of(kind, 2, env) + "]"));
        Env inner = env.child();
        inner.indices.add(new Index(x, 0, 5));
        out.add(new Piece.Block("for " + x + " in 0..<" + dice.between(0, 6), List.of(new Piece.Line("push(" + l + ", " + expressions.of(kind, 2, inner) + ")"))));
        String read = dice.pick("enumerate(L)", "zip(L, sorted(L))", "argsort(L)", "search(sorted(L), L[0])", "allgather(L)[0]", "[max(L), min(L), sum(L)]",
                "split_at(sorted(L), [L[0]])");
        out.add(new Piece.Line("print(\"" + l + " {" + read.replace("L", l) + "}\")"));
        String r = expressions.fresh("r");
        out.add(new Piece.Line("let " + r + " = scan " + dice.pick("sum", "max", "min", "prod") + "(" + l + ")"));
        out.add(new Piece.Line("print(\"" + r + " {" + r + "} {(" + l + "[0], 1) < (" + r + "[0], " + dice.below(3) + ")}\")"));
    }

    /** Lists and arrays in elements that are spread, changed by calls in uniform code, in functions, in divided loops. */
    private void held(List<Piece> out) {
        String b = expressions.fresh("b");
        String f = expressions.fresh("f");
        String i = expressions.fresh("i");
        int n = dice.between(1, 9);
        String dist = dice.pick("", " dist block", " dist cyclic");
        out.add(new Piece.Line("var " + b + ": [" + n + "] list int" + dist));
        List<Piece> body = new ArrayList<>();
        body.add(new Piece.Line("push(" + b + "[k], k)"));
        if (dice.chance(50)) {
            body.add(new Piece.Line("push(" + b + "[k], " + dice.below(9) + " - k)"));
            body.add(new Piece.Line("sort(" + b + "[k])"));
        }
        out.add(new Piece.Block("fn " + f + "(mut " + b + ": [_] list int, k: int)", body));
        String call = f + "(" + b + ", ";
        out.add(new Piece.Line("push(" + b + "[" + dice.below(n) + "], 5)"));
        out.add(new Piece.Line(call + dice.below(n) + ")"));
        if (dice.chance(60)) {
            boolean called = !dist.isEmpty() && dice.chance(50);
            List<Piece> changes = new ArrayList<>(List.of(new Piece.Line(called ? call + i + ")" : "push(" + b + "[" + i + "], 2 * " + i + ")")));
            if (dice.chance(30)) {
                changes.add(new Piece.Line("sort(" + b + "[" + i + "])"));
            }
            out.add(new Piece.Block("forall " + i + " in " + b + ".domain", changes));
        }
        out.add(new Piece.Line("push(" + b + "[" + dice.below(n) + "], 7)"));
        out.add(new Piece.Line("print(\"" + b + " {" + b + "}\")"));
    }

    /** Calls that change what own elements hold and give values, at the loop's index or a mirrored one. */
    private void owned(List<Piece> out) {
        String b = expressions.fresh("b");
        String got = expressions.fresh("got");
        String grow = expressions.fresh("grow");
        String i = expressions.fresh("i");
        String k = expressions.fresh("k");
        int n = dice.between(1, 9);
        String dist = dice.pick("", " dist block", " dist cyclic");
        String at = dice.pick(i, i, (n - 1) + " - " + i);
        String own = b + "[" + at + "]";
        out.add(new Piece.Line("var " + b + ": [" + n + "] list int" + dist));
        out.add(new Piece.Line("var " + got + ": [" + n + "] int" + dice.pick("", " dist block")));
        out.add(new Piece.Line("fn " + grow + "(mut l: list int, k: int) -> int { push(l, k)  return len(l) }"));
        List<Piece> body = new ArrayList<>();
        body.add(new Piece.Block("for " + k + " in 0..<" + dice.pick("3", i + " % 4 + 2"), List.of(new Piece.Line("push(" + own + ", " + k + " * " + i + ")"))));
        String value = dice.pick("pop(O)", "G(O, 5)", "pop(O) + 10 * G(O, 3)", "(if len(O) > 2 then pop(O) else G(O, 1))", "[pop(O), pop(O)][0]")
                .replace("O", own).replace("G", grow);
        body.add(new Piece.Line(got + "[" + i + "] " + dice.pick("=", "+=") + " " + value));
        if (dice.chance(40)) {
            body.add(new Piece.Block("while len(" + own + ") > 1 and pop(" + own + ") > 2", List.of(new Piece.Line(got + "[" + i + "] += 100"))));
        }
        out.add(new Piece.Block("forall " + i + " in 0..<" + n + (dice.chance(25) ? " dist dynamic(2)" : ""), body));
        out.add(new Piece.Line("print(\"" + b + " {" + b + "} {" + got + "}\")"));
    }

    private void functions(Env env, List<Piece> out) {
        String f = expressions.fresh("f");
        String g = expressions.fresh("g");
        Kind kind = Kind.number(dice);
        out.add(new Piece.Line("fn " + f + "(x) = " + dice.pick("x + x", "x * x", "(x - x)", "min(x, x)")));
        out.add(new Piece.Line("fn " + g + "(f, x) = " + dice.pick("f(x)", "f(f(x))", "(f(x), x)")));
        String r = expressions.fresh("r");
        out.add(new Piece.Line("let " + r + " = " + g + "(" + dice.pick(f, f, "abs", "float") + ", " + expressions.of(kind, 2, env) + ")"));
        out.add(new Piece.Line("print(\"" + r + " {" + r + "}\")"));
    }

    private void specifications(Env env, List<Piece> out) {
        String w = expressions.fresh("w");
        out.add(new Piece.Line("let " + w + " = " + dice.between(1, 14)));
        env.variables.add(new Variable(w, Kind.INT, false));
        String t = expressions.fresh("t");
        String text = dice.chance(50)
                ? "{(" + expressions.of(Kind.FLOAT, 2, env) + "):{" + w + "}.{" + dice.below(5) + "}" + dice.pick("f", "e", "g") + "}"
                : "{(" + expressions.of(Kind.INT, 2, env) + "):" + dice.pick("", ">", "*^", "0") + "{" + w + "}d}";
        out.add(new Piece.Line("let " + t + " = \"[" + text + "]\""));
        out.add(new Piece.Line("print(" + t + ")"));
        env.variables.add(new Variable(t, Kind.STRING, false));
    }
}
