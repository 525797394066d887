package org.pellang.compiler.opt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.ArrayEffects;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.IrProgram;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;

/**
 * What a loop fetches of an array stays from pass to pass of a sequential loop around it that does not change the array. (The runtime looks whether it has
 * changed: this rule only says how long a copy is worth its memory.)
 *
 * <pre>
 * before  for t in 0..&lt;steps { fetch w; forall (i, j) in D { u[i, j] += w[j, i] } }
 * after   fetch w once;  for t in 0..&lt;steps { forall (i, j) in D { u[i, j] += w[j, i] } }
 * </pre>
 */
final class KeepFetched implements ProgramRule {

    @Override
    public IrProgram apply(IrProgram program) {
        Pass pass = new Pass(program);
        TreeWalk.outermost(program.program(), s -> pass.statement(s, List.of()));
        return pass.kept.isEmpty() ? program : new IrProgram(program.program(), pass.loops, pass.kept);
    }

    /** A sequential loop around, and the variables that its body declares. */
    private record Around(TStmt loop, TStmt.TBlock body, Set<Var> declared) {}

    private static final class Pass {
        private final IrProgram program;
        private final Map<Object, OwnedLoop> loops;
        private final Map<TStmt, List<IrProgram.Kept>> kept = new IdentityHashMap<>();

        Pass(IrProgram program) {
            this.program = program;
            this.loops = new IdentityHashMap<>(program.loops());
        }

        /** @param around sequential loops, innermost last */
        void statement(TStmt s, List<Around> around) {
            if (s instanceof TStmt.Forall) {
                divided(s, around);
                return;
            }
            TStmt.TBlock body = s instanceof TStmt.For f ? f.body() : s instanceof TStmt.While w ? w.body() : null;
            if (body == null) {
                Trees.expressions(s, e -> Trees.walk(e, x -> divided(x, around)));
                Trees.statements(s, inner -> statement(inner, around));
                return;
            }
            List<Around> inside = new ArrayList<>(around);
            inside.add(new Around(s, body, declared(body)));
            // The space of a `for` is evaluated before the first pass, the condition of a `while` in each.
            Trees.expressions(s, e -> Trees.walk(e, x -> divided(x, s instanceof TStmt.While ? inside : around)));
            Trees.statements(s, inner -> statement(inner, inside));
        }

        private static Set<Var> declared(TStmt.TBlock body) {
            Set<Var> found = new HashSet<>();
            body.statements().forEach(root -> Trees.walkStatements(root, s -> {
                switch (s) {
                    case TStmt.Declare d -> found.add(d.variable());
                    case TStmt.DeclareTuple d -> found.addAll(d.variables());
                    default -> {}
                }
            }));
            return found;
        }

        private void divided(Object node, List<Around> around) {
            OwnedLoop loop = node instanceof TStmt.Forall || node instanceof TExpr ? loops.get(node) : null;
            if (loop == null || around.isEmpty()) {
                return;
            }
            List<CommOp> before = CommOps.map(loop.before(), op -> op instanceof CommOp.Fetch f && keeps(loop, loop.view(f.view()), around)
                    ? new CommOp.Fetch(f.view(), CommOp.Coming.KEPT)
                    : op);
            loops.put(node, loop.withComm(before, loop.after()));
        }

        private boolean keeps(OwnedLoop loop, View view, List<Around> around) {
            if (view.mode() != View.Mode.FETCHED || view.group() >= 0 || view.written() || view.bare()) {
                return false;
            }
            Around outermost = outermost(view.array(), around);
            if (outermost == null) {
                return false;
            }
            kept.computeIfAbsent(outermost.loop(), k -> new ArrayList<>()).add(new IrProgram.Kept(loop.id(), view.id()));
            return true;
        }

        /** The outermost loop of those that do not change the array from the inside on, null if there is none. */
        private @Nullable Around outermost(Var array, List<Around> around) {
            Around found = null;
            TypedProgram typed = program.program();
            for (Around a : around.reversed()) {
                if (a.declared().contains(array) || new ArrayEffects(typed).body(a.body(), array).changes()) {
                    break;
                }
                found = a;
            }
            return found;
        }
    }
}
