package org.pellang.quality.differential;

import java.util.List;
import org.pellang.quality.differential.Env.Index;
import org.pellang.quality.differential.Env.Variable;

/** Pieces of generated programs for constructs that need little around them: options, tests, tasks, checkpoints, assertions, updates, pairs, shuffles, collectives. */
final class SmallPieces {
    /** What the pieces declare once for a program. */
    static final List<Piece> DECLARATIONS = List.of(
            new Piece.Line("fn idle(k: int) { assert k >= 0, \"task {k}\" }"),
            new Piece.Line("fn again(f: fn(int) -> int, x: int) -> int = f(f(x))"),
            new Piece.Line("fn weighted(v) = sum(i * x forall (i, x) in enumerate(v))"),
            new Piece.Line("op modular(a: int, b: int) identity 1 = a * b % 10007"),
            new Piece.Line("channel own: int"),
            new Piece.Block("fn to_itself(c: channel int, x: int) -> int", List.of(
                    new Piece.Line("c.send(x, to: rank())"), new Piece.Line("return allmax(c.recv(from: rank()))"))));

    private final Dice dice;
    private final Expressions expressions;

    SmallPieces(Dice dice, Expressions expressions) {
        this.dice = dice;
        this.expressions = expressions;
    }

    /** One piece at top level. */
    void generate(Env env, List<Piece> out) {
        switch (dice.below(12)) {
            case 0 -> option(env, out);
            case 1 -> out.add(new Piece.Block("test \"" + expressions.fresh("t") + "\" ranks 1, " + dice.between(2, 5),
                    List.of(new Piece.Line("assert again(fn(x) = x + 1, 3) == 5"))));
            case 2 -> assertion(env, out);
            case 3 -> checkpoint(env, out);
            case 4 -> out.add(new Piece.Block("sync", List.of(new Piece.Block("for k in 0..<" + dice.between(0, 6), List.of(new Piece.Line("spawn idle(k)"))))));
            case 5 -> updates(env, out);
            case 6 -> out.add(new Piece.Line("print(\"esc\\n\\t\\\"\\\\\\u{1F600} {" + expressions.of(Kind.INT, 2, env) + "}\"); print(\"{{}}\");"));
            case 7 -> collectives(env, out);
            case 8 -> lines(env, out);
            case 9 -> spread(out);
            case 10 -> running(env, out);
            default -> sequences(env, out);
        }
    }

    private void option(Env env, List<Piece> out) {
        Kind kind = dice.pick(Kind.INT, Kind.FLOAT, Kind.BOOL, Kind.STRING);
        String name = expressions.fresh("opt");
        out.add(new Piece.Line("config " + name + (dice.chance(50) ? ": " + kind.text : "") + " = " + expressions.literal(kind)));
        env.variables.add(new Variable(name, kind, false));
    }

    private void assertion(Env env, List<Piece> out) {
        String x = expressions.of(Kind.INT, 2, env);
        out.add(new Piece.Line("assert " + x + " <= " + x + (dice.chance(50) ? ", \"{" + expressions.of(Kind.FLOAT, 1, env) + "}\"" : "")));
    }

    private void checkpoint(Env env, List<Piece> out) {
        String s = expressions.fresh("s");
        String k = expressions.fresh("k");
        out.add(new Piece.Line("var " + s + " = " + expressions.of(Kind.INT, 1, env)));
        Env inner = env.child();
        inner.indices.add(new Index(k, 0, 3));
        Piece body = new Piece.Line(s + " = " + s + " + " + expressions.of(Kind.INT, 2, inner));
        String every = dice.pick("every 2", "every \"1 min\"", "every auto");
        out.add(new Piece.Block("for " + k + " in 0..3 checkpoint " + every, List.of(body)));
        env.variables.add(new Variable(s, Kind.INT, true));
    }

    private void updates(Env env, List<Piece> out) {
        String i = expressions.fresh("u");
        String x = expressions.fresh("u");
        out.add(new Piece.Line("var " + i + " = " + expressions.of(Kind.INT, 1, env)));
        out.add(new Piece.Line("var " + x + " = " + expressions.of(Kind.FLOAT, 1, env)));
        for (int k = dice.between(2, 6); k > 0; k--) {
            out.add(new Piece.Line(dice.chance(60)
                    ? i + dice.pick(" //= ", " %= ") + dice.pick("3", "(-4)") + "  " + i + dice.pick(" <<= ", " >>= ", " >>>= ") + dice.below(5)
                            + "  " + i + dice.pick(" &= ", " |= ", " ^= ") + expressions.of(Kind.INT, 1, env)
                    : x + dice.pick(" /= ", " %= ", " //= ") + dice.pick("1.5", "(-0.75)") + "; " + x + " **= " + dice.pick("2", "1")));
        }
        out.add(new Piece.Line(i + " **= 2"));
        env.variables.add(new Variable(i, Kind.INT, true));
        env.variables.add(new Variable(x, Kind.FLOAT, true));
    }

