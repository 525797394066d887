package org.pellang.compiler.interpreter;

import java.math.BigDecimal;
import java.math.MathContext;

/** The shortest decimal text that reads back equal, laid out as Python's {@code repr}. */
final class FloatText {
    private FloatText() {}

    static String of(double x) {
        String java = Double.toString(x);
        String shorter = Double.isFinite(x) ? oneDigit(java) : java;
        return of(x, Double.parseDouble(shorter) == x ? shorter : java);
    }

    static String of(float x) {
        String java = Float.toString(x);
        String shorter = Float.isFinite(x) ? oneDigit(java) : java;
        return of(x, Float.parseFloat(shorter) == x ? shorter : java);
    }

    /** Java never tries fewer than two digits: 4.9E-324 for what 5e-324 says as well. */
    private static String oneDigit(String java) {
        return new BigDecimal(java).round(new MathContext(1)).toString();
    }

    /** {@code java}: the shortest digits as Java lays them out. */
    private static String of(double x, String java) {
        if (Double.isNaN(x)) {
            return "nan";
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "inf" : "-inf";
        }
        String sign = 1.0 / x < 0 || x < 0 ? "-" : "";
        if (x == 0.0) {
            return sign + "0.0";
        }
        BigDecimal value = new BigDecimal(java).abs().stripTrailingZeros();
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
