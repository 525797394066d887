package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pellang.quality.differential.Env.ArrayInfo;
import org.pellang.quality.differential.Env.Index;
import org.pellang.quality.differential.Env.Space;
import org.pellang.quality.differential.Env.Variable;

/** Random programs that are right: typed, uniform, free of races. They print all they have computed. */
final class ProgramGenerator {
    /** Programs from this seed on hold every construct; those below stay what they have always been, and run in each build. */
    static final long EVERY_CONSTRUCT = 1000;

    private final long seed;
    private final Dice dice;
    private final Expressions expressions;
    private final Map<String, Kind> operators = new LinkedHashMap<>();
    private final DividedLoops loops;
    private final Comprehensions comprehensions;
    private final ExplicitLevel explicit;
    private final ValuePieces values;
    private final ListPieces lists;
    private final SmallPieces small;
    private final List<Space> spaces = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private boolean perRankCount;

    private ProgramGenerator(long seed) {
        this.seed = seed;
        this.dice = new Dice(seed);
        this.expressions = new Expressions(dice);
        this.loops = new DividedLoops(dice, expressions, operators);
        this.comprehensions = new Comprehensions(dice, expressions, operators);
        this.explicit = new ExplicitLevel(dice, expressions);
        this.values = new ValuePieces(dice, expressions);
        this.lists = new ListPieces(dice, expressions);
        this.small = new SmallPieces(dice, expressions);
    }

    /** The program of a seed. */
    static GeneratedProgram generate(long seed) {
        return new ProgramGenerator(seed).program();
    }

    private GeneratedProgram program() {
        Env env = new Env(new ArrayList<>());
        env.dangerous = seed % 16 == 15;
        pieces.add(new Piece.Line(Kind.CELL_DECLARATION));
        pieces.add(new Piece.Line(ValuePieces.BOX_DECLARATION));
        boolean whole = seed >= EVERY_CONSTRUCT;
        if (whole) {
            pieces.addAll(SmallPieces.DECLARATIONS);
        }
        declareOperators();
        new Functions(dice, expressions).declare(dice.between(0, 3), env.dangerous, env.functions, pieces);
        for (int d = dice.between(1, 3); d > 0; d--) {
            domain();
        }
        for (int n = dice.between(2, 4); n > 0; n--) {
            scalar(env, pieces);
        }
        for (Space space : List.copyOf(spaces)) {
            for (int n = dice.between(1, 4); n > 0; n--) {
                array(space, env);
            }
        }
        replicated(env);
        perRankCount = dice.chance(20);
        for (int n = dice.between(4, 10); n > 0; n--) {
            statement(env, pieces, 2);
            if (dice.chance(8)) {
                lists.generate(env, pieces);
            }
            if (whole && dice.chance(15)) {
                small.generate(env, pieces);
            }
        }
        finish(env);
        return new GeneratedProgram(seed, List.copyOf(pieces), perRankCount);
    }

    private void declareOperators() {
        if (dice.chance(30)) {
            pieces.add(new Piece.Line("op nearer(a: (int, float), b: (int, float)) identity (-1, inf) = pick(a, b)"));
            pieces.add(new Piece.Block("fn pick(a: (int, float), b: (int, float)) -> (int, float)", List.of(
                    new Piece.Line("let (na, da) = a"),
                    new Piece.Line("let (nb, db) = b"),
                    new Piece.Line("return if da <= db then a else b"))));
            operators.put("nearer", Kind.PAIR);
        }
        if (dice.chance(30)) {
            // One affine map after another: does not commute, and floats round, so only one tree gives these bits.
            pieces.add(new Piece.Line("op chain(a: Cell, b: Cell) identity Cell(1.0, 0, vec2(0.0)) = Cell(a.a * b.a, a.b + b.b, a.p * b.a + b.p)"));
            operators.put("chain", Kind.CELL);
        }
    }

