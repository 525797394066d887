package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.pellang.compiler.codegen.JavaBody;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/**
 * The Java blocks around the place that is written in a vector loop, outermost first: in front of the loop (0), one step of it (1), and one for each sequential
 * loop inside. A value is computed in the outermost block that knows all it depends on, once.
 */
final class VectorLevels {
    /** In front of the vector loop: once per row. */
    static final int ROW = 0;
    /** One step of the vector loop. */
    static final int STEP = 1;

    private record Level(JavaBody body, Set<Var> variables, Map<String, String> names) {}

    private final List<Level> levels = new ArrayList<>();

    VectorLevels(JavaBody row, JavaBody step) {
        enter(row, List.of());
        enter(step, List.of());
    }

    /** A block inside the present one, in which these variables are known. */
    void enter(JavaBody body, List<Var> variables) {
        levels.add(new Level(body, new HashSet<>(variables), new HashMap<>()));
    }

    /** Leaves the innermost block. */
    void leave() {
        levels.removeLast();
    }

    /** Where the next statement goes. */
    JavaBody body() {
        return levels.getLast().body;
    }

    /** The number of the outermost block, {@code least} or further inside, that knows the indices in an expression. */
    int of(TExpr e, int least) {
        int[] level = {Math.min(least, levels.size() - 1)};
        Trees.walk(e, x -> {
            if (x instanceof TExpr.Read r) {
                for (int k = levels.size() - 1; k > level[0]; k--) {
                    if (levels.get(k).variables.contains(r.variable())) {
                        level[0] = k;
                    }
                }
            }
        });
        return level[0];
    }

    /** The body of a block. */
    JavaBody at(int level) {
        return levels.get(level).body;
    }

    /** The name of a value in a block: written by {@code declare} the first time. */
    String once(int level, String text, Function<JavaBody, String> declare) {
        Level here = levels.get(level);
        String known = here.names.get(text);
        if (known == null) {
            known = declare.apply(here.body);
            here.names.put(text, known);
        }
        return known;
    }
}
