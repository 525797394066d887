package org.pellang.stdlib;

import static org.pellang.stdlib.Coefficients.*;

/**
 * exp, log, pow, tanh and erf with an error below one unit in the last place (measured in {@code ElementaryTest}
 * against correctly rounded values). {@link VectorElementary} does the same operations on several arguments at once, so the bits of a
 * result depend on nothing but its argument. Every step is an IEEE operation or a fused multiply-add: all machines agree.
 *
 * <p>Methods: arguments are reduced as in W. J. Cody and W. Waite, "Software Manual for the Elementary Functions" (1980); leading
 * parts are kept as unevaluated sums of two floats (T. J. Dekker, Numer. Math. 18, 1971); the polynomials are Chebyshev fits that were
 * computed with 300 bits from the series of the functions. Arguments outside a function's domain give NaN.
 */
public final class Elementary {
    private Elementary() {}

    /** e to the power of x. */
    public static double exp(double x) {
        if (!(Math.abs(x) <= EXP_LIMIT)) {
            return extremeExp(x, 0.0);
        }
        return expHigh(x);
    }

    /** e to the power of x, without its rest {@link #expLow}, where it is neither infinite nor subnormal. */
    static double expHigh(double x) {
        double shifted = Math.fma(x, LOG2E, ROUND);
        return power2(shifted) * expReduced(x, 0.0, shifted - ROUND);
    }

    static double expLow(double x) {
        double shifted = Math.fma(x, LOG2E, ROUND);
        return power2(shifted) * expLost(x, 0.0, shifted - ROUND, expReduced(x, 0.0, shifted - ROUND));
    }

    /** exp(x + low - k ln 2) for a small sum. */
    static double expReduced(double x, double low, double k) {
        double high = Math.fma(-k, LN2_HIGH, x);
        double rest = Math.fma(k, LN2_LOW, -low);
        double r = high - rest;
        double error = (high - r) - rest;
        double one = 1.0 + r;
        return one + (((1.0 - one) + r) + Math.fma(r * r, expPolynomial(r), error));
    }

    /** What {@link #expReduced} loses by its last roundings. */
    static double expLost(double x, double low, double k, double result) {
        double high = Math.fma(-k, LN2_HIGH, x);
        double rest = Math.fma(k, LN2_LOW, -low);
        double r = high - rest;
        double error = (high - r) - rest;
        double one = 1.0 + r;
        double p = expPolynomial(r);
        double square = r * r;
        double lost = Math.fma(Math.fma(r, r, -square), p, square * Math.fma(expTail(r), r, E0 - p));
        return ((one - result) + (((1.0 - one) + r) + Math.fma(square, p, error))) + lost;
    }

    private static double expPolynomial(double r) {
        return Math.fma(expTail(r), r, E0);
    }

    private static double expTail(double r) {
        double p = Math.fma(E10, r, E9);
        p = Math.fma(p, r, E8);
        p = Math.fma(p, r, E7);
        p = Math.fma(p, r, E6);
        p = Math.fma(p, r, E5);
        p = Math.fma(p, r, E4);
        p = Math.fma(p, r, E3);
        p = Math.fma(p, r, E2);
        return Math.fma(p, r, E1);
    }

