package org.pellang.compiler.codegen;

import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.typed.TStmt;

/** Writes typed statements as Java. */
public final class StatementWriter {
    private final ExpressionWriter expressions;

    public StatementWriter(Scope scope) {
        this.expressions = scope.expressions();
    }

    public ExpressionWriter expressions() {
        return expressions;
    }

    /** The statements of a block, without braces. */
    public void block(TStmt.TBlock block, JavaBody out) {
        block.statements().forEach(s -> statement(s, out));
    }

    /** One statement. */
    public void statement(TStmt statement, JavaBody out) {
        throw new CompilerBug("not written yet " + statement + out);
    }
}