    private void domain() {
        String name = expressions.fresh("D");
        int axes = dice.pick(1, 1, 1, 2, 2, 3);
        boolean periodic = dice.chance(20);
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        List<String> ranges = new ArrayList<>();
        for (int d = 0; d < axes; d++) {
            lo[d] = dice.pick(0, 0, 0, 1, -3, 5);
            int extent = extent(axes, d);
            if (!periodic && dice.chance(4)) {
                extent = 0;
            }
            hi[d] = lo[d] + extent - 1;
            ranges.add(dice.chance(50) ? lo[d] + "..<" + (hi[d] + 1) : lo[d] + ".." + hi[d]);
        }
        String dist = distribution(axes);
        pieces.add(new Piece.Line("domain " + name + "[" + String.join(", ", ranges) + "] dist " + dist + (periodic ? " periodic" : "")));
        spaces.add(new Space(name, true, periodic, lo, hi));
    }

    private String distribution(int axes) {
        if (dice.chance(45)) {
            return "block";
        }
        if (dice.chance(25)) {
            return dice.pick("cyclic", "blockcyclic(" + dice.between(1, 5) + ")");
        }
        List<String> kinds = new ArrayList<>();
        for (int d = 0; d < axes; d++) {
            kinds.add(dice.pick("block", "block", "*", "cyclic", "blockcyclic(" + dice.between(1, 5) + ")"));
        }
        if (kinds.stream().allMatch("*"::equals)) {
            kinds.set(0, "block");
        }
        return axes == 1 ? kinds.getFirst() : "(" + String.join(", ", kinds) + ")";
    }

    /** Small and odd; now and then long enough for several leaves of the reduction tree. */
    private int extent(int axes, int d) {
        if (d == axes - 1 && dice.chance(12)) {
            return axes == 1 ? dice.pick(300, 1000, 4500) : axes == 2 ? dice.pick(40, 70, 150) : dice.pick(20, 35);
        }
        return axes == 1 ? dice.pick(1, 2, 3, 5, 7, 8, 16, 17, 33, 60, 130) : axes == 2 ? dice.pick(1, 2, 3, 5, 8, 9, 13) : dice.pick(1, 2, 3, 5);
    }

    private void scalar(Env env, List<Piece> out) {
        Kind kind = Kind.any(dice);
        String name = expressions.fresh("s");
        boolean variable = dice.chance(60);
        out.add(new Piece.Line((variable ? "var " : "let ") + name + " = " + expressions.of(kind, 3, env)));
        env.variables.add(new Variable(name, kind, variable));
    }

    private void array(Space space, Env env) {
        String name = expressions.fresh("a");
        Kind.Element element = dice.chance(35) ? new Kind.Element("float", Kind.FLOAT) : Kind.element(dice);
        String fill = dice.chance(60) && !element.narrow() ? " = " + expressions.of(element.kind(), 1, env) : "";
        pieces.add(new Piece.Line("var " + name + ": [" + space.text() + "] " + element.text() + fill));
        env.arrays.add(new ArrayInfo(name, element, space, true));
    }

    private void replicated(Env env) {
        for (int n = dice.between(1, 3); n > 0; n--) {
            int axes = dice.pick(1, 1, 2);
            long[] hi = new long[axes];
            List<String> extents = new ArrayList<>();
            List<String> ranges = new ArrayList<>();
            for (int d = 0; d < axes; d++) {
                int extent = dice.pick(1, 3, 6, 11, 20);
                hi[d] = extent - 1L;
                extents.add(Integer.toString(extent));
                ranges.add("0..<" + extent);
            }
            Space space = new Space(axes == 1 ? ranges.get(0) : "[" + String.join(", ", ranges) + "]", false, false, new long[axes], hi);
            Kind.Element element = Kind.element(dice);
            String name = expressions.fresh("a");
            String fill = dice.chance(60) && !element.narrow() ? " = " + expressions.of(element.kind(), 1, env) : "";
            pieces.add(new Piece.Line("var " + name + ": [" + String.join(", ", extents) + "] " + element.text() + fill));
            env.arrays.add(new ArrayInfo(name, element, space, true));
        }
    }

