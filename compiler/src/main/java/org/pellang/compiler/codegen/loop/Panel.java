package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.VectorFacts;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/**
 * Elements that all rows of a block of columns read in the passes of the body's only sequential loop, as {@code b[k, j]} in {@code sum(a[i, k] * b[k, j] for k in ..)}. Copied
 * into one array in the order of their use they stay in the cache, whatever the distance of the rows of {@code b} in memory.
 *
 * @param name of the array in Java
 * @param loop the sequential loop
 * @param elements what is packed
 */
record Panel(String name, Iteration loop, List<TExpr> elements) {

    /** The panel of a loop; null if it has none. */
    static @Nullable Panel of(OwnedLoop loop, Kernel kernel) {
        VectorFacts facts = new VectorFacts(loop);
        List<Iteration> loops = facts.loops();
        if (loops.size() != 1 || loops.getFirst().indices().size() != 1 || !kernel.countsInt(loops.getFirst().indices().getFirst())) {
            return null;
        }
        Var pass = loops.getFirst().indices().getFirst();
        Var row = loop.indices().get(loop.axes() - 2);
        Set<TExpr> packed = Collections.newSetFromMap(new IdentityHashMap<>());
        List<TExpr> elements = new ArrayList<>();
        loop.body().statements().forEach(s -> Trees.walk(s, e -> {
            if (e instanceof TExpr.Element x && x.type() == Type.Scalar.FLOAT && facts.movingElement(x) && !facts.isWritten(x)
                    && facts.follows(x, pass) && !facts.follows(x, row) && packed.add(x)) {
                elements.add(x);
            }
        }));
        return elements.isEmpty() ? null : new Panel(kernel.names().fresh("panel"), loops.getFirst(), elements);
    }

    /** Number of an element in the panel; -1 if it is not there. */
    int slot(TExpr e) {
        for (int k = 0; k < elements.size(); k++) {
            if (elements.get(k) == e) {
                return k;
            }
        }
        return -1;
    }
}
