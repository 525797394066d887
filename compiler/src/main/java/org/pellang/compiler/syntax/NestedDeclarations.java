package org.pellang.compiler.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;
import org.pellang.grammar.PelParser.FnDeclContext;
import org.pellang.grammar.PelParser.NestedContext;

/** Declarations inside blocks, which stand at the top level only. What they are named is known in the rest of the block, so that nothing else is reported. */
final class NestedDeclarations {
    private final TreeReader tree;
    private final ExpressionBuilder expressions;

    NestedDeclarations(TreeReader tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
    }

    Stmt statement(NestedContext context, Span within) {
        Span span = tree.span(context, within);
        if (context.fnDecl() != null) {
            return function(context.fnDecl(), span);
        }
        boolean record = context.recordDecl() != null;
        Expr.Ident name = tree.ident(record ? context.recordDecl().id() : context.opDecl() == null ? null : context.opDecl().id(), span);
        tree.report(Diagnostic.error("PEL0009", name.span(), (record ? "a record" : "an operator") + " is declared at the top level of a program")
                .under("not inside a block")
                .note("move the declaration in front of the function or loop"));
        return new Stmt.Missing(span);
    }

    /** A function that is one expression is a {@code let} already, but for its words. */
    private Stmt function(FnDeclContext context, Span span) {
        Expr.Ident name = tree.ident(context.id(), span);
        List<Param> params = expressions.types().params(context.params());
        Diagnostic error = Diagnostic.error("PEL0009", name.span(), "functions are declared at the top level of a program").under("not inside a block");
        PelParser.ExprContext value = context.fnBody() == null ? null : context.fnBody().expr();
        if (value == null || params.stream().anyMatch(p -> p.mutable() || p.defaultValue() != null)) {
            tree.report(error.note("move `" + name.name() + "` in front of the function around it, and hand over what it uses as arguments"));
            return let(span, name, new Expr.Missing(span));
        }
        Span body = tree.span(value, span);
        String parameters = context.params() == null ? "" : tree.span(context.params()).text();
        tree.report(error.note("inside a function a function is a value, with an expression as its body")
                .fix("bind it to a `let`", new Span(span.file(), span.start(), body.start()), "let " + name.name() + " = fn(" + parameters + ") = "));
        return let(span, name, new Expr.Lambda(span, params, expressions.expr(value, span)));
    }

    private static Stmt let(Span span, Expr.Ident name, @Nullable Expr value) {
        return new Stmt.VarDecl(span, Stmt.VarDecl.Kind.LET, List.of(name), false, null, null, value, null);
    }
}
