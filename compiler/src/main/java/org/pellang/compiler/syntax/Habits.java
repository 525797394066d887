package org.pellang.compiler.syntax;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/** Pointed answers to what people write who come from C, Python or Fortran. */
final class Habits {
    private Habits() {}

    /** What PEL has for a statement of other languages, or null. */
    static @Nullable String statement(String word) {
        return switch (word) {
            case "match", "switch", "case", "when" -> "compare one after the other: `if x == 1 { .. } else if x == 2 { .. } else { .. }`";
            case "enum" -> "name numbers: `let red = 0` and `let green = 1`";
            case "try", "catch", "except", "finally", "throw", "raise" -> "there are no exceptions: a failed `assert` or a trap ends the job; test the condition first";
            case "do", "repeat", "loop" -> "a loop that tests at its end is `while true { .. if done { break } }`";
            case "from" -> "`use module` makes all names of a module visible";
            case "interface", "trait", "impl", "extends", "namespace", "package", "public", "private", "static" ->
                "there are records and functions at the top level of files, without classes";
            case "send", "recv", "receive", "isend", "irecv" -> "messages go through a channel: `channel c: int`, then `c.send(x, to: r)` and `let x = c.recv(from: r)`";
            case "subroutine", "procedure", "sub", "defun" -> "a function is written `fn f(x: float) -> float { .. }`";
            case "call" -> "a function is called by its name: `f(x)`";
            case "as" -> "a value is converted by a function of the type's name: `float(x)`";
            case "parallel", "omp", "pragma" -> "a loop is divided by `forall`";
            case "end", "endif", "enddo", "done", "fi", "begin" -> "blocks stand in braces";
            case "program", "implicit" -> "a program is its statements, from top to bottom";
            case "integer", "real", "character", "dimension", "logical" -> "a variable is declared with `var x: float`, an array with `var a: [10] float`";
            case "unless", "until" -> "write `if not c { .. }`, `while not c { .. }`";
            case "cobegin" -> "a loop is divided by `forall`, a task begun by `spawn f(x)`";
            case "goto", "yield", "async", "await", "del", "delete", "with", "global", "pass" -> "leave it out";
            default -> null;
        };
    }

    /** The answer, or null if the unexpected token is nobody's habit. */
    static @Nullable Diagnostic hint(SourceFile file, Parser parser, Token token, Span span) {
        ParserRuleContext context = parser.getContext();
        Token before = parser.getInputStream().LT(-1);
        return switch (token.getType()) {
            case PelParser.COLON -> colon(parser, context, span);
            case PelParser.ASSIGN -> before != null && (before.getType() == PelParser.RANGE || before.getType() == PelParser.COLON && before.getStopIndex() + 1 == span.start())
                    ? Diagnostic.error("PEL0009", span, "unexpected `=`")
                            .note(before.getType() == PelParser.RANGE ? "`a..b` includes b, `a..<b` does not" : "a variable is declared with `var x = 3` or `let x = 3`")
                    : inCondition(context)
                    ? Diagnostic.error("PEL0009", span, "`=` assigns; a comparison is written `==`").fix("compare", span, "==")
                    : null;
            case PelParser.MINUS -> before != null && before.getType() == PelParser.MINUS && span.start() == before.getStopIndex() + 1
                    ? Diagnostic.error("PEL0009", span, "PEL has no `--`").note("write `x -= 1`")
                    : null;
            case PelParser.ELSE -> Diagnostic.error("PEL0001", span, "this `else` belongs to no `if`")
                    .note("an `if` that gives a value is written `if c then a else b`; otherwise `else` follows the `}` of its `if`");
            case PelParser.ARROW -> Diagnostic.error("PEL0009", span, "unexpected `->`")
                    .note("`->` stands before the result type of a function; a function value is written `fn(x) = x + 1`");
            case PelParser.LBRACE -> fields(parser, token, before, span);
            case PelParser.COMMA -> names(file, parser, context, span);
            case PelParser.ID -> token.getText().equals("step")
                    ? Diagnostic.error("PEL0009", span, "PEL writes `by` instead of `step`").fix("write `by`", span, "by")
                    : arrayType(file, parser, context, token, span);
            case PelParser.LBRACK -> before != null && before.getLine() < token.getLine()
                    ? Diagnostic.error("PEL0004", span, "no statement starts with `[`")
                    : null;
            case PelParser.PLUS -> Diagnostic.error("PEL0009", span, "unexpected `+`")
                    .note("PEL has no sign `+`, and operators take no dot; over all elements it is written `sum(a)`, element by element `[a[i] + b[i] for i in 0..<n]`");
            case PelParser.IN -> !inCondition(context) ? null : Diagnostic.error("PEL0009", span, "`in` belongs to loops")
                    .note("whether a map has a key tells `has(m, k)`; an array or list is looked through by `any(x == 2 for x in a)`, a text by `find(s, part) >= 0`");
            case PelParser.STR_OPEN -> before != null && before.getType() == PelParser.ID && before.getStopIndex() + 1 == span.start() && before.getText().length() <= 2
                    ? Diagnostic.error("PEL0009", span, "strings need no prefix").note("every string may hold values in braces: `\"{x}\"`")
                    : null;
            case PelParser.RBRACK -> before != null && before.getType() == PelParser.RANGE ? part(span) : null;
            case PelParser.THEN -> Diagnostic.error("PEL0001", span, "unexpected `then`")
                    .note("a statement's branches stand in braces: `if c { ... } else { ... }`; `then` belongs to `if c then a else b`, a value");
            case PelParser.INT -> before != null && before.getType() == PelParser.RANGE && context instanceof PelParser.SuffixContext ? part(span) : null;
            default -> range(token, span);
        };
    }

