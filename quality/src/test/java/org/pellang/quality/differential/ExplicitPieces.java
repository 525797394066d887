package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;

/** Pieces of generated programs: requests, teams, one-sided epochs, tasks. Each prints what it has computed. */
final class ExplicitPieces {
    private final Dice dice;
    private final Expressions expressions;

    ExplicitPieces(Dice dice, Expressions expressions) {
        this.dice = dice;
        this.expressions = expressions;
    }

    /** One piece on a value {@code mine} of every rank. */
    void generate(Kind kind, String mine, List<Piece> out) {
        switch (dice.below(4)) {
            case 0 -> requests(kind, mine, out);
            case 1 -> teams(mine, out);
            case 2 -> epochs(out);
            default -> tasks(out);
        }
    }

    private void requests(Kind kind, String mine, List<Piece> out) {
        String channel = expressions.fresh("ch");
        String buffer = expressions.fresh("b");
        String open = expressions.fresh("qs");
        String k = expressions.fresh("k");
        int step = dice.pick(1, 2, 3);
        int count = dice.between(1, 3);
        out.add(new Piece.Line("channel " + channel + ": " + kind.text));
        out.add(new Piece.Line("var " + buffer + " = [" + mine + " for " + k + "_ in 0..<" + count + "]"));
        out.add(new Piece.Line("var " + open + ": list request = []"));
        boolean receiveFirst = dice.chance(50);
        Piece send = new Piece.Line("push(" + open + ", " + channel + ".isend(" + mine + ", to: (rank() + " + step + ") % size()))");
        Piece receive = new Piece.Line("push(" + open + ", " + channel + ".irecv(" + buffer + "[" + k + "], from: (rank() - " + step + ") % size()))");
        out.add(new Piece.Block("for " + k + " in 0..<" + count, receiveFirst ? List.of(receive, send) : List.of(send, receive)));
        if (dice.chance(50)) {
            out.add(new Piece.Line("wait_all(" + open + ")"));
        } else {
            String q = expressions.fresh("q");
            out.add(new Piece.Block("for " + q + " in " + open, List.of(new Piece.Line("wait(" + q + ")"))));
        }
        out.add(new Piece.Line("printall(\"" + buffer + " {rank()} {" + buffer + "}\")"));
    }

    private void teams(String mine, List<Piece> out) {
        String team = expressions.fresh("t");
        String sum = expressions.fresh("s");
        String color = dice.pick("rank() % 2", "rank() // 2", "if rank() == 0 then none else rank() % 3", "0", "rank() % 3");
        out.add(new Piece.Line("let " + team + " = world.split(color: " + color + ", key: " + dice.pick("0", "-rank()", "rank() % 2") + ")"));
        out.add(new Piece.Line("var " + sum + " = 0"));
        List<Piece> inside = new ArrayList<>();
        inside.add(new Piece.Line("printall(\"" + mine + " {rank()} of {size()} {" + mine + "}\")"));
        inside.add(new Piece.Line(sum + " = " + dice.pick("allsum(rank())", "bcast(rank(), root: size() - 1)", "allmax(rank()) + size()")));
        if (dice.chance(60)) {
            loop(sum, inside);
        }
        inside.add(new Piece.Line("print(\"" + sum + " {" + sum + "}\")"));
        out.add(new Piece.Block("on " + team, inside));
        out.add(new Piece.Line("printall(\"" + sum + " {rank()} {" + sum + "}\")"));
    }

    private void loop(String sum, List<Piece> inside) {
        String domain = expressions.fresh("D");
        String array = expressions.fresh("a");
        String i = expressions.fresh("i");
        String n = Integer.toString(dice.between(1, 40));
        inside.add(new Piece.Line("domain " + domain + "[0..<" + n + "] dist block" + (dice.chance(30) ? " periodic" : "")));
        inside.add(new Piece.Line("var " + array + ": [" + domain + "] float"));
        inside.add(new Piece.Block("forall " + i + " in " + domain, List.of(new Piece.Line(array + "[" + i + "] = " + i + " * 0.1 + " + sum))));
        inside.add(new Piece.Line("print(\"" + array + " {sum(" + array + "[" + i + "] forall " + i + " in " + domain + ")}\")"));
    }

    private void epochs(List<Piece> out) {
        String shared = expressions.fresh("w");
        String k = expressions.fresh("k");
        String type = dice.pick("int", "float", "int32", "float32");
        String n = Integer.toString(dice.between(1, 5));
        String op = dice.pick("+=", "-=", "min=", "max=");
        out.add(new Piece.Line("shared var " + shared + ": [" + n + "] " + type));
        out.add(new Piece.Block("epoch", List.of(new Piece.Block("for " + k + " in 0..<" + dice.pick("size()", "7", "2 * size()"), List.of(
                new Piece.Line(shared + "[" + k + " % " + n + "]@((rank() + " + k + ") % size()) " + op + " " + number(type, k)))))));
        out.add(new Piece.Line("printall(\"" + shared + " {rank()} {" + shared + "}\")"));
        String got = expressions.fresh("g");
        out.add(new Piece.Line("var " + got + " = " + number(type, "0")));
        out.add(new Piece.Block("epoch", List.of(new Piece.Line(got + " = " + shared + "[0]@((rank() + 1) % size())"))));
        out.add(new Piece.Line("printall(\"" + got + " {rank()} {" + got + "}\")"));
    }

    private static String number(String type, String k) {
        return switch (type) {
            case "float" -> "0.1 * (rank() + " + k + ")";
            case "float32" -> "float32(0.1 * (rank() + " + k + "))";
            default -> "(rank() + " + k + ")";
        };
    }

    private void tasks(List<Piece> out) {
        String table = expressions.fresh("fs");
        String k = expressions.fresh("k");
        String f = expressions.fresh("f");
        String work = expressions.fresh("work");
        String body = dice.pick("x * x + 1", "if x < 2 then x else " + work + "(x - 1) + " + work + "(x - 2)", "sum(j * x for j in 0..<4)");
        out.add(new Piece.Line("fn " + work + "(x: int) -> int = " + body));
        out.add(new Piece.Line("var " + table + ": list future int = []"));
        out.add(new Piece.Block("for " + k + " in 0..<" + dice.between(1, 6), List.of(new Piece.Line("push(" + table + ", spawn " + work + "(" + k + "))"))));
        out.add(new Piece.Block("for " + f + " in " + table, List.of(new Piece.Line("print({f}.get())".replace("{f}", f)))));
    }
}
