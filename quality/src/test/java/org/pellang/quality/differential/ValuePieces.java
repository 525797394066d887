package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;
import org.pellang.quality.differential.Env.ArrayInfo;
import org.pellang.quality.differential.Env.Index;
import org.pellang.quality.differential.Env.Variable;

/** Pieces of generated programs: maps, records with arrays, format specifications, string functions, function values, redistribution. Each prints what it has. */
final class ValuePieces {
    /** The record that programs declare for {@link #records}. */
    static final String BOX_DECLARATION = "record Box { xs: [3] float, n: int16, name: string, at: (int, vec2) }";

    private final Dice dice;
    private final Expressions expressions;

    ValuePieces(Dice dice, Expressions expressions) {
        this.dice = dice;
        this.expressions = expressions;
    }

    /** One piece in uniform code. */
    void generate(Env env, List<Piece> out) {
        switch (dice.below(6)) {
            case 0 -> maps(env, out);
            case 1 -> records(out);
            case 2 -> specifications(env, out);
            case 3 -> strings(env, out);
            case 4 -> functions(env, out);
            default -> redistribution(env, out);
        }
    }

    private void maps(Env env, List<Piece> out) {
        String m = expressions.fresh("m");
        String k = expressions.fresh("k");
        String v = expressions.fresh("v");
        int keys = dice.between(1, 9);
        boolean texts = dice.chance(40);
        String key = texts ? "\"k{" + k + " % " + keys + "}\"" : dice.chance(50) ? k + " % " + keys : "(" + k + " % " + keys + ", " + k + " % 2 == 0)";
        String keyType = texts ? "string" : key.startsWith("(") ? "(int, bool)" : "int";
        Kind value = dice.pick(Kind.INT, Kind.INT, Kind.FLOAT);
        out.add(new Piece.Line("var " + m + ": map " + keyType + " -> " + value.text + (dice.chance(30) ? " dist hash" : "")));
        if (dice.chance(60)) {
            Env inner = env.child();
            inner.indices.add(new Index(k, 0, 19));
            out.add(new Piece.Block("for " + k + " in 0..<" + dice.between(1, 20), List.of(
                    new Piece.Line(m + "[" + key + "] " + dice.pick("=", "+=", "min=", "max=") + " " + expressions.of(value, 2, inner)))));
        }
        String added = value == Kind.INT ? k + " * " + dice.between(-3, 9) : "0.1 * " + k;
        String op = dice.pick("+=", "+=", "min=", "max=");
        out.add(new Piece.Block("forall " + k + " in 0..<" + dice.between(0, 60), List.of(new Piece.Line(m + "[" + key + "] " + op + " " + added))));
        if (dice.chance(50)) {
            String gone = texts ? "\"k1\"" : keyType.equals("int") ? "1" : "(1, false)";
            out.add(new Piece.Line("print(\"" + m + " {has(" + m + ", " + gone + ")} {" + m + "[" + gone + "]}\")"));
            out.add(new Piece.Line("remove(" + m + ", " + gone + ")"));
        }
        out.add(new Piece.Block("for (" + k + ", " + v + ") in " + m, List.of(new Piece.Line("print(\"" + m + " {" + k + "} {" + v + "}\")"))));
        out.add(new Piece.Line("print(\"" + m + " {len(" + m + ")} {top(" + m + ", 2)} {" + m + "}\")"));
    }

    private void records(List<Piece> out) {
        String b = expressions.fresh("b");
        String i = expressions.fresh("i");
        String j = expressions.fresh("j");
        int n = dice.between(1, 12);
        String dist = dice.pick("", " dist block", " dist cyclic");
        out.add(new Piece.Line("var " + b + ": [" + n + "] Box" + dist));
        List<Piece> body = new ArrayList<>();
        body.add(new Piece.Line(b + "[" + i + "].n = int16(" + i + " * " + dice.between(-9, 9) + ")"));
        if (dice.chance(70)) {
            body.add(new Piece.Line(b + "[" + i + "].name = \"{" + i + ":" + dice.pick("03d", "x", ">4", "+d") + "}\""));
        }
        if (dice.chance(70)) {
            body.add(new Piece.Block("for " + j + " in 0..<3", List.of(new Piece.Line(b + "[" + i + "].xs[" + j + "] = 0.5 * " + i + " + " + j))));
        }
        if (dice.chance(50)) {
            body.add(new Piece.Line(b + "[" + i + "].at = (" + i + ", vec2(" + i + ", 1.0))"));
        }
        out.add(new Piece.Block("forall " + i + " in 0..<" + n, body));
        String one = b + "[" + dice.below(n) + "]";
        if (dice.chance(50)) {
            out.add(new Piece.Line(one + ".xs[" + dice.below(3) + "] " + dice.pick("=", "+=", "*=") + " 2.5"));
            out.add(new Piece.Line(one + ".name += \"!\""));
        }
        out.add(new Piece.Line("print(\"" + b + " {sum(" + b + "[" + i + "].n forall " + i + " in 0..<" + n + ")} {" + one + "} {" + one + ".xs:.2f}\")"));
        out.add(new Piece.Line("print(\"" + b + " {" + b + "}\")"));
    }

