package org.pellang.compiler.ir;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.TypedProgram;

/**
 * A program whose divided constructs have been lowered. Sequential code stays typed tree.
 *
 * @param loops by the typed node ({@code Forall}, parallel {@code Reduce}, {@code Scan}, {@code ArrayComprehension}), by identity
 */
public record IrProgram(TypedProgram program, Map<Object, OwnedLoop> loops) {

    /** The loop of a node. */
    public @Nullable OwnedLoop loop(Object node) {
        return loops.get(node);
    }

    /** All loops by number. */
    public List<OwnedLoop> inOrder() {
        return loops.values().stream().sorted(java.util.Comparator.comparingInt(OwnedLoop::id)).toList();
    }

    /** The same with each loop rewritten. */
    public IrProgram map(java.util.function.UnaryOperator<OwnedLoop> rewrite) {
        Map<Object, OwnedLoop> out = new IdentityHashMap<>();
        loops.forEach((node, loop) -> out.put(node, rewrite.apply(loop)));
        return new IrProgram(program, out);
    }
}
