package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/**
 * What the builders of the syntax tree share: places of tokens and contexts, names, and a way to report. Every part of a
 * context may be absent, because the parser also leaves trees of broken programs.
 */
final class TreeReader {
    private final SourceFile file;
    private final SyntaxReport report;
    private int depth;
    private boolean tooDeep;

    /** Expressions and blocks nested deeper than this are refused, so that later passes may recurse. */
    static final int MAX_DEPTH = 1000;

    TreeReader(SourceFile file, SyntaxReport report) {
        this.file = file;
        this.report = report;
    }

    SourceFile file() {
        return file;
    }

    void report(Diagnostic diagnostic) {
        report.add(diagnostic);
    }

    SyntaxReport reports() {
        return report;
    }

    /** Counts one level of nesting; false, with one message, when it is too deep. Pair with {@link #leave}. */
    boolean enter(Span at) {
        depth++;
        if (depth > MAX_DEPTH) {
            tooDeep(at);
        }
        return depth <= MAX_DEPTH;
    }

    /** Reports the first place that is nested too deeply. */
    void tooDeep(Span at) {
        if (!tooDeep) {
            tooDeep = true;
            report.add(TooDeep.at(at));
        }
    }

    void leave() {
        depth--;
    }

    Span span(Token token) {
        int length = file.text().length();
        int start = Math.clamp(token.getStartIndex(), 0, length);
        return new Span(file, start, Math.clamp(token.getStopIndex() + 1L, start, length));
    }

    Span span(ParserRuleContext context) {
        Token start = context.getStart();
        Token stop = context.getStop();
        if (start == null) {
            return new Span(file, 0, 0);
        }
        Span first = span(start);
        if (start.getType() == Token.EOF || stop == null || stop.getStopIndex() < start.getStartIndex()) {
            return new Span(file, first.start(), first.start());
        }
        return first.to(span(stop));
    }

    /** The place of a part, or the end of what contains it when the part is absent. */
    Span span(@Nullable ParserRuleContext part, Span within) {
        return part == null ? new Span(file, within.end(), within.end()) : span(part);
    }

    Expr.Ident ident(PelParser.@Nullable IdContext id, Span within) {
        if (id == null) {
            return new Expr.Ident(span(null, within), Missing.NAME);
        }
        Span span = span(id);
        Token token = id.getStart();
        boolean whole = token != null && !span.text().isEmpty() && id.exception == null;
        return new Expr.Ident(span, whole && span.text().matches("\\w+") ? span.text() : Missing.NAME);
    }

    List<Expr.Ident> idents(List<PelParser.IdContext> ids, Span within) {
        return map(ids, id -> ident(id, within));
    }

    /** Names of a module, joined by dots. */
    Expr.Ident qualified(PelParser.@Nullable QnameContext name, Span within) {
        if (name == null || name.exception != null) {
            return new Expr.Ident(span(name, within), Missing.NAME);
        }
        return new Expr.Ident(span(name), String.join(".", map(name.id(), id -> ident(id, within).name())));
    }

    /** The first token of one of these types among the direct children, or null. */
    static @Nullable Token token(ParserRuleContext context, int... types) {
        for (int i = 0; i < context.getChildCount(); i++) {
            if (context.getChild(i) instanceof TerminalNode node && !(node instanceof ErrorNode)) {
                for (int type : types) {
                    if (node.getSymbol().getType() == type) {
                        return node.getSymbol();
                    }
                }
            }
        }
        return null;
    }

    static boolean has(ParserRuleContext context, int type) {
        return token(context, type) != null;
    }

    /** The children without those that error recovery put aside. */
    static List<ParseTree> children(ParserRuleContext context) {
        List<ParseTree> all = new ArrayList<>();
        for (int i = 0; i < context.getChildCount(); i++) {
            if (!(context.getChild(i) instanceof ErrorNode)) {
                all.add(context.getChild(i));
            }
        }
        return all;
    }

    static <A, B> List<B> map(List<A> list, Function<A, B> f) {
        List<B> result = new ArrayList<>(list.size());
        for (A element : list) {
            result.add(f.apply(element));
        }
        return List.copyOf(result);
    }
}
