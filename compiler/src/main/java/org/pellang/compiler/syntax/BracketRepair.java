package org.pellang.compiler.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/**
 * Balances brackets, strings and interpolations. Where something is left open, the line structure and the indentation tell
 * where it was meant to end; a text that is balanced is never touched, whatever its layout. Two readings are tried, with and without trust in the
 * indentation of every line; the one that has less to complain of counts.
 */
final class BracketRepair {
    private final SourceFile file;
    private final SyntaxReport report;
    private final Deque<CommonToken> open = new ArrayDeque<>();
    private final List<CommonToken> result = new ArrayList<>();
    private final List<CommonToken> tokens;
    private final boolean byIndent;

    private BracketRepair(SourceFile file, SyntaxReport report, List<CommonToken> tokens, boolean byIndent) {
        this.file = file;
        this.report = report;
        this.tokens = tokens;
        this.byIndent = byIndent;
    }

    static List<CommonToken> repaired(List<CommonToken> all, SourceFile file, SyntaxReport report) {
        if (balanced(all)) {
            return all;
        }
        SyntaxReport trusting = report.fork();
        SyntaxReport doubting = report.fork();
        List<CommonToken> byIndent = new BracketRepair(file, trusting, all, true).repaired();
        List<CommonToken> byWords = new BracketRepair(file, doubting, all, false).repaired();
        boolean trust = trusting.size() <= doubting.size();
        report.become(trust ? trusting : doubting);
        return trust ? byIndent : byWords;
    }

    private List<CommonToken> repaired() {
        CommonToken before = null;
        for (int i = 0; i < tokens.size(); i++) {
            CommonToken token = tokens.get(i);
            token.setTokenIndex(i);
            if (token.getChannel() != Token.DEFAULT_CHANNEL) {
                result.add(token);
                continue;
            }
            if (before == null || before.getLine() < token.getLine()) {
                lineStart(token, i);
            }
            take(token);
            before = token;
        }
        return result;
    }

    private static boolean balanced(List<CommonToken> tokens) {
        Deque<Integer> closers = new ArrayDeque<>();
        for (CommonToken token : tokens) {
            int type = token.getType();
            if (closer(type) != 0) {
                closers.push(closer(type));
            } else if (closes(type)) {
                if (closers.isEmpty() || closers.pop() != type) {
                    return false;
                }
            } else if (type == PelParser.BROKEN_STRING || type == PelParser.SPEC_QUOTE) {
                return false;
            }
        }
        return closers.isEmpty();
    }

    private static int closer(int opener) {
        return switch (opener) {
            case PelParser.LPAREN -> PelParser.RPAREN;
            case PelParser.LBRACK -> PelParser.RBRACK;
            case PelParser.LBRACE -> PelParser.RBRACE;
            case PelParser.STR_OPEN -> PelParser.STR_CLOSE;
            case PelParser.INTERP_OPEN -> PelParser.INTERP_CLOSE;
            default -> 0;
        };
    }

    private static boolean closes(int type) {
        return type == PelParser.RPAREN || type == PelParser.RBRACK || type == PelParser.RBRACE || type == PelParser.STR_CLOSE
                || type == PelParser.INTERP_CLOSE;
    }

    private void take(CommonToken token) {
        int type = token.getType();
        if (type == PelParser.BROKEN_STRING || type == PelParser.SPEC_QUOTE) {
            endString(token);
        } else if (type == Token.EOF) {
            while (!open.isEmpty()) {
                closeTop(token, true);
            }
            result.add(token);
        } else if (closes(type)) {
            close(token);
        } else {
            if (type == PelParser.LBRACE) {
                closeGroups(token); // no expression contains a block
            }
            if (closer(type) != 0) {
                open.push(token);
            }
            result.add(token);
        }
    }

    private void closeGroups(CommonToken before) {
        while (!open.isEmpty() && isGroup(open.peek())) {
            closeTop(before, true);
        }
    }

    private static boolean isGroup(CommonToken token) {
        return token.getType() == PelParser.LPAREN || token.getType() == PelParser.LBRACK;
    }

