package org.pellang.stdlib;

import static org.pellang.stdlib.ArcCoefficients.*;
import static org.pellang.stdlib.Coefficients.*;

/**
 * exp(x) - 1, log(1 + x) and powers of two, with errors below one unit in the last place; {@link VectorExponentials} does the same operations on arrays.
 * Exponentials are sums of two floats, and what 1 + x loses is added to first order (J.-M. Muller, "Elementary Functions", 3rd edition, 2016, sections
 * 11.4 and 11.5; P. T. P. Tang, ACM Transactions on Mathematical Software 18, 1992).
 */
final class Exponentials {
    private Exponentials() {}

    /** e to the power of x, less 1. */
    static double expm1(double x) {
        if (!(Math.abs(x) <= EXP_LIMIT)) {
            return x < 0.0 ? -1.0 : Elementary.exp(x);
        }
        double power = Elementary.expHigh(x);
        double sum = power - 1.0;
        double back = sum - power;
        double lost = (power - (sum - back)) - (1.0 + back);
        return x == 0.0 ? x : sum + (lost + Elementary.expLow(x));
    }

    /** Logarithm of 1 + x. */
    static double log1p(double x) {
        if (!(x > -1.0 && x <= Double.MAX_VALUE)) {
            return x == -1.0 ? Double.NEGATIVE_INFINITY : x < -1.0 ? Double.NaN : x;
        }
        double u = 1.0 + x;
        double back = u - 1.0;
        double lost = (1.0 - (u - back)) + (x - back);
        double k = Elementary.exponent(u);
        boolean near = k == 0.0;
        double result = Elementary.logSum(near ? x : Elementary.mantissa(u) - 1.0, k, near ? 0.0 : lost / u);
        return x == 0.0 ? x : result;
    }

    /** 2 to the power of x, exact for whole x. */
    static double exp2(double x) {
        if (!(Math.abs(x) <= EXP2_LIMIT)) {
            return extremeExp2(x);
        }
        double shifted = x + ROUND;
        double r = x - (shifted - ROUND);
        return Elementary.power2(shifted) * reducedExp2(r);
    }

    private static double reducedExp2(double r) {
        double high = r * LN2;
        return Elementary.expReduced(high, Math.fma(r, LN2_TAIL, Math.fma(r, LN2, -high)), 0.0);
    }

    /** Where the result may overflow or be subnormal. */
    private static double extremeExp2(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (x >= 1024.0) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < -1076.0) {
            return 0.0;
        }
        double k = Math.rint(x);
        return Math.scalb(reducedExp2(x - k), (int) k);
    }
}
