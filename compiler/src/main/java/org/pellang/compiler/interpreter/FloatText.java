package org.pellang.compiler.interpreter;

import java.math.BigDecimal;

/** The shortest decimal text that reads back equal, laid out as Python's {@code repr}. */
final class FloatText {
    private FloatText() {}

    static String of(double x) {
        return of(x, Double.toString(x));
    }

    static String of(float x) {
        return of(x, Float.toString(x));
    }

    /** {@code java}: the shortest digits as Java lays them out. */
    private static String of(double x, String java) {
        if (Double.isNaN(x)) {
            return "nan";
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "inf" : "-inf";
        }
        String sign = java.startsWith("-") ? "-" : "";
        if (x == 0.0) {
            return sign + "0.0";
        }
        BigDecimal value = new BigDecimal(sign.isEmpty() ? java : java.substring(1)).stripTrailingZeros();
        String digits = value.unscaledValue().toString();
        int exponent = digits.length() - 1 - value.scale();
        if (exponent < -4 || exponent >= 16) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        }
        String plain = value.toPlainString();
        return sign + (plain.contains(".") ? plain : plain + ".0");
    }
}
