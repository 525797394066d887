package org.pellang.compiler.syntax;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;
import org.pellang.grammar.PelParser.*;

/**
 * Turns ANTLR's contexts of one item into the syntax tree; the builders of this package are the only place that knows them.
 * Works on any context that the parser leaves, also of broken programs: what is absent becomes a hole.
 */
final class AstBuilder {
    private final TreeReader tree;
    private final DocComments docs;
    private final ExpressionBuilder expressions;
    private final StatementBuilder statements;

    AstBuilder(TreeReader tree, DocComments docs) {
        this.tree = tree;
        this.docs = docs;
        this.expressions = new ExpressionBuilder(tree);
        this.statements = new StatementBuilder(tree, docs, expressions);
    }

    StatementBuilder statements() {
        return statements;
    }

    Item item(ItemContext context) {
        Span span = tree.span(context);
        if (context.useDecl() != null) {
            return new Item.Use(span, TreeReader.map(context.useDecl().qname(), q -> tree.qualified(q, span)));
        } else if (context.externDecl() != null) {
            return extern(context.externDecl(), span);
        } else if (context.recordDecl() != null) {
            return record(context.recordDecl(), span);
        } else if (context.opDecl() != null) {
            return op(context.opDecl(), span);
        } else if (context.fnDecl() != null) {
            return function(context.fnDecl(), span);
        } else if (context.testDecl() != null) {
            return test(context.testDecl(), span);
        }
        return statements.statement(context.stmt(), span);
    }

    private Item extern(ExternDeclContext context, Span span) {
        Span classSpan = tree.span(context.string(), span);
        String name = expressions.primaries().texts().plain(context.string(), span, "the name of a Java class");
        return new Item.Extern(span, name, classSpan, TreeReader.map(context.externFn(), this::externFunction));
    }

    private Item.ExternFunction externFunction(ExternFnContext context) {
        Span span = tree.span(context);
        return new Item.ExternFunction(
                span,
                TreeReader.has(context, PelParser.PURE),
                tree.ident(context.id(), span),
                expressions.types().params(context.params()),
                expressions.types().optional(context.type()),
                docs.of(context));
    }

    private Item record(RecordDeclContext context, Span span) {
        List<Item.Field> fields = TreeReader.map(context.field(), f -> {
            Span own = tree.span(f);
            return new Item.Field(own, tree.idents(f.id(), own), expressions.types().type(f.type(), own));
        });
        return new Item.RecordDecl(span, tree.ident(context.id(), span), fields, docs.of(context));
    }

    private Item op(OpDeclContext context, Span span) {
        return new Item.Op(
                span,
                tree.ident(context.id(), span),
                expressions.types().params(context.params()),
                expressions.types().optional(context.type()),
                expressions.optional(context.expr(), span),
                body(context.fnBody(), span),
                docs.of(context));
    }

    private Item function(FnDeclContext context, Span span) {
        return new Item.Function(
                span,
                tree.ident(context.id(), span),
                expressions.types().params(context.params()),
                expressions.types().optional(context.type()),
                body(context.fnBody(), span),
                docs.of(context));
    }

    private Item.Body body(@Nullable FnBodyContext context, Span within) {
        Span span = tree.span(context, within);
        return context != null && context.expr() != null
                ? new Item.Body(span, null, expressions.expr(context.expr(), span))
                : new Item.Body(span, statements.block(context == null ? null : context.block(), span), null);
    }

    private Item test(TestDeclContext context, Span span) {
        return new Item.Test(
                span,
                expressions.primaries().texts().plain(context.string(), span, "the name of a test"),
                expressions.exprs(context.expr(), span),
                statements.block(context.block(), span));
    }

    /** The name after {@code module}, or null. */
    static @Nullable String moduleName(TreeReader tree, QnameContext context) {
        String name = tree.qualified(context, tree.span(context)).name();
        return name.isEmpty() ? null : name;
    }

    /** Whether the token is there and was written. */
    static @Nullable Token written(@Nullable TerminalNode node) {
        return node == null || node.getSymbol().getStopIndex() < node.getSymbol().getStartIndex() ? null : node.getSymbol();
    }
}
