package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;
import org.pellang.quality.differential.Env.ArrayInfo;
import org.pellang.quality.differential.Env.Space;
import org.pellang.quality.differential.Env.Variable;

/** Loops of plain float arithmetic on neighbours: those that become vector code. */
final class PlainLoops {
    private final Dice dice;
    private final Expressions expressions;
    private final Heads heads;

    PlainLoops(Dice dice, Expressions expressions, Heads heads) {
        this.dice = dice;
        this.expressions = expressions;
        this.heads = heads;
    }

    void loop(Space space, Env outer, List<Piece> out) {
        List<ArrayInfo> floats = outer.arrays.stream().filter(a -> a.space() == space && a.element().text().equals("float")).toList();
        List<ArrayInfo> targets = floats.stream().filter(ArrayInfo::assignable).toList();
        if (targets.isEmpty()) {
            return;
        }
        Env env = outer.child();
        env.loop = space;
        List<String> names = heads.indices(space, env);
        String over = dice.chance(70) ? heads.part(space, env) : space.text();
        ArrayInfo target = dice.pick(targets);
        List<ArrayInfo> others = floats.stream().filter(a -> a != target).toList();
        Terms terms = new Terms(names, target, others, env.margin, space.periodic());
        String filter = dice.chance(15) ? " if " + terms.condition() : "";
        List<Piece> body = new ArrayList<>();
        if (dice.chance(50)) {
            String local = expressions.fresh("t");
            body.add(new Piece.Line((dice.chance(50) ? "var " : "let ") + local + " = " + terms.of(3)));
            terms.locals.add(local);
        }
        String place = terms.at(target);
        if (dice.chance(80)) {
            Piece store = new Piece.Line(place + dice.pick(" = ", " = ", " += ", " -= ", " *= ", " max= ") + terms.of(4));
            body.add(dice.chance(25) ? new Piece.Block("if " + terms.condition(), List.of(store)) : store);
            if (body.getLast() instanceof Piece.Block && dice.chance(40)) {
                body.add(new Piece.Block("else", List.of(new Piece.Line(place + " = " + terms.of(3)))));
            }
        }
        String clauses = "";
        if (dice.chance(60)) {
            String r = expressions.fresh("r");
            String op = dice.pick("sum", "sum", "min", "max", "prod");
            out.add(new Piece.Line("var " + r + " = 0.5"));
            clauses = " reduce " + op + " " + r;
            Piece update = new Piece.Line(r + (op.equals("sum") ? dice.pick(" += ", " += ", " -= ") : op.equals("prod") ? " *= " : " " + op + "= ") + terms.of(3));
            body.add(dice.chance(25) ? new Piece.Block("if " + terms.condition(), List.of(update)) : update);
            outer.variables.add(new Variable(r, Kind.FLOAT, true));
        }
        out.add(new Piece.Block("forall " + Heads.index(names) + " in " + over + filter + clauses, body));
    }

    /** Arithmetic on elements near the own index. */
    private final class Terms {
        private final List<String> names;
        private final ArrayInfo target;
        private final List<ArrayInfo> others;
        private final long margin;
        private final boolean periodic;
        private final List<String> locals = new ArrayList<>();

        Terms(List<String> names, ArrayInfo target, List<ArrayInfo> others, long margin, boolean periodic) {
            this.names = names;
            this.target = target;
            this.others = others;
            this.margin = margin;
            this.periodic = periodic;
        }

        String at(ArrayInfo a) {
            return a.name() + "[" + String.join(", ", names) + "]";
        }

        String of(int depth) {
            if (depth == 0 || dice.chance(15)) {
                return leaf();
            }
            return switch (dice.below(12)) {
                case 0 -> "abs(" + of(depth - 1) + ")";
                case 1 -> "sqrt(abs(" + of(depth - 1) + "))";
                case 2 -> dice.pick("min(", "max(") + of(depth - 1) + ", " + of(depth - 1) + ")";
                case 3 -> "(if " + condition() + " then " + of(depth - 1) + " else " + of(depth - 1) + ")";
                case 4 -> "(-" + of(depth - 1) + ")";
                case 5 -> "(" + of(depth - 1) + " / " + of(depth - 1) + ")";
                case 6 -> "(" + of(depth - 1) + ")**2";
                default -> "(" + of(depth - 1) + dice.pick(" + ", " - ", " * ") + of(depth - 1) + ")";
            };
        }

        String condition() {
            String compared = of(1) + dice.pick(" < ", " <= ", " > ", " >= ", " == ", " != ") + of(1);
            return dice.chance(20) ? "(" + compared + dice.pick(" and ", " or ") + of(1) + " < " + of(1) + ")" : "(" + compared + ")";
        }

        private String leaf() {
            int form = dice.below(10);
            if (form < 2) {
                return dice.pick("0.25", "1.5", "0.1", "(-2.0)");
            }
            if (form == 2) {
                return dice.pick(names);
            }
            if (form == 3 && !locals.isEmpty()) {
                return dice.pick(locals);
            }
            if (form == 4 || others.isEmpty()) {
                return at(target);
            }
            List<String> subs = new ArrayList<>();
            for (String name : names) {
                long most = periodic ? 2 : margin;
                long far = most == 0 ? 0 : dice.between((int) -most, (int) most);
                subs.add(far == 0 ? name : far < 0 ? name + " - " + -far : name + " + " + far);
            }
            return dice.pick(others).name() + "[" + String.join(", ", subs) + "]";
        }
    }
}
