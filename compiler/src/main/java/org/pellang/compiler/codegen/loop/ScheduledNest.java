package org.pellang.compiler.codegen.loop;

import java.util.List;
import java.util.stream.Collectors;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.codegen.JavaUnit;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Schedule;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.typed.TExpr;

/** How the nest of a loop runs whose iterations are not simply those of the rank's box: the runtime calls it for pieces of rows. */
final class ScheduledNest {
    /** Nodes of the tree that a processor works off in a nanosecond, roughly. */
    private static final int NODES_PER_NANOSECOND = 4;

    private final Caller caller;
    private final Needs needs;
    private final JavaUnit unit;

    ScheduledNest(Caller caller, Needs needs) {
        this.caller = caller;
        this.needs = needs;
        this.unit = caller.unit();
    }

    /**
     * The call that runs the loop; its value are the slots.
     *
     * @param spec the loop's reductions
     * @param kernel the nest as a {@code LeafKernel}
     */
    JavaExpr run(JavaExpr spec, String kernel) {
        return switch (caller.loop().schedule()) {
            case Schedule.Block _ -> throw new IllegalArgumentException("a loop without a schedule");
            case Schedule.Wave w -> LoopApi.RUN_WAVEFRONT.call(unit, caller.loopName(), spec, distances(w),
                    JavaExpr.stable(Integer.toString(cost(caller.loop()))), carried(w), JavaExpr.primary(kernel));
            case Schedule.Chunks c -> LoopApi.RUN_CHUNKS.call(unit, caller.loopName(), spec,
                    JavaExpr.stable(unit.use(LoopApi.CHUNKS) + ".Kind." + c.kind().name()), amount(c.amount()), JavaExpr.primary(kernel));
        };
    }

    private JavaExpr amount(@org.jspecify.annotations.Nullable TExpr amount) {
        return amount == null ? JavaExpr.stable(unit.use(LoopApi.CHUNKS) + ".UNSAID") : caller.spill(caller.scope().expressions().value(amount, caller.out()), "long", "chunk");
    }

    private static JavaExpr distances(Schedule.Wave wave) {
        return JavaExpr.primary("new long[][] {" + (wave.serial().isEmpty()
                ? wave.distances().stream().map(v -> "{" + list(v) + "}").collect(Collectors.joining(", "))
                : "") + "}");
    }

    private static String list(List<Long> values) {
        return values.stream().map(x -> x + "L").collect(Collectors.joining(", "));
    }

    private JavaExpr carried(Schedule.Wave wave) {
        List<String> all = !wave.serial().isEmpty() ? List.of() : wave.carried().stream().map(c -> {
            View view = caller.loop().view(c.view());
            View reads = new View(view.id(), view.array(), view.mode(), c.reads(), -1, List.of(), false, view.origin(), view.sameOrigin());
            JavaExpr need = java.util.Objects.requireNonNull(needs.of(reads, view.array().name() + "Carries", u -> true));
            return LoopApi.CARRIED_OF.call(unit, caller.view(view), need, JavaExpr.primary("new long[] {" + list(c.shift()) + "}")).text();
        }).toList();
        return JavaExpr.primary(LoopGenerator.javaArray(unit.use(LoopApi.CARRIED), all));
    }

    /** What an iteration takes, in nanoseconds, by the size of its body; inner loops count as a few rounds. */
    private static int cost(OwnedLoop loop) {
        int[] nodes = {0};
        loop.body().statements().forEach(s -> Trees.walk(s, e -> nodes[0] += e instanceof TExpr.Reduce ? 10 * NODES_PER_NANOSECOND : 1));
        return Math.max(1, nodes[0] / NODES_PER_NANOSECOND);
    }
}