    private void statement(Env env, List<Piece> out, int depth) {
        int form = dice.below(100);
        if (form < 40) {
            loops.loop(spaces, env, out);
        } else if (form < 58) {
            comprehensions.statement(spaces, env, out);
        } else if (form < 64) {
            scalar(env, out);
        } else if (form < 70) {
            assign(env, out);
        } else if (form < 75) {
            whole(env, out);
        } else if (form < 80) {
            element(env, out);
        } else if (form < 84 && depth > 0) {
            out.add(new Piece.Block("if " + expressions.of(Kind.BOOL, 2, env), block(env.child(), depth - 1)));
            if (dice.chance(50)) {
                out.add(new Piece.Block("else", block(env.child(), depth - 1)));
            }
        } else if (form < 90 && depth > 0) {
            repeat(env, out, depth);
        } else if (form < 92) {
            list(env, out);
        } else if (form < 95) {
            values.generate(env, out);
        } else if (form < 96 && perRankCount) {
            explicit.statements(env, out);
        } else {
            out.add(new Piece.Line("print(" + expressions.text(2, env) + ")"));
        }
        if (dice.chance(15)) {
            values.generate(env, out);
        }
        if (perRankCount && dice.chance(25)) {
            explicit.statements(env, out);
        }
    }

    private List<Piece> block(Env env, int depth) {
        List<Piece> out = new ArrayList<>();
        for (int n = dice.between(1, 3); n > 0; n--) {
            // Channels and what they carry are declared at top level only.
            boolean before = perRankCount;
            perRankCount = false;
            statement(env, out, depth);
            perRankCount = before;
        }
        return out;
    }

    private void repeat(Env env, List<Piece> out, int depth) {
        Env inner = env.child();
        String k = expressions.fresh("k");
        if (dice.chance(60)) {
            int low = dice.between(-1, 1);
            int high = low + dice.between(0, 3);
            inner.indices.add(new Index(k, low, high));
            out.add(new Piece.Block("for " + k + " in " + low + ".." + high, block(inner, depth - 1)));
            return;
        }
        out.add(new Piece.Line("var " + k + " = 0"));
        env.variables.add(new Variable(k, Kind.INT, false));
        inner.variables.add(new Variable(k, Kind.INT, false));
        List<Piece> body = new ArrayList<>();
        body.add(new Piece.Line(k + " += 1"));
        if (dice.chance(30)) {
            body.add(new Piece.Block("if " + expressions.of(Kind.BOOL, 2, inner), List.of(new Piece.Line(dice.pick("break", "continue")))));
        }
        body.addAll(block(inner, depth - 1));
        out.add(new Piece.Block("while " + k + " < " + dice.between(1, 3), body));
    }

    private void assign(Env env, List<Piece> out) {
        List<Variable> all = env.variables.stream().filter(Variable::assignable).toList();
        if (all.isEmpty()) {
            return;
        }
        Variable v = dice.pick(all);
        List<Variable> same = env.assignable(v.kind());
        boolean number = v.kind() == Kind.INT || v.kind() == Kind.FLOAT;
        if (same.size() > 1 && dice.chance(25)) {
            out.add(new Piece.Line(same.get(0).name() + ", " + same.get(1).name() + " = " + same.get(1).name() + ", " + expressions.of(v.kind(), 2, env)));
        } else if (number && dice.chance(50)) {
            out.add(new Piece.Line(v.name() + dice.pick(" += ", " -= ", " *= ", " min= ", " max= ") + expressions.of(v.kind(), 2, env)));
        } else {
            out.add(new Piece.Line(v.name() + " = " + expressions.of(v.kind(), 3, env)));
        }
    }

    /** Whole arrays: copies, swaps, fills, equality, replicas, slices, statistics. */
    private void whole(Env env, List<Piece> out) {
        List<ArrayInfo> all = env.arrays;
        ArrayInfo a = dice.pick(all);
        List<ArrayInfo> same = all.stream()
                .filter(b -> b != a && b.assignable() && b.space() == a.space() && b.element().text().equals(a.element().text()))
                .toList();
        String name = expressions.fresh("z");
        switch (dice.below(7)) {
            case 0 -> {
                if (!same.isEmpty() && a.assignable()) {
                    out.add(new Piece.Line(a.name() + " <=> " + dice.pick(same).name()));
                }
            }
            case 1 -> {
                if (!same.isEmpty()) {
                    out.add(new Piece.Line(dice.pick(same).name() + " = " + a.name()));
                }
            }
            case 2 -> {
                if (a.assignable() && !a.element().narrow()) {
                    out.add(new Piece.Line("fill(" + a.name() + ", " + expressions.of(a.element().kind(), 2, env) + ")"));
                }
            }
            case 3 -> {
                if (!same.isEmpty()) {
                    out.add(new Piece.Line("let " + name + " = " + a.name() + " == " + dice.pick(same).name()));
                    env.variables.add(new Variable(name, Kind.BOOL, false));
                }
            }
            case 4 -> {
                out.add(new Piece.Line("let " + name + " = copy(" + a.name() + ")"));
                env.arrays.add(new ArrayInfo(name, a.element(), a.space(), false));
            }
            case 5 -> {
                if (a.space().distributed()) {
                    Space local = new Space("", false, a.space().periodic(), a.space().lo(), a.space().hi());
                    out.add(new Piece.Line("let " + name + " = replicate(" + a.name() + ")"));
                    env.arrays.add(new ArrayInfo(name, a.element(), local, false));
                }
            }
            default -> statistics(a, name, env, out);
        }
    }

