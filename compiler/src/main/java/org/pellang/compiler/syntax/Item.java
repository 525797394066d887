package org.pellang.compiler.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/** What a program consists of: declarations and statements. */
public sealed interface Item permits Stmt, Item.Use, Item.Extern, Item.RecordDecl, Item.Op, Item.Function, Item.Test {
    Span span();

    record Use(Span span, List<Expr.Ident> modules) implements Item {}

    record Extern(Span span, String className, Span classSpan, List<ExternFunction> functions) implements Item {}

    record ExternFunction(
            Span span, boolean pure, Expr.Ident name, List<Param> params, @Nullable TypeSyntax result, @Nullable String doc) {}

    record RecordDecl(Span span, Expr.Ident name, List<Field> fields, @Nullable String doc) implements Item {}

    record Field(Span span, List<Expr.Ident> names, TypeSyntax type) {}

    /** {@code op nearest(a: Near, b: Near) identity e = body}. */
    record Op(
            Span span,
            Expr.Ident name,
            List<Param> params,
            @Nullable TypeSyntax result,
            @Nullable Expr identity,
            Body body,
            @Nullable String doc)
            implements Item {}

    record Function(
            Span span, Expr.Ident name, List<Param> params, @Nullable TypeSyntax result, Body body, @Nullable String doc)
            implements Item {}

    record Test(Span span, String name, List<Expr> ranks, Block body) implements Item {}

    /** A block, or the expression after {@code =}: exactly one is there. */
    record Body(Span span, @Nullable Block block, @Nullable Expr expression) {}
}
