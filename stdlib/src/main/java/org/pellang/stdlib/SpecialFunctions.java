package org.pellang.stdlib;

/**
 * Error and gamma functions, these to a few units in the last place and built on {@link StrictMath}, so the same bits everywhere.
 * The coefficients were computed with 80 digits from the formulas named at each table.
 */
public final class SpecialFunctions {
    /** zeta(k) - 1 for k = 2, 3, ...: Taylor series of log gamma about 2 (Abramowitz and Stegun 6.1.33). */
    private static final double[] ZETA_LESS_1 = {
        0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993,
        0.01734306198444914, 0.008349277381922827, 0.00407735619794434, 0.0020083928260822143,
        0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915,
        6.124813505870483e-05, 3.058823630702049e-05, 1.528225940865187e-05, 7.637197637899763e-06,
        3.81729326499984e-06, 1.908212716553939e-06, 9.539620338727962e-07, 4.769329867878064e-07,
        2.38450502727733e-07, 1.1921992596531106e-07, 5.960818905125948e-08, 2.980350351465228e-08,
        1.4901554828365043e-08, 7.45071178983543e-09, 3.725334024788457e-09, 1.862659723513049e-09,
        9.313274324196682e-10, 4.656629065033784e-10, 2.3283118336765053e-10
    };

    /** B(2m) / (2m (2m - 1)): Stirling's series (Abramowitz and Stegun 6.1.41). */
    private static final double[] STIRLING = {
        0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953,
        0.0008417508417508417, -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242
    };

    private static final double ONE_LESS_EULER = 0.42278433509846713;
    private static final double HALF_LOG_2PI = 0.9189385332046728;
    private static final double SQRT_2PI = 2.5066282746310007;
    private static final double STIRLING_FROM = 12.0;
    private static final double LARGEST_GAMMA = 171.7;

    private SpecialFunctions() {}

    /** Error function, 2/sqrt(pi) times the integral of exp(-t*t) from 0 to x. */
    public static double erf(double x) {
        return Elementary.erf(x);
    }

    /** 1 - erf(x), accurate where erf is near 1. */
    public static double erfc(double x) {
        return ErrorFunction.erfc(x);
    }

    /**
     * Gamma function. Exact for whole x up to 23; infinite from 171.63 on and at 0 (with its sign); NaN at the negative
     * integers.
     */
    public static double gamma(double x) {
        if (x == 0.0) {
            return 1.0 / x;
        }
        if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
            return x;
        }
        if (x < 0.0) {
            return negativeGamma(x);
        }
        if (x > LARGEST_GAMMA) {
            return Double.POSITIVE_INFINITY;
        }
        if (x == Math.floor(x) && x <= 23.0) {
            double product = 1.0;
            for (int k = 2; k < (int) x; k++) {
                product *= k;
            }
            return product;
        }
        return x < 8.0 ? smallGamma(x) : shiftedGamma(x);
    }

    /** By the recurrence from 1.5..2.5. */
    private static double smallGamma(double x) {
        if (x < 0.5) {
            return StrictMath.exp(nearTwo(x)) / (x * (1.0 + x));
        }
        if (x < 1.5) {
            return StrictMath.exp(nearTwo(x - 1.0)) / x;
        }
        double product = 1.0;
        double reduced = x;
        while (reduced >= 2.5) {
            reduced -= 1.0;
            product *= reduced;
        }
        return StrictMath.exp(nearTwo(reduced - 2.0)) * product;
    }

    private static double shiftedGamma(double x) {
        double product = 1.0;
        int steps = 0;
        while (x + steps < STIRLING_FROM) {
            product *= x + steps;
            steps++;
        }
        double shifted = x + steps;
        double lost = x - (shifted - steps);
        double slope = StrictMath.log(shifted) - 0.5 / shifted; // digamma, enough for the bits lost in x + steps
        double value = stirlingGamma(shifted);
        return (value + value * (lost * slope)) / product;
    }

    private static double stirlingGamma(double x) {
        double root = StrictMath.pow(x, 0.5 * x - 0.25);
        double series = StrictMath.expm1(stirlingSeries(x));
        double value = root * StrictMath.exp(-x) * SQRT_2PI * root;
        return value + value * series;
    }

    /** By reflection, gamma(x) gamma(1-x) = pi / sin(pi x); NaN at the negative integers. */
    private static double negativeGamma(double x) {
        if (x == Math.floor(x)) {
            return Double.NaN;
        }
        if (x < -184.0) {
            return Math.floor(x) % 2.0 == 0.0 ? 0.0 : -0.0;
        }
        double positive = -x;
        double sine = sinPi(positive);
        if (positive < 170.0) {
            return -Math.PI / (positive * sine * gamma(positive));
        }
        double root = StrictMath.pow(positive, 0.5 * positive - 0.25);
        double part = SQRT_2PI * StrictMath.exp(-positive) * root * (1.0 + StrictMath.expm1(stirlingSeries(positive)));
        return -Math.PI / (positive * sine * part) / root;
    }

    private static double sinPi(double x) {
        double turn = x % 2.0;
        int quarter = (int) Math.rint(2.0 * turn);
        double rest = Math.PI * (turn - 0.5 * quarter);
        return switch (quarter & 3) {
            case 0 -> StrictMath.sin(rest);
            case 1 -> StrictMath.cos(rest);
            case 2 -> -StrictMath.sin(rest);
            default -> -StrictMath.cos(rest);
        };
    }

    private static double stirlingSeries(double x) {
        double inverse = 1.0 / x;
        double square = inverse * inverse;
        double sum = 0.0;
        for (int m = STIRLING.length - 1; m >= 0; m--) {
            sum = sum * square + STIRLING[m];
        }
        return sum * inverse;
    }

    /** Natural logarithm of |gamma(x)|; infinite at 0 and the negative integers. */
    public static double lgamma(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (Double.isInfinite(x) || x <= 0.0 && x == Math.floor(x)) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 0.0) {
            return StrictMath.log(Math.PI / Math.abs(x * sinPi(-x))) - lgamma(-x);
        }
        if (x < 0.5) {
            return nearTwo(x) - StrictMath.log1p(x) - StrictMath.log(x);
        }
        if (x < 1.5) {
            return nearTwo(x - 1.0) - StrictMath.log1p(x - 1.0);
        }
        if (x < 2.5) {
            return nearTwo(x - 2.0);
        }
        if (x < 8.0) {
            double product = 1.0;
            double reduced = x;
            while (reduced >= 2.5) {
                reduced -= 1.0;
                product *= reduced;
            }
            return nearTwo(reduced - 2.0) + StrictMath.log(product);
        }
        return (x - 0.5) * (StrictMath.log(x) - 1.0) + (HALF_LOG_2PI - 0.5 + stirlingSeries(x));
    }

    /** log gamma(2 + z) for |z| <= 1/2. */
    private static double nearTwo(double z) {
        double sum = 0.0;
        for (int k = ZETA_LESS_1.length - 1; k >= 0; k--) {
            sum = ZETA_LESS_1[k] / (k + 2) - z * sum;
        }
        return z * (ONE_LESS_EULER + z * sum);
    }
}
