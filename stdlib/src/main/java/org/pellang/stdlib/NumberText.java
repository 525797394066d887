package org.pellang.stdlib;

import java.math.BigDecimal;
import java.util.Locale;
import org.pellang.runtime.PelTrap;

/** Numbers by a {@link FormatSpec}: digits, grouping, sign and padding; the same text as CPython 3.11. */
final class NumberText {
    private static final String FLOAT_TYPES = "eEfFgG%";

    private NumberText() {}

    static String ofLong(long value, FormatSpec spec) {
        char type = spec.type();
        if (FLOAT_TYPES.indexOf(type) >= 0) {
            return ofDouble(value, spec, "");
        }
        if (type != 0 && "bcdoxXn".indexOf(type) < 0) {
            throw new PelTrap("format type '" + type + "' does not fit an int");
        }
        if (spec.precision() >= 0) {
            throw new PelTrap("a precision does not fit an int; '." + spec.precision() + "f' writes decimals");
        }
        if (spec.noNegativeZero()) {
            throw new PelTrap("'z' fits floats only");
        }
        if (type == 'c') {
            return spec.pad("", character(value, spec), '>');
        }
        boolean decimal = type == 0 || type == 'd' || type == 'n';
        if (spec.grouping() == ',' && !decimal || spec.grouping() != 0 && type == 'n') {
            throw new PelTrap("grouping '" + spec.grouping() + "' does not fit type '" + type + "'");
        }
        String size = Long.toString(value, radix(type)).substring(value < 0 ? 1 : 0);
        String digits = type == 'X' ? size.toUpperCase(Locale.ROOT) : size;
        String prefix = spec.alternate() && !decimal ? "0" + type : "";
        return finish(sign(value < 0, spec) + prefix, digits, "", spec, decimal ? 3 : 4);
    }

    private static int radix(char type) {
        return switch (type) {
            case 'b' -> 2;
            case 'o' -> 8;
            case 'x', 'X' -> 16;
            default -> 10;
        };
    }

    private static String character(long value, FormatSpec spec) {
        if (spec.sign() != 0 || spec.alternate() || spec.grouping() != 0) {
            throw new PelTrap("sign, '#' and grouping do not fit type 'c'");
        }
        if (value < 0 || value > Character.MAX_CODE_POINT) {
            throw new PelTrap(value + " is not the number of a character");
        }
        return Character.toString((int) value);
    }

    /** {@code shortest}: the text of the value for a specification with neither type nor precision. */
    static String ofDouble(double value, FormatSpec spec, String shortest) {
        char type = spec.type();
        if (type != 0 && type != 'n' && FLOAT_TYPES.indexOf(type) < 0) {
            throw new PelTrap("format type '" + type + "' does not fit a float");
        }
        if (spec.grouping() != 0 && type == 'n') {
            throw new PelTrap("grouping '" + spec.grouping() + "' does not fit type 'n'");
        }
        double scaled = type == '%' ? value * 100.0 : value;
        boolean negative = isNegative(scaled);
        String body = Double.isNaN(scaled) ? "nan"
                : Double.isInfinite(scaled) ? "inf"
                : finite(scaled, spec, shortest);
        if (negative && spec.noNegativeZero() && isZeroText(body)) {
            negative = false;
        }
        if (Character.isUpperCase(type)) {
            body = body.toUpperCase(Locale.ROOT);
        }
        if (type == '%') {
            body += "%";
        }
        int digits = 0;
        while (digits < body.length() && Character.isDigit(body.charAt(digits))) {
            digits++;
        }
        return finish(sign(negative, spec), body.substring(0, digits), body.substring(digits), spec, 3);
    }

    private static String finite(double value, FormatSpec spec, String shortest) {
        int precision = spec.precision();
        char type = spec.type();
        boolean alternate = spec.alternate();
        if (type == 0 && precision < 0) {
            String text = shortest.startsWith("-") ? shortest.substring(1) : shortest;
            return alternate && text.indexOf('.') < 0 ? text.replace("e", ".e") : text;
        }
        BigDecimal size = new BigDecimal(Math.abs(value));
        int digits = precision < 0 ? 6 : precision;
        return switch (type) {
            case 'e', 'E' -> FloatText.scientific(size, digits, alternate);
            case 'f', 'F', '%' -> FloatText.fixed(size, digits, alternate);
            case 'g', 'G', 'n' -> FloatText.general(size, digits, alternate, false);
            default -> FloatText.general(size, digits, alternate, true);
        };
    }

    static boolean isNegative(double value) {
        return Double.doubleToRawLongBits(value) < 0 && !Double.isNaN(value);
    }

    private static boolean isZeroText(String body) {
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == 'e') {
                return true;
            }
            if (c != '0' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static String sign(boolean negative, FormatSpec spec) {
        if (negative) {
            return "-";
        }
        return spec.sign() == '+' ? "+" : spec.sign() == ' ' ? " " : "";
    }

    private static String finish(String sign, String digits, String rest, FormatSpec spec, int groupLength) {
        String body = digits;
        if (spec.grouping() != 0 && !digits.isEmpty()) {
            int least = spec.padsWithZeros() ? spec.width() - sign.length() - rest.length() : 0;
            body = grouped(digits, least, spec.grouping(), groupLength);
        }
        return spec.pad(sign, body + rest, '>');
    }

    /** Digits in groups from the right; zeros in front until {@code least} characters stand there. */
    private static String grouped(String digits, int least, char separator, int groupLength) {
        StringBuilder reversed = new StringBuilder();
        int inGroup = 0;
        for (int taken = 0; taken < digits.length() || reversed.length() < least; taken++) {
            if (inGroup == groupLength) {
                reversed.append(separator);
                inGroup = 0;
            }
            reversed.append(taken < digits.length() ? digits.charAt(digits.length() - 1 - taken) : '0');
            inGroup++;
        }
        return reversed.reverse().toString();
    }
}
