package org.pellang.compiler.sema;

import java.util.List;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;

/** {@code lines(path)} where the lines are to be spread over the ranks: each rank reads its part of the text files. */
final class Lines {
    private static final Distribution BLOCK = new Distribution(List.of(Distribution.Kind.BLOCK), false);

    private Lines() {}

    /** A call of the library's {@code lines} becomes one that gives a distributed array; everything else stays. */
    static TExpr spread(TExpr e) {
        boolean lines = e instanceof TExpr.ExternCall c && c.function().name().equals("lines") && c.function().className().equals("org.pellang.stdlib.Files");
        return lines && e instanceof TExpr.ExternCall c
                ? new TExpr.IntrinsicCall(e.span(), new Type.Array(Type.Scalar.STRING, 1, BLOCK), Intrinsic.LINES, c.arguments())
                : e;
    }

    /** Whether {@code type} is the type of what {@link #spread} gives. */
    static boolean isSpread(Type type) {
        return type instanceof Type.Array a && a.element() == Type.Scalar.STRING && a.axes() == 1 && a.distribution().equals(BLOCK);
    }
}
