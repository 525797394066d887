package org.pellang.compiler.sema.dependence;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Effects;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;

/**
 * Arrays with one axis that begin at 0, though their extents are not written: literals, sequential comprehensions, and parameters that get only such. Their domain is
 * {@code 0..<len(a)}.
 */
final class FromZero {
    private final List<TFunction> functions;
    private final Map<Var, TExpr> definitions;
    private final Set<Var> known = new HashSet<>();
    private boolean changed;

    FromZero(TypedProgram program, Map<Var, TExpr> definitions) {
        this.functions = program.functions();
        this.definitions = definitions;
        TreeWalk.outermost(program, outer -> Effects.everyStatement(outer, s -> {
            if (s instanceof TStmt.Declare d && isLine(d.variable()) && !definitions.containsKey(d.variable()) && begins(d.value())) {
                known.add(d.variable());
            }
        }));
        functions.forEach(f -> f.params().stream().filter(FromZero::isLine).forEach(known::add));
        do {
            changed = false;
            TreeWalk.everyExpression(program, this::passed);
        } while (changed);
    }

    /** Adds what was found to the definitions. */
    void add() {
        for (Var v : known) {
            TExpr length = new TExpr.IntrinsicCall(v.span(), Type.Scalar.INT, Intrinsic.LEN, List.of(new TExpr.Read(v.span(), v.type(), v)));
            definitions.put(v, new TExpr.Range(v.span(), new Type.Domain(1, ((Type.Array) v.type()).distribution()),
                    new TExpr.Constant(v.span(), Type.Scalar.INT, 0L), length, true, null));
        }
    }

    /** Whether a definition says only that the array has its length. */
    static boolean isLength(TExpr domain, Var array) {
        return domain instanceof TExpr.Range r && r.high() instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.LEN
                && c.arguments().getFirst() instanceof TExpr.Read read && read.variable().equals(array);
    }

    private static boolean isLine(Var v) {
        return v.type() instanceof Type.Array a && a.axes() == 1 && !a.distribution().periodic();
    }

    private boolean begins(TExpr value) {
        return switch (value) {
            case TExpr.ArrayNew _ -> true;
            case TExpr.ArrayComprehension a -> !a.iteration().parallel();
            case TExpr.Read r -> known.contains(r.variable())
                    || definitions.get(r.variable()) instanceof TExpr.Range d && d.step() == null && d.low() instanceof TExpr.Constant c && c.value().equals(0L);
            default -> false;
        };
    }

    private void passed(TExpr e) {
        switch (e) {
            case TExpr.Call c -> {
                List<Var> params = functions.get(c.function()).params();
                for (int k = 0; k < params.size(); k++) {
                    if (k >= c.arguments().size() || !begins(c.arguments().get(k))) {
                        changed |= known.remove(params.get(k));
                    }
                }
            }
            case TExpr.FunctionValue f -> any(f.function());
            case TExpr.Reduce r when r.op() instanceof ReduceOp.User u -> any(u.function());
            case TExpr.Scan r when r.op() instanceof ReduceOp.User u -> any(u.function());
            case TExpr.Collective r when r.op() instanceof ReduceOp.User u -> any(u.function());
            default -> {}
        }
    }

    private void any(int function) {
        functions.get(function).params().forEach(v -> changed |= known.remove(v));
    }
}