    private static Diagnostic part(Span span) {
        return Diagnostic.error("PEL0009", span, "a part of an array has two ends")
                .note("`a[2..<len(a)]` goes from index 2 to the last one, `a[0..<2]` has the first two; `a[..]` is all");
    }

    private static boolean inCondition(ParserRuleContext context) {
        for (ParserRuleContext c = context; c != null; c = c.getParent()) {
            if (c instanceof PelParser.IfStmtContext || c instanceof PelParser.WhileStmtContext || c instanceof PelParser.AssertStmtContext
                    || c instanceof PelParser.ConditionalContext) {
                return true;
            }
            if (begun(c)) {
                return false;
            }
        }
        return false;
    }

    /** A block whose brace was read: what surrounds it has nothing to do with the token. */
    private static boolean begun(ParserRuleContext context) {
        return context instanceof PelParser.BlockContext && context.getChildCount() > 0;
    }

    private static @Nullable Diagnostic colon(Parser parser, ParserRuleContext context, Span span) {
        for (ParserRuleContext c = context; c != null; c = c.getParent()) {
            if (c instanceof PelParser.IfStmtContext || c instanceof PelParser.WhileStmtContext || c instanceof PelParser.ForStmtContext
                    || c instanceof PelParser.ForallStmtContext || c instanceof PelParser.FnDeclContext) {
                return Diagnostic.error("PEL0009", span, "a block stands in braces, without `:`")
                        .note("write `{` here and `}` behind the last statement of the block")
                        .fix("open the block", span, " {");
            }
            if (begun(c) || c instanceof PelParser.ItemContext) {
                break;
            }
        }
        if (context instanceof PelParser.SuffixContext || context.getParent() instanceof PelParser.SuffixContext) {
            return Diagnostic.error("PEL0009", span, "a part of an array is written with `..<`").note("`a[1..<3]` has the indices 1 and 2, `a[..]` all")
                    .fix("write `..<`", span, "..<");
        }
        Token name = parser.getInputStream().LT(-1);
        boolean declares = name != null && name.getType() == PelParser.ID;
        String elsewhere = declares ? statement(name.getText()) : null;
        if (elsewhere != null) {
            return Diagnostic.error("PEL0009", span, "PEL has no `" + name.getText() + "`").note(elsewhere);
        }
        return declares
                ? Diagnostic.error("PEL0001", span, "unexpected `:`").note("a variable is declared with `var " + name.getText() + ": type = value`")
                : null;
    }

    /** {@code Point{x: 1.0}}. */
    private static @Nullable Diagnostic fields(Parser parser, Token brace, @Nullable Token before, Span span) {
        boolean glued = before != null && before.getType() == PelParser.ID && before.getStopIndex() + 1 == brace.getStartIndex();
        boolean named = parser.getInputStream().LA(2) == PelParser.ID && parser.getInputStream().LA(3) == PelParser.COLON;
        return glued && named && before != null
                ? Diagnostic.error("PEL0009", span, "a record is made in parentheses").note("for instance `" + before.getText() + "(x: 1.0, y: 2.0)`")
                : null;
    }

    /** {@code for i, x in a}. */
    private static @Nullable Diagnostic names(SourceFile file, Parser parser, ParserRuleContext context, Span span) {
        Token first = parser.getInputStream().LT(-1);
        boolean loop = context instanceof PelParser.ForStmtContext || context instanceof PelParser.ForallStmtContext
                || context instanceof PelParser.WavefrontStmtContext || context instanceof PelParser.CompTailContext;
        if (!loop || first == null || first.getType() != PelParser.ID) {
            return null;
        }
        int k = 1;
        while (parser.getInputStream().LA(k) == PelParser.COMMA && parser.getInputStream().LA(k + 1) == PelParser.ID) {
            k += 2;
        }
        Span names = new Span(file, first.getStartIndex(), Math.max(span.end(), parser.getInputStream().LT(Math.max(1, k - 1)).getStopIndex() + 1));
        return Diagnostic.error("PEL0009", names, "several names of a loop stand in parentheses").fix("write parentheses", names, "(" + names.text() + ")");
    }

    /** {@code var a: float[10]}. */
    private static @Nullable Diagnostic arrayType(SourceFile file, Parser parser, ParserRuleContext context, Token token, Span span) {
        if (!(context instanceof PelParser.TypeContext) || parser.getInputStream().LA(2) != PelParser.LBRACK) {
            return null;
        }
        int k = 3;
        while (parser.getInputStream().LA(k) != PelParser.RBRACK && parser.getInputStream().LA(k) != Token.EOF
                && parser.getInputStream().LT(k).getLine() == token.getLine()) {
            k++;
        }
        Diagnostic d = Diagnostic.error("PEL0009", span, "the extents of an array type stand in front").note("for instance `[10] float`, `[n, m] int`, `[_] T` for any");
        if (parser.getInputStream().LA(k) != PelParser.RBRACK || parser.getInputStream().LA(k + 1) == PelParser.ID) {
            return d;
        }
        Span all = new Span(file, span.start(), parser.getInputStream().LT(k).getStopIndex() + 1);
        String extents = all.text().substring(span.text().length());
        return d.fix("write the extents first", all, (extents.replace(" ", "").equals("[]") ? "[_]" : extents) + " " + span.text());
    }

    private static @Nullable Diagnostic range(Token token, Span span) {
        return token.getType() == PelParser.DOT
                ? Diagnostic.error("PEL0001", span, "unexpected `.`").note("ranges are written `a..b` (with b) or `a..<b` (without)")
                : null;
    }
}
