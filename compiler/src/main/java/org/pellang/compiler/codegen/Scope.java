package org.pellang.compiler.codegen;

import org.pellang.compiler.sema.type.Type;

/**
 * What the writers need to know about the Java method that they write.
 *
 * @param unit the class
 * @param names local names of the method
 * @param access how variables stand in Java
 * @param parallel writes the divided constructs
 * @param result PEL type of the enclosing function's result; VOID at top level and in loops
 * @param self empty in an instance method; {@code "self."} in a static method that has the program as its parameter {@code self}
 */
public record Scope(
        JavaUnit unit, Names names, Access access, ParallelConstructs parallel, Type result, String self) {

    /** An expression writer for this method. */
    public ExpressionWriter expressions() {
        return new ExpressionWriter(this);
    }

    /** A statement writer for this method. */
    public StatementWriter statements() {
        return new StatementWriter(this);
    }

    /** The same method with another access. */
    public Scope with(Access other) {
        return new Scope(unit, names, other, parallel, result, self);
    }

    /** The same value, kept in a new final local unless it is stable already. */
    public JavaExpr keep(JavaExpr value, Type type, String hint, JavaBody out) {
        return value.stable() ? value : spill(value, unit.types().of(type), hint, out);
    }

    /** A new final local with this value. */
    public JavaExpr spill(JavaExpr value, String javaType, String hint, JavaBody out) {
        String name = names.fresh(hint);
        out.line("final " + javaType + " " + name + " = " + value + ";");
        return JavaExpr.stable(name);
    }

    /** This rank. */
    public JavaExpr rank() {
        return JavaExpr.stable(self + JavaUnit.RANK);
    }
}
