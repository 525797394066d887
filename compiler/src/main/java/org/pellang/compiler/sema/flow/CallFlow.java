package org.pellang.compiler.sema.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Applies function summaries at calls. */
final class CallFlow {
    private final List<TFunction> functions;
    private final FunctionSummary[] summaries;
    /** Functions that are used as values: a call through a value may reach any of them. */
    private final Set<Integer> values;
    private final Reporter reporter;
    private final Control control;

    CallFlow(List<TFunction> functions, FunctionSummary[] summaries, Set<Integer> values, Reporter reporter, Control control) {
        this.functions = functions;
        this.summaries = summaries;
        this.values = values;
        this.reporter = reporter;
        this.control = control;
    }

    List<TFunction> functions() {
        return functions;
    }

    Taint call(TExpr.Call c, ExpressionFlow expressions, FlowState state) {
        List<Taint> arguments = new ArrayList<>();
        c.arguments().forEach(a -> arguments.add(expressions.value(a, state)));
        TFunction function = functions.get(c.function());
        return apply(function, c.span(), c.arguments(), arguments, state);
    }

    /** The task's function sees what the call gives it; ranks make the same task if they all come here with the same. */
    Taint spawn(TExpr.Spawn s, ExpressionFlow expressions, FlowState state) {
        Taint result = call(s.call(), expressions, state);
        Taint all = result.join(control.taint()).join(state.diverged).join(state.returned);
        for (TExpr argument : s.call().arguments()) {
            all = all.join(expressions.value(argument, state));
        }
        reporter.task(s.span(), all, control.inTeam());
        return result;
    }

    Taint callValue(TExpr.CallValue c, ExpressionFlow expressions, FlowState state) {
        Taint result = expressions.value(c.function(), state);
        List<Taint> arguments = new ArrayList<>();
        for (TExpr a : c.arguments()) {
            Taint t = expressions.value(a, state);
            arguments.add(t);
            result = result.join(t);
        }
        for (int f : values) {
            TFunction function = functions.get(f);
            int captured = function.params().size() - c.arguments().size();
            if (captured >= 0 && function.result().equals(c.type())) {
                List<Taint> all = new ArrayList<>(java.util.Collections.nCopies(captured, Taint.NONE));
                all.addAll(arguments);
                result = result.join(apply(function, c.span(), List.of(), all, state));
            }
        }
        return result;
    }

    private Taint apply(TFunction function, Span site, List<TExpr> expressions, List<Taint> arguments, FlowState state) {
        FunctionSummary summary = summaries[function.id()];
        if (summary.collective() != null) {
            reporter.collective(site, "`" + function.name() + "`, which contains a collective (" + summary.collective().what() + "),", control, state);
        }
        for (FunctionSummary.Requirement r : summary.requirements()) {
            requirement(function, site, r, arguments, state);
        }
        Taint control = this.control.taint().join(state.diverged).join(state.returned);
        summary.effects().forEach((v, taint) -> {
            Var target = target(function, v, expressions);
            if (target != null) {
                state.set(target, state.value(target).join(substitute(function, taint, arguments, state)).join(control));
            }
        });
        return substitute(function, summary.result(), arguments, state);
    }

    private void requirement(TFunction function, Span site, FunctionSummary.Requirement r, List<Taint> arguments, FlowState state) {
        Taint taint = substitute(function, new Taint(r.sources(), null, null), arguments, state);
        if (r.code().equals(Reporter.SAME_TASK)) {
            reporter.task(r.span(), taint.join(control.taint()).join(state.diverged).join(state.returned), control.inTeam());
            return;
        }
        if (taint.isVarying()) {
            reporter.report(Reporter.withReason(Diagnostic.error(r.code(), site, r.message()), taint)
                    .under("in this call of `" + function.name() + "`")
                    .label(r.span(), "it stands here"));
        } else {
            reporter.uniform(r.code(), r.message(), site, taint);
        }
    }

    private @Nullable Var target(TFunction function, Var v, List<TExpr> expressions) {
        int k = function.params().indexOf(v);
        if (k < 0) {
            return v;
        }
        TExpr e = k < expressions.size() ? expressions.get(k) : null;
        while (e != null) {
            switch (e) {
                case TExpr.Read r -> {
                    return r.variable();
                }
                case TExpr.Element x -> e = x.array();
                case TExpr.Component x -> e = x.value();
                default -> e = null;
            }
        }
        return null;
    }

    /** A team that the called function made is another one in each call. */
    private static @Nullable Var visible(@Nullable Var team) {
        return team != null && team.kind() == Var.Kind.GLOBAL_LET ? team : null;
    }

    private static Taint substitute(TFunction function, Taint taint, List<Taint> arguments, FlowState state) {
        Taint result = new Taint(new HashSet<>(), taint.reason(), visible(taint.within()));
        for (Var source : taint.sources()) {
            int k = function.params().indexOf(source);
            result = result.join(k >= 0 ? (k < arguments.size() ? arguments.get(k) : Taint.NONE) : state.value(source));
        }
        return result;
    }
}