    private void collectives(Env env, List<Piece> out) {
        String x = expressions.of(Kind.INT, 1, env);
        out.add(new Piece.Line("barrier()"));
        out.add(new Piece.Line("print(\"{agree(" + x + ")} {allmax(alltoall([" + x + " for i in 0..<size()])[0])} {to_itself(own, " + x + ")}\")"));
        out.add(new Piece.Line("print(\"{bcast(reduce(" + x + ", max, root: 0), root: 0)}\")"));
        out.add(new Piece.Line("print(\"{allmax(scatter([" + x + " for i in 0..<size()], root: 0)[0])} {allmin(exscan(0, sum))}\")"));
    }

    private void lines(Env env, List<Piece> out) {
        String a = expressions.fresh("q");
        String x = expressions.fresh("x");
        Env inner = env.child();
        inner.indices.add(new Index(x, 0, 9));
        out.add(new Piece.Line("let " + a + " = [(" + expressions.of(Kind.INT, 2, inner) + ") % 7 for " + x + " in 0..<" + dice.between(1, 10) + "]"));
        out.add(new Piece.Line("print(\"{distinct(A)} {reversed(A)} {merge([sorted(A), sorted(A)])} {weighted(A)} {modular(A)} {scan modular(A)}\")".replace("A", a)));
    }

    /** Shuffles, pairs and axes of an array of its own. */
    private void spread(List<Piece> out) {
        String d = expressions.fresh("S");
        String a = expressions.fresh("v");
        String i = expressions.fresh("i");
        int low = dice.pick(0, 0, 2);
        int n = dice.between(1, 20);
        out.add(new Piece.Line("domain D[L..<H] dist K".replace("D", d).replace("L", "" + low).replace("H", "" + (low + n)).replace("K", dice.pick("block", "cyclic"))));
        out.add(new Piece.Line("var " + a + ": [" + d + "] float"));
        out.add(new Piece.Block("forall (k, x) in enumerate(" + a + ")", List.of(new Piece.Line(a + "[k + " + low + "] = x + 0.1 * k"))));
        int end = dice.between(1, n);
        String part = d + ".shuffled(" + dice.below(9) + ")[0..<" + end + "]";
        out.add(new Piece.Line("print(\"" + a + " {" + part + "} {sum(" + a + "[" + i + "] forall " + i + " in " + part + ")} {weighted(" + a + ")}\")"));
        out.add(new Piece.Line("print(\"{mean(" + a + "[" + i + "] forall " + i + " in " + d + ")}\")"));
        out.add(new Piece.Line("print(\"{sum(x * y forall (x, y) in zip(" + a + ", " + a + "))} {len(" + d + ".axis(0))} {len(" + a + ".domains[0])}\")"));
        out.add(new Piece.Line("print(\"{count(" + i + " > 3 forall " + i + " in " + (low + n) + ".." + low + " by -" + dice.between(1, 3) + ")}\")"));
    }

    /** Running values of objects, places of texts. */
    private void running(Env env, List<Piece> out) {
        String i = expressions.fresh("i");
        Env inner = env.child();
        inner.parallel = true;
        inner.indices.add(new Index(i, 0, 39));
        Kind kind = dice.pick(Kind.COMPLEX, Kind.VEC2, Kind.VEC3, Kind.PAIR, Kind.FLOAT32);
        String head = " forall " + i + " in 0..<" + dice.between(0, 40);
        out.add(new Piece.Line("print(\"{scan sum(" + expressions.of(kind, 2, inner) + head + ")} {scan modular(" + expressions.of(Kind.INT, 2, inner) + head + ")}\")"));
        String place = dice.pick("argmin", "argmax") + "(" + expressions.of(Kind.STRING, 2, inner);
        out.add(new Piece.Line("print(\"{" + place + " forall " + i + " in 0..<" + dice.between(1, 40) + ")}\")"));
    }

    private void sequences(Env env, List<Piece> out) {
        String l = expressions.fresh("l");
        String m = expressions.fresh("m");
        String b = expressions.fresh("b");
        String x = expressions.fresh("x");
        Env inner = env.child();
        inner.indices.add(new Index(x, 0, 4));
        out.add(new Piece.Line("var " + l + ": list int = [" + expressions.of(Kind.INT, 2, inner) + " for " + x + " in 0..<" + dice.between(0, 5) + "]"));
        out.add(new Piece.Line("push(" + l + ", 7)"));
        out.add(new Piece.Line("var " + m + ": map int -> int = [(" + x + " % 3, " + x + ") for " + x + " in 0..<" + dice.between(1, 5) + "]"));
        out.add(new Piece.Line("var " + b + ": [2] list int = " + dice.pick("[]", "[1, 2]")));
        String total = expressions.fresh("t");
        out.add(new Piece.Line("var " + total + " = 0"));
        out.add(new Piece.Block("forall (k, v) in " + m + " reduce sum " + total, List.of(new Piece.Line(total + " += k * v + 1"))));
        out.add(new Piece.Line("print(\"{" + l + "} {" + total + "} {" + b + "} {Box([1.0, 2.0, " + dice.below(9) + ".0], 3, \"x\", (1, vec2(0.5)))}\")"));
    }
}
