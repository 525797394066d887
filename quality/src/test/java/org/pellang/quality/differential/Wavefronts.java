package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;
import org.pellang.quality.differential.Env.ArrayInfo;
import org.pellang.quality.differential.Env.Space;

/** Random {@code wavefront} loops: random distances of either sign, filters, reductions, several arrays. */
final class Wavefronts {
    private final Dice dice;
    private final Expressions expressions;
    private final Heads heads;

    Wavefronts(Dice dice, Expressions expressions, Heads heads) {
        this.dice = dice;
        this.expressions = expressions;
        this.heads = heads;
    }

    /** One loop over a space; nothing if no array of it can be written. */
    void loop(Space space, Env outer, List<Piece> out) {
        int reach = dice.pick(1, 1, 1, 2, 3);
        List<ArrayInfo> targets = new ArrayList<>(outer.arrays.stream()
                .filter(a -> a.assignable() && same(a.space(), space) && !a.element().narrow() && (a.element().kind() == Kind.FLOAT || a.element().kind() == Kind.INT))
                .toList());
        while (targets.size() > 2) {
            targets.remove(dice.below(targets.size()));
        }
        if (targets.isEmpty()) {
            return;
        }
        Env env = outer.child();
        env.parallel = true;
        env.loop = space;
        List<String> names = heads.indices(space, env);
        targets.forEach(t -> env.hidden.add(t.name()));
        String total = expressions.fresh("r");
        boolean reduced = dice.chance(50);
        if (reduced) {
            out.add(new Piece.Line("var " + total + " = 0.5"));
            out.add(new Piece.Line("var " + total + "m = 7"));
        }
        String filter = dice.chance(25) ? " if " + expressions.of(Kind.BOOL, 2, env) : "";
        String clause = reduced ? " reduce sum " + total + ", max " + total + "m" : "";
        List<Piece> body = new ArrayList<>();
        List<long[]> vectors = vectors(space.axes(), reach);
        for (ArrayInfo target : targets) {
            body.add(new Piece.Line(target.name() + at(names, new long[names.size()]) + " = " + value(target, targets, names, vectors, env)));
        }
        if (reduced) {
            ArrayInfo one = dice.pick(targets);
            boolean floats = one.element().kind() == Kind.FLOAT;
            String element = one.name() + at(names, new long[names.size()]);
            body.add(new Piece.Line(total + " += " + (floats ? element : "float(" + element + " % 1000) * 0.1")));
            body.add(new Piece.Line(total + "m max= " + (floats ? "int(clamp(" + element + ", -1e6, 1e6))" : element)));
        }
        out.add(new Piece.Block("wavefront " + Heads.index(names) + " in " + inner(space, reach) + filter + clause, body));
        if (reduced) {
            out.add(new Piece.Line("print(\"" + total + " {" + total + "} {" + total + "m}\")"));
        }
    }

    private static boolean same(Space a, Space b) {
        return a == b || !a.distributed() && !b.distributed() && java.util.Arrays.equals(a.lo(), b.lo()) && java.util.Arrays.equals(a.hi(), b.hi());
    }

    /** What is left of a space if all offsets stay inside. */
    private static String inner(Space space, int reach) {
        if (space.distributed()) {
            return space.text() + ".inner(" + reach + ")";
        }
        List<String> ranges = new ArrayList<>();
        for (int d = 0; d < space.axes(); d++) {
            ranges.add((space.lo()[d] + reach) + ".." + (space.hi()[d] - reach));
        }
        return space.axes() == 1 ? ranges.getFirst() : "[" + String.join(", ", ranges) + "]";
    }

    private List<long[]> vectors(int axes, int reach) {
        List<long[]> all = new ArrayList<>();
        for (int n = dice.between(1, 4); n > 0; n--) {
            long[] v = new long[axes];
            for (int d = 0; d < axes; d++) {
                v[d] = dice.between(-reach, reach);
            }
            all.add(v);
        }
        return all;
    }

    private String value(ArrayInfo target, List<ArrayInfo> targets, List<String> names, List<long[]> vectors, Env env) {
        boolean floats = target.element().kind() == Kind.FLOAT;
        List<String> terms = new ArrayList<>();
        for (long[] v : vectors) {
            ArrayInfo from = dice.pick(targets);
            String read = from.name() + at(names, v);
            boolean sameKind = from.element().kind() == target.element().kind();
            if (floats) {
                terms.add(dice.pick("0.25", "0.125", "-0.5") + " * " + (sameKind ? read : "float(" + read + " % 10)"));
            } else {
                terms.add(sameKind ? dice.pick("", "3 * ") + read : "int(clamp(" + read + ", -100.0, 100.0))");
            }
        }
        terms.add(floats ? "0.1 * " + expressions.of(Kind.FLOAT, 1, env) : expressions.of(Kind.INT, 1, env));
        String sum = String.join(" + ", terms);
        return floats ? "clamp(" + sum + ", -1e9, 1e9)" : "(" + sum + ") % 1000003";
    }

    private static String at(List<String> names, long[] offset) {
        List<String> subs = new ArrayList<>();
        for (int d = 0; d < names.size(); d++) {
            subs.add(names.get(d) + (offset[d] == 0 ? "" : offset[d] < 0 ? " - " + -offset[d] : " + " + offset[d]));
        }
        return "[" + String.join(", ", subs) + "]";
    }
}
