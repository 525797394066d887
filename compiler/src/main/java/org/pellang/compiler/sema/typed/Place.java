package org.pellang.compiler.sema.typed;

import java.util.List;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.source.Span;

/** What stands left of an assignment. {@code type()} is the declared type, storage types included. */
public sealed interface Place {
    Span span();

    Type type();

    record Variable(Span span, Type type, Var variable) implements Place {}

    /** Element of an array or list, or the value of a map for a key. */
    record Element(Span span, Type type, Place array, List<TExpr> subscripts) implements Place {}

    /** Several elements: the value is an array of that shape. */
    record Slice(Span span, Type type, Place array, List<TExpr.TSub> subscripts) implements Place {}

    /** Component of a record, vec, complex or tuple. */
    record Component(Span span, Type type, Place value, int index, String name) implements Place {}

    /** The variable at the root. */
    default Var root() {
        return switch (this) {
            case Variable v -> v.variable();
            case Element e -> e.array().root();
            case Slice s -> s.array().root();
            case Component c -> c.value().root();
        };
    }
}
