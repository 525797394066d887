package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pellang.quality.differential.Env.ArrayInfo;
import org.pellang.quality.differential.Env.Index;
import org.pellang.quality.differential.Env.Space;
import org.pellang.quality.differential.Env.Variable;

/** Random {@code forall} loops that the race check must accept. */
final class DividedLoops {
    private final Dice dice;
    private final Expressions expressions;
    private final Heads heads;
    private final Operands operands;
    private final PlainLoops plain;
    private final Wavefronts wavefronts;
    private final RowsAndParts rows;

    /** Names of reduction operators that the program declared, by the kind they combine. */
    private final Map<String, Kind> operators;

    DividedLoops(Dice dice, Expressions expressions, Map<String, Kind> operators) {
        this.dice = dice;
        this.expressions = expressions;
        this.operators = operators;
        this.heads = new Heads(dice, expressions);
        this.operands = new Operands(expressions);
        this.wavefronts = new Wavefronts(dice, expressions, heads);
        this.rows = new RowsAndParts(dice, expressions, operators);
        this.plain = new PlainLoops(dice, expressions, heads);
    }

    /** One loop, with the declarations that it needs before. */
    void loop(List<Space> spaces, Env env, List<Piece> out) {
        int form = dice.below(100);
        if (form < 8) {
            rows.loop(spaces, env, out);
        } else if (form < 20) {
            wavefronts.loop(dice.chance(70) ? dice.pick(spaces) : dice.pick(env.arrays).space(), env, out);
        } else if (form < 30) {
            plain.loop(dice.pick(spaces), env, out);
        } else if (form < 60) {
            owned(dice.pick(spaces), env, out);
        } else if (form < 75) {
            range(env, out);
        } else if (form < 88) {
            scattered(env, out);
        } else {
            moved(env, out);
        }
    }

    /** What a loop in the making reduces. */
    private record Reduction(String operator, Variable variable, boolean array) {}

    /** Over a declared domain or a part of it: every iteration writes at its own index. */
    private void owned(Space space, Env outer, List<Piece> out) {
        Env env = outer.child();
        env.parallel = true;
        env.loop = space;
        List<String> names = heads.indices(space, env);
        String text = heads.part(space, env);
        List<ArrayInfo> targets = new ArrayList<>(outer.arrays.stream().filter(a -> a.space() == space && a.assignable()).toList());
        while (targets.size() > 2) {
            targets.remove(dice.below(targets.size()));
        }
        targets.forEach(t -> env.written.add(t.name()));
        List<Reduction> reductions = reductions(out);
        String head = "forall " + Heads.index(names) + " in " + text + heads.work() + filter(env) + clauses(reductions);
        out.add(new Piece.Block(head, body(env, targets, reductions, 2)));
        reductions.stream().filter(r -> !r.array()).forEach(r -> outer.variables.add(r.variable()));
        printArrays(reductions, out);
    }

    private String filter(Env env) {
        return dice.chance(25) ? " if " + expressions.of(Kind.BOOL, 2, env) : "";
    }

    private static String clauses(List<Reduction> reductions) {
        return reductions.isEmpty()
                ? ""
                : " reduce " + String.join(", ", reductions.stream().map(r -> r.operator() + " " + r.variable().name()).toList());
    }

    private List<Reduction> reductions(List<Piece> out) {
        List<Reduction> all = new ArrayList<>();
        for (int n = dice.pick(0, 0, 1, 1, 2); n > 0; n--) {
            String name = expressions.fresh("r");
            if (!operators.isEmpty() && dice.chance(20)) {
                String op = dice.pick(List.copyOf(operators.keySet()));
                Kind kind = operators.get(op);
                out.add(new Piece.Line("var " + name + " = " + expressions.literal(kind)));
                all.add(new Reduction(op, new Variable(name, kind, true), false));
                continue;
            }
            Kind kind = dice.pick(Kind.INT, Kind.FLOAT, Kind.FLOAT, Kind.BOOL, Kind.COMPLEX, Kind.VEC3);
            String op = switch (kind) {
                case INT -> dice.pick("sum", "prod", "min", "max", "band", "bor", "bxor");
                case FLOAT, FLOAT32 -> dice.pick("sum", "sum", "prod", "min", "max");
                case BOOL -> dice.pick("any", "all");
                case STRING, COMPLEX, VEC2, VEC3, PAIR, CELL -> "sum";
            };
            boolean array = (kind == Kind.INT || kind == Kind.FLOAT) && !op.startsWith("b") && dice.chance(30);
            if (array) {
                out.add(new Piece.Line("var " + name + ": [5] " + kind.text + " = " + expressions.literal(kind)));
            } else {
                out.add(new Piece.Line("var " + name + " = " + expressions.literal(kind)));
            }
            all.add(new Reduction(op, new Variable(name, kind, true), array));
        }
        return all;
    }

