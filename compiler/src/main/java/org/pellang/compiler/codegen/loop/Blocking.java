package org.pellang.compiler.codegen.loop;

import org.pellang.compiler.ir.Form;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Schedule;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.VectorFacts;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;

/**
 * How many vectors one step of a vector loop computes. A body with sequential loops keeps its sums in registers and uses what it loads for several of them: the register
 * blocking of matrix products (K. Goto, R. van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3), 2008).
 *
 * @param rows neighbouring indices of the last axis but one
 * @param columns vectors side by side along the last axis
 */
record Blocking(int rows, int columns) {
    private static final Blocking NONE = new Blocking(1, 1);
    /** Vectors that may be live through a sequential loop. */
    private static final int REGISTERS = 12;

    static Blocking of(OwnedLoop loop) {
        boolean simple = loop.form() == Form.VECTOR && loop.reductions().isEmpty() && loop.schedule() instanceof Schedule.Block
                && loop.views().stream().allMatch(v -> !v.bare() && (v.mode() == View.Mode.LOCAL || v.mode() == View.Mode.FETCHED || v.mode() == View.Mode.ALIGNED));
        VectorFacts facts = new VectorFacts(loop);
        if (!simple || facts.loops().isEmpty()) {
            return NONE;
        }
        int fit = REGISTERS / Math.max(1, live(loop));
        int columns = fit >= 2 ? 2 : 1;
        boolean jammed = loop.axes() > 1 && loop.unitSteps() && facts.loops().stream().allMatch(it -> sameInRows(it, loop, facts));
        int rows = !jammed ? 1 : fit >= 8 ? 4 : fit >= 4 ? 2 : 1;
        return new Blocking(rows, columns);
    }

    /** Whether a sequential loop has the same bounds for neighbouring indices of the last axis but one. */
    private static boolean sameInRows(Iteration it, OwnedLoop loop, VectorFacts facts) {
        boolean[] same = {facts.fixed(it.space())};
        Trees.walk(it.space(), e -> same[0] &= !(e instanceof TExpr.Read r && r.variable().equals(loop.indices().get(loop.axes() - 2))));
        return same[0];
    }

    /** Floats of an iteration that live in registers: its locals and the sums of its comprehensions. */
    private static int live(OwnedLoop loop) {
        int[] live = {0};
        for (TStmt root : loop.body().statements()) {
            Trees.walkStatements(root, s -> live[0] += s instanceof TStmt.Declare d && d.variable().type() == Type.Scalar.FLOAT ? 1 : 0);
            Trees.walk(root, e -> live[0] += e instanceof TExpr.Reduce ? 1 : 0);
        }
        return live[0];
    }
}
