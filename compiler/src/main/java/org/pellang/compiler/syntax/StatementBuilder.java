package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;
import org.pellang.grammar.PelParser.*;

/** Statements and blocks. */
final class StatementBuilder {
    private final TreeReader tree;
    private final DocComments docs;
    private final ExpressionBuilder expressions;
    private final TypeBuilder types;
    private final PlaceStatements places;
    private final NestedDeclarations nested;

    StatementBuilder(TreeReader tree, DocComments docs, ExpressionBuilder expressions) {
        this.tree = tree;
        this.docs = docs;
        this.expressions = expressions;
        this.types = expressions.types();
        this.places = new PlaceStatements(tree, expressions);
        this.nested = new NestedDeclarations(tree, expressions);
    }

    Block block(@Nullable BlockContext context, Span within) {
        Span span = tree.span(context, within);
        if (context == null) {
            return new Block(span, List.of());
        }
        List<Stmt> list = new ArrayList<>();
        for (ParseTree child : context.children == null ? List.<ParseTree>of() : context.children) {
            switch (child) {
                case StmtContext s -> list.add(statement(s, span));
                case NestedContext n -> list.add(nested.statement(n, span));
                default -> {} // braces and semicolons
            }
        }
        warnUnreachable(list);
        return new Block(span, list);
    }

    private void warnUnreachable(List<Stmt> list) {
        for (int i = 0; i + 1 < list.size(); i++) {
            String jump = switch (list.get(i)) {
                case Stmt.Return _ -> "return";
                case Stmt.Break _ -> "break";
                case Stmt.Continue _ -> "continue";
                default -> null; // everything else goes on to the next statement
            };
            if (jump != null) {
                Span rest = list.get(i + 1).span().to(list.getLast().span());
                tree.report(Diagnostic.error("PEL0010", list.get(i + 1).span(), "this statement is never reached")
                        .under("unreachable")
                        .label(list.get(i).span(), "`" + jump + "` always leaves here")
                        .fix("remove what is never reached", rest, ""));
                return;
            }
        }
    }

    Stmt statement(@Nullable StmtContext context, Span within) {
        ParserRuleContext part = context == null || context.getChildCount() == 0
                ? null
                : context.getChild(0) instanceof ParserRuleContext c ? c : null;
        Span span = tree.span(part, context == null ? within : tree.span(context));
        if (part == null) {
            return new Stmt.Missing(span);
        }
        try {
            return tree.enter(span) ? statement(part, span) : new Stmt.Missing(span);
        } finally {
            tree.leave();
        }
    }

    private Stmt statement(ParserRuleContext context, Span span) {
        return switch (context) {
            case ConfigDeclContext c -> new Stmt.Config(
                    span, tree.ident(c.id(), span), types.optional(c.type()), expressions.expr(c.expr(), span), docs.of(c));
            case DomainDeclContext c -> new Stmt.DomainDecl(
                    span,
                    tree.ident(c.id(), span),
                    expressions.exprs(c.expr(), span),
                    types.dist(c.dist()),
                    TreeReader.has(c, PelParser.PERIODIC),
                    docs.of(c));
            case ChannelDeclContext c ->
                new Stmt.ChannelDecl(span, tree.ident(c.id(), span), types.type(c.type(), span), docs.of(c));
            case VarDeclContext c -> varDecl(c, span);
            case ForallStmtContext c -> forall(c, span);
            case WavefrontStmtContext c -> wavefront(c, span);
            case ForStmtContext c -> new Stmt.For(
                    span,
                    expressions.primaries().index(c.index(), span),
                    expressions.expr(c.expr(), span),
                    checkpoint(c.checkpoint()),
                    block(c.block(), span));
            case WhileStmtContext c -> new Stmt.While(
                    span, expressions.expr(c.expr(), span), checkpoint(c.checkpoint()), block(c.block(), span));
            case IfStmtContext c -> ifStmt(c, span);
            case SyncStmtContext c -> new Stmt.Sync(span, block(c.block(), span));
            case EpochStmtContext c -> new Stmt.Epoch(span, block(c.block(), span));
            case OnStmtContext c -> new Stmt.On(span, expressions.expr(c.expr(), span), block(c.block(), span));
            case SpawnStmtContext c -> new Stmt.Spawn(span, expressions.postfix(c.postfix(), span));
            case AssertStmtContext c -> new Stmt.Assert(
                    span,
                    expressions.expr(ExpressionBuilder.at(c.expr(), 0), span),
                    expressions.optional(ExpressionBuilder.at(c.expr(), 1), span));
            case BreakStmtContext _ -> new Stmt.Break(span);
            case ContinueStmtContext _ -> new Stmt.Continue(span);
            case ReturnStmtContext c -> new Stmt.Return(span, expressions.optional(c.expr(), span));
            case PlaceStmtContext c -> places.statement(c, span);
            default -> new Stmt.Missing(span);
        };
    }

