package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/** Where a line ends with an operator and the next one starts a statement, an operand is missing: a hole is put there. */
final class OperandRepair {
    private final SourceFile file;
    private final SyntaxReport report;

    OperandRepair(SourceFile file, SyntaxReport report) {
        this.file = file;
        this.report = report;
    }

    List<CommonToken> repaired(List<CommonToken> tokens) {
        List<CommonToken> result = new ArrayList<>(tokens.size());
        CommonToken before = null;
        for (int i = 0; i < tokens.size(); i++) {
            CommonToken token = tokens.get(i);
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                if (before != null && awaitsOperand(before.getType()) && noOperand(tokens, i, before)) {
                    hole(before, token);
                    result.add(TokenRepair.behind(PelParser.ID, before));
                }
                before = token;
            }
            result.add(token);
        }
        return result;
    }

    private static boolean awaitsOperand(int type) {
        return Operators.isBinary(type) || Operators.isAssignment(type) || type == PelParser.NOT;
    }

    private static boolean noOperand(List<CommonToken> tokens, int i, CommonToken before) {
        int type = tokens.get(i).getType();
        if (type == Token.EOF || type == PelParser.RBRACE || type == PelParser.SEMI || type == PelParser.LBRACE) {
            return true;
        }
        if (tokens.get(i).getLine() == before.getLine() || !Words.STARTERS.contains(type)) {
            return false;
        }
        int next = i + 1 < tokens.size() ? tokens.get(i + 1).getType() : Token.EOF;
        return switch (type) {
            case PelParser.IF, PelParser.SPAWN -> false; // both are values too
            case PelParser.FN -> next != PelParser.LPAREN;
            default -> true;
        };
    }

    private void hole(CommonToken before, CommonToken token) {
        Span span = new Span(file, before.getStartIndex(), before.getStopIndex() + 1);
        if (token.getType() == PelParser.LBRACE && token.getLine() == before.getLine() && Operators.isAssignment(before.getType()) && !report.hasLine(span.line())) {
            report.add(Diagnostic.error("PEL0009", new Span(file, token.getStartIndex(), token.getStopIndex() + 1), "no value begins with `{`")
                    .note("a map is made of pairs: `let m: map string -> int = [(\"a\", 1)]`; a record in parentheses: `Point(1.0, 2.0)`; an array in brackets: `[1, 2]`"));
        } else if (!report.hasLine(span.line())) {
            report.add(Diagnostic.error("PEL0002", span, "an expression is missing behind `" + before.getText() + "`")
                    .under("nothing follows"));
        }
    }
}
