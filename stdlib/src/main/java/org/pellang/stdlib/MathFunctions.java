package org.pellang.stdlib;

import org.pellang.runtime.PelTrap;

/**
 * Functions on floats. All are made of IEEE operations and fused multiply-adds, so that every machine gives the same bits. Angles are in radians;
 * arguments outside a function's domain give NaN, as IEEE 754 has it.
 */
public final class MathFunctions {
    private MathFunctions() {}

    public static double abs(double x) {
        return Math.abs(x);
    }

    /** -1.0, 0.0 or 1.0 (signed zero and NaN are returned as they are). */
    public static double sign(double x) {
        return Math.signum(x);
    }

    /** Smaller of two; NaN if either is NaN; -0.0 is less than 0.0. */
    public static double min(double a, double b) {
        return Math.min(a, b);
    }

    /** Larger of two; NaN if either is NaN; -0.0 is less than 0.0. */
    public static double max(double a, double b) {
        return Math.max(a, b);
    }

    /** {@code x} moved into {@code low..high}. Traps if {@code low > high}. */
    public static double clamp(double x, double low, double high) {
        if (low > high) {
            throw new PelTrap("clamp: lower bound " + Format.repr(low) + " is above upper bound " + Format.repr(high));
        }
        return Math.min(Math.max(x, low), high);
    }

    public static double floor(double x) {
        return Math.floor(x);
    }

    public static double ceil(double x) {
        return Math.ceil(x);
    }

    /** Nearest whole number, ties to the even one. */
    public static double round(double x) {
        return Math.rint(x);
    }

    /** {@code x} rounded to {@code digits} decimals, from its exact binary value, ties to even. */
    public static double round(double x, long digits) {
        if (!Double.isFinite(x) || digits > 323) {
            return x;
        }
        if (digits < -308) {
            return Math.copySign(0.0, x);
        }
        double size = new java.math.BigDecimal(Math.abs(x))
                .setScale((int) digits, java.math.RoundingMode.HALF_EVEN)
                .doubleValue();
        return Math.copySign(size, x);
    }

    /** Whole part, towards zero. */
    public static double trunc(double x) {
        return x < 0 ? Math.ceil(x) : Math.floor(x);
    }

    public static double sqrt(double x) {
        return Math.sqrt(x);
    }

    public static double cbrt(double x) {
        return Roots.cbrt(x);
    }

    /** {@code sqrt(x*x + y*y)} without overflow on the way. */
    public static double hypot(double x, double y) {
        return Roots.hypot(x, y);
    }

    public static double exp(double x) {
        return Elementary.exp(x);
    }

    /** {@code exp(x) - 1}, exact for small x. */
    public static double expm1(double x) {
        return Exponentials.expm1(x);
    }

    public static double exp2(double x) {
        return Exponentials.exp2(x);
    }

    public static double log(double x) {
        return Elementary.log(x);
    }

    /** Logarithm to base 2, exact for powers of two. */
    public static double log2(double x) {
        return Elementary.log2(x);
    }

    public static double log10(double x) {
        return Elementary.log10(x);
    }

    /** {@code log(1 + x)}, exact for small x. */
    public static double log1p(double x) {
        return Exponentials.log1p(x);
    }

    /** {@code x ** y}. Squares are worth a short way: it can be inlined. */
    public static double pow(double x, double y) {
        return y == 2.0 ? x * x : Elementary.pow(x, y);
    }

    public static double sin(double x) {
        return Angles.sin(x);
    }

    public static double cos(double x) {
        return Angles.cos(x);
    }

    public static double tan(double x) {
        return Angles.tan(x);
    }

    public static double asin(double x) {
        return Arcs.asin(x);
    }

    public static double acos(double x) {
        return Arcs.acos(x);
    }

    public static double atan(double x) {
        return Arcs.atan(x);
    }

    /** Angle of the point (x, y), in -pi..pi. */
    public static double atan2(double y, double x) {
        return Arcs.atan2(y, x);
    }

    public static double sinh(double x) {
        return Hyperbolic.sinh(x);
    }

    public static double cosh(double x) {
        return Hyperbolic.cosh(x);
    }

    public static double tanh(double x) {
        return Elementary.tanh(x);
    }

    /** Inverse of {@code sinh}. */
    public static double asinh(double x) {
        return Hyperbolic.asinh(x);
    }

    /** Inverse of {@code cosh}, NaN below 1. */
    public static double acosh(double x) {
        return Hyperbolic.acosh(x);
    }

    /** Inverse of {@code tanh}, NaN outside -1..1. */
    public static double atanh(double x) {
        return Hyperbolic.atanh(x);
    }

    /** Python's {@code //} on floats. */
    public static double floorDiv(double a, double b) {
        double quotient = (a - floorMod(a, b)) / b;
        if (quotient == 0.0 || !Double.isFinite(quotient)) {
            return b == 0.0 ? a / b : quotient == 0.0 ? Math.copySign(0.0, a / b) : quotient;
        }
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1.0 : floor;
    }

    /** Python's {@code %} on floats: the sign of {@code b}; NaN where {@code b} is 0. */
    public static double floorMod(double a, double b) {
        double remainder = a % b;
        if (remainder == 0.0) {
            return Math.copySign(0.0, b);
        }
        return remainder < 0.0 == b < 0.0 ? remainder : remainder + b;
    }

    /** True if {@code |a - b| <= rel * max(|a|, |b|)}; equal infinities are close, NaN to nothing. */
    public static boolean close(double a, double b, double rel) {
        if (a == b) {
            return true;
        }
        double distance = Math.abs(a - b);
        return distance <= rel * Math.max(Math.abs(a), Math.abs(b)) && distance < Double.POSITIVE_INFINITY;
    }

    /** {@code close} with a relative tolerance of 1e-9. */
    public static boolean close(double a, double b) {
        return close(a, b, 1e-9);
    }

    public static boolean isNan(double x) {
        return Double.isNaN(x);
    }

    public static boolean isFinite(double x) {
        return Double.isFinite(x);
    }

    /** Degrees of an angle in radians. */
    public static double degrees(double x) {
        return x * (180.0 / Math.PI);
    }

    /** Radians of an angle in degrees. */
    public static double radians(double x) {
        return x * (Math.PI / 180.0);
    }
}
