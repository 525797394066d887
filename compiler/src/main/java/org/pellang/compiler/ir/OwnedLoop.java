package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.sema.typed.Work;
import org.pellang.compiler.source.Span;

/**
 * A loop whose iterations are divided over the ranks.
 *
 * @param id number in the program
 * @param span the construct
 * @param construct what the user wrote: {@code forall}, {@code sum}, {@code scan sum}, {@code [.. forall ..]}
 * @param indices one variable per axis
 * @param space its domain
 * @param unitSteps whether every step is known to be 1
 * @param body one iteration, filter and lets included; functions that touch distributed arrays are inlined
 * @param reductions in order
 * @param views arrays from outside
 * @param before communication before the nest
 * @param after communication after it, in order
 * @param form of the innermost loop
 * @param formReason why not a better form, empty if it is the best
 * @param result array that the construct makes, null if none
 * @param mask array that tells which elements of the result count (filtered comprehension: they are compacted), null if all
 * @param scan the operator of a scan: applied to the result's elements after the nest; null if none
 * @param linears linear forms of int expressions that are converted to floats or compared, by identity
 * @param schedule which rank runs which iterations, and in which order
 * @param work the loop's clauses about who runs it
 * @param hidden top-level arrays that functions called by the body read: these see a local copy while the loop runs
 */
public record OwnedLoop(
        int id,
        Span span,
        String construct,
        List<Var> indices,
        TExpr space,
        boolean unitSteps,
        TStmt.TBlock body,
        List<LoopReduction> reductions,
        List<View> views,
        List<CommOp> before,
        List<CommOp> after,
        Form form,
        String formReason,
        @Nullable Var result,
        @Nullable Var mask,
        @Nullable ReduceOp scan,
        Map<TExpr, Linear> linears,
        List<Var> hidden,
        Schedule schedule,
        Work work) {

    /** Number of axes of the space. */
    public int axes() {
        return indices.size();
    }

    public OwnedLoop withViews(List<View> other) {
        return new OwnedLoop(id, span, construct, indices, space, unitSteps, body, reductions, List.copyOf(other), before, after, form,
                formReason, result, mask, scan, linears, hidden, schedule, work);
    }

    public OwnedLoop withComm(List<CommOp> newBefore, List<CommOp> newAfter) {
        return new OwnedLoop(id, span, construct, indices, space, unitSteps, body, reductions, views, List.copyOf(newBefore),
                List.copyOf(newAfter), form, formReason, result, mask, scan, linears, hidden, schedule, work);
    }

    public OwnedLoop withForm(Form newForm, String reason) {
        return new OwnedLoop(id, span, construct, indices, space, unitSteps, body, reductions, views, before, after, newForm, reason,
                result, mask, scan, linears, hidden, schedule, work);
    }

    /** The dependences of a wavefront, null if it is none. */
    public Schedule.@Nullable Wave wave() {
        return schedule instanceof Schedule.Wave w ? w : null;
    }

    /** Whether it is decided while the loop runs which rank runs an iteration. */
    public boolean migrates() {
        return schedule instanceof Schedule.Chunks;
    }

    /** The view with a number. */
    public View view(int number) {
        return views.get(number);
    }

    /** The views that are opened together: those of each geometry, and those that are fetched and given back one by one, in order. */
    public List<List<View>> opened() {
        List<List<View>> groups = new ArrayList<>();
        int highest = views.stream().mapToInt(View::group).max().orElse(-1);
        IntStream.rangeClosed(0, highest).forEach(g -> groups.add(views.stream().filter(v -> v.group() == g).toList()));
        for (View v : views) {
            if (v.group() < 0 && v.mode() == View.Mode.FETCHED && v.written()) {
                groups.add(List.of(v));
            }
        }
        return groups;
    }
}