    private void statistics(ArrayInfo a, String name, Env env, List<Piece> out) {
        Space space = a.space();
        boolean number = a.element().text().equals("float") || a.element().text().equals("int");
        if (number && space.size() > 1 && !env.dangerous) {
            out.add(new Piece.Line("let " + name + " = " + dice.pick("mean", "variance", "median") + "(" + a.name() + ")"));
            env.variables.add(new Variable(name, Kind.FLOAT, false));
        } else if (space.axes() == 1 && !space.distributed() && space.size() > 0 && a.element().kind() == Kind.INT) {
            out.add(new Piece.Line("print(\"" + name + " {" + dice.pick("sorted", "reversed", "distinct", "argsort") + "(" + a.name() + ")}\")"));
        } else if (space.axes() == 2 && space.size() > 0 && !space.periodic()) {
            long i = space.lo()[0] + dice.below((int) space.extent(0));
            out.add(new Piece.Line("let " + name + " = " + a.name() + "[" + i + ", ..]"));
            out.add(new Piece.Line("print(\"" + name + " {" + name + "}\")"));
        }
    }

    /** One element in uniform code, read or assigned. */
    private void element(Env env, List<Piece> out) {
        List<ArrayInfo> all = env.arrays.stream().filter(a -> a.space().size() > 0).toList();
        if (all.isEmpty()) {
            return;
        }
        ArrayInfo a = dice.pick(all);
        List<String> subs = new ArrayList<>();
        for (int d = 0; d < a.space().axes(); d++) {
            subs.add(expressions.subscripts().inside(a.space().lo()[d], a.space().extent(d), env));
        }
        String place = a.name() + "[" + String.join(", ", subs) + "]";
        if (a.assignable() && dice.chance(50)) {
            out.add(new Piece.Line(place + " = " + a.element().stored(expressions.of(a.element().kind(), 2, env))));
        } else {
            String name = expressions.fresh("s");
            out.add(new Piece.Line("let " + name + " = " + place));
            env.variables.add(new Variable(name, a.element().kind(), false));
        }
    }

    private void list(Env env, List<Piece> out) {
        Kind kind = Kind.any(dice);
        String name = expressions.fresh("l");
        String k = expressions.fresh("k");
        Env inner = env.child();
        inner.indices.add(new Index(k, 0, 5));
        out.add(new Piece.Line("var " + name + ": list " + kind.text));
        out.add(new Piece.Block("for " + k + " in 0..<" + dice.between(1, 6), List.of(new Piece.Line("push(" + name + ", " + expressions.of(kind, 2, inner) + ")"))));
        if (dice.chance(40)) {
            String last = expressions.fresh("s");
            out.add(new Piece.Line("let " + last + " = pop(" + name + ")"));
            env.variables.add(new Variable(last, kind, false));
        }
        out.add(new Piece.Line("print(\"" + name + " {len(" + name + ")} {" + name + "}\")"));
    }

    private void finish(Env env) {
        for (Variable v : env.variables) {
            pieces.add(new Piece.Line("print(\"" + v.name() + " {" + v.name() + "}\")"));
        }
        for (ArrayInfo a : env.arrays) {
            String all = a.space().distributed() ? "replicate(" + a.name() + ")" : a.name();
            pieces.add(new Piece.Line("print(\"" + a.name() + " {" + all + "}\")"));
        }
    }
}
