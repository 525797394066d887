package org.pellang.stdlib;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Decimal text of binary floats, as Python writes it. Shortest forms come from {@link Double#toString} (R. Giulietti,
 * "The Schubfach way to render doubles", in the JDK since 19); rounded forms from the exact binary value, half to even.
 */
final class FloatText {
    private FloatText() {}

    /** Significant digits without sign or trailing zeros ("0" for zero), value = 0.d1d2d3... * 10^point. */
    private record Digits(String digits, int point) {
        static Digits of(BigDecimal value) {
            if (value.signum() == 0) {
                return new Digits("0", 1);
            }
            BigDecimal bare = value.stripTrailingZeros();
            String digits = bare.unscaledValue().toString();
            return new Digits(digits, digits.length() - bare.scale());
        }
    }

    /** Shortest text that reads back as {@code x} (not negative, finite). */
    static String shortest(double x) {
        Digits d = Digits.of(new BigDecimal(Double.toString(x)));
        return layout(oneDigitIfEnough(d, new BigDecimal(x), text -> Double.parseDouble(text) == x), 16, true);
    }

    /** Shortest text that reads back as the 32-bit float {@code x} (not negative, finite). */
    static String shortest(float x) {
        Digits d = Digits.of(new BigDecimal(Float.toString(x)));
        return layout(oneDigitIfEnough(d, new BigDecimal(x), text -> Float.parseFloat(text) == x), 16, true);
    }

    private interface ReadsBack {
        boolean test(String text);
    }

    /** The JDK prefers two digits to one where two are nearer (4.9E-324); Python takes the shortest (5e-324). */
    private static Digits oneDigitIfEnough(Digits d, BigDecimal exact, ReadsBack readsBack) {
        if (d.digits().length() != 2) {
            return d;
        }
        BigDecimal rounded = exact.round(new MathContext(1, RoundingMode.HALF_EVEN));
        return readsBack.test(rounded.toString()) ? Digits.of(rounded) : d;
    }

    private static String layout(Digits d, int largestFixed, boolean pointZero) {
        String digits = d.digits();
        int point = d.point();
        if (point <= -4 || point > largestFixed) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return digits.charAt(0) + fraction + exponent(point - 1, 'e');
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (digits.length() <= point) {
            return digits + "0".repeat(point - digits.length()) + (pointZero ? ".0" : "");
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String exponent(int e, char letter) {
        int size = Math.abs(e);
        return letter + (e < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
    }

    /** {@code %.{precision}f} of a value that is not negative. */
    static String fixed(BigDecimal x, int precision, boolean alternate) {
        String text = x.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
        return precision == 0 && alternate ? text + "." : text;
    }

    /** {@code %.{precision}e} of a value that is not negative. */
    static String scientific(BigDecimal x, int precision, boolean alternate) {
        Digits d = Digits.of(x.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN)));
        String fraction = d.digits().substring(1) + "0".repeat(precision + 1 - d.digits().length());
        String dot = precision > 0 || alternate ? "." : "";
        return d.digits().charAt(0) + dot + fraction + exponent(x.signum() == 0 ? 0 : d.point() - 1, 'e');
    }

    /**
     * {@code %.{precision}g} of a value that is not negative; {@code pointZero}: the form without a type, which keeps
     * one digit after the point and turns to an exponent one digit earlier.
     */
    static String general(BigDecimal x, int precision, boolean alternate, boolean pointZero) {
        int digits = Math.max(precision, 1);
        Digits d = Digits.of(x.round(new MathContext(digits, RoundingMode.HALF_EVEN)));
        int largestFixed = pointZero ? digits - 1 : digits;
        if (!alternate) {
            return layout(d, largestFixed, pointZero);
        }
        int point = d.point();
        String padded = d.digits() + "0".repeat(digits - d.digits().length());
        if (point <= -4 || point > largestFixed) {
            return padded.charAt(0) + "." + padded.substring(1) + exponent(point - 1, 'e');
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + padded;
        }
        String tail = padded.substring(point);
        return padded.substring(0, point) + "." + (tail.isEmpty() && pointZero ? "0" : tail);
    }
}
