package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/** What people write who come from other languages, where single tokens tell it: comments of C, {@code new}, {@code mut} in front of a variable. */
final class HabitRepair {
    private final SourceFile file;
    private final SyntaxReport report;

    HabitRepair(SourceFile file, SyntaxReport report) {
        this.file = file;
        this.report = report;
    }

    /** Leaves out comments of C; the first one is reported, with a fix for all of them. */
    List<CommonToken> comments(List<CommonToken> tokens) {
        List<CommonToken> result = new ArrayList<>(tokens.size());
        List<Diagnostic.Edit> edits = new ArrayList<>();
        Span first = null;
        CommonToken before = null;
        for (int i = 0; i < tokens.size(); i++) {
            CommonToken token = tokens.get(i);
            boolean toEnd = token.getType() == PelParser.FLOORDIV && (before == null || before.getLine() < token.getLine()) && prose(tokens, i, before);
            if (!toEnd && !opens(tokens, i)) {
                result.add(token);
                before = token.getChannel() == Token.DEFAULT_CHANNEL ? token : before;
                continue;
            }
            Span mark = new Span(file, token.getStartIndex(), token.getStartIndex() + 2);
            first = first == null ? mark : first;
            if (toEnd) {
                edits.add(new Diagnostic.Edit(mark, "#"));
            }
            int next = i;
            while (tokens.get(next).getType() != Token.EOF && (toEnd ? tokens.get(next).getLine() == token.getLine() : !closed(tokens, next, i))) {
                if (tokens.get(next).getChannel() != Token.DEFAULT_CHANNEL) {
                    result.add(tokens.get(next));
                }
                next++;
            }
            i = next - 1;
        }
        if (first != null) {
            Diagnostic d = Diagnostic.error("PEL0009", first, "a comment begins with `#`").note("it goes to the end of its line; there are no others");
            report.add(edits.isEmpty() ? d : d.fix(new Diagnostic.Fix("write `#`", List.copyOf(edits))));
        }
        return result;
    }

    /** A line that begins with {@code //} goes on with a quotient, unless nothing is divided or two words follow each other. */
    private static boolean prose(List<CommonToken> tokens, int i, @Nullable CommonToken before) {
        if (before == null || before.getType() == PelParser.LBRACE || before.getType() == PelParser.RBRACE || before.getType() == PelParser.SEMI) {
            return true;
        }
        boolean words = false;
        for (int k = i + 1; k + 1 < tokens.size() && tokens.get(k + 1).getLine() == tokens.get(i).getLine(); k++) {
            int type = tokens.get(k).getType();
            if (type == PelParser.ASSIGN) {
                return false;
            }
            words |= type == PelParser.ID && tokens.get(k + 1).getType() == PelParser.ID;
        }
        return words;
    }

    private static boolean opens(List<CommonToken> tokens, int i) {
        CommonToken next = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
        return tokens.get(i).getType() == PelParser.SLASH && next != null && (next.getType() == PelParser.STAR || next.getType() == PelParser.POW)
                && next.getStartIndex() == tokens.get(i).getStopIndex() + 1;
    }

    /** Whether the token before is the end of a comment that begins at {@code start}. */
    private static boolean closed(List<CommonToken> tokens, int i, int start) {
        if (i < start + 3) {
            return false;
        }
        CommonToken slash = tokens.get(i - 1);
        CommonToken star = tokens.get(i - 2);
        return slash.getType() == PelParser.SLASH && (star.getType() == PelParser.STAR || star.getType() == PelParser.POW)
                && slash.getStartIndex() == star.getStopIndex() + 1;
    }

    /** Without {@code new} and with {@code var} for {@code mut} and {@code let mut}. */
    List<CommonToken> words(List<CommonToken> tokens) {
        List<CommonToken> result = new ArrayList<>(tokens.size());
        CommonToken before = null;
        for (int i = 0; i < tokens.size(); i++) {
            CommonToken token = tokens.get(i);
            int next = i + 1 < tokens.size() ? tokens.get(i + 1).getType() : Token.EOF;
            int after = i + 2 < tokens.size() ? tokens.get(i + 2).getType() : Token.EOF;
            boolean fresh = token.getType() == PelParser.ID && token.getText().equals("new") && next == PelParser.ID && after == PelParser.LPAREN
                    && tokens.get(i + 1).getLine() == token.getLine();
            if (fresh) {
                Span span = new Span(file, token.getStartIndex(), tokens.get(i + 1).getStartIndex());
                report.add(Diagnostic.error("PEL0009", span(token), "PEL makes values without `new`").fix("leave it out", span, ""));
            } else if (before != null && token.getType() == PelParser.MUT && next == PelParser.ID && before.getType() != PelParser.LPAREN
                    && before.getType() != PelParser.COMMA) {
                boolean let = before.getType() == PelParser.LET;
                Span span = let ? new Span(file, before.getStartIndex(), token.getStopIndex() + 1) : span(token);
                report.add(Diagnostic.error("PEL0009", span, "PEL writes `var` instead of `" + span.text() + "`").fix("write `var`", span, "var"));
                if (let) {
                    result.set(result.lastIndexOf(before), TokenRepair.as(PelParser.VAR, before));
                } else {
                    result.add(TokenRepair.as(PelParser.VAR, token));
                }
            } else {
                result.add(token);
            }
            before = token.getChannel() == Token.DEFAULT_CHANNEL ? token : before;
        }
        return result;
    }

    private Span span(CommonToken token) {
        return new Span(file, token.getStartIndex(), token.getStopIndex() + 1);
    }
}
