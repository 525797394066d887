package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;
import org.pellang.grammar.PelParser.AccContext;
import org.pellang.grammar.PelParser.CompClauseContext;
import org.pellang.grammar.PelParser.LoopClauseContext;

/**
 * The clauses of loops and comprehensions. They are read in any order, so that a loop with a slip is understood all the same; those of another order than the
 * language's are reported.
 */
final class LoopClauses {
    private final TreeReader tree;
    private final ExpressionBuilder expressions;

    LoopClauses(TreeReader tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
    }

    /** The clauses of a {@code forall} or {@code wavefront}. */
    record Of(@Nullable Expr filter, List<Stmt.Accumulator> reductions, @Nullable Expr unit) {}

    Of loop(List<LoopClauseContext> clauses, String keyword) {
        Expr filter = null;
        Expr unit = null;
        List<Stmt.Accumulator> reductions = new ArrayList<>();
        for (LoopClauseContext c : clauses) {
            Span span = tree.span(c);
            switch (word(c)) {
                case "if" -> filter = filter == null ? expressions.expr(c.expr(), span) : both(filter, expressions.expr(c.expr(), span), span);
                case "reduce" -> reductions.addAll(accumulators(c.acc()));
                default -> unit = expressions.expr(c.expr(), span);
            }
        }
        boolean units = keyword.equals("forall");
        List<String> order = units ? List.of("if", "reduce", "on") : List.of("if", "reduce");
        inOrder(clauses, order, keyword);
        return new Of(filter, List.copyOf(reductions), units ? unit : null);
    }

    /** The clauses of a comprehension. */
    record OfComprehension(List<Expr.LetClause> lets, @Nullable Expr filter) {}

    OfComprehension comprehension(List<CompClauseContext> clauses) {
        List<Expr.LetClause> lets = new ArrayList<>();
        Expr filter = null;
        for (CompClauseContext c : clauses) {
            Span span = tree.span(c);
            if (c.binder() == null) {
                filter = filter == null ? expressions.expr(c.expr(), span) : both(filter, expressions.expr(c.expr(), span), span);
                continue;
            }
            Span at = tree.span(c.binder());
            Expr value = expressions.expr(c.expr(), at);
            lets.add(new Expr.LetClause(at.to(value.span()), tree.idents(c.binder().id(), at), value));
        }
        inOrder(clauses, List.of("let", "if"), "comprehension");
        return new OfComprehension(List.copyOf(lets), filter);
    }

    private static Expr both(Expr first, Expr second, Span at) {
        return new Expr.Binary(first.span().to(second.span()), Expr.BinaryOp.AND, at, first, second);
    }

    private List<Stmt.Accumulator> accumulators(List<AccContext> contexts) {
        return TreeReader.map(contexts, c -> {
            Span span = tree.span(c);
            return new Stmt.Accumulator(span, tree.ident(ExpressionBuilder.at(c.id(), 0), span), tree.ident(ExpressionBuilder.at(c.id(), 1), span));
        });
    }

    private static String word(ParserRuleContext clause) {
        return clause.getStart() == null ? "" : clause.getStart().getText();
    }

    /** Reports the first clause that stands before one that it follows, or twice, with all clauses in order as the fix. */
    private void inOrder(List<? extends ParserRuleContext> clauses, List<String> order, String where) {
        for (int k = 0; k < clauses.size(); k++) {
            ParserRuleContext clause = clauses.get(k);
            String word = word(clause);
            int place = order.indexOf(word);
            boolean repeats = !word.equals("let") && clauses.subList(0, k).stream().anyMatch(c -> word(c).equals(word));
            boolean late = place >= 0 && clauses.subList(0, k).stream().anyMatch(c -> order.indexOf(word(c)) > place);
            if (clause.exception != null || word.isEmpty()) {
                return;
            }
            if (place < 0) {
                tree.report(Diagnostic.error("PEL0009", tree.span(clause), "a `" + where + "` has no clause `" + word + "`")
                        .note("its clauses are " + order.stream().map(w -> "`" + w + "`").collect(Collectors.joining(" and "))));
                return;
            }
            if (repeats || late) {
                report(clauses, clause, order, where, repeats);
                return;
            }
        }
    }

    private void report(List<? extends ParserRuleContext> clauses, ParserRuleContext clause, List<String> order, String where, boolean repeats) {
        String words = order.stream().map(w -> "`" + w + "`").collect(Collectors.joining(", "));
        Diagnostic d = Diagnostic.error("PEL0009", tree.span(clause), repeats ? "a second `" + word(clause) + "`" : "`" + word(clause) + "` stands too late")
                .note("the clauses of a " + where + " stand in the order " + words + (repeats ? ", each once" : "")
                        + (repeats && word(clause).equals("if") ? ": join conditions by `and`" : ""));
        if (!repeats) {
            String sorted = clauses.stream().sorted(java.util.Comparator.comparingInt(c -> order.indexOf(word(c)))).map(c -> tree.span(c).text())
                    .collect(Collectors.joining(" "));
            d = d.fix("put them in order", tree.span(clauses.getFirst()).to(tree.span(clauses.getLast())), sorted);
        }
        tree.report(d);
    }
}
