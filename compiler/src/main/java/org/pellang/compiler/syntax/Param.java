package org.pellang.compiler.syntax;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/** A parameter; without a type the function is specialised per use. */
public record Param(
        Span span, boolean mutable, Expr.Ident name, @Nullable TypeSyntax type, @Nullable Expr defaultValue) {}
