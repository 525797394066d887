package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.ir.Interval;
import org.pellang.compiler.ir.Subscript;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/** Writes the functions that tell the runtime which box of an array a rank's part of the loop may touch. */
final class Needs {
    private static final Subscript ANY =
            new Subscript(new TExpr.Constant(new Span(SourceFile.of("", ""), 0, 0), Type.Scalar.INT, 0L), null, null, -1);

    private final Caller caller;
    private final String from;
    private final String to;
    private final String lo;
    private final String hi;

    Needs(Caller caller) {
        this.caller = caller;
        this.from = caller.scope().names().fresh("from");
        this.to = caller.scope().names().fresh("to");
        this.lo = caller.scope().names().fresh("lo");
        this.hi = caller.scope().names().fresh("hi");
    }

    /** A {@code Need} (the runtime's {@code Views.OWN} if it is the loop's own box) over those uses of a view, or null if there are none. */
    @Nullable JavaExpr of(View view, String hint, Predicate<Use> which) {
        return of(view, hint, which, view.mayBeApart(caller.loop()));
    }

    /** As the other one, as one box. */
    @Nullable JavaExpr around(View view, String hint, Predicate<Use> which) {
        return of(view, hint, which, false);
    }

    private @Nullable JavaExpr of(View view, String hint, Predicate<Use> which, boolean several) {
        List<Use> uses = view.uses().stream().filter(which).toList();
        if (uses.isEmpty()) {
            return null;
        }
        if (uses.stream().allMatch(u -> u.isOwn(caller.loop().axes()))) {
            return JavaExpr.stable(caller.unit().use(LoopApi.VIEWS) + ".OWN");
        }
        int axes = ((Type.Array) view.array().type()).axes();
        // Ghost cells at corners are messages of their own.
        boolean star = axes > 1 && view.group() >= 0 && uses.stream().allMatch(u -> u.isStar(caller.loop().axes()));
        List<List<Use>> apart = star || !several ? List.of(uses) : Use.apart(uses);
        String needs = caller.unit().use(LoopApi.NEED);
        if (apart.size() == 1) {
            return box(view, hint, uses, star ? needs + "." + LoopApi.STAR.name() + "(" : "", star ? ")" : "");
        }
        List<String> parts = new ArrayList<>();
        for (List<Use> part : apart) {
            parts.add(box(view, hint, part, "", "").text());
        }
        return box(view, hint, uses, needs + "." + LoopApi.APART_NEEDS.name() + "(", ", " + String.join(", ", parts) + ")");
    }

    /** Writes the need of one box around these uses. */
    private JavaExpr box(View view, String hint, List<Use> uses, String before, String after) {
        List<String> lines = new ArrayList<>();
        for (int d = 0; d < ((Type.Array) view.array().type()).axes(); d++) {
            Interval all = Use.interval(uses, d);
            if (all == null) {
                JavaExpr domain = LoopApi.ARRAY_DOMAIN.on(caller.array(view.array()));
                JavaExpr axis = JavaExpr.stable(Integer.toString(d));
                lines.add(lo + "[" + d + "] = " + LoopApi.DOMAIN_LO.on(domain, axis) + ";");
                lines.add(hi + "[" + d + "] = " + LoopApi.DOMAIN_HI.on(domain, axis) + ";");
            } else {
                lines.add(lo + "[" + d + "] = " + caller.bound(all.low(), from, to) + ";");
                lines.add(hi + "[" + d + "] = " + caller.bound(all.high(), from, to) + ";");
            }
        }
        String name = caller.scope().names().fresh(hint);
        JavaBody out = caller.out();
        out.open("final " + caller.unit().use(LoopApi.NEED) + " " + name + " = " + before + "(" + from + ", " + to + ", " + lo + ", " + hi + ") -> {");
        lines.forEach(out::line);
        out.close("}" + after + ";");
        return JavaExpr.stable(name);
    }

    /** A {@code Need} of the whole array. */
    JavaExpr whole(View view) {
        List<Use> nowhere = List.of(new Use(caller.loop().span(), List.of(),
                java.util.Collections.nCopies(((Type.Array) view.array().type()).axes(), ANY), Use.Kind.READ, List.of()));
        View all = new View(view.id(), view.array(), view.mode(), nowhere, -1, List.of(), false, view.origin(), view.sameOrigin());
        return java.util.Objects.requireNonNull(of(all, view.array().name() + "Touches", u -> true));
    }
}
