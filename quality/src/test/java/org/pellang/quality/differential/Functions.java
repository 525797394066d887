package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.List;
import org.pellang.quality.differential.Env.Function;
import org.pellang.quality.differential.Env.Index;
import org.pellang.quality.differential.Env.Variable;

/** Random functions of scalars: expression bodies, blocks with early returns and loops, parameters with and without types. */
final class Functions {
    private final Dice dice;
    private final Expressions expressions;

    Functions(Dice dice, Expressions expressions) {
        this.dice = dice;
        this.expressions = expressions;
    }

    /** Declares a few functions; each may call the ones before. */
    void declare(int count, boolean dangerous, List<Function> functions, List<Piece> out) {
        for (int n = 0; n < count; n++) {
            List<Kind> params = new ArrayList<>();
            List<String> heads = new ArrayList<>();
            Env env = new Env(functions);
            env.function = true;
            env.dangerous = dangerous;
            boolean typed = dice.chance(70);
            for (int p = dice.between(1, 3); p > 0; p--) {
                Kind kind = typed ? Kind.any(dice) : Kind.number(dice);
                String name = expressions.fresh("p");
                params.add(kind);
                heads.add(name + (typed ? ": " + kind.text : ""));
                env.variables.add(new Variable(name, kind, false));
            }
            Kind result = Kind.any(dice);
            String head = "fn " + expressions.fresh("f") + "(" + String.join(", ", heads) + ")";
            String name = head.substring(3, head.indexOf('('));
            if (dice.chance(60)) {
                // Untyped parameters take the arguments' types: an int argument would make another function of it.
                out.add(new Piece.Line(head + (typed && dice.chance(50) ? " -> " + result.text : "") + " = " + expressions.of(result, 3, env)));
            } else {
                out.add(new Piece.Block(head + " -> " + result.text, body(result, env)));
            }
            functions.add(new Function(name, List.copyOf(params), result));
        }
    }

    private List<Piece> body(Kind result, Env env) {
        List<Piece> out = new ArrayList<>();
        Kind kind = Kind.number(dice);
        String local = expressions.fresh("s");
        out.add(new Piece.Line("var " + local + (kind == Kind.FLOAT ? ": float" : "") + " = " + expressions.of(kind, 2, env)));
        env.variables.add(new Variable(local, kind, true));
        if (dice.chance(40)) {
            out.add(new Piece.Block(
                    "if " + expressions.of(Kind.BOOL, 2, env), List.of(new Piece.Line("return " + expressions.of(result, 2, env)))));
        }
        if (dice.chance(60)) {
            String k = expressions.fresh("k");
            Env inner = env.child();
            inner.indices.add(new Index(k, 0, 4));
            List<Piece> loop = new ArrayList<>();
            if (dice.chance(30)) {
                loop.add(new Piece.Block("if " + expressions.of(Kind.BOOL, 2, inner), List.of(new Piece.Line(dice.pick("break", "continue")))));
            }
            loop.add(new Piece.Line(local + dice.pick(" += ", " -= ", " = ") + expressions.of(kind, 2, inner)));
            out.add(new Piece.Block("for " + k + " in 0..<" + dice.between(0, 5), loop));
        }
        out.add(new Piece.Line("return " + expressions.of(result, 3, env)));
        return out;
    }
}
