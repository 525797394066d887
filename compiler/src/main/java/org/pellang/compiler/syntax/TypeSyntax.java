package org.pellang.compiler.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/** A type as written. */
public sealed interface TypeSyntax {
    Span span();

    record Missing(Span span) implements TypeSyntax {}

    /** {@code float}, {@code Near}, {@code mod.Near}. */
    record Named(Span span, String name) implements TypeSyntax {}

    /** {@code [D] T}, {@code [n, m] T}, {@code [_] T}: a domain, extents, or {@code _}. */
    record Array(Span span, List<Expr> extents, TypeSyntax element) implements TypeSyntax {}

    record Tuple(Span span, List<TypeSyntax> elements) implements TypeSyntax {}

    record ListOf(Span span, TypeSyntax element) implements TypeSyntax {}

    record MapOf(Span span, TypeSyntax key, TypeSyntax value) implements TypeSyntax {}

    record Function(Span span, List<TypeSyntax> params, @Nullable TypeSyntax result) implements TypeSyntax {}

    record Future(Span span, TypeSyntax value) implements TypeSyntax {}

    record Channel(Span span, TypeSyntax message) implements TypeSyntax {}
}
