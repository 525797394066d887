package org.pellang.stdlib;

import static org.pellang.stdlib.ArcCoefficients.*;
import static org.pellang.stdlib.Coefficients.*;

/** Cube root and hypotenuse, nearly correctly rounded (errors below 0.51 units in the last place); {@link VectorRoots} does the same operations on arrays. */
final class Roots {
    private Roots() {}

    /**
     * Cube root, by a polynomial, one step of Halley's method and one of Newton's whose residue is exact (J.-M. Muller, "Elementary Functions", 3rd edition,
     * 2016, section 5.3; W. Kahan, "Computing a real cube root", 1991).
     */
    static double cbrt(double x) {
        double a = Math.abs(x);
        if (!Elementary.ordinary(a)) {
            return a > 0.0 && a < Double.MIN_NORMAL ? cbrt(x * 0x1p54) * 0x1p-18 : x;
        }
        double k = Elementary.exponent(a);
        double shifted = Math.fma(k, THIRD, ROUND);
        double over = Math.fma(-3.0, shifted - ROUND, k);
        double m = Elementary.mantissa(a);
        double b = m * (over < 0.0 ? 0.5 : over > 0.0 ? 2.0 : 1.0);
        double p = Math.fma(Q4, m, Q3);
        p = Math.fma(p, m, Q2);
        p = Math.fma(p, m, Q1);
        p = Math.fma(p, m, Q0);
        double first = p * (over < 0.0 ? CBRT_HALF : over > 0.0 ? CBRT_2 : 1.0);
        double cube = first * first * first;
        double second = first - first * ((cube - b) / (cube + cube + b));
        double square = second * second;
        double lost = Math.fma(second, second, -square);
        double residue = Math.fma(square, second, -b) + lost * second;
        double root = second - residue / (3.0 * square);
        return Math.copySign(root * Elementary.power2(shifted), x);
    }

    /**
     * {@code sqrt(x*x + y*y)} (C. F. Borges, "Algorithm 1014: An improved algorithm for hypot(x, y)", ACM Transactions on Mathematical Software 47, 2020); infinite
     * if one is, even if the other is NaN.
     */
    static double hypot(double x, double y) {
        double a = Math.max(Math.abs(x), Math.abs(y));
        if (!(a >= HYPOT_SMALL && a <= HYPOT_LARGE)) {
            return extremeHypot(x, y);
        }
        double b = Math.min(Math.abs(x), Math.abs(y));
        double h = Math.sqrt(Math.fma(a, a, b * b));
        double hh = h * h;
        double aa = a * a;
        double residue = (Math.fma(-b, b, hh - aa) + Math.fma(h, h, -hh)) - Math.fma(a, a, -aa);
        return h - residue / (h + h);
    }

    /** Where squares could overflow or lose bits. */
    private static double extremeHypot(double x, double y) {
        if (Double.isInfinite(x) || Double.isInfinite(y)) {
            return Double.POSITIVE_INFINITY;
        }
        double a = Math.max(Math.abs(x), Math.abs(y));
        if (!(a > 0.0)) {
            return a;
        }
        double scale = a > 1.0 ? 0x1p-700 : 0x1p700;
        return hypot(x * scale, y * scale) / scale;
    }
}
