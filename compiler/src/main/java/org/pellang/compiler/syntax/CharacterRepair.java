package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/** Unknown characters, operators of other languages, and faults inside string literals. */
final class CharacterRepair {
    private final SourceFile file;
    private final SyntaxReport report;

    CharacterRepair(SourceFile file, SyntaxReport report) {
        this.file = file;
        this.report = report;
    }

    List<CommonToken> repaired(List<CommonToken> tokens) {
        List<CommonToken> result = new ArrayList<>(tokens.size());
        int unknownEnd = -1;
        for (CommonToken token : tokens) {
            switch (token.getType()) {
                case PelParser.UNKNOWN -> {
                    if (token.getStartIndex() != unknownEnd) {
                        unknown(token);
                    }
                    unknownEnd = token.getStopIndex() + 1; // one message for a run of unknown characters
                }
                case PelParser.FOREIGN -> foreign(token, result);
                case PelParser.STR_LONE_RBRACE -> {
                    report.add(Diagnostic.error("PEL0005", span(token), "a lone `}` in a string")
                            .note("write `}}` for the brace itself")
                            .fix("double it", span(token), "}}"));
                    result.add(TokenRepair.as(PelParser.STR_RBRACE, token));
                }
                case PelParser.STR_BACKSLASH -> result.add(TokenRepair.as(PelParser.STR_TEXT, token));
                default -> result.add(token);
            }
        }
        return result;
    }

    private Span span(CommonToken token) {
        return new Span(file, token.getStartIndex(), token.getStopIndex() + 1);
    }

    private void unknown(CommonToken token) {
        int start = token.getStartIndex();
        int code = file.text().codePointAt(start);
        Span span = new Span(file, start, Math.min(file.text().length(), start + Character.charCount(code)));
        boolean visible = code > ' ' && Character.isDefined(code) && !Character.isISOControl(code) && code < 0xD800 | code > 0xDFFF;
        String shown = visible ? "`" + Character.toString(code) + "`" : "U+%04X".formatted(code);
        Diagnostic error = Diagnostic.error("PEL0007", span, "unknown character " + shown);
        report.add(switch (code) {
            case '?' -> error.note("PEL writes a choice as `if c then a else b`");
            case '$' -> error.note("names consist of letters a-z, digits and `_`; values in strings are written {name}");
            case '\\' -> error.note("a line needs no continuation mark: newlines carry no meaning");
            case '\'' -> error.note("strings are written in double quotes");
            case '“', '”', '„' -> error.fix("write a plain quote", span, "\"");
            case '−', '–' -> error.fix("write a plain minus", span, "-");
            case '×' -> error.fix("write `*`", span, "*");
            case '≤' -> error.fix("write `<=`", span, "<=");
            case '≥' -> error.fix("write `>=`", span, ">=");
            case '≠' -> error.fix("write `!=`", span, "!=");
            default -> Character.isLetter(code) ? error.note("names consist of letters a-z, digits and `_`") : error;
        });
    }

    private void foreign(CommonToken token, List<CommonToken> result) {
        switch (token.getText()) {
            case "&&" -> result.add(word(token, PelParser.AND, "and"));
            case "||" -> result.add(word(token, PelParser.OR, "or"));
            case "!" -> result.add(word(token, PelParser.NOT, "not"));
            case "++" -> {
                report.add(Diagnostic.error("PEL0009", span(token), "PEL has no `++`")
                        .note("write `x += 1`")
                        .fix("add one", span(token), " += 1"));
                result.add(TokenRepair.as(PelParser.PLUS_ASSIGN, token));
                CommonToken one = TokenRepair.behind(PelParser.INT, token);
                one.setStartIndex(token.getStartIndex());
                one.setStopIndex(token.getStopIndex());
                one.setText("1");
                result.add(one);
            }
            default -> quoted(token, result);
        }
    }

    private CommonToken word(CommonToken token, int type, String word) {
        boolean glued = word.equals("not")
                || token.getStartIndex() > 0 && !Character.isWhitespace(file.text().charAt(token.getStartIndex() - 1));
        String spaced = word.equals("not") ? "not " : glued ? " " + word + " " : word;
        report.add(Diagnostic.error("PEL0009", span(token), "PEL writes `" + word + "` instead of `" + token.getText() + "`")
                .fix("write `" + word + "`", span(token), spaced));
        return TokenRepair.as(type, token);
    }

    private void quoted(CommonToken token, List<CommonToken> result) {
        String text = token.getText();
        String content = text.substring(1, text.length() - 1);
        report.add(Diagnostic.error("PEL0009", span(token), "strings are written in double quotes")
                .fix("use double quotes", span(token), "\"" + content + "\""));
        int start = token.getStartIndex();
        int end = token.getStopIndex();
        result.add(piece(token, PelParser.STR_OPEN, start, start));
        if (!content.isEmpty()) {
            result.add(piece(token, PelParser.STR_TEXT, start + 1, end - 1));
        }
        result.add(piece(token, PelParser.STR_CLOSE, end, end));
    }

    private static CommonToken piece(CommonToken token, int type, int start, int stop) {
        CommonToken piece = TokenRepair.as(type, token);
        piece.setStartIndex(start);
        piece.setStopIndex(stop);
        return piece;
    }
}
