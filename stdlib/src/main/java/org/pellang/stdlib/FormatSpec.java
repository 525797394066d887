package org.pellang.stdlib;

import org.pellang.runtime.PelTrap;

/**
 * A parsed format specification: {@code [[fill]align][sign][z][#][0][width][grouping][.precision][type]}, as in
 * "Format Specification Mini-Language" of Python 3.11's library reference.
 *
 * @param fill fill code point
 * @param align one of {@code < > = ^}, or 0 for the type's own
 * @param sign one of {@code + -} and space, or 0
 * @param noNegativeZero the {@code z} option
 * @param alternate the {@code #} option
 * @param width least width in code points, -1 if none
 * @param grouping {@code ,} or {@code _}, or 0
 * @param precision digits, -1 if none
 * @param type presentation type, or 0
 */
record FormatSpec(
        int fill,
        char align,
        char sign,
        boolean noNegativeZero,
        boolean alternate,
        int width,
        char grouping,
        int precision,
        char type) {
    private static final int LARGEST = 1_000_000;
    private static final FormatSpec NONE = new FormatSpec(' ', '\0', '\0', false, false, -1, '\0', -1, '\0');

    /** Parses {@code text}. Throws {@link PelTrap} with the reason if it is malformed. */
    static FormatSpec parse(String text) {
        return text.isEmpty() ? NONE : new Parser(text).parse();
    }

    /** This specification without fill, alignment and width: what is left for the parts of a compound value. */
    FormatSpec withoutWidth() {
        return new FormatSpec(' ', '\0', sign, noNegativeZero, alternate, -1, grouping, precision, type);
    }

    /** True if zeros between sign and digits do the padding. */
    boolean padsWithZeros() {
        return fill == '0' && align == '=';
    }

    /** Pads {@code sign + body} to the width; {@code ownAlign} applies where the specification names none. */
    String pad(String sign, String body, char ownAlign) {
        int length = sign.length() + body.codePointCount(0, body.length());
        int missing = width - length;
        if (missing <= 0) {
            return sign + body;
        }
        String filler = Character.toString(fill);
        return switch (align == 0 ? ownAlign : align) {
            case '<' -> sign + body + filler.repeat(missing);
            case '^' -> filler.repeat(missing / 2) + sign + body + filler.repeat(missing - missing / 2);
            case '=' -> sign + filler.repeat(missing) + body;
            case '>' -> filler.repeat(missing) + sign + body;
            default -> throw new IllegalStateException("alignment " + align);
        };
    }

    private static final class Parser {
        private final String text;
        private final int[] chars;
        private int at;

        Parser(String text) {
            this.text = text;
            this.chars = text.codePoints().toArray();
        }

        FormatSpec parse() {
            int fill = ' ';
            char align = 0;
            boolean fillGiven = false;
            if (chars.length > 1 && isAlign(chars[1])) {
                fill = chars[0];
                align = (char) chars[1];
                fillGiven = true;
                at = 2;
            } else if (isAlign(peek())) {
                align = (char) next();
            }
            char sign = peek() == '+' || peek() == '-' || peek() == ' ' ? (char) next() : 0;
            boolean noNegativeZero = accept('z');
            boolean alternate = accept('#');
            if (!fillGiven && accept('0')) {
                fill = '0';
                if (align == 0) {
                    align = 'Z'; // resolved below: '=' for numbers, nothing for strings
                }
            }
            int width = isDigit(peek()) ? number("width") : -1;
            char grouping = accept(',') ? ',' : 0;
            if (accept('_')) {
                if (grouping != 0) {
                    throw bad("cannot group with both ',' and '_'");
                }
                grouping = '_';
            }
            if (grouping != 0 && (peek() == ',' || peek() == '_')) {
                throw bad(peek() == grouping ? "the grouping sign stands twice" : "cannot group with both ',' and '_'");
            }
            int precision = -1;
            if (accept('.')) {
                if (!isDigit(peek())) {
                    throw bad("a precision must follow the '.'");
                }
                precision = number("precision");
            }
            if (chars.length - at > 1) {
                throw bad("nothing may follow the type '" + Character.toString(chars[at]) + "'");
            }
            int type = at < chars.length ? next() : 0;
            if (type > 126) {
                throw bad("unknown type '" + Character.toString(type) + "'");
            }
            return new FormatSpec(
                    fill, align, sign, noNegativeZero, alternate, width, grouping, precision, (char) type);
        }

        private int peek() {
            return at < chars.length ? chars[at] : -1;
        }

        private int next() {
            return chars[at++];
        }

        private boolean accept(char expected) {
            boolean found = peek() == expected;
            if (found) {
                at++;
            }
            return found;
        }

        private int number(String what) {
            int value = 0;
            while (isDigit(peek())) {
                value = value * 10 + (next() - '0');
                if (value > LARGEST) {
                    throw bad("the " + what + " is larger than " + LARGEST);
                }
            }
            return value;
        }

        private PelTrap bad(String reason) {
            return new PelTrap("bad format specification '" + text + "': " + reason);
        }

        private static boolean isAlign(int c) {
            return c == '<' || c == '>' || c == '=' || c == '^';
        }

        private static boolean isDigit(int c) {
            return c >= '0' && c <= '9';
        }
    }

    /** For numbers: a leading 0 means zeros after the sign. */
    FormatSpec forNumber() {
        return align == 'Z' ? withAlign('=') : this;
    }

    /** For text: a leading 0 only chooses the fill (as Python since 3.10). */
    FormatSpec forText() {
        return align == 'Z' ? withAlign('\0') : this;
    }

    private FormatSpec withAlign(char other) {
        return new FormatSpec(fill, other, sign, noNegativeZero, alternate, width, grouping, precision, type);
    }
}