    private Stmt varDecl(VarDeclContext context, Span span) {
        BinderContext binder = context.binder();
        Stmt.VarDecl.Kind kind = TreeReader.has(context, PelParser.LET)
                ? Stmt.VarDecl.Kind.LET
                : TreeReader.has(context, PelParser.SHARED) ? Stmt.VarDecl.Kind.SHARED : Stmt.VarDecl.Kind.VAR;
        return new Stmt.VarDecl(
                span,
                kind,
                binder == null ? List.of() : tree.idents(binder.id(), span),
                binder != null && TreeReader.has(binder, PelParser.LPAREN),
                types.optional(context.type()),
                types.dist(context.dist()),
                expressions.optional(context.expr(), span),
                docs.of(context));
    }

    private Stmt forall(ForallStmtContext context, Span span) {
        LoopClauses.Of clauses = expressions.clauses().loop(context.loopClause(), "forall");
        return new Stmt.Forall(
                span,
                head(context, context.block()),
                expressions.primaries().index(context.index(), span),
                expressions.primaries().space(context.space(), span),
                clauses.filter(),
                clauses.reductions(),
                clauses.unit(),
                block(context.block(), span));
    }

    private Stmt wavefront(WavefrontStmtContext context, Span span) {
        LoopClauses.Of clauses = expressions.clauses().loop(context.loopClause(), "wavefront");
        return new Stmt.Wavefront(
                span,
                head(context, context.block()),
                expressions.primaries().index(context.index(), span),
                expressions.primaries().space(context.space(), span),
                clauses.filter(),
                clauses.reductions(),
                block(context.block(), span));
    }

    /** The head of a loop: everything before its block, without the space between. */
    private Span head(ParserRuleContext loop, @Nullable BlockContext block) {
        Span whole = tree.span(loop);
        int end = block == null ? whole.end() : Math.max(whole.start(), tree.span(block).start());
        String text = tree.file().text().substring(whole.start(), end);
        return new Span(whole.file(), whole.start(), whole.start() + text.stripTrailing().length());
    }

    private @Nullable Expr checkpoint(@Nullable CheckpointContext context) {
        return context == null ? null : expressions.expr(context.expr(), tree.span(context));
    }

    /** {@code else if} chains are built from their end, so that their length is no depth of this method. */
    private Stmt ifStmt(IfStmtContext first, Span span) {
        List<IfStmtContext> chain = new ArrayList<>();
        for (IfStmtContext c = first; c != null; c = c.ifStmt()) {
            chain.add(c);
        }
        if (chain.size() > TreeReader.MAX_DEPTH) {
            tree.tooDeep(tree.span(chain.get(TreeReader.MAX_DEPTH)));
            return new Stmt.Missing(span);
        }
        Block otherwise = null;
        for (int i = chain.size() - 1; i >= 0; i--) {
            IfStmtContext c = chain.get(i);
            Span own = i == 0 ? span : tree.span(c);
            List<BlockContext> blocks = c.block();
            if (c.ifStmt() == null && TreeReader.has(c, PelParser.ELSE)) {
                otherwise = block(ExpressionBuilder.at(blocks, 1), own);
            }
            Stmt.If built =
                    new Stmt.If(own, expressions.expr(c.expr(), own), block(ExpressionBuilder.at(blocks, 0), own), otherwise);
            if (i == 0) {
                return built;
            }
            otherwise = new Block(own, List.of(built));
        }
        return new Stmt.Missing(span);
    }

    /** The operator token of an assignment, or null when recovery lost it. */
    static @Nullable Token operator(@Nullable AssignOpContext context) {
        return context == null ? null : context.getStart();
    }
}
