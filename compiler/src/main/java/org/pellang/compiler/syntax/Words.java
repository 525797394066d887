package org.pellang.compiler.syntax;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;
import org.pellang.grammar.PelLexer;
import org.pellang.grammar.PelParser;

/** Tokens in the user's words. */
final class Words {
    /** Keywords that start a statement or a declaration. */
    static final List<String> STATEMENT_KEYWORDS = List.of(
            "assert", "break", "channel", "config", "continue", "domain", "else", "epoch", "extern", "fn", "for", "forall", "if",
            "let", "module", "op", "record", "return", "shared", "spawn", "sync", "test", "use", "var", "wavefront", "while");

    /** Keywords inside statements and expressions. */
    static final List<String> INNER_KEYWORDS = List.of(
            "and", "or", "not", "in", "dist", "then", "else", "periodic", "reduce", "scan", "checkpoint", "every", "mut", "true",
            "false", "identity", "ranks", "if", "for", "forall", "let");

    /** Tokens that only a statement or declaration starts with. */
    static final Set<Integer> STARTERS = Set.of(
            PelParser.ASSERT, PelParser.BREAK, PelParser.CONFIG, PelParser.CONTINUE, PelParser.DOMAIN, PelParser.EPOCH,
            PelParser.EXTERN, PelParser.FN, PelParser.FOR, PelParser.FORALL, PelParser.IF, PelParser.LET, PelParser.RECORD,
            PelParser.RETURN, PelParser.SHARED, PelParser.SPAWN, PelParser.SYNC, PelParser.USE, PelParser.VAR,
            PelParser.WAVEFRONT, PelParser.WHILE, PelParser.OP, PelParser.CHANNEL);

    /** Tokens with which an expression starts, and no statement. */
    static final Set<Integer> OPERANDS = Set.of(
            PelParser.INT, PelParser.FLOAT, PelParser.IMAG, PelParser.STR_OPEN, PelParser.TRUE, PelParser.FALSE,
            PelParser.LPAREN, PelParser.LBRACK, PelParser.MINUS, PelParser.TILDE, PelParser.NOT);

    private static final Set<Integer> DOCUMENTED = Set.of(
            PelParser.CONFIG, PelParser.DOMAIN, PelParser.CHANNEL, PelParser.FN, PelParser.OP, PelParser.RECORD,
            PelParser.VAR, PelParser.LET, PelParser.SHARED);

    private static final Map<Integer, String> NAMED = Map.of(
            PelParser.ID, "a name",
            PelParser.INT, "a number",
            PelParser.FLOAT, "a number",
            PelParser.IMAG, "a number",
            PelParser.STR_OPEN, "a string",
            Token.EOF, "the end of the file");

    /** Tokens with an action in the lexer have no literal name there. */
    private static final Map<Integer, String> BRACKETS = Map.of(
            PelParser.LPAREN, "(",
            PelParser.RPAREN, ")",
            PelParser.LBRACK, "[",
            PelParser.RBRACK, "]",
            PelParser.LBRACE, "{",
            PelParser.RBRACE, "}",
            PelParser.COLON, ":",
            PelParser.SPEC_COLON, ":",
            PelParser.INTERP_CLOSE, "}",
            PelParser.STR_CLOSE, "\"");

    private Words() {}

    static boolean documented(int type) {
        return DOCUMENTED.contains(type);
    }

    /** What was found. */
    static String found(Token token) {
        return switch (token.getType()) {
            case Token.EOF -> "end of the file";
            case PelParser.STR_OPEN -> "string";
            case PelParser.INT, PelParser.FLOAT, PelParser.IMAG -> "number `" + token.getText() + "`";
            case PelParser.INTERP_CLOSE -> "end of the interpolation";
            case PelParser.SPEC_COLON -> "`:`";
            default -> keyword(token.getType()) != null ? "keyword `" + token.getText() + "`" : "`" + token.getText() + "`";
        };
    }

    /** What could have stood there, at most four alternatives; null if there are too many to be of use. */
    static @Nullable String expected(IntervalSet set) {
        List<String> all = new java.util.ArrayList<>();
        boolean expression = set.contains(PelParser.FLOAT) && set.contains(PelParser.ID);
        boolean statement = set.contains(PelParser.LET) && set.contains(PelParser.WHILE);
        boolean operator = set.contains(PelParser.PERCENT) && set.contains(PelParser.STAR);
        boolean type = !expression && set.contains(PelParser.ID) && set.contains(PelParser.MAP) && set.contains(PelParser.LBRACK)
                && set.contains(PelParser.CHANNEL);
        boolean suffix = operator && set.contains(PelParser.DOT);
        for (int punctuation : new int[] {
            PelParser.RPAREN, PelParser.RBRACK, PelParser.RBRACE, PelParser.INTERP_CLOSE, PelParser.LBRACE, PelParser.ASSIGN,
            PelParser.COLON, PelParser.COMMA, PelParser.IN, PelParser.THEN, PelParser.ELSE, PelParser.ARROW, PelParser.EVERY
        }) {
            boolean asName = punctuation == PelParser.EVERY && set.contains(PelParser.ID);
            if (set.contains(punctuation) && !asName) {
                all.add(text(punctuation));
            }
        }
        if (statement) {
            all.add("a statement");
        } else if (expression) {
            all.addFirst("an expression");
        } else if (type) {
            all.addFirst("a type");
        } else if (set.contains(PelParser.ID) && !operator) {
            all.addFirst("a name");
        } else if (set.contains(PelParser.STR_OPEN)) {
            all.addFirst("a string");
        } else if (set.contains(PelParser.LPAREN) && !suffix) {
            all.addFirst("`(`");
        } else if (set.contains(PelParser.LBRACK) && !suffix) {
            all.addFirst("`[`");
        }
        if (operator) {
            all.add("an operator");
        }
        if (all.isEmpty()) {
            set.toList().stream().limit(4).forEach(t -> all.add(text(t)));
        }
        List<String> few = all.stream().distinct().limit(4).toList();
        return few.isEmpty() ? null : few.size() == 1
                ? few.get(0)
                : String.join(", ", few.subList(0, few.size() - 1)) + " or " + few.getLast();
    }

    /** A token type as it is written. */
    static String text(int type) {
        String named = NAMED.get(type);
        if (named != null) {
            return named;
        }
        String literal = literal(type);
        return literal == null ? "something else" : "`" + literal + "`";
    }

    /** The fixed text of a token type, or null. */
    static @Nullable String literal(int type) {
        String bracket = BRACKETS.get(type);
        if (bracket != null) {
            return bracket;
        }
        String quoted = PelLexer.VOCABULARY.getLiteralName(type);
        return quoted == null ? null : quoted.substring(1, quoted.length() - 1);
    }

    static @Nullable String keyword(int type) {
        String literal = literal(type);
        return literal != null && Character.isLetter(literal.charAt(0)) ? literal : null;
    }

    /** The token type of a keyword. */
    static int type(String keyword) {
        for (int type = 1; type <= PelLexer.VOCABULARY.getMaxTokenType(); type++) {
            if (keyword.equals(literal(type))) {
                return type;
            }
        }
        return PelParser.ID;
    }
}
