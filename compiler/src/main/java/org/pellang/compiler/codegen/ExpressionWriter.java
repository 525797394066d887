package org.pellang.compiler.codegen;

import java.util.List;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;

/**
 * Writes typed expressions as Java. What does not fit in one Java expression (sequential reductions, conditionals with such parts)
 * becomes statements in {@code out}, in front of the place where the value is used; evaluation order stays left to right.
 */
public final class ExpressionWriter {
    private final Scope scope;
    private final Operators operators;

    public ExpressionWriter(Scope scope) {
        this.scope = scope;
        this.operators = new Operators(scope.unit());
    }

    public Scope scope() {
        return scope;
    }

    /** Java for operators, comparisons, conversions and reduction operators applied to Java expressions. */
    public Operators operators() {
        return operators;
    }

    /** The value of an expression; type {@code JavaTypes.of(e.type())}. */
    public JavaExpr value(TExpr e, JavaBody out) {
        throw new CompilerBug("not written yet " + e + out);
    }

    /** The values of several operands, evaluated left to right. */
    public List<JavaExpr> values(List<TExpr> operands, JavaBody out) {
        throw new CompilerBug("not written yet " + operands + out);
    }

    /** A value to be kept in a variable, field or element: arrays and lists are copied unless the expression makes a fresh one. */
    public JavaExpr owned(TExpr e, JavaBody out) {
        throw new CompilerBug("not written yet " + e + out);
    }

    /** The same value, kept in a new final local unless it is stable already. */
    public JavaExpr stable(JavaExpr value, Type type, String hint, JavaBody out) {
        if (value.stable()) {
            return value;
        }
        String name = scope.names().fresh(hint);
        out.line("final " + scope.unit().types().of(type) + " " + name + " = " + value + ";");
        return JavaExpr.stable(name);
    }

    /** The place with its subscripts evaluated. */
    public Target target(Place place, JavaBody out) {
        throw new CompilerBug("not written yet " + place + out);
    }
}
