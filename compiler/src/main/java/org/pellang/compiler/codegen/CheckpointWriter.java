package org.pellang.compiler.codegen;

import java.util.HashSet;
import java.util.Set;
import org.pellang.compiler.sema.checkpoint.LoopState;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;

/**
 * Writes what a {@code checkpoint} clause adds to a loop: at its header, if a checkpoint is due or being restored, every variable of the state goes through the
 * runtime, which keeps its value or gives another one back.
 */
final class CheckpointWriter {
    private final Scope scope;
    private final LoopState state;
    private final String handle;

    private CheckpointWriter(Scope scope, LoopState state, String handle) {
        this.scope = scope;
        this.state = state;
        this.handle = handle;
    }

    /** Opens the block around the loop; {@link #close} ends it. */
    static CheckpointWriter open(TStmt.Checkpointed c, Scope scope, JavaBody out) {
        JavaUnit unit = scope.unit();
        LoopState state = unit.checkpoints().of(c);
        boolean counted = c.loop() instanceof TStmt.For;
        String spec = CheckpointApi.NEW_SPEC.call(
                unit,
                JavaExpr.stable(Integer.toString(state.number())),
                JavaExpr.stable(JavaLiteral.string(c.span().file().name())),
                JavaExpr.stable(Integer.toString(c.span().line())),
                JavaExpr.stable(Boolean.toString(counted)),
                JavaExpr.stable(Boolean.toString(state.nesting()))).text();
        String constant = unit.constant(unit.use(CheckpointApi.SPEC), "LOOP_" + c.span().line(), spec);
        RuntimeMethod of = c.every().type() == Type.Scalar.STRING ? CheckpointApi.EVERY_TIME : CheckpointApi.EVERY_PASSES;
        JavaExpr every = scope.expressions().value(c.every(), out);
        JavaExpr made = of.call(unit, scope.rank(), JavaExpr.stable(constant), every);
        JavaExpr handle = scope.spill(made, unit.use(CheckpointApi.LOOP), "checkpoints", out);
        out.open("try {");
        return new CheckpointWriter(scope, state, handle.text());
    }

    /** At the loop's header. */
    void pass(JavaBody out) {
        JavaExpr ck = JavaExpr.stable(handle);
        out.open("if (" + CheckpointApi.PASS.on(ck) + ") {");
        if (state.loop().loop() instanceof TStmt.For) {
            out.open("if (" + CheckpointApi.SKIPS.on(ck) + ") {").line("continue;").close();
        }
        Set<String> taken = new HashSet<>();
        for (Var v : state.variables()) {
            String name = v.name();
            for (int k = 2; !taken.add(name); k++) {
                name = v.name() + "." + k;
            }
            variable(v, JavaExpr.stable(JavaLiteral.string(name)), ck, out);
        }
        out.line(CheckpointApi.DONE.on(ck) + ";");
        out.close();
    }

    private void variable(Var v, JavaExpr name, JavaExpr ck, JavaBody out) {
        Target target = scope.access().variable(v, scope);
        if (v.type() instanceof Type.Array) {
            out.line(CheckpointApi.ARRAY.on(ck, name, target.read(out)) + ";");
            return;
        }
        JavaTypes types = scope.unit().types();
        JavaExpr value = CheckpointApi.VALUE.on(ck, name, types.codec(v.type()), target.read(out));
        target.write(types.unbox(v.type(), value), out);
    }

    /** After the loop. */
    void close(JavaBody out) {
        out.between("} finally {");
        out.line(CheckpointApi.EXIT.on(JavaExpr.stable(handle)) + ";");
        out.close();
    }
}
