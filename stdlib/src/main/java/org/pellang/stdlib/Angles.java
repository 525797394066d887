package org.pellang.stdlib;

import static org.pellang.stdlib.Coefficients.*;

/**
 * Sine, cosine and tangent of angles in radians, with an error below one unit in the last place; like {@link Elementary}, with vector forms in
 * {@link VectorElementary}. Angles up to 2^20 are reduced by three parts of pi/2, larger ones left to {@link StrictMath}.
 */
final class Angles {
    private Angles() {}

    /** Sine. */
    static double sin(double x) {
        if (!(Math.abs(x) <= ANGLE_LIMIT)) {
            return StrictMath.sin(x);
        }
        double shifted = Math.fma(x, TWO_OVER_PI, ROUND);
        double n = shifted - ROUND;
        double r = angle(x, n);
        double low = angleLow(x, n);
        long quarter = Double.doubleToRawLongBits(shifted);
        double size = (quarter & 1) == 0 ? r + sinRest(r, low) : cosSum(r, low);
        return (quarter & 2) == 0 ? size : -size;
    }

    /** Cosine. */
    static double cos(double x) {
        if (!(Math.abs(x) <= ANGLE_LIMIT)) {
            return StrictMath.cos(x);
        }
        double shifted = Math.fma(x, TWO_OVER_PI, ROUND);
        double n = shifted - ROUND;
        double r = angle(x, n);
        double low = angleLow(x, n);
        long quarter = Double.doubleToRawLongBits(shifted);
        double size = (quarter & 1) == 0 ? cosSum(r, low) : r + sinRest(r, low);
        return (quarter + 1 & 2) == 0 ? size : -size;
    }

    /** Tangent. */
    static double tan(double x) {
        if (!(Math.abs(x) <= ANGLE_LIMIT)) {
            return StrictMath.tan(x);
        }
        double shifted = Math.fma(x, TWO_OVER_PI, ROUND);
        double n = shifted - ROUND;
        double r = angle(x, n);
        double low = angleLow(x, n);
        double sine = r + sinRest(r, low);
        double sineLow = (r - sine) + sinRest(r, low);
        double cosine = cosSum(r, low);
        double cosineLow = (cosHigh(r) - cosine) + cosRest(r, low);
        boolean even = (Double.doubleToRawLongBits(shifted) & 1) == 0;
        double a = even ? sine : -cosine;
        double aLow = even ? sineLow : -cosineLow;
        double b = even ? cosine : sine;
        double bLow = even ? cosineLow : sineLow;
        double q = a / b;
        double t = q + (Math.fma(-q, b, a) + (aLow - q * bLow)) / b;
        return x == 0.0 ? x : t;
    }

    /** x - n pi/2, and what is lost by it. */
    private static double angle(double x, double n) {
        return Math.fma(-n, HALF_PI_1, x) - n * HALF_PI_2;
    }

    private static double angleLow(double x, double n) {
        double first = Math.fma(-n, HALF_PI_1, x);
        double second = n * HALF_PI_2;
        double r = first - second;
        return ((first - r) - second) - Math.fma(n, HALF_PI_3, Math.fma(n, HALF_PI_2, -second));
    }

    /** sin(r + low) - r. */
    private static double sinRest(double r, double low) {
        double z = r * r;
        double p = Math.fma(S6, z, S5);
        p = Math.fma(p, z, S4);
        p = Math.fma(p, z, S3);
        p = Math.fma(p, z, S2);
        p = Math.fma(p, z, S1);
        p = Math.fma(p, z, S0);
        return Math.fma(r * z, p, Math.fma(-0.5 * z, low, low));
    }

    private static double cosHigh(double r) {
        return 1.0 - 0.5 * (r * r);
    }

    /** cos(r + low) - cosHigh(r). */
    private static double cosRest(double r, double low) {
        double z = r * r;
        double p = Math.fma(C6, z, C5);
        p = Math.fma(p, z, C4);
        p = Math.fma(p, z, C3);
        p = Math.fma(p, z, C2);
        p = Math.fma(p, z, C1);
        p = Math.fma(p, z, C0);
        double half = 0.5 * z;
        double high = 1.0 - half;
        double lost = Math.fma(r, r, -z);
        return ((1.0 - high) - half) + Math.fma(z * z, p, -Math.fma(r, low, 0.5 * lost));
    }

    private static double cosSum(double r, double low) {
        return cosHigh(r) + cosRest(r, low);
    }
}
