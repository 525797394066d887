package org.pellang.compiler.sema.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Turns findings of one body into messages, or into requirements on the callers. */
final class Reporter {
    private final Diagnostics diagnostics;
    /** Off while fixed points are computed. */
    boolean active;

    /** Code of the requirement that all ranks make the same task: nothing is wrong if they do not. */
    static final String SAME_TASK = "same task";

    /** Where ranks may spawn different tasks. */
    private final Set<Span> ownTasks;

    final List<FunctionSummary.Requirement> requirements = new ArrayList<>();
    FunctionSummary.@Nullable Site collective;

    Reporter(Diagnostics diagnostics, boolean active, Set<Span> ownTasks) {
        this.diagnostics = diagnostics;
        this.active = active;
        this.ownTasks = ownTasks;
    }

    void report(Diagnostic diagnostic) {
        if (active) {
            diagnostics.add(diagnostic);
        }
    }

    /** Demands that a value is the same on all ranks. */
    void uniform(String code, String message, Span span, Taint taint) {
        if (taint.isVarying()) {
            report(withReason(Diagnostic.error(code, span, message), taint).note(advice(code)));
        } else {
            require(code, message, span, taint.sources());
        }
    }

    /** A task that all ranks spawn alike if this is uniform. */
    void task(Span span, Taint taint, boolean inTeam) {
        if (taint.isVarying() || inTeam) {
            ownTasks.add(span);
        } else {
            FunctionSummary.Requirement same = new FunctionSummary.Requirement(SAME_TASK, "", span, taint.sources());
            if (!requirements.contains(same)) {
                requirements.add(same);
            }
        }
    }

    private void require(String code, String message, Span span, Set<Var> sources) {
        if (!sources.isEmpty() && requirements.stream().noneMatch(r -> r.code().equals(code) && r.span().equals(span) && r.sources().equals(sources))) {
            requirements.add(new FunctionSummary.Requirement(code, message, span, sources));
        }
    }

    static Diagnostic withReason(Diagnostic d, Taint taint) {
        return taint.reason() == null ? d : d.label(taint.reason().span(), taint.reason().text());
    }

    private static String advice(String code) {
        return switch (code) {
            case "PEL0407" -> "`print` writes a value once for all ranks; use `printall(..)` to see every rank's, `note(..)` for this one's, or `allreduce` first";
            case "PEL0403" -> "all ranks must name the same one; `bcast` or `allreduce` the value first";
            case "PEL0404" -> "all ranks must agree about the shape; `allmax` or `bcast` the extent first, or use `for` for a loop of this rank's own";
            default -> "make the value uniform first, for instance with `allreduce` or `bcast`";
        };
    }

    /** A collective at a point with the given control; what: "`print`". */
    void collective(Span span, String what, Control control, FlowState state) {
        if (collective == null) {
            collective = new FunctionSummary.Site(span, what);
        }
        Control.Frame condition = control.find(f -> !f.loop() && f.taint().seenFrom(control.lens).isVarying());
        if (condition != null) {
            underCondition(span, what, condition.taint());
            return;
        }
        Taint left = state.diverged.join(state.returned).seenFrom(control.lens);
        if (left.isVarying()) {
            report(withReason(Diagnostic.error("PEL0402", span, what + " after some ranks may have left"), left)
                    .under("not all ranks come here")
                    .note("the ranks that have left never reach it, and the others would wait for them forever"));
            return;
        }
        Control.Frame loop = control.find(f -> f.loop() && f.taint().seenFrom(control.lens).isVarying());
        if (loop != null) {
            report(withReason(Diagnostic.error("PEL0405", span, what + " in a loop whose number of rounds depends on the rank"), loop.taint())
                    .under("called a different number of times on different ranks")
                    .note("loop the same number of times everywhere, for instance up to `allmax(..)` of the bound"));
            return;
        }
        Taint all = control.taint().join(left);
        require("PEL0401", what + " under rank-dependent control", span, all.sources());
    }

    /** A loop's header with a {@code checkpoint} clause: all ranks must come to it equally often. */
    void checkpoint(Span clause, Control control, FlowState state) {
        if (collective == null) {
            collective = new FunctionSummary.Site(clause, "`checkpoint`");
        }
        String message = "`checkpoint` where the ranks take different paths";
        Taint path = control.taint().join(state.diverged).join(state.returned);
        if (path.isVarying()) {
            report(withReason(Diagnostic.error("PEL0408", clause, message), path)
                    .under("only some ranks would write this checkpoint")
                    .note("all ranks write a checkpoint together: the loop must run equally often everywhere, for instance up to `allmax(..)` of the bound"));
        } else {
            require("PEL0408", message, clause, path.sources());
        }
    }

    private void underCondition(Span span, String what, Taint taint) {
        Diagnostic d = withReason(Diagnostic.error("PEL0401", span, what + " under rank-dependent control"), taint)
                .under("only some ranks would call it")
                .note("it is collective: all ranks must call it, or those that do wait forever");
        if (what.equals("`print`")) {
            d = d.note("`print` prints once for all ranks by itself: drop the `if`; `note(..)` prints from this rank only");
        }
        report(d);
    }
}
