package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.JavaUnit;
import org.pellang.compiler.codegen.RuntimeApi;
import org.pellang.compiler.ir.CommOp;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.typed.Var;

/** The copies on which a loop works where it cannot work on the arrays themselves, see {@link View#onCopy}. */
final class Copies {
    private final Caller caller;
    private final Needs needs;
    private final OwnedLoop loop;
    private final JavaUnit unit;

    Copies(Caller caller, Needs needs) {
        this.caller = caller;
        this.needs = needs;
        this.loop = caller.loop();
        this.unit = caller.unit();
    }

    /** Makes the copies; adds to {@code ending} what brings changes back. */
    void open(List<JavaExpr> ending) {
        Map<Var, List<View>> shared = new LinkedHashMap<>();
        loop.views().stream().filter(View::onCopy)
                .forEach(v -> shared.computeIfAbsent(v.array(), a -> new ArrayList<>()).add(v));
        shared.values().forEach(of -> share(of, ending));
    }

    private void share(List<View> sharing, List<JavaExpr> ending) {
        for (View.Mode mode : List.of(View.Mode.LENT, View.Mode.BORROWED, View.Mode.RECORDED)) {
            List<View> of = sharing.stream().filter(v -> v.mode() == mode).toList();
            if (!of.isEmpty() && mode == View.Mode.LENT) {
                ending.add(lend(of));
            } else if (!of.isEmpty() && mode == View.Mode.BORROWED) {
                ending.add(borrow(of));
            } else if (!of.isEmpty()) {
                JavaExpr copy = caller.spill(LoopApi.BORROWED_COPY.call(unit, caller.loopName(), caller.array(of.getFirst().array()), touched(of)),
                        unit.use(LoopApi.PEL_ARRAY), of.getFirst().array().name() + "Copy");
                of.forEach(v -> caller.bindView(v, copy));
            }
        }
    }

    /** The copy of an array that functions change. */
    private JavaExpr lend(List<View> sharing) {
        View first = sharing.getFirst();
        String operator = loop.after().stream()
                .filter(op -> op instanceof CommOp.Lend l && loop.view(l.view()).array().equals(first.array()))
                .map(op -> ((CommOp.Lend) op).operator()).filter(Objects::nonNull).findFirst().orElse(null);
        JavaExpr lent = caller.spill(LoopApi.LEND.call(unit, caller.loopName(), caller.array(first.array()),
                JavaExpr.stable(operator == null ? "null" : unit.use(RuntimeApi.OP) + "." + operator)), unit.use(LoopApi.LENT), first.array().name() + "Lent");
        JavaExpr elements = caller.spill(LoopApi.LENT_ELEMENTS.on(lent), unit.use(LoopApi.PEL_ARRAY), first.array().name() + "Copy");
        sharing.forEach(v -> caller.bindView(v, elements));
        if (operator != null) {
            caller.bindRecorder(first, lent);
        }
        return lent;
    }

    /** The box of an array that views on one copy touch. */
    private JavaExpr touched(List<View> sharing) {
        View first = sharing.getFirst();
        List<Use> all = sharing.stream().flatMap(v -> v.uses().stream()).toList();
        View hull = new View(first.id(), first.array(), first.mode(), all, -1, List.of(), false, first.origin(), first.sameOrigin());
        return Kernel.periodic(first) ? needs.whole(first) : Objects.requireNonNull(needs.of(hull, first.array().name() + "Touches", u -> true));
    }

    /** The temporary that all borrowing views of an array share. */
    private JavaExpr borrow(List<View> sharing) {
        View first = sharing.getFirst();
        List<View> written = sharing.stream().filter(v -> !v.bare()).toList();
        JavaExpr need = touched(sharing);
        List<String> paths = written.stream()
                .map(v -> "{" + v.path().stream().map(String::valueOf).collect(Collectors.joining(", ")) + "}").toList();
        JavaExpr borrowed = caller.spill(LoopApi.BORROW.call(unit, caller.loopName(), caller.array(first.array()), need,
                JavaExpr.primary("new int[][] {" + String.join(", ", paths) + "}")), unit.use(LoopApi.BORROWED), first.array().name() + "Borrowed");
        JavaExpr elements = caller.spill(LoopApi.BORROWED_ELEMENTS.on(borrowed), unit.use(LoopApi.PEL_ARRAY), first.array().name() + "Copy");
        sharing.forEach(v -> caller.bindView(v, elements));
        for (int k = 0; k < written.size(); k++) {
            caller.bindRecorder(written.get(k), LoopApi.BORROWED_WRITTEN.on(borrowed, JavaExpr.stable(Integer.toString(k))));
        }
        return borrowed;
    }
}
