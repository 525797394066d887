package org.pellang.compiler.codegen;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;

/** A place whose subscripts have been evaluated (once): it can be read, written and taken apart. */
public interface Target {

    /** Declared type of the place, storage types included. */
    Type type();

    /** Its value, of type {@code type().asValue()}. May write preparatory statements. */
    JavaExpr read(JavaBody out);

    /** Stores a value of type {@code type().asValue()}, already converted and range-checked. */
    void write(JavaExpr value, JavaBody out);

    /** The component of a record, tuple, vec or complex value. */
    Target component(int index);

    /**
     * {@code place op= value}.
     *
     * @param op null: {@code reduce=}, with the operator of the enclosing clause
     */
    default void update(TExpr.@Nullable BinaryOp op, JavaExpr value, ExpressionWriter writer, JavaBody out) {
        if (op == null) {
            throw new CompilerBug("reduce= outside of a divided loop");
        }
        Type valueType = type().asValue();
        write(writer.operators().checkedStorage(type(), writer.operators().binary(op, valueType, read(out), value)), out);
    }
}
