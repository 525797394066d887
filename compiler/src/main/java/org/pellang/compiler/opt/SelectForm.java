package org.pellang.compiler.opt;

import org.pellang.compiler.ir.Form;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Schedule;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;

/**
 * Chooses how the innermost loop is written: vectors where the JVM does not find them by itself, a plain loop where it does.
 *
 * <pre>
 * before  scalar   forall (i, j) in inner { v[i, j] = 0.25 * (u[i-1, j] + u[i+1, j]) }
 * after   vector
 *
 * before  scalar   forall i in V { a[i] += b[i] + 3.0 * c[i] }
 * after   plain
 * </pre>
 */
final class SelectForm implements LoopRule {
    @Override
    public OwnedLoop apply(OwnedLoop loop) {
        if (!loop.formReason().isEmpty() || loop.form() != Form.SCALAR) {
            return loop;
        }
        Schedule.Wave wave = loop.wave();
        if (wave != null && wave.alongRows()) {
            return loop.withForm(Form.SCALAR, "iterations of a row depend on each other");
        }
        String reason = VectorCheck.reason(loop);
        if (reason != null) {
            return loop.withForm(Form.SCALAR, reason);
        }
        return loop.withForm(isPlain(loop) ? Form.PLAIN : Form.VECTOR, "");
    }

    /** Stores of simple arithmetic on elements at the iteration's own index of one group: C2 makes vectors of that. */
    private static boolean isPlain(OwnedLoop loop) {
        boolean own = loop.reductions().isEmpty() && loop.views().stream()
                .allMatch(v -> v.mode() == View.Mode.ALIGNED && v.group() == 0 && v.uses().stream().allMatch(u -> u.isOwn(loop.axes())));
        boolean[] simple = {own};
        for (TStmt s : loop.body().statements()) {
            simple[0] &= s instanceof TStmt.Assign || s instanceof TStmt.Update;
            Trees.walk(s, e -> simple[0] &= isSimple(e));
        }
        return simple[0];
    }

    private static boolean isSimple(TExpr e) {
        return switch (e) {
            case TExpr.Constant x -> true;
            case TExpr.Read x -> true;
            case TExpr.Element x -> true;
            case TExpr.Component x -> true;
            case TExpr.Unary x -> true;
            case TExpr.Binary x -> x.op() != TExpr.BinaryOp.MIN && x.op() != TExpr.BinaryOp.MAX && x.op() != TExpr.BinaryOp.POW;
            default -> false;
        };
    }
}
