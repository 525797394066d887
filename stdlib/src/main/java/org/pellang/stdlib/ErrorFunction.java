package org.pellang.stdlib;

import static org.pellang.stdlib.Coefficients.*;
import static org.pellang.stdlib.ErrorCoefficients.*;

/**
 * 1 - erf(x) with an error below one unit in the last place; {@link VectorErrorFunction} does the same operations on arrays.
 *
 * <p>Method: exp(-x^2) h(x) / x, where h is flat and a polynomial in (x - c) / (x + c) (M. Shepherd and J. Laframboise, Math. Comp. 36, 1981); argument, polynomial,
 * quotient and exponential are sums of two floats (T. J. Dekker, Numer. Math. 18, 1971), so that the last addition rounds.
 */
final class ErrorFunction {
    private ErrorFunction() {}

    /** 1 - erf(x). */
    static double erfc(double x) {
        if (x < ERFC_SMALL) {
            return x > -1.0 ? smallErfc(x) : 2.0 - largeErfc(Math.min(-x, ERFC_LIMIT));
        }
        return x <= ERFC_LIMIT ? largeErfc(x) : extremeErfc(x);
    }

    private static double smallErfc(double x) {
        double z = x * x;
        double u = 1.0 - x;
        return u + (((1.0 - u) - x) - x * slope(z));
    }

    /** erf(x) / x - 1 of z = x * x. */
    static double slope(double z) {
        double p = Math.fma(R12, z, R11);
        p = Math.fma(p, z, R10);
        p = Math.fma(p, z, R9);
        p = Math.fma(p, z, R8);
        p = Math.fma(p, z, R7);
        p = Math.fma(p, z, R6);
        p = Math.fma(p, z, R5);
        p = Math.fma(p, z, R4);
        p = Math.fma(p, z, R3);
        p = Math.fma(p, z, R2);
        p = Math.fma(p, z, R1);
        p = Math.fma(p, z, R0);
        return Math.fma(p, z, ERF_SLOPE);
    }

    private static double largeErfc(double x) {
        double shifted = Math.fma(-(x * x), LOG2E, ROUND);
        return Elementary.power2(shifted) * scaledErfc(x, shifted - ROUND);
    }

    /** Where the result may be subnormal, or x is NaN. */
    private static double extremeErfc(double x) {
        if (!(x <= ERFC_ZERO)) {
            return Double.isNaN(x) ? x : 0.0;
        }
        double k = Math.rint(-(x * x) * LOG2E);
        return Math.scalb(scaledErfc(x, k), (int) k);
    }

    /** erfc(x) / 2^k for the k that brings exp(-x^2) near 1. */
    private static double scaledErfc(double x, double k) {
        double n = x - ERFC_CENTRE;
        double nBack = n - x;
        double nLost = (x - (n - nBack)) - (ERFC_CENTRE + nBack);
        double d = x + ERFC_CENTRE;
        double dBack = d - x;
        double dLost = (x - (d - dBack)) + (ERFC_CENTRE - dBack);
        double t = n / d;
        double tLow = (Math.fma(-t, d, n) + (nLost - t * dLost)) / d;
        double r = reduced(t);
        double slope = Math.fma(Math.fma(Math.fma(D3, t, D2), t, D1), t, D0);
        double q = Math.fma(r, t, M1);
        double v = t * q;
        double vLow = Math.fma(t, q, -v) + Math.fma(t, Math.fma(r, t, M1 - q), tLow * slope);
        double h = M0 + v;
        double hLow = ((M0 - h) + v) + (M0_LOW + vLow);
        double w = h / x;
        double wLow = (Math.fma(-w, x, h) + hLow) / x;
        double square = -(x * x);
        double low = -Math.fma(x, x, square);
        double e = Elementary.expReduced(square, low, k);
        double eLow = Elementary.expLost(square, low, k, e);
        double p = e * w;
        return p + (Math.fma(e, w, -p) + Math.fma(e, wLow, eLow * w));
    }

    private static double reduced(double t) {
        double r = Math.fma(M21, t, M20);
        r = Math.fma(r, t, M19);
        r = Math.fma(r, t, M18);
        r = Math.fma(r, t, M17);
        r = Math.fma(r, t, M16);
        r = Math.fma(r, t, M15);
        r = Math.fma(r, t, M14);
        r = Math.fma(r, t, M13);
        r = Math.fma(r, t, M12);
        r = Math.fma(r, t, M11);
        r = Math.fma(r, t, M10);
        r = Math.fma(r, t, M9);
        r = Math.fma(r, t, M8);
        r = Math.fma(r, t, M7);
        r = Math.fma(r, t, M6);
        r = Math.fma(r, t, M5);
        r = Math.fma(r, t, M4);
        r = Math.fma(r, t, M3);
        r = Math.fma(r, t, M2);
        return r;
    }
}