    private static void printArrays(List<Reduction> reductions, List<Piece> out) {
        reductions.stream().filter(Reduction::array).forEach(r -> out.add(new Piece.Line("print(\"" + r.variable().name() + " {" + r.variable().name() + "}\")")));
    }

    private String contribution(Reduction r, Env env) {
        String op = switch (r.operator()) {
            case "sum" -> dice.chance(80) ? " += " : " -= ";
            case "prod" -> " *= ";
            case "min" -> " min= ";
            case "max" -> " max= ";
            case "any", "bor" -> " |= ";
            case "all", "band" -> " &= ";
            case "bxor" -> " ^= ";
            default -> " reduce= ";
        };
        String place = r.variable().name() + (r.array() ? "[(" + expressions.of(Kind.INT, 1, env) + ") % 5]" : "");
        return place + op + operands.element(r.operator(), r.variable().kind(), 2, env);
    }

    private List<Piece> body(Env env, List<ArrayInfo> targets, List<Reduction> reductions, int depth) {
        List<Piece> out = new ArrayList<>();
        for (int n = dice.between(1, 4); n > 0; n--) {
            statement(env, targets, reductions, depth, out);
        }
        for (Reduction r : reductions) {
            if (dice.chance(70)) {
                out.add(new Piece.Line(contribution(r, env)));
            }
        }
        return out;
    }

    private void statement(Env env, List<ArrayInfo> targets, List<Reduction> reductions, int depth, List<Piece> out) {
        int form = dice.below(100);
        if (form < 20) {
            Kind kind = Kind.any(dice);
            String name = expressions.fresh("t");
            boolean variable = dice.chance(50);
            out.add(new Piece.Line((variable ? "var " : "let ") + name + " = " + expressions.of(kind, 3, env)));
            env.variables.add(new Variable(name, kind, variable));
        } else if (form < 30 && depth > 0) {
            out.add(new Piece.Block("if " + expressions.of(Kind.BOOL, 2, env), body(env.child(), targets, reductions, depth - 1)));
            if (dice.chance(40)) {
                out.add(new Piece.Block("else", body(env.child(), targets, reductions, depth - 1)));
            }
        } else if (form < 40 && depth > 0) {
            Env inner = env.child();
            String k = expressions.fresh("k");
            int high = dice.between(0, 4);
            inner.indices.add(new Index(k, 0, high));
            List<Piece> body = new ArrayList<>();
            if (dice.chance(30)) {
                body.add(new Piece.Block("if " + expressions.of(Kind.BOOL, 1, inner), List.of(new Piece.Line(dice.pick("break", "continue")))));
            }
            body.addAll(body(inner, targets, reductions, depth - 1));
            out.add(new Piece.Block("for " + k + " in 0.." + high + dice.pick("", "", " by 2"), body));
        } else if (form < 48 && dice.chance(50)) {
            localArray(env, out);
        } else if (form < 60) {
            List<Variable> locals = env.variables.stream().filter(v -> v.assignable() && v.name().startsWith("t")).toList();
            if (!locals.isEmpty()) {
                Variable v = dice.pick(locals);
                out.add(new Piece.Line(v.name() + " = " + expressions.of(v.kind(), 3, env)));
            }
        } else if (!targets.isEmpty()) {
            store(dice.pick(targets), env, out);
        }
    }

    private void localArray(Env env, List<Piece> out) {
        String name = expressions.fresh("w");
        Kind kind = Kind.number(dice);
        int n = dice.between(1, 4);
        out.add(new Piece.Line("var " + name + ": [" + n + "] " + kind.text + " = " + expressions.of(kind, 1, env)));
        out.add(new Piece.Line(name + "[" + expressions.subscripts().inside(0, n, env) + "] = " + expressions.of(kind, 2, env)));
        env.arrays.add(new ArrayInfo(name, new Kind.Element(kind.text, kind), new Space("", false, false, new long[] {0}, new long[] {n - 1}), false));
    }

    private void store(ArrayInfo target, Env env, List<Piece> out) {
        String place = expressions.subscripts().own(target, env);
        Kind kind = target.element().kind();
        boolean number = kind == Kind.INT || kind == Kind.FLOAT;
        if (kind == Kind.CELL && dice.chance(60)) {
            String field = dice.pick(".a", ".b", ".p", ".p.x");
            Kind of = field.equals(".b") ? Kind.INT : field.equals(".p") ? Kind.VEC2 : Kind.FLOAT;
            out.add(new Piece.Line(place + field + dice.pick(" = ", " += ") + expressions.of(of, 2, env)));
        } else if (number && !target.element().narrow() && dice.chance(35)) {
            out.add(new Piece.Line(place + dice.pick(" += ", " -= ", " *= ", " min= ", " max= ") + expressions.of(kind, 3, env)));
        } else {
            out.add(new Piece.Line(place + " = " + target.element().stored(expressions.of(kind, 3, env))));
        }
    }

