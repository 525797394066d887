package org.pellang.compiler.codegen;

/**
 * A Java expression under construction.
 *
 * @param text its source
 * @param level how strongly its outermost operator binds, one of the constants below
 * @param stable whether it may be evaluated later without changing its value: constants, temporaries, variables that are
 *     assigned once. Other operands are kept in a temporary when statements must be placed between them and their use.
 */
public record JavaExpr(String text, int level, boolean stable) {
    public static final int PRIMARY = 16;
    public static final int UNARY = 14;
    public static final int PRODUCT = 12;
    public static final int SUM = 11;
    public static final int SHIFT = 10;
    public static final int RELATION = 9;
    public static final int EQUALITY = 8;
    public static final int BIT_AND = 7;
    public static final int BIT_XOR = 6;
    public static final int BIT_OR = 5;
    public static final int AND = 4;
    public static final int OR = 3;
    public static final int CONDITIONAL = 2;
    public static final int WEAKEST = 0;

    /** A literal, a name that is assigned once, or anything else whose value never changes. */
    public static JavaExpr stable(String text) {
        return new JavaExpr(text, PRIMARY, true);
    }

    /** A call, an element, a variable that may change. */
    public static JavaExpr primary(String text) {
        return new JavaExpr(text, PRIMARY, false);
    }

    /** {@code left operator right}, left associative, of the given level; stable if both operands are. */
    public static JavaExpr infix(int level, JavaExpr left, String operator, JavaExpr right) {
        return new JavaExpr(
                left.at(level) + " " + operator + " " + right.at(level + 1), level, left.stable && right.stable);
    }

    /** A prefix operator or a cast such as {@code "(int) "}. */
    public static JavaExpr prefix(String operator, JavaExpr operand) {
        boolean clash = !operand.text.isEmpty() && operator.endsWith("-") && operand.text.charAt(0) == '-';
        String text = clash ? "(" + operand.text + ")" : operand.at(UNARY);
        return new JavaExpr(operator + text, UNARY, operand.stable);
    }

    /** The text for a place that needs at least this level: in parentheses if the expression binds more weakly. */
    public String at(int needed) {
        return level >= needed ? text : "(" + text + ")";
    }

    /** The text before a dot or a bracket. */
    public String receiver() {
        return at(PRIMARY);
    }

    /** The same text, not to be evaluated later. */
    public JavaExpr unstable() {
        return stable ? new JavaExpr(text, level, false) : this;
    }

    @Override
    public String toString() {
        return text;
    }
}
