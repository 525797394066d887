package org.pellang.stdlib;

import static org.pellang.stdlib.ArcCoefficients.*;
import static org.pellang.stdlib.Coefficients.*;

/**
 * sinh, cosh and their inverses with that of tanh, with errors below one unit in the last place; {@link VectorHyperbolic} does the same operations on arrays.
 *
 * <p>Methods: exponentials as sums of two floats, polynomials where these cancel (W. J. Cody and W. Waite, "Software Manual for the Elementary Functions",
 * 1980, chapter 12); the inverses are logarithms of sums whose rounding errors are kept and added to first order (T. J. Dekker, Numer. Math. 18, 1971;
 * J.-M. Muller, "Elementary Functions", 3rd edition, 2016, section 11.7).
 */
final class Hyperbolic {
    private Hyperbolic() {}

    /** Hyperbolic sine. */
    static double sinh(double x) {
        double a = Math.abs(x);
        if (!(a <= EXP_LIMIT)) {
            return Math.copySign(halfExp(a), x);
        }
        return Math.copySign(a < SINH_SMALL ? smallSinh(a) : largeSinh(a), x);
    }

    private static double smallSinh(double a) {
        double z = a * a;
        double p = Math.fma(B6, z, B5);
        p = Math.fma(p, z, B4);
        p = Math.fma(p, z, B3);
        p = Math.fma(p, z, B2);
        p = Math.fma(p, z, B1);
        p = Math.fma(p, z, B0);
        return Math.fma(a * z, p, a);
    }

    private static double largeSinh(double a) {
        double half = 0.5 * Elementary.expHigh(a);
        double low = 0.5 * Elementary.expLow(a);
        return half + (low - 0.25 / half);
    }

    /** Hyperbolic cosine. */
    static double cosh(double x) {
        double a = Math.abs(x);
        if (!(a <= EXP_LIMIT)) {
            return halfExp(a);
        }
        double half = 0.5 * Elementary.expHigh(a);
        double low = 0.5 * Elementary.expLow(a);
        double q = 0.25 / half;
        return half + (low + Math.fma(-4.0 * q * q, low, q));
    }

    /** exp(a) / 2 where exp(a) may overflow. */
    private static double halfExp(double a) {
        if (!(a <= 711.0)) {
            return Double.isNaN(a) ? a : Double.POSITIVE_INFINITY;
        }
        double k = Math.rint(a * LOG2E);
        return Math.scalb(Elementary.expReduced(a, 0.0, k), (int) k - 1);
    }

    /** Inverse of sinh. */
    static double asinh(double x) {
        double a = Math.abs(x);
        if (!(a <= SQUARE_LIMIT)) {
            return Math.copySign(logOfTwice(a), x);
        }
        return Math.copySign(a < ASINH_SMALL ? smallAsinh(a) : largeAsinh(a), x);
    }

    private static double smallAsinh(double a) {
        double z = a * a;
        double p = Math.fma(Y11, z, Y10);
        p = Math.fma(p, z, Y9);
        p = Math.fma(p, z, Y8);
        p = Math.fma(p, z, Y7);
        p = Math.fma(p, z, Y6);
        p = Math.fma(p, z, Y5);
        p = Math.fma(p, z, Y4);
        p = Math.fma(p, z, Y3);
        p = Math.fma(p, z, Y2);
        p = Math.fma(p, z, Y1);
        p = Math.fma(p, z, Y0);
        return Math.fma(a * z, p, a);
    }

    /** log(a + sqrt(a^2 + 1)). */
    private static double largeAsinh(double a) {
        double square = a * a;
        double q = square + 1.0;
        double back = q - square;
        double lost = ((square - (q - back)) + (1.0 - back)) + Math.fma(a, a, -square);
        double s = Math.sqrt(q);
        double rest = (Math.fma(-s, s, q) + lost) / (s + s);
        double u = s + a;
        return Elementary.logOfSum(u, (((s - u) + a) + rest) / u);
    }

    /** log(2a) where squares may overflow. */
    private static double logOfTwice(double a) {
        return a <= Double.MAX_VALUE ? Elementary.logSum(Elementary.mantissa(a) - 1.0, Elementary.exponent(a) + 1.0, 0.0) : a;
    }

    /** Inverse of cosh; NaN below 1. */
    static double acosh(double x) {
        if (!(x >= 1.0 && x <= SQUARE_LIMIT)) {
            return x < 1.0 ? Double.NaN : logOfTwice(x);
        }
        double t = x - 1.0;
        double square = t * t;
        double twice = t + t;
        double q = twice + square;
        double back = q - twice;
        double lost = ((twice - (q - back)) + (square - back)) + Math.fma(t, t, -square);
        double s = Math.sqrt(q);
        double rest = (Math.fma(-s, s, q) + lost) / Math.max(s + s, Double.MIN_NORMAL);
        double u = x + s;
        double v = s + t;
        double k = Elementary.exponent(u);
        boolean near = k == 0.0;
        double low = (near ? (s - v) + t : (x - u) + s) + rest;
        return Elementary.logSum(near ? v : Elementary.mantissa(u) - 1.0, k, low / u);
    }

    /** Inverse of tanh; NaN outside of -1..1. */
    static double atanh(double x) {
        double a = Math.abs(x);
        if (!(a < 1.0)) {
            return a == 1.0 ? Math.copySign(Double.POSITIVE_INFINITY, x) : Double.NaN;
        }
        return Math.copySign(a < ATANH_SMALL ? smallAtanh(a) : largeAtanh(a), x);
    }

    private static double smallAtanh(double a) {
        double z = a * a;
        return Math.fma(0.5 * a * z, Elementary.logPolynomial(z), a);
    }

    /** log((1 + a) / (1 - a)) / 2. */
    private static double largeAtanh(double a) {
        double n = 1.0 + a;
        double nLost = (1.0 - n) + a;
        double d = 1.0 - a;
        double dLost = (1.0 - d) - a;
        double q = n / d;
        double lost = (Math.fma(-q, d, n) + (nLost - q * dLost)) / d;
        return 0.5 * Elementary.logOfSum(q, lost / q);
    }
}
