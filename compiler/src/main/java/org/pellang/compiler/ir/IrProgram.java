package org.pellang.compiler.ir;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;

/**
 * A program whose divided constructs have been lowered. Sequential code stays typed tree.
 *
 * @param loops by the typed node ({@code Forall}, parallel {@code Reduce}, {@code Scan}, {@code ArrayComprehension}), by identity
 * @param kept by a sequential loop, by identity: what the divided loops in it fetch once and keep from pass to pass
 */
public record IrProgram(TypedProgram program, Map<Object, OwnedLoop> loops, Map<TStmt, List<Kept>> kept) {

    /**
     * A copy of what a divided loop fetches, which stays from pass to pass of a sequential loop.
     *
     * @param loop number of the divided loop
     * @param view number of its view
     */
    public record Kept(int loop, int view) {}

    /** The loop of a node. */
    public @Nullable OwnedLoop loop(Object node) {
        return loops.get(node);
    }

    /** What stays from pass to pass of a sequential loop. */
    public List<Kept> keptIn(TStmt sequential) {
        return kept.getOrDefault(sequential, List.of());
    }

    /** All loops by number. */
    public List<OwnedLoop> inOrder() {
        return loops.values().stream().sorted(java.util.Comparator.comparingInt(OwnedLoop::id)).toList();
    }

    /** The same with each loop rewritten. */
    public IrProgram map(java.util.function.UnaryOperator<OwnedLoop> rewrite) {
        Map<Object, OwnedLoop> out = new IdentityHashMap<>();
        loops.forEach((node, loop) -> out.put(node, rewrite.apply(loop)));
        return new IrProgram(program, out, kept);
    }
}