    private void specifications(Env env, List<Piece> out) {
        Kind kind = dice.pick(Kind.INT, Kind.FLOAT, Kind.FLOAT, Kind.STRING, Kind.BOOL, Kind.COMPLEX, Kind.VEC3, Kind.PAIR, Kind.FLOAT32);
        String align = dice.pick("", "", "<", ">", "^", "*<", "_^", "0>");
        String width = dice.pick("", "3", "8", "14", "30");
        String type = switch (kind) {
            case INT -> dice.pick("", "d", "x", "o", "b", "X", ",", "_", ".2f", "e");
            case FLOAT, FLOAT32 -> dice.pick("", ".3f", ".0f", "e", ".2e", "g", ".3g", ",.1f", "%", ".1%");
            case STRING -> dice.pick("", "s", ".2", ".1s");
            case BOOL -> dice.pick("", "d");
            case COMPLEX, VEC3, PAIR -> dice.pick("", ".2f", "g", ".1e");
            case VEC2, CELL -> "";
        };
        boolean number = kind == Kind.INT || kind == Kind.FLOAT || kind == Kind.FLOAT32;
        String sign = number ? dice.pick("", "", "+", " ", "-") : "";
        String zeros = number && align.isEmpty() && !width.isEmpty() && dice.chance(25) ? "0" : "";
        String name = expressions.fresh("t");
        out.add(new Piece.Line("let " + name + " = \"[{(" + expressions.of(kind, 2, env) + "):" + align + sign + zeros + width + type + "}]\""));
        out.add(new Piece.Line("print(" + name + ")"));
        env.variables.add(new Variable(name, Kind.STRING, false));
    }

    private void strings(Env env, List<Piece> out) {
        String s = expressions.fresh("s");
        out.add(new Piece.Line("let " + s + " = " + expressions.of(Kind.STRING, 2, env) + " + \"" + dice.pick(" a,b ", "äöü-日本 x", "one two", "") + "\""));
        String c = expressions.fresh("c");
        out.add(new Piece.Line("print(\"" + s + " {len(" + s + ")} {" + dice.pick("upper(S)", "trim(S)", "words(S)", "split(S, \",\")", "replace(S, \"a\", \"bb\")",
                "find(S, \"b\")", "characters(S)", "starts_with(S, \"o\")", "occurrences(S, \"o\")", "S[0..<len(S) // 2]", "lower(S)").replace("S", s) + "}\")"));
        if (dice.chance(50)) {
            String n = expressions.fresh("n");
            out.add(new Piece.Line("var " + n + " = 0"));
            out.add(new Piece.Block("for " + c + " in " + s, List.of(new Piece.Line(n + " = (" + n + " * 31 + ord(" + c + ")) % 1_000_003"))));
            env.variables.add(new Variable(n, Kind.INT, false));
        }
        env.variables.add(new Variable(s, Kind.STRING, false));
    }

    private void functions(Env env, List<Piece> out) {
        Kind kind = dice.pick(Kind.INT, Kind.FLOAT, Kind.FLOAT);
        String fs = expressions.fresh("fs");
        String x = expressions.fresh("x");
        Env inner = env.child();
        inner.arrays.clear();
        inner.variables.add(new Variable(x, kind, false));
        List<String> all = new ArrayList<>();
        int n = dice.between(1, 3);
        for (int k = 0; k < n; k++) {
            all.add("fn(" + x + ": " + kind.text + ") = " + expressions.of(kind, 2, inner));
        }
        out.add(new Piece.Line("let " + fs + " = [" + String.join(", ", all) + "]"));
        String r = expressions.fresh("r");
        String f = expressions.fresh("f");
        out.add(new Piece.Line("var " + r + " = " + expressions.of(kind, 1, env)));
        out.add(new Piece.Block("for " + f + " in " + fs, List.of(new Piece.Line(r + " = " + f + "(" + r + ")"))));
        env.variables.add(new Variable(r, kind, true));
        String g = expressions.fresh("g");
        String i = expressions.fresh("i");
        out.add(new Piece.Line("let " + g + " = " + fs + "[" + dice.below(n) + "]"));
        out.add(new Piece.Line("print(\"" + g + " {[" + g + "(" + (kind == Kind.INT ? i : "0.5 * " + i) + ") forall " + i + " in 0..<" + dice.between(0, 9) + "]}\")"));
    }

    /** A copy of an array that is spread in another way, changed there, and copied back. */
    private void redistribution(Env env, List<Piece> out) {
        List<ArrayInfo> all = env.arrays.stream().filter(a -> a.space().distributed() && a.space().size() > 0).toList();
        if (all.isEmpty()) {
            maps(env, out);
            return;
        }
        ArrayInfo a = dice.pick(all);
        List<String> extents = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        for (int d = 0; d < a.space().axes(); d++) {
            extents.add(Long.toString(a.space().extent(d)));
            kinds.add(dice.pick("block", "cyclic", "blockcyclic(" + dice.between(1, 4) + ")", "*"));
        }
        kinds.set(dice.below(kinds.size()), dice.pick("block", "cyclic"));
        String c = expressions.fresh("c");
        out.add(new Piece.Line("var " + c + ": [" + String.join(", ", extents) + "] " + a.element().text() + " dist "
                + (kinds.size() == 1 ? kinds.getFirst() : "(" + String.join(", ", kinds) + ")")));
        out.add(new Piece.Line(c + " = " + a.name()));
        out.add(new Piece.Line("print(\"" + c + " {" + c + " == " + a.name() + "} {" + c + "}\")"));
        if (a.assignable() && dice.chance(50)) {
            out.add(new Piece.Line(a.name() + " = " + c));
        }
    }
}
