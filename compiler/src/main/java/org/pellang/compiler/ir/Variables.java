package org.pellang.compiler.ir;

import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.sema.typed.Var;

/** Finds the highest number of a variable, so that new ones can be numbered above it. */
final class Variables extends Rewriter {
    private int highest;

    private Variables() {}

    static int highest(TypedProgram program) {
        Variables all = new Variables();
        program.configs().forEach(c -> all.variable(c.variable()));
        program.body().forEach(all::statement);
        program.functions().forEach(f -> {
            f.params().forEach(all::variable);
            all.block(f.body());
        });
        program.tests().forEach(t -> all.block(t.body()));
        return all.highest;
    }

    @Override
    protected Var variable(Var v) {
        highest = Math.max(highest, v.id());
        return v;
    }
}
