package org.pellang.compiler.opt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.CommOp;

/** Rewriting of lists of communication. */
final class CommOps {
    private CommOps() {}

    /** Replaces each operation; null drops it. The same list if nothing changed. */
    static List<CommOp> map(List<CommOp> ops, Function<CommOp, @Nullable CommOp> rewrite) {
        List<CommOp> out = new ArrayList<>();
        for (CommOp op : ops) {
            CommOp now = rewrite.apply(op);
            if (now != null) {
                out.add(now);
            }
        }
        return out.equals(ops) ? ops : List.copyOf(out);
    }
}
