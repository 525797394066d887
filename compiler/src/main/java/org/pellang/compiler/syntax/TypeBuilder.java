package org.pellang.compiler.syntax;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;
import org.pellang.grammar.PelParser.*;

/** Types, distributions and parameters. */
final class TypeBuilder {
    private final TreeReader tree;
    private final ExpressionBuilder expressions;

    TypeBuilder(TreeReader tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
    }

    @Nullable TypeSyntax optional(@Nullable TypeContext context) {
        return context == null ? null : type(context, tree.span(context));
    }

    TypeSyntax type(@Nullable TypeContext context, Span within) {
        Span span = tree.span(context, within);
        if (context == null) {
            return new TypeSyntax.Missing(span);
        }
        try {
            return tree.enter(span) ? shape(context, span) : new TypeSyntax.Missing(span);
        } finally {
            tree.leave();
        }
    }

    private TypeSyntax shape(TypeContext context, Span span) {
        return switch (context) {
            case ArrayTypeContext c ->
                new TypeSyntax.Array(span, expressions.exprs(c.expr(), span), type(c.type(), span));
            case MapTypeContext c -> new TypeSyntax.MapOf(
                    span, type(ExpressionBuilder.at(c.type(), 0), span), type(ExpressionBuilder.at(c.type(), 1), span));
            case ListTypeContext c -> new TypeSyntax.ListOf(span, type(c.type(), span));
            case FnTypeContext c -> function(c, span);
            case TupleTypeContext c -> new TypeSyntax.Tuple(span, TreeReader.map(c.type(), t -> type(t, span)));
            case ChannelTypeContext c -> new TypeSyntax.Channel(span, type(c.type(), span));
            case FutureTypeContext c -> new TypeSyntax.Future(span, type(c.type(), span));
            case NamedTypeContext c -> {
                Expr.Ident name = tree.qualified(c.qname(), span);
                yield name.name().isEmpty() ? new TypeSyntax.Missing(span) : new TypeSyntax.Named(span, name.name());
            }
            default -> new TypeSyntax.Missing(span);
        };
    }

    private TypeSyntax function(FnTypeContext context, Span span) {
        List<TypeSyntax> types = TreeReader.map(context.type(), t -> type(t, span));
        boolean result = TreeReader.has(context, PelParser.ARROW) && !types.isEmpty();
        return result
                ? new TypeSyntax.Function(span, types.subList(0, types.size() - 1), types.getLast())
                : new TypeSyntax.Function(span, types, null);
    }

    @Nullable DistSyntax dist(@Nullable DistContext context) {
        if (context == null) {
            return null;
        }
        Span span = tree.span(context);
        return context.distDim().isEmpty()
                ? new DistSyntax(span, List.of(axis(context.distKind(), span)), false)
                : new DistSyntax(span, TreeReader.map(context.distDim(), d -> axis(d, span)), true);
    }

    private DistSyntax.Axis axis(DistDimContext context, Span within) {
        Token star = TreeReader.token(context, PelParser.STAR);
        return star == null
                ? axis(context.distKind(), within)
                : new DistSyntax.Axis(tree.span(star), star.getText(), null);
    }

    private DistSyntax.Axis axis(@Nullable DistKindContext context, Span within) {
        Span span = tree.span(context, within);
        return context == null
                ? new DistSyntax.Axis(span, Missing.NAME, null)
                : new DistSyntax.Axis(
                        span, tree.ident(context.id(), span).name(), expressions.optional(context.expr(), span));
    }

    List<Param> params(@Nullable ParamsContext context) {
        return context == null ? List.of() : TreeReader.map(context.param(), this::param);
    }

    private Param param(ParamContext context) {
        Span span = tree.span(context);
        TerminalNode mut = context.MUT();
        return new Param(
                span,
                mut != null,
                tree.ident(context.id(), span),
                optional(context.type()),
                expressions.optional(context.expr(), span));
    }
}
