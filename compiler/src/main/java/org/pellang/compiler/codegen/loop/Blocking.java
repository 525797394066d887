package org.pellang.compiler.codegen.loop;

import java.util.List;
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
        Count count = new Count();
        loop.body().statements().forEach(s -> Trees.walkStatements(s, count::statement));
        loop.body().statements().forEach(s -> Trees.walk(s, count::expression));
        if (!simple || count.loops.isEmpty()) {
            return NONE;
        }
        int fit = REGISTERS / Math.max(1, count.live);
        int columns = fit >= 2 ? 2 : 1;
        boolean jammed = loop.axes() > 1 && loop.unitSteps() && count.loops.stream().allMatch(it -> sameInRows(it, loop));
        int rows = !jammed ? 1 : fit >= 8 ? 4 : fit >= 4 ? 2 : 1;
        return new Blocking(rows, columns);
    }

    /** Whether a sequential loop has the same bounds for neighbouring indices of the last axis but one. */
    private static boolean sameInRows(Iteration it, OwnedLoop loop) {
        boolean[] same = {new VectorFacts(loop).fixed(it.space())};
        Trees.walk(it.space(), e -> same[0] &= !(e instanceof TExpr.Read r && r.variable().equals(loop.indices().get(loop.axes() - 2))));
        return same[0];
    }

    /** What lives in registers. */
    private static final class Count {
        private final List<Iteration> loops = new java.util.ArrayList<>();
        private int live;

        void statement(TStmt s) {
            if (s instanceof TStmt.For f) {
                loops.add(f.iteration());
            } else if (s instanceof TStmt.Declare d && d.variable().type() == Type.Scalar.FLOAT) {
                live++;
            }
        }

        void expression(TExpr e) {
            if (e instanceof TExpr.Reduce r) {
                loops.add(r.iteration());
                live++;
            }
        }
    }
}
