package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Spelling;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/**
 * Misspelt keywords and those of other languages where a statement starts. A name there that is followed by neither an
 * assignment nor a suffix is an error in any case, so reading it as the keyword it resembles can only help.
 */
final class KeywordRepair {
    private static final Map<String, String> FOREIGN = Map.ofEntries(
            Map.entry("def", "fn"), Map.entry("function", "fn"), Map.entry("func", "fn"), Map.entry("fun", "fn"),
            Map.entry("proc", "fn"), Map.entry("elif", "else if"), Map.entry("elseif", "else if"), Map.entry("elsif", "else if"),
            Map.entry("struct", "record"), Map.entry("class", "record"), Map.entry("import", "use"), Map.entry("include", "use"),
            Map.entry("const", "let"), Map.entry("val", "let"), Map.entry("auto", "var"), Map.entry("int", "var"),
            Map.entry("double", "var"), Map.entry("float", "var"), Map.entry("bool", "var"), Map.entry("string", "var"),
            Map.entry("foreach", "for"), Map.entry("until", "while"), Map.entry("pfor", "forall"));

    private final SourceFile file;
    private final SyntaxReport report;

    KeywordRepair(SourceFile file, SyntaxReport report) {
        this.file = file;
        this.report = report;
    }

    List<CommonToken> repaired(List<CommonToken> tokens) {
        List<CommonToken> code = tokens.stream().filter(t -> t.getChannel() == Token.DEFAULT_CHANNEL).toList();
        Map<CommonToken, List<CommonToken>> replaced = new java.util.IdentityHashMap<>();
        int groups = 0;
        for (int i = 0; i + 1 < code.size(); i++) {
            CommonToken token = code.get(i);
            switch (token.getType()) {
                case PelParser.LPAREN, PelParser.LBRACK -> groups++;
                case PelParser.RPAREN, PelParser.RBRACK -> groups = Math.max(0, groups - 1);
                case PelParser.LBRACE, PelParser.RBRACE -> groups = 0;
                case PelParser.ID -> {
                    String keyword = startsStatement(code, i, groups) ? keyword(code, i) : null;
                    if (keyword != null) {
                        replaced.put(token, replacement(token, keyword));
                    }
                }
                default -> {
                    // no start of a statement
                }
            }
        }
        if (replaced.isEmpty()) {
            return tokens;
        }
        List<CommonToken> result = new ArrayList<>();
        for (CommonToken token : tokens) {
            result.addAll(replaced.getOrDefault(token, List.of(token)));
        }
        return result;
    }

    private static boolean startsStatement(List<CommonToken> code, int i, int groups) {
        if (i == 0) {
            return true;
        }
        CommonToken before = code.get(i - 1);
        return switch (before.getType()) {
            case PelParser.LBRACE, PelParser.RBRACE, PelParser.SEMI -> true;
            default -> groups == 0 && before.getLine() < code.get(i).getLine() && endsStatement(before.getType());
        };
    }

    private static boolean endsStatement(int type) {
        return switch (type) {
            case PelParser.RPAREN, PelParser.RBRACK, PelParser.INT, PelParser.FLOAT, PelParser.IMAG, PelParser.ID,
                    PelParser.TRUE, PelParser.FALSE, PelParser.STR_CLOSE, PelParser.BREAK, PelParser.CONTINUE,
                    PelParser.RETURN, PelParser.PERIODIC -> true;
            default -> false;
        };
    }

    /** What the name was meant to be, or null if it is well where it stands. */
    private @Nullable String keyword(List<CommonToken> code, int i) {
        CommonToken token = code.get(i);
        CommonToken next = code.get(i + 1);
        boolean sameLine = next.getLine() == token.getLine();
        boolean header = switch (next.getType()) {
            case PelParser.LPAREN -> sameLine && headerBehindParentheses(code, i + 1);
            case PelParser.LBRACE -> true;
            default -> sameLine && (next.getType() == PelParser.ID || next.getType() == PelParser.IF
                    || Words.OPERANDS.contains(next.getType()) && next.getType() != PelParser.LBRACK && next.getType() != PelParser.MINUS);
        };
        if (!header) {
            return null;
        }
        String foreign = FOREIGN.get(token.getText());
        return foreign != null ? foreign : Spelling.nearest(token.getText(), Words.STATEMENT_KEYWORDS);
    }

    /** {@code foral (i, j) in} and {@code whle (a) {}: what looks like a call is followed by what no call has. */
    private static boolean headerBehindParentheses(List<CommonToken> code, int open) {
        int depth = 0;
        for (int k = open; k < code.size(); k++) {
            int type = code.get(k).getType();
            depth += type == PelParser.LPAREN ? 1 : type == PelParser.RPAREN ? -1 : 0;
            if (depth == 0) {
                int next = k + 1 < code.size() ? code.get(k + 1).getType() : Token.EOF;
                return next == PelParser.IN || next == PelParser.LBRACE;
            }
            if (type == PelParser.LBRACE || type == PelParser.RBRACE) {
                return false;
            }
        }
        return false;
    }

    private List<CommonToken> replacement(CommonToken token, String keyword) {
        Span span = new Span(file, token.getStartIndex(), token.getStopIndex() + 1);
        boolean foreign = FOREIGN.containsKey(token.getText());
        String message = foreign
                ? "PEL writes `" + keyword + "` instead of `" + token.getText() + "`"
                : "`" + token.getText() + "` is no keyword; did you mean `" + keyword + "`?";
        report.add(Diagnostic.error(foreign ? "PEL0009" : "PEL0003", span, message).fix("write `" + keyword + "`", span, keyword));
        List<CommonToken> result = new ArrayList<>();
        for (String word : keyword.split(" ")) {
            result.add(TokenRepair.as(Words.type(word), token));
        }
        return result;
    }
}