    /** Over a plain range or a space in brackets: pieces of replicated arrays are merged. */
    private void range(Env outer, List<Piece> out) {
        List<ArrayInfo> targets = outer.arrays.stream().filter(a -> !a.space().distributed() && a.assignable() && !a.element().narrow()).toList();
        if (targets.isEmpty()) {
            return;
        }
        ArrayInfo target = dice.pick(targets);
        Space space = target.space();
        Env env = outer.child();
        env.parallel = true;
        env.loop = space;
        List<String> names = heads.indices(space, env);
        List<ArrayInfo> written = new ArrayList<>(List.of(target));
        env.written.add(target.name());
        List<Reduction> reductions = reductions(out);
        String text = space.text();
        if (space.axes() == 1 && dice.chance(30)) {
            text += " by " + dice.between(1, 3);
        }
        String head = "forall " + Heads.index(names) + " in " + text + heads.work() + filter(env) + clauses(reductions);
        out.add(new Piece.Block(head, body(env, written, reductions, 2)));
        reductions.stream().filter(r -> !r.array()).forEach(r -> outer.variables.add(r.variable()));
        printArrays(reductions, out);
    }

    /** Updates at arbitrary places, in global iteration order. */
    private void scattered(Env outer, List<Piece> out) {
        List<ArrayInfo> targets = outer.arrays.stream()
                .filter(a -> a.assignable() && a.space().size() > 0 && (a.element().text().equals("int") || a.element().text().equals("float")))
                .toList();
        if (targets.isEmpty()) {
            return;
        }
        ArrayInfo target = dice.pick(targets);
        Env env = outer.child();
        env.parallel = true;
        env.hidden.add(target.name());
        String i = expressions.fresh("i");
        int n = dice.pick(0, 1, 5, 17, 40, 100);
        env.indices.add(0, new Index(i, 0, n - 1L));
        Kind kind = target.element().kind();
        String op = kind == Kind.INT ? dice.pick("+=", "*=", "max=", "^=", "|=") : dice.pick("+=", "+=", "-=", "min=", "*=");
        List<Piece> body = new ArrayList<>();
        for (int k = dice.between(1, 2); k > 0; k--) {
            List<String> subs = new ArrayList<>();
            for (int d = 0; d < target.space().axes(); d++) {
                subs.add(expressions.subscripts().inside(target.space().lo()[d], target.space().extent(d), env));
            }
            body.add(new Piece.Line(target.name() + "[" + String.join(", ", subs) + "] " + op + " " + expressions.of(kind, 2, env)));
        }
        out.add(new Piece.Block("forall " + i + " in 0..<" + n + heads.work() + filter(env), body));
    }

    /** Writes at an injective subscript that is not the own index: backwards, rotated, strided, promised. */
    private void moved(Env outer, List<Piece> out) {
        List<ArrayInfo> targets = outer.arrays.stream()
                .filter(a -> a.assignable() && a.space().axes() == 1 && a.space().lo()[0] == 0 && a.space().size() > 0)
                .toList();
        if (targets.isEmpty()) {
            return;
        }
        ArrayInfo target = dice.pick(targets);
        long n = target.space().extent(0);
        Env env = outer.child();
        env.parallel = true;
        env.hidden.add(target.name());
        String i = expressions.fresh("i");
        String[] form = switch (dice.below(5)) {
            case 0 -> new String[] {(n - 1) + " - " + i, "0..<" + n};
            case 1 -> new String[] {"(" + i + " + " + dice.between(-5, 30) + ") % " + n, "0..<" + n};
            case 2 -> new String[] {"2*" + i + " + 1", "0..<" + n / 2};
            case 3 -> new String[] {"unique((" + i + " * " + coprime(n) + ") % " + n + ")", "0..<" + n};
            default -> new String[] {i + " - 3", "3..<" + (n + 3)};
        };
        env.indices.add(0, new Index(i, 0, n - 1));
        Kind kind = target.element().kind();
        String line = target.name() + "[" + form[0] + "] = " + target.element().stored(expressions.of(kind, 3, env));
        out.add(new Piece.Block("forall " + i + " in " + form[1] + heads.work() + filter(env), List.of(new Piece.Line(line))));
    }

    private int coprime(long n) {
        int k = dice.between(1, 30);
        while (gcd(k, n) != 1) {
            k++;
        }
        return k;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }


}
