package org.pellang.compiler.codegen.loop;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.ir.OwnedLoop;
import org.pellang.compiler.ir.Trees;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;

/**
 * Subscripts of one-axis arrays of which nothing is known, as {@code x[column[k]]}: the JVM compares every place with the ends of the Java array, and if that holds
 * elements of the domain only, one comparison is enough. The loop runs once more, with a comparison of each subscript, to say which one was outside; so only loops
 * that nobody can watch.
 */
final class Direct {
    private static final Set<Intrinsic> SEEN = Set.of(
            Intrinsic.PRINT, Intrinsic.PRINTALL, Intrinsic.NOTE, Intrinsic.ABORT, Intrinsic.PUSH, Intrinsic.POP, Intrinsic.SORT, Intrinsic.FILL, Intrinsic.REMOVE);

    private Direct() {}

    static boolean is(Use use, View view, OwnedLoop loop) {
        boolean reads = view.mode() == View.Mode.LOCAL || view.mode() == View.Mode.FETCHED || view.mode() == View.Mode.ALIGNED;
        return (reads && !view.written() || view.mode() == View.Mode.REDUCED)
                && !view.bare() && view.array().type() instanceof Type.Array a && a.axes() == 1
                && use.subscripts().getFirst().interval() == null && !Kernel.periodic(view) && loop.wave() == null && isSilent(loop);
    }

    /** Whether some subscripts of a view are. */
    static boolean any(View view, OwnedLoop loop) {
        return view.uses().stream().anyMatch(u -> !u.subscripts().isEmpty() && is(u, view, loop));
    }

    /** Whether a subscript is an int in its storage already. */
    static boolean isNarrow(TExpr subscript) {
        Type stored = subscript instanceof TExpr.Convert c ? c.value().type()
                : subscript instanceof TExpr.Element x && x.array().type() instanceof Type.Array a ? a.element() : subscript.type();
        return stored == Type.Scalar.INT32 || stored == Type.Scalar.INT16 || stored == Type.Scalar.BYTE;
    }

    /** The float of which a subscript is the int, null if it is none. */
    static @Nullable TExpr rounded(TExpr subscript) {
        return subscript instanceof TExpr.Convert c && c.target() == Type.Scalar.INT && c.value().type() == Type.Scalar.FLOAT ? c.value() : null;
    }

    private static boolean isSilent(OwnedLoop loop) {
        boolean[] silent = {true};
        loop.body().statements().forEach(s -> Trees.walk(s, e -> silent[0] &= switch (e) {
            case TExpr.Call _, TExpr.CallValue _, TExpr.ExternCall _, TExpr.Spawn _, TExpr.ChannelOp _, TExpr.Collective _, TExpr.RemoteRead _ -> false;
            case TExpr.IntrinsicCall c -> !SEEN.contains(c.intrinsic());
            default -> true;
        }));
        return silent[0];
    }
}