    /** 2 to the power of the whole number that the low bits of {@code shifted} hold. */
    static double power2(double shifted) {
        return Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << 52) + ONE_BITS);
    }

    /** exp(x + low) where it may overflow or be subnormal. */
    private static double extremeExp(double x, double low) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (x > 710.0) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < -746.0) {
            return 0.0;
        }
        double k = Math.rint(x * LOG2E);
        return Math.scalb(expReduced(x, low, k), (int) k);
    }

    /** Natural logarithm. */
    public static double log(double x) {
        return ordinary(x) ? log(mantissa(x), exponent(x)) : Double.isNaN(x) || !isSubnormal(x)
                ? limitOfLog(x)
                : log(mantissa(x * 0x1p54), exponent(x * 0x1p54) - 54.0);
    }

    private static double log(double m, double k) {
        return logSum(m - 1.0, k, 0.0);
    }

    /** log(x + dx) for a positive normal x, where {@code rest} is dx / x. */
    static double logOfSum(double x, double rest) {
        return logSum(mantissa(x) - 1.0, exponent(x), rest);
    }

    /** log(1 + f) + k ln 2 + rest. */
    static double logSum(double f, double k, double rest) {
        double s = f / (2.0 + f);
        double z = s * s;
        double r = z * logPolynomial(z);
        double half = 0.5 * f * f;
        return k * LN2_HIGH - ((half - Math.fma(s, half + r, Math.fma(k, LN2_LOW, rest))) - f);
    }

    static double logPolynomial(double z) {
        double p = Math.fma(L7, z, L6);
        p = Math.fma(p, z, L5);
        p = Math.fma(p, z, L4);
        p = Math.fma(p, z, L3);
        p = Math.fma(p, z, L2);
        p = Math.fma(p, z, L1);
        return Math.fma(p, z, L0);
    }

    /** Whether x is positive, normal and finite. */
    static boolean ordinary(double x) {
        return x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE;
    }

    private static boolean isSubnormal(double x) {
        return x > 0.0 && x < Double.MIN_NORMAL;
    }

    /** The logarithm where x is not positive or not finite. */
    private static double limitOfLog(double x) {
        return x == 0.0 ? Double.NEGATIVE_INFINITY : x < 0.0 ? Double.NaN : x;
    }

    private static long biasedExponent(double x) {
        return Double.doubleToRawLongBits(x) - ROOT_HALF_BITS + BIAS >>> 52;
    }

    /** The exponent of x if its mantissa lies between the roots of 1/2 and 2. */
    static double exponent(double x) {
        return Double.longBitsToDouble(biasedExponent(x) + ROUND_BITS) - FROM_BIASED;
    }

    static double mantissa(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) - (biasedExponent(x) << 52) + BIAS);
    }

    /** Logarithm to base 2, exact for powers of two. */
    public static double log2(double x) {
        if (ordinary(x)) {
            return log2(mantissa(x), exponent(x));
        }
        return isSubnormal(x) ? log2(mantissa(x * 0x1p54), exponent(x * 0x1p54) - 54.0) : limitOfLog(x);
    }

    private static double log2(double m, double k) {
        double high = lnHigh(m);
        double low = lnLow(m);
        double p = high * LOG2E;
        double error = Math.fma(high, LOG2E, -p) + Math.fma(high, LOG2E_LOW, low * LOG2E);
        double sum = k + p;
        return sum + (((k - sum) + p) + error);
    }

    /** Logarithm to base 10, exact for powers of ten. */
    public static double log10(double x) {
        if (ordinary(x)) {
            return log10(mantissa(x), exponent(x));
        }
        return isSubnormal(x) ? log10(mantissa(x * 0x1p54), exponent(x * 0x1p54) - 54.0) : limitOfLog(x);
    }

    private static double log10(double m, double k) {
        double high = lnHigh(m);
        double low = lnLow(m);
        double p = high * LOG10E;
        double error = Math.fma(high, LOG10E, -p) + Math.fma(high, LOG10E_LOW, low * LOG10E);
        double whole = k * LOG10_2_HIGH;
        double sum = whole + p;
        return sum + (((whole - sum) + p) + Math.fma(k, LOG10_2_LOW, error));
    }

    /** x to the power of y; 1 for y = 0 and for x = 1 whatever the other is, as C and Python have it. */
    public static double pow(double x, double y) {
        if (y == 2.0) {
            return x * x;
        }
        if (!ordinary(x) || !(Math.abs(y) <= Double.MAX_VALUE)) {
            return extremePow(x, y);
        }
        double m = mantissa(x);
        double k = exponent(x);
        double high = logHigh(m, k);
        double low = logLow(m, k);
        double p = y * high;
        double error = Math.fma(y, high, -p) + y * low;
        if (!(Math.abs(p) <= EXP_LIMIT)) {
            return extremeExp(p, Math.abs(p) <= 800.0 ? error : 0.0);
        }
        double shifted = Math.fma(p, LOG2E, ROUND);
        return power2(shifted) * expReduced(p, error, shifted - ROUND);
    }

    private static double extremePow(double x, double y) {
        if (x == 1.0 || y == 0.0) {
            return 1.0;
        }
        if (isSubnormal(x) && Double.isFinite(y)) {
            double m = mantissa(x * 0x1p54);
            double k = exponent(x * 0x1p54) - 54.0;
            double high = logHigh(m, k);
            double p = y * high;
            return extremeExp(p, Math.abs(p) <= 800.0 ? Math.fma(y, high, -p) + y * logLow(m, k) : 0.0);
        }
        if (x < 0.0 && Double.isFinite(x) && Double.isFinite(y)) {
            if (y != Math.rint(y)) {
                return Double.NaN;
            }
            boolean odd = Math.abs(y) < 0x1p53 && ((long) y & 1) != 0;
            double size = pow(-x, y);
            return odd ? -size : size;
        }
        if (x == -1.0 && Double.isInfinite(y)) {
            return 1.0;
        }
        return StrictMath.pow(x, y);
    }

    /** ln m + k ln 2 as a sum of two floats: the larger. */
    private static double logHigh(double m, double k) {
        return k * LN2_LONG + lnHigh(m);
    }

    private static double logLow(double m, double k) {
        double high = lnHigh(m);
        double whole = k * LN2_LONG;
        double sum = whole + high;
        return ((whole - sum) + high) + Math.fma(k, LN2_REST, lnLow(m));
    }

    // ln m = 2 atanh(s), s = (m - 1) / (m + 1), as sums of two floats. C2 sees that both halves share their steps.

    private static double sHigh(double m) {
        return (m - 1.0) / (m + 1.0);
    }

    private static double sLow(double m) {
        double numerator = m - 1.0;
        double denominator = m + 1.0;
        double back = denominator - 1.0;
        double error = (1.0 - (denominator - back)) + (m - back);
        double s = numerator / denominator;
        return (Math.fma(-s, denominator, numerator) - s * error) / denominator;
    }

    /** 1 + z / 3 + z^2 / 5 for z = s^2, without what {@link #seriesLow} adds. */
    private static double seriesHigh(double s) {
        double z = s * s;
        return 1.0 + (z * THIRD + z * z * FIFTH);
    }

    /** (atanh(s) / s) - seriesHigh(s). */
    private static double seriesLow(double s, double low) {
        double z = s * s;
        double zLow = Math.fma(s, s, -z) + 2.0 * s * low;
        double third = z * THIRD;
        double thirdLow = Math.fma(z, THIRD, -third) + Math.fma(z, THIRD_LOW, zLow * THIRD);
        double z2 = z * z;
        double z2Low = Math.fma(z, z, -z2) + 2.0 * z * zLow;
        double fifth = z2 * FIFTH;
        double fifthLow = Math.fma(z2, FIFTH, -fifth) + Math.fma(z2, FIFTH_LOW, z2Low * FIFTH);
        double sum = third + fifth;
        double sumLow = ((third - sum) + fifth) + thirdLow + fifthLow;
        double one = 1.0 + sum;
        return ((1.0 - one) + sum) + Math.fma(z2 * z, logTail(z), sumLow);
    }

    private static double logTail(double z) {
        double p = Math.fma(T7, z, T6);
        p = Math.fma(p, z, T5);
        p = Math.fma(p, z, T4);
        p = Math.fma(p, z, T3);
        p = Math.fma(p, z, T2);
        return Math.fma(p, z, T1);
    }

    private static double lnHigh(double m) {
        double s = sHigh(m);
        double one = seriesHigh(s);
        double product = s * one;
        double rest = productLow(s, sLow(m), one, product);
        return 2.0 * (product + rest);
    }

    private static double lnLow(double m) {
        double s = sHigh(m);
        double one = seriesHigh(s);
        double product = s * one;
        double rest = productLow(s, sLow(m), one, product);
        double sum = product + rest;
        return 2.0 * ((product - sum) + rest);
    }

    private static double productLow(double s, double low, double one, double product) {
        return Math.fma(s, one, -product) + Math.fma(s, seriesLow(s, low), low * one);
    }

    /** Hyperbolic tangent. */
    public static double tanh(double x) {
        double a = Math.abs(x);
        if (Double.isNaN(a)) {
            return x;
        }
        return Math.copySign(a < TANH_SMALL ? smallTanh(a) : largeTanh(Math.min(a, TANH_ONE)), x);
    }

    private static double smallTanh(double a) {
        double z = a * a;
        double p = Math.fma(H11, z, H10);
        p = Math.fma(p, z, H9);
        p = Math.fma(p, z, H8);
        p = Math.fma(p, z, H7);
        p = Math.fma(p, z, H6);
        p = Math.fma(p, z, H5);
        p = Math.fma(p, z, H4);
        p = Math.fma(p, z, H3);
        p = Math.fma(p, z, H2);
        p = Math.fma(p, z, H1);
        p = Math.fma(p, z, H0);
        return Math.fma(a * z, p, a);
    }

    /** 1 - 2 / (exp(2a) + 1). */
    private static double largeTanh(double a) {
        double power = expHigh(a + a);
        double powerLow = expLow(a + a);
        double sum = power + 1.0;
        double sumLow = ((power - sum) + 1.0) + powerLow;
        double q = 2.0 / sum;
        double qLow = (Math.fma(-q, sum, 2.0) - q * sumLow) / sum;
        double t = 1.0 - q;
        return t + (((1.0 - t) - q) - qLow);
    }

    /** Error function, 2/sqrt(pi) times the integral of exp(-t*t) from 0 to x. */
    public static double erf(double x) {
        double a = Math.abs(x);
        if (Double.isNaN(a)) {
            return x;
        }
        return Math.copySign(a < ERF_SMALL ? smallErf(a) : largeErf(Math.min(a, ERF_ONE)), x);
    }

    private static double smallErf(double a) {
        return Math.fma(a, ErrorFunction.slope(a * a), a);
    }

    /** 1 - exp(-a^2) g(t), where g is exp(a^2) erfc(a) in t = (a - 2.5) / (a + 2.5). */
    private static double largeErf(double a) {
        double t = (a - ERFC_CENTRE) / (a + ERFC_CENTRE);
        double g = Math.fma(G16, t, G15);
        g = Math.fma(g, t, G14);
        g = Math.fma(g, t, G13);
        g = Math.fma(g, t, G12);
        g = Math.fma(g, t, G11);
        g = Math.fma(g, t, G10);
        g = Math.fma(g, t, G9);
        g = Math.fma(g, t, G8);
        g = Math.fma(g, t, G7);
        g = Math.fma(g, t, G6);
        g = Math.fma(g, t, G5);
        g = Math.fma(g, t, G4);
        g = Math.fma(g, t, G3);
        g = Math.fma(g, t, G2);
        g = Math.fma(g, t, G1);
        g = Math.fma(g, t, G0);
        double square = a * a;
        double x = -square;
        double low = -Math.fma(a, a, -square);
        double shifted = Math.fma(x, LOG2E, ROUND);
        return Math.fma(-g, power2(shifted) * expReduced(x, low, shifted - ROUND), 1.0);
    }
}
