package org.pellang.compiler.sema.typed;

import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** The place that an expression names, null if it names none: the argument of a call that changes it. */
    static @Nullable Place of(TExpr e) {
        return switch (e) {
            case TExpr.Read r -> new Variable(r.span(), r.variable().type(), r.variable());
            case TExpr.Component c -> of(c.value()) instanceof Place p ? new Component(c.span(), component(p.type(), c), p, c.index(), c.name()) : null;
            case TExpr.Element x -> of(x.array()) instanceof Place p ? new Element(x.span(), element(p.type(), x), p, x.subscripts()) : null;
            case TExpr.Slice s -> of(s.array()) instanceof Place p ? new Slice(s.span(), s.type(), p, s.subscripts()) : null;
            default -> null;
        };
    }

    private static Type component(Type whole, TExpr.Component c) {
        return switch (whole) {
            case Type.Tuple t -> t.elements().get(c.index());
            case Type.Record r -> r.fields().get(c.index()).type();
            default -> c.type();
        };
    }

    private static Type element(Type whole, TExpr.Element x) {
        return switch (whole) {
            case Type.Array a -> a.element();
            case Type.ListOf l -> l.element();
            case Type.MapOf m -> m.value();
            default -> x.type();
        };
    }

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
