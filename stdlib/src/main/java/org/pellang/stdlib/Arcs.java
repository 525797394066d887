package org.pellang.stdlib;

import static org.pellang.stdlib.ArcCoefficients.*;
import static org.pellang.stdlib.Coefficients.*;

/**
 * asin, acos, atan and atan2, in radians, with an error below one unit in the last place; {@link VectorArcs} does the same operations on arrays.
 *
 * <p>Methods: arguments are reduced to 0..1 by {@code atan t = pi/2 - atan 1/t}, then to tan(pi/8) by {@code pi/4 + atan((t - 1) / (t + 1))}, and to
 * 0..1/2 by {@code asin x = pi/2 - 2 asin sqrt((1 - x) / 2)} (W. J. Cody and W. Waite, "Software Manual for the Elementary Functions", 1980, chapters 10
 * and 11; J.-M. Muller, "Elementary Functions", 3rd edition, 2016, section 11.3). What divisions and roots lose comes from fused multiply-adds, and pi is
 * a sum of two floats. No argument takes a way of its own but where {@link #extremeAtan2} says so.
 */
final class Arcs {
    private Arcs() {}

    /** Angle whose sine is x; NaN outside of -1..1. */
    static double asin(double x) {
        double a = Math.abs(x);
        boolean outer = a > 0.5;
        double z = outer ? Math.fma(-0.5, a, 0.5) : a * a;
        double t = outer ? Math.sqrt(z) : a;
        double rest = sineRest(t, z, outer);
        double size = outer ? sum(HALF_PI_1, HALF_PI_2, -(t + t), -(rest + rest)) : sum(0.0, 0.0, t, rest);
        return Math.copySign(size, x);
    }

    /** Angle whose cosine is x; NaN outside of -1..1. */
    static double acos(double x) {
        double a = Math.abs(x);
        boolean outer = a > 0.5;
        double z = outer ? Math.fma(-0.5, a, 0.5) : a * a;
        double t = outer ? Math.sqrt(z) : a;
        double rest = sineRest(t, z, outer);
        boolean right = x > 0.0;
        double first = outer ? t + t : t;
        double second = outer ? rest + rest : rest;
        boolean plus = outer == right;
        return sum(
                outer ? right ? 0.0 : PI_1 : HALF_PI_1,
                outer ? right ? 0.0 : PI_2 : HALF_PI_2,
                plus ? first : -first,
                plus ? second : -second);
    }

    /** asin(t) - t for z = t^2 up to 1/4; a root t has lost something. */
    private static double sineRest(double t, double z, boolean root) {
        double p = Math.fma(N12, z, N11);
        p = Math.fma(p, z, N10);
        p = Math.fma(p, z, N9);
        p = Math.fma(p, z, N8);
        p = Math.fma(p, z, N7);
        p = Math.fma(p, z, N6);
        p = Math.fma(p, z, N5);
        p = Math.fma(p, z, N4);
        p = Math.fma(p, z, N3);
        p = Math.fma(p, z, N2);
        p = Math.fma(p, z, N1);
        p = Math.fma(p, z, N0);
        double lost = root ? Math.fma(-t, t, z) / Math.max(t + t, Double.MIN_NORMAL) : 0.0;
        return Math.fma(t * z, p, lost);
    }

    /** Angle whose tangent is x. */
    static double atan(double x) {
        return atan2(x, 1.0);
    }

    /** Angle of the point (x, y). */
    static double atan2(double y, double x) {
        double width = Math.abs(x);
        double height = Math.abs(y);
        double d = Math.max(width, height);
        if (!(d > 0.0 && d <= SUM_LIMIT)) {
            return extremeAtan2(y, x);
        }
        return Math.copySign(angle(Math.min(width, height), d, height > width, Double.doubleToRawLongBits(x) < 0), y);
    }

    /** The angle in 0..pi of a point at distances n and d >= n from the axes, nearer to the vertical one if {@code steep}, to the left of it if {@code left}. */
    private static double angle(double n, double d, boolean steep, boolean left) {
        boolean middle = n > MIDDLE * d;
        double n1 = n - d;
        double n2 = n - (n1 + d);
        double d1 = n + d;
        double d2 = n - (d1 - d);
        double top = middle ? n1 : n;
        double bottom = middle ? d1 : d;
        double t = top / bottom;
        double residue = Math.fma(-t, bottom, top) + (middle ? n2 - t * d2 : 0.0);
        double rest = tangentRest(t, residue / bottom);
        boolean minus = steep != left;
        return sum(
                middle ? left ? THREE_QUARTERS_PI_1 : QUARTER_PI_1 : steep ? HALF_PI_1 : left ? PI_1 : 0.0,
                middle ? left ? THREE_QUARTERS_PI_2 : QUARTER_PI_2 : steep ? HALF_PI_2 : left ? PI_2 : 0.0,
                minus ? -t : t,
                minus ? -rest : rest);
    }

    /** atan(t + low) - t for t up to tan(pi/8). */
    private static double tangentRest(double t, double low) {
        double z = t * t;
        double p = Math.fma(A11, z, A10);
        p = Math.fma(p, z, A9);
        p = Math.fma(p, z, A8);
        p = Math.fma(p, z, A7);
        p = Math.fma(p, z, A6);
        p = Math.fma(p, z, A5);
        p = Math.fma(p, z, A4);
        p = Math.fma(p, z, A3);
        p = Math.fma(p, z, A2);
        p = Math.fma(p, z, A1);
        p = Math.fma(p, z, A0);
        return Math.fma(t * z, p, low);
    }

    /** Where both are zero, one is infinite or huge, or one is NaN (C99, F.9.1.4). */
    private static double extremeAtan2(double y, double x) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.NaN;
        }
        if (Double.isFinite(x) && Double.isFinite(y) && (x != 0.0 || y != 0.0)) {
            return atan2(y * 0.25, x * 0.25); // what becomes zero by that is nothing beside the other
        }
        boolean left = Double.doubleToRawLongBits(x) < 0;
        double size;
        if (Double.isInfinite(x) && Double.isInfinite(y)) {
            size = left ? THREE_QUARTERS_PI_1 : QUARTER_PI_1;
        } else if (Double.isInfinite(y)) {
            size = HALF_PI_1;
        } else {
            size = left ? PI_1 : 0.0;
        }
        return Math.copySign(size, y);
    }

    /** base + t, where |base| is 0 or not less than |t|, and both have a rest. */
    private static double sum(double base, double baseRest, double t, double rest) {
        double u = base + t;
        return u + (((base - u) + t) + (baseRest + rest));
    }
}
