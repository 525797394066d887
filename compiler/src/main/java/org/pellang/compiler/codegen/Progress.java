package org.pellang.compiler.codegen;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/**
 * The progress that an outermost loop of the program reports: how far its counter has come towards its end. Loops without divided constructs do not
 * report, they may be too short for it.
 *
 * @param counter the variable that counts, null: nothing to report
 * @param end its end
 */
record Progress(@Nullable Var counter, @Nullable TExpr end) {
    static final Progress NONE = new Progress(null, null);

    static Progress of(TStmt.For f, Scope scope) {
        boolean counts = f.iteration().space() instanceof TExpr.Range r && simple(r.high()) && worthwhile(f, scope);
        return counts ? new Progress(f.iteration().indices().getFirst(), ((TExpr.Range) f.iteration().space()).high()) : NONE;
    }

    /** {@code while t < steps and ...} whose body changes t. */
    static Progress of(TStmt.While w, Scope scope) {
        TExpr.Compare bound = worthwhile(w, scope) ? bound(w.condition(), w) : null;
        return bound == null || !(bound.left() instanceof TExpr.Read r) ? NONE : new Progress(r.variable(), bound.right());
    }

    private static TExpr.@Nullable Compare bound(TExpr condition, TStmt.While w) {
        if (condition instanceof TExpr.Logical l && l.conjunction()) {
            TExpr.Compare left = bound(l.left(), w);
            return left != null ? left : bound(l.right(), w);
        }
        boolean below = condition instanceof TExpr.Compare c
                && (c.op() == TExpr.CompareOp.LT || c.op() == TExpr.CompareOp.LE)
                && c.left() instanceof TExpr.Read r
                && r.type().isIntegral()
                && simple(c.right())
                && counted(r.variable(), w);
        return below ? (TExpr.Compare) condition : null;
    }

    private static boolean simple(TExpr e) {
        return e instanceof TExpr.Read || e instanceof TExpr.Constant;
    }

    private static boolean counted(Var v, TStmt.While w) {
        AtomicReference<Boolean> found = new AtomicReference<>(false);
        Trees.walkStatements(w, s -> {
            if (s instanceof TStmt.Update u && u.op() == TExpr.BinaryOp.ADD && u.place() instanceof Place.Variable p && p.variable().equals(v)) {
                found.set(true);
            }
        });
        return Boolean.TRUE.equals(found.get());
    }

    private static boolean worthwhile(TStmt loop, Scope scope) {
        return scope.unit().functions().reachesDivision(loop);
    }

    /** At the start of the loop's body. */
    void update(Scope scope, JavaBody out) {
        if (counter != null && end != null) {
            report(scope, scope.access().read(counter), last(end, scope), out);
        }
    }

    /** After the loop: what was shown goes away. */
    void finish(Scope scope, JavaBody out) {
        if (counter != null && end != null) {
            report(scope, last(end, scope), last(end, scope), out);
        }
    }

    private static JavaExpr last(TExpr end, Scope scope) {
        return scope.expressions().value(end, new JavaBody());
    }

    private static void report(Scope scope, JavaExpr done, JavaExpr all, JavaBody out) {
        out.line(RuntimeApi.PROGRESS.on(JavaExpr.primary(scope.rank() + ".progress()"), done, all) + ";");
    }
}
