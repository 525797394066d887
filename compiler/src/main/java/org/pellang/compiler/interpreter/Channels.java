package org.pellang.compiler.interpreter;

import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TypedProgram;

/** The declarations of channels. */
final class Channels {
    private Channels() {}

    /** Name of the channel with that number. */
    static String name(TypedProgram program, int number) {
        for (TStmt s : program.body()) {
            if (s instanceof TStmt.Declare d && d.value() instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.CHANNEL
                    && c.arguments().get(1) instanceof TExpr.Constant k && k.value().equals((long) number)) {
                return d.variable().name();
            }
        }
        return String.valueOf(number);
    }
}