    private void close(CommonToken token) {
        boolean known = open.stream()
                .takeWhile(o -> token.getType() == PelParser.INTERP_CLOSE
                        || token.getType() == PelParser.STR_CLOSE
                        || o.getType() != PelParser.INTERP_OPEN)
                .anyMatch(o -> closer(o.getType()) == token.getType());
        if (!known && byIndent && !open.isEmpty() && isGroup(open.element()) && open.element().getLine() == token.getLine()) {
            CommonToken opener = open.pop();
            String closer = Words.text(closer(opener.getType()));
            report.add(Diagnostic.error("PEL0002", span(token), "`" + opener.getText() + "` is closed by " + closer + ", not by `" + token.getText() + "`")
                    .label(span(opener), "opened here")
                    .fix("write " + closer, span(token), closer.substring(1, 2)));
            result.add(TokenRepair.as(closer(opener.getType()), token));
            return;
        }
        if (!known) {
            report.add(Diagnostic.error("PEL0002", span(token), "this `" + token.getText() + "` closes nothing")
                    .fix("remove it", span(token), ""));
            return;
        }
        while (open.peek() != null && closer(open.element().getType()) != token.getType()) {
            closeTop(token, true);
        }
        open.pop();
        result.add(token);
    }

    /** The line ended inside a string: everything up to the outermost string is closed. */
    private void endString(CommonToken end) {
        CommonToken outermost = null;
        for (CommonToken o : open) {
            if (o.getType() == PelParser.STR_OPEN) {
                outermost = o;
                if (end.getType() == PelParser.SPEC_QUOTE) {
                    break;
                }
            } else if (o.getType() == PelParser.LBRACE) {
                break;
            }
        }
        boolean interpolation = open.peek() != null && open.element().getType() != PelParser.STR_OPEN;
        CommonToken start = outermost == null ? end : outermost;
        Span at = interpolation && open.peek() != null ? span(open.element()) : span(start);
        report.add(Diagnostic.error(
                        "PEL0005", at, interpolation ? "this interpolation is never closed" : "this string is never closed")
                .note(interpolation
                        ? "an interpolation ends with `}` on the same line; a brace itself is written `{{`"
                        : "a string ends with `\"` on the same line; a line break in it is written \\n"));
        while (outermost != null && open.contains(outermost)) {
            closeTop(end, false);
        }
    }

    private void closeTop(CommonToken before, boolean tell) {
        CommonToken opener = open.pop();
        int place = place(opener);
        boolean text = opener.getType() == PelParser.STR_OPEN || opener.getType() == PelParser.INTERP_OPEN;
        if (tell && text) {
            if (!report.hasLine(opener.getLine())) {
                report.add(Diagnostic.error("PEL0005", span(opener), "this string is never closed"));
            }
        } else if (tell && !report.hasLine(opener.getLine())) {
            String closer = Words.text(closer(opener.getType()));
            CommonToken last = lastCode(place);
            Span end = new Span(file, last.getStopIndex() + 1, last.getStopIndex() + 1);
            report.add(Diagnostic.error("PEL0002", span(opener), "this `" + opener.getText() + "` is never closed")
                    .under("opened here")
                    .label(end, closer + " is expected here at the latest")
                    .fix("insert " + closer, end, opener.getType() == PelParser.LBRACE ? "\n}" : closer.substring(1, 2)));
        }
        CommonToken inserted = TokenRepair.inserted(closer(opener.getType()), before);
        CommonToken last = lastCode(place);
        if (last.getStopIndex() < before.getStartIndex()) {
            inserted.setStartIndex(last.getStopIndex() + 1);
            inserted.setStopIndex(last.getStopIndex());
            inserted.setLine(last.getLine());
        }
        result.add(place, inserted);
    }

