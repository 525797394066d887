package org.pellang.compiler.syntax;

import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/** A statement that is only a value: {@code x + 1}, {@code a == b}, {@code "text"}. */
final class ValueStatement {
    private ValueStatement() {}

    /** Reports the value that starts at the stream's place and consumes it. */
    static Stmt skip(SourceFile file, TokenStream stream, SyntaxReport report) {
        Token first = stream.LT(1);
        Token last = first;
        int depth = 0;
        while (stream.LA(1) != Token.EOF) {
            Token token = stream.LT(1);
            int type = token.getType();
            boolean newLine = token.getLine() > last.getLine();
            if (depth <= 0 && token != first && (newLine || ends(type)) || depth <= 0 && type == PelParser.RBRACE) {
                break;
            }
            depth += opens(type) ? 1 : closes(type) ? -1 : 0;
            last = token;
            stream.consume();
        }
        Span span = new Span(file, first.getStartIndex(), Math.max(first.getStopIndex(), last.getStopIndex()) + 1);
        if (!report.hasLine(span.line())) {
            report.add(diagnostic(span, first.getType() == PelParser.EQ));
        }
        return new Stmt.Missing(span);
    }

    private static boolean ends(int type) {
        return Words.STARTERS.contains(type) || type == PelParser.SEMI || type == PelParser.LBRACE;
    }

    private static boolean opens(int type) {
        return type == PelParser.LPAREN || type == PelParser.LBRACK || type == PelParser.STR_OPEN || type == PelParser.INTERP_OPEN;
    }

    private static boolean closes(int type) {
        return type == PelParser.RPAREN || type == PelParser.RBRACK || type == PelParser.STR_CLOSE || type == PelParser.INTERP_CLOSE;
    }

    static Diagnostic diagnostic(Span span, boolean comparison) {
        String text = span.text();
        if (text.endsWith("--") && !text.contains(" ")) {
            String fixed = text.substring(0, text.length() - 2) + " -= 1";
            return Diagnostic.error("PEL0009", span, "PEL has no `--`").fix("write `" + fixed + "`", span, fixed);
        }
        Diagnostic error = Diagnostic.error("PEL0004", span, "this statement has no effect").under("a value that nothing uses");
        if (comparison) {
            return error.note("`==` compares; `=` assigns");
        }
        Diagnostic value = error.note("assign it to a variable, print it, or remove it");
        return endsBlock(span) ? value.note("a function gives a value with `return`, or as a whole: `fn f(x) = x * 2`") : value;
    }

    private static boolean endsBlock(Span span) {
        String text = span.file().text();
        int at = span.end();
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.startsWith("}", at);
    }

    /** The place {@code start} and what follows it up to the end of its line. */
    static Span restOfLine(SourceFile file, Span start) {
        String text = file.text();
        int end = start.end();
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r' && text.charAt(end) != '#'
                && text.charAt(end) != ';' && text.charAt(end) != '}') {
            end++;
        }
        return new Span(file, start.start(), start.end() + text.substring(start.end(), end).stripTrailing().length());
    }
}
