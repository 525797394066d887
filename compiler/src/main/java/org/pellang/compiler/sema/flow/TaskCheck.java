package org.pellang.compiler.sema.flow;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * A task may run on any thread of its rank, at any time until somebody waits for it: it is a function of its arguments. It neither changes
 * nor reads what others may change (0307), and takes part in nothing collective (0409).
 */
final class TaskCheck {
    private final TypedProgram program;
    private final Diagnostics diagnostics;
    /** Functions that are values: a call through a value may reach any of them. */
    private final Set<Integer> values = new HashSet<>();
    private final Set<Span> reported = new HashSet<>();

    private TaskCheck(TypedProgram program, Diagnostics diagnostics) {
        this.program = program;
        this.diagnostics = diagnostics;
        TreeWalk.everyExpression(program, e -> {
            if (e instanceof TExpr.FunctionValue f) {
                values.add(f.function());
            }
        });
    }

    static void check(TypedProgram program, Diagnostics diagnostics) {
        TaskCheck check = new TaskCheck(program, diagnostics);
        TreeWalk.everyExpression(program, e -> {
            if (e instanceof TExpr.Spawn s) {
                check.spawn(s);
            }
        });
    }

    private void spawn(TExpr.Spawn s) {
        TFunction f = program.functions().get(s.call().function());
        for (int k = 0; k < f.params().size(); k++) {
            TExpr argument = s.call().arguments().get(k);
            if (f.params().get(k).kind() == Var.Kind.MUT_PARAM) {
                report("PEL0307", s.span(), argument.span(), "a task changes its argument `" + argument.span().text() + "`", "passed as `mut`",
                        "the code behind `spawn` goes on meanwhile; let the function give a result, and take it with `f.get()`");
            } else if (argument.type() instanceof Type.Array a && !a.distribution().isLocal()) {
                report("PEL0409", s.span(), argument.span(), "a task takes a distributed array", "its elements are on all ranks",
                        "a task is this rank's own: give it `replicate(" + argument.span().text() + ")` or a part");
            } else if (argument.type() instanceof Type.Function || argument.type().isHandle() && !(argument.type() instanceof Type.Future)) {
                report("PEL0307", s.span(), argument.span(), "a task takes " + argument.type(), "belongs to the code that spawns",
                        "pass numbers, strings, arrays, lists, records and futures");
            }
        }
        function(f, s, new HashSet<>());
    }

    private void function(TFunction f, TExpr.Spawn task, Set<Integer> reached) {
        if (reached.add(f.id())) {
            f.body().statements().forEach(s -> statement(s, task, reached));
        }
    }

    private void statement(TStmt s, TExpr.Spawn task, Set<Integer> reached) {
        switch (s) {
            case TStmt.Forall f -> collective(task, f.head(), "`forall`");
            case TStmt.On o -> collective(task, o.span(), "`on`");
            case TStmt.Epoch e -> collective(task, e.span(), "`epoch`");
            default -> {
                for (Place p : Assigned.places(s)) {
                    if (p.root().kind().global()) {
                        changes(task, p.span(), p.root());
                    }
                }
            }
        }
        TreeWalk.expressions(s).forEach(e -> TreeWalk.everyExpression(e, x -> expression(x, task, reached)));
        TreeWalk.statements(s).forEach(t -> statement(t, task, reached));
    }

    private void expression(TExpr e, TExpr.Spawn task, Set<Integer> reached) {
        switch (e) {
            case TExpr.Read r when r.variable().kind() == Var.Kind.GLOBAL_VAR || r.variable().kind() == Var.Kind.SHARED ->
                report("PEL0307", task.span(), r.span(), "a task reads `" + r.variable().name() + "`, which others may change",
                        "a top-level `var`", "pass its value as an argument, or declare it with `let`");
            case TExpr.Collective c -> collective(task, c.span(), "`" + c.name() + "`");
            case TExpr.Reduce r when r.iteration().parallel() -> collective(task, r.span(), "a divided reduction");
            case TExpr.Scan r when r.iteration().parallel() -> collective(task, r.span(), "a divided scan");
            case TExpr.ArrayComprehension r when r.iteration().parallel() -> collective(task, r.span(), "a divided comprehension");
            case TExpr.ExternCall c when c.function().collective() -> collective(task, c.span(), "`" + c.function().name() + "`");
            case TExpr.ArrayFill a when distributed(a.type()) -> collective(task, a.span(), "a distributed array");
            case TExpr.Element x when distributed(x.array().type()) -> collective(task, x.span(), "an element of a distributed array");
            case TExpr.ChannelOp c -> bound(task, c.span(), "a channel");
            case TExpr.RemoteRead r -> bound(task, r.span(), "a one-sided access");
            case TExpr.IntrinsicCall c -> intrinsic(c, task);
            case TExpr.Call c -> function(program.functions().get(c.function()), task, reached);
            case TExpr.FunctionValue v -> function(program.functions().get(v.function()), task, reached);
            case TExpr.CallValue _ -> List.copyOf(values).forEach(v -> function(program.functions().get(v), task, reached));
            default -> {}
        }
    }

    private static boolean distributed(Type type) {
        return type instanceof Type.Array a && !a.distribution().isLocal();
    }

    private void intrinsic(TExpr.IntrinsicCall c, TExpr.Spawn task) {
        String name = "`" + c.intrinsic().name().toLowerCase(java.util.Locale.ROOT) + "`";
        Var changed = Assigned.changesFirst(c.intrinsic()) ? Assigned.root(c.arguments().getFirst()) : null;
        if (changed != null && changed.kind().global()) {
            changes(task, c.span(), changed);
        }
        if (Set.of(Intrinsic.CLOCK, Intrinsic.PRINT, Intrinsic.PRINTALL, Intrinsic.SAVE, Intrinsic.LOAD, Intrinsic.PLOT_IMAGE, Intrinsic.PLOT_LINE, Intrinsic.SPLIT)
                .contains(c.intrinsic())) {
            collective(task, c.span(), name);
        } else if (c.intrinsic() == Intrinsic.REPLICATE && distributed(c.arguments().getFirst().type())) {
            collective(task, c.span(), name);
        } else if (c.intrinsic() == Intrinsic.RANK || c.intrinsic() == Intrinsic.HOST || c.intrinsic() == Intrinsic.WORLD) {
            bound(task, c.span(), name);
        }
    }

    private void changes(TExpr.Spawn task, Span at, Var v) {
        report("PEL0307", task.span(), at, "a task changes `" + v.name() + "`, which others see", "a top-level variable",
                "the code behind `spawn` goes on meanwhile; let the function give a result, and take it with `f.get()`");
    }

    private void collective(TExpr.Spawn task, Span at, String what) {
        report("PEL0409", task.span(), at, what + " in a task", "collective",
                "ranks run their tasks in orders of their own, so they would not meet; call it outside of the task");
    }

    private void bound(TExpr.Spawn task, Span at, String what) {
        report("PEL0409", task.span(), at, what + " in a task", "belongs to the rank",
                "an idle rank may run the task: pass what it needs as an argument");
    }

    private void report(String code, Span task, Span at, String message, String under, String note) {
        if (!reported.add(at)) {
            return;
        }
        Diagnostic d = Diagnostic.error(code, at, message).under(under).note(note);
        boolean inside = at.start() >= task.start() && at.end() <= task.end();
        diagnostics.add(inside ? d : d.label(task, "the task is spawned here"));
    }
}