    /** Where a bracket ends at the latest: the end, or between two tokens of which no expression has the one behind the other. */
    private int place(CommonToken opener) {
        int place = result.size();
        if (!byIndent || !isGroup(opener)) {
            return place;
        }
        CommonToken behind = null;
        for (int i = result.size() - 1; result.get(i) != opener; i--) {
            CommonToken token = result.get(i);
            if (closes(token.getType()) || closer(token.getType()) != 0) {
                return result.size(); // what has brackets of its own is left alone
            }
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                boolean foreign = token.getType() == PelParser.ASSIGN || token.getType() == PelParser.DIST && opener.getType() == PelParser.LBRACK;
                boolean cut = behind != null && isOperand(token) && isOperand(behind);
                place = foreign ? i : cut ? i + 1 : place;
                behind = token;
            }
        }
        return place;
    }

    private static boolean isOperand(CommonToken token) {
        int type = token.getType();
        return type == PelParser.ID || type == PelParser.INT || type == PelParser.FLOAT;
    }

    private CommonToken lastCode(int end) {
        for (int i = end - 1; i >= 0; i--) {
            if (result.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
                return result.get(i);
            }
        }
        return tokens.get(0);
    }

    /** What a line starts with tells whether something before it should have ended. */
    private void lineStart(CommonToken token, int index) {
        int column = token.getCharPositionInLine();
        if (!open.isEmpty() && isGroup(open.element())
                && (startsStatement(token, index) || byIndent && column <= indent(open.element()) && startsLine(token, index))) {
            closeGroups(token);
        }
        boolean closing = token.getType() == PelParser.RBRACE;
        boolean declaration = column == 0 && !closing && startsDeclaration(token, index);
        while (!open.isEmpty() && open.element().getType() == PelParser.LBRACE) {
            int indent = indent(open.element());
            boolean belongsFurtherOut = closing && column < indent && open.size() > 1 && someOuterAt(column);
            boolean dedented = byIndent && !closing && column <= indent && startsLine(token, index) && spansLines(open.element());
            if (!belongsFurtherOut && !declaration && !dedented) {
                return;
            }
            closeTop(token, true);
        }
    }

    /** Whether a line that begins so is no continuation of the one before it. */
    private boolean startsLine(CommonToken token, int index) {
        int last = lastCode(result.size()).getType();
        boolean goesOn = last == PelParser.COMMA || closer(last) != 0 && last != PelParser.LBRACE || Operators.isBinary(last) || Operators.isAssignment(last);
        int type = token.getType();
        boolean word = type == PelParser.ID || type == PelParser.LET || type == PelParser.FOR || type == PelParser.FORALL || type == PelParser.IF
                || type == PelParser.ELSE || startsStatement(token, index) && type != PelParser.RBRACE;
        return word && !goesOn;
    }

    /** Whether the block's text begins behind the line of its brace. */
    private boolean spansLines(CommonToken brace) {
        int i = brace.getTokenIndex() + 1;
        while (tokens.get(i).getChannel() != Token.DEFAULT_CHANNEL) {
            i++;
        }
        return tokens.get(i).getLine() > brace.getLine();
    }

    private boolean someOuterAt(int column) {
        return open.stream().skip(1).anyMatch(o -> o.getType() == PelParser.LBRACE && indent(o) == column);
    }

    /** Column of the first character of the line on which a bracket was opened. */
    private int indent(CommonToken opener) {
        String line = file.lineText(opener.getLine());
        int column = 0;
        while (column < line.length() && Character.isWhitespace(line.charAt(column))) {
            column++;
        }
        return column;
    }

    private boolean startsDeclaration(CommonToken token, int index) {
        return switch (token.getType()) {
            case PelParser.CONFIG, PelParser.USE, PelParser.RECORD, PelParser.DOMAIN, PelParser.EXTERN -> true;
            case PelParser.FN, PelParser.OP, PelParser.TEST, PelParser.CHANNEL -> {
                int next = next(index);
                yield next == PelParser.ID || next == PelParser.STR_OPEN;
            }
            default -> false;
        };
    }

    private boolean startsStatement(CommonToken token, int index) {
        return switch (token.getType()) {
            case PelParser.VAR, PelParser.CONFIG, PelParser.WHILE, PelParser.RETURN, PelParser.RECORD, PelParser.ASSERT,
                    PelParser.BREAK, PelParser.CONTINUE, PelParser.USE, PelParser.RBRACE -> true;
            case PelParser.LET -> !inComprehension();
            case PelParser.ID -> Operators.isAssignment(next(index));
            default -> startsDeclaration(token, index) && token.getType() != PelParser.DOMAIN;
        };
    }

    private boolean inComprehension() {
        for (int i = result.size() - 1; i >= 0 && result.get(i) != open.peek(); i--) {
            int type = result.get(i).getType();
            if (type == PelParser.FOR || type == PelParser.FORALL) {
                return true;
            }
        }
        return false;
    }

    private int next(int index) {
        for (int i = index + 1; i < tokens.size(); i++) {
            if (tokens.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
                return tokens.get(i).getType();
            }
        }
        return Token.EOF;
    }

    private Span span(CommonToken token) {
        return new Span(file, Math.min(token.getStartIndex(), file.text().length()), Math.min(token.getStopIndex() + 1, file.text().length()));
    }
}
