package org.pellang.quality.differential;

import java.util.List;
import org.pellang.quality.differential.Env.Variable;

/** Random use of ranks, collectives and channels. What a rank has of its own stays in variables that nothing else reads. */
final class ExplicitLevel {
    private final Dice dice;
    private final Expressions expressions;
    private final ExplicitPieces pieces;

    ExplicitLevel(Dice dice, Expressions expressions) {
        this.dice = dice;
        this.expressions = expressions;
        this.pieces = new ExplicitPieces(dice, expressions);
    }

    void statements(Env outer, List<Piece> out) {
        Env env = outer.child();
        env.arrays.clear();
        env.variables.add(new Variable("rank()", Kind.INT, false));
        env.variables.add(new Variable("size()", Kind.INT, false));
        Kind kind = dice.pick(Kind.INT, Kind.FLOAT, Kind.FLOAT, Kind.COMPLEX, Kind.STRING, Kind.VEC3, Kind.PAIR, Kind.CELL);
        String mine = expressions.fresh("v");
        String value = expressions.of(kind, 3, env);
        out.add(new Piece.Line("let " + mine + " = " + value));
        switch (dice.below(8)) {
            case 0 -> out.add(new Piece.Line("printall(\"" + mine + " {rank()} {" + mine + "}\")"));
            case 1 -> number(kind, mine, outer, out);
            case 2 -> uniform("bcast(" + mine + ", root: " + root() + ")", kind, outer, out);
            case 3 -> moved(mine, out);
            case 4 -> ring(kind, mine, out);
            case 5, 6 -> pieces.generate(kind, mine, out);
            default -> ragged(kind, mine, env, out);
        }
    }

    private String root() {
        return dice.pick("0", "size() - 1", "size() // 2");
    }

    private void uniform(String call, Kind kind, Env outer, List<Piece> out) {
        String name = expressions.fresh("u");
        out.add(new Piece.Line("let " + name + " = " + call));
        outer.variables.add(new Variable(name, kind, false));
    }

    private void number(Kind kind, String mine, Env outer, List<Piece> out) {
        if (kind != Kind.INT && kind != Kind.FLOAT) {
            moved(mine, out);
            return;
        }
        String op = dice.pick("sum", "prod", "min", "max");
        switch (dice.below(4)) {
            case 0 -> uniform(dice.pick("allsum", "allmin", "allmax") + "(" + mine + ")", kind, outer, out);
            case 1 -> uniform("allreduce(" + mine + ", " + op + ")", kind, outer, out);
            case 2 -> show("exscan(" + mine + ", " + op + ")", out);
            default -> show("reduce(" + mine + ", " + op + ", root: " + root() + ")", out);
        }
    }

    private void show(String call, List<Piece> out) {
        String name = expressions.fresh("o");
        out.add(new Piece.Line("let " + name + " = " + call));
        out.add(new Piece.Line("printall(\"" + name + " {rank()} {" + name + "}\")"));
    }

    private void moved(String mine, List<Piece> out) {
        if (dice.chance(50)) {
            show("gather(" + mine + ", root: " + root() + ")", out);
        } else {
            String name = expressions.fresh("g");
            out.add(new Piece.Line("let " + name + " = allgather(" + mine + ")"));
            out.add(new Piece.Line("print(\"" + name + " {" + name + "}\")"));
        }
    }

    /** Arrays of lengths that differ from rank to rank. */
    private void ragged(Kind kind, String mine, Env env, List<Piece> out) {
        String name = expressions.fresh("a");
        String k = expressions.fresh("k");
        Env inner = env.child();
        inner.indices.add(new Env.Index(k, 0, 9));
        String length = dice.pick("rank()", "3", "(rank() * 2) % 3", "size() - rank()");
        out.add(new Piece.Line("let " + name + " = [" + expressions.of(kind, 2, inner) + " for " + k + " in 0..<" + length + "]"));
        out.add(new Piece.Line("printall(\"" + name + " {rank()} {len(" + name + ")} {" + mine + "}\")"));
        switch (dice.below(4)) {
            case 0 -> show("allgather(" + name + ")", out);
            case 1 -> show("gather(" + name + ", root: " + root() + ")", out);
            case 2 -> {
                String all = expressions.fresh("a");
                out.add(new Piece.Line("let " + all + " = bcast(" + name + ", root: " + root() + ")"));
                out.add(new Piece.Line("print(\"" + all + " {" + all + "}\")"));
            }
            default -> {
                String all = expressions.fresh("a");
                String j = expressions.fresh("k");
                out.add(new Piece.Line("let " + all + " = [rank() * 100 + " + j + " for " + j + " in 0..<size() * " + dice.between(0, 3) + "]"));
                show((dice.chance(50) ? "alltoall(" + all + ")" : "scatter(" + all + ", root: " + root() + ")"), out);
            }
        }
    }

    private void ring(Kind kind, String mine, List<Piece> out) {
        String channel = expressions.fresh("ch");
        String token = expressions.fresh("v");
        String hop = expressions.fresh("k");
        int step = dice.pick(1, 1, 2);
        out.add(new Piece.Line("channel " + channel + ": " + kind.text));
        out.add(new Piece.Line("var " + token + " = " + mine));
        out.add(new Piece.Block(
                "for " + hop + " in 0..<" + dice.pick("1", "3", "size()"),
                List.of(
                        new Piece.Line(channel + ".send(" + token + ", to: (rank() + " + step + ") % size())"),
                        new Piece.Line(token + " = " + channel + ".recv(from: (rank() - " + step + " + " + step + " * size()) % size())"))));
        out.add(new Piece.Line("printall(\"" + token + " {rank()} {" + token + "}\")"));
    }
}
