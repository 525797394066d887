package org.pellang.compiler.sema.flow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Proves that all ranks take the same path to every collective and agree about its root and shape. Functions are summarised
 * (result, effects, collectives inside, what must be uniform) and the summaries iterated to a fixed point.
 */
public final class UniformityCheck {
    private static final int MAX_ROUNDS = 100;

    private final TypedProgram program;
    private final Diagnostics diagnostics;
    private final FunctionSummary[] summaries;
    private final Set<Integer> values = new HashSet<>();
    private final Set<Span> ownTasks = new HashSet<>();

    private UniformityCheck(TypedProgram program, Diagnostics diagnostics) {
        this.program = program;
        this.diagnostics = diagnostics;
        this.summaries = new FunctionSummary[program.functions().size()];
        Arrays.fill(summaries, FunctionSummary.EMPTY);
        TreeWalk.everyExpression(program, e -> {
            if (e instanceof TExpr.FunctionValue f) {
                values.add(f.function());
            }
        });
    }

    /** Checks the whole program (families 0401-0408). */
    public static void check(TypedProgram program, Diagnostics diagnostics) {
        new UniformityCheck(program, diagnostics).all();
    }

    /** Where a checked program spawns and not every rank the same tasks in the same order. */
    public static Set<Span> ownTasks(TypedProgram program) {
        UniformityCheck check = new UniformityCheck(program, new Diagnostics());
        check.all();
        return check.ownTasks;
    }

    private void all() {
        fixedPoint();
        program.functions().forEach(f -> summarise(f, true));
        body(program.body());
        program.tests().forEach(t -> body(t.body().statements()));
    }

    private void fixedPoint() {
        boolean changed = true;
        for (int round = 0; changed && round < MAX_ROUNDS; round++) {
            changed = false;
            for (TFunction f : program.functions()) {
                FunctionSummary next = summarise(f, false);
                if (!next.sameAs(summaries[f.id()])) {
                    summaries[f.id()] = next;
                    changed = true;
                }
            }
        }
    }

    private FunctionSummary summarise(TFunction function, boolean report) {
        Reporter reporter = new Reporter(diagnostics, report, ownTasks);
        Control control = new Control();
        ExpressionFlow expressions = new ExpressionFlow(reporter, control, new CallFlow(program.functions(), summaries, values, reporter, control));
        StatementFlow statements = new StatementFlow(reporter, control, expressions);
        FlowState end = statements.block(function.body().statements(), new FlowState(true));
        Map<Var, Taint> effects = new HashMap<>();
        end.assigned().forEach((v, taint) -> {
            boolean visible = v.kind() == Var.Kind.GLOBAL_VAR || (v.kind() == Var.Kind.MUT_PARAM && function.params().contains(v));
            if (visible) {
                effects.put(v, taint);
            }
        });
        return new FunctionSummary(statements.result, effects, reporter.collective, FunctionSummary.requirements(reporter.requirements));
    }

    private void body(java.util.List<TStmt> body) {
        Reporter reporter = new Reporter(diagnostics, true, ownTasks);
        Control control = new Control();
        ExpressionFlow expressions = new ExpressionFlow(reporter, control, new CallFlow(program.functions(), summaries, values, reporter, control));
        new StatementFlow(reporter, control, expressions).block(body, new FlowState(false));
    }
}
