package org.pellang.stdlib;

/**
 * exp, log, pow and the trigonometric functions with an error below one unit in the last place (measured in {@code ElementaryTest}
 * against correctly rounded values). {@link VectorElementary} does the same operations on several arguments at once, so the bits of a
 * result depend on nothing but its argument. Every step is an IEEE operation or a fused multiply-add: all machines agree.
 *
 * <p>Methods: arguments are reduced as in W. J. Cody and W. Waite, "Software Manual for the Elementary Functions" (1980); leading
 * parts are kept as unevaluated sums of two floats (T. J. Dekker, Numer. Math. 18, 1971); the polynomials are Chebyshev fits that were
 * computed with 300 bits from the series of the functions. Angles are in radians; arguments outside a function's domain give NaN.
 */
public final class Elementary {
    /** Adding this to a float of moderate size rounds it to a whole number, which the lowest bits of the sum then hold. */
    static final double ROUND = 0x1.8p52;
    static final long ROUND_BITS = 0x4330_0000_0000_0000L;
    static final long ONE_BITS = 0x3FF0_0000_0000_0000L;
    static final long ROOT_HALF_BITS = 0x3FE6_A09E_667F_3BCDL;
    /** Exponents are counted from here, so that they are positive. */
    static final long BIAS = 1023L << 52;
    static final double FROM_BIASED = 0x1p52 + 1023.0;

    static final double LOG2E = 1.4426950408889634;
    static final double LOG2E_LOW = 2.0355273740931033e-17;
    static final double LOG10E = 0.4342944819032518;
    static final double LOG10E_LOW = 1.098319650216765e-17;
    /** The first 32 bits of ln 2: exact when multiplied by an exponent, and the rest. */
    static final double LN2_HIGH = 0.6931471803691238;
    static final double LN2_LOW = 1.9082149292705877e-10;
    /** The same with 42 bits. */
    static final double LN2_LONG = 0.6931471805598903;
    static final double LN2_REST = 5.497923018708371e-14;
    static final double LOG10_2_HIGH = 0.30102999566383914;
    static final double LOG10_2_LOW = 1.42050232272661e-13;
    static final double TWO_OVER_PI = 0.6366197723675814;
    static final double HALF_PI_1 = 1.5707963267948966;
    static final double HALF_PI_2 = 6.123233995736766e-17;
    static final double HALF_PI_3 = -1.4973849048591698e-33;
    static final double THIRD = 0.3333333333333333;
    static final double THIRD_LOW = 1.850371707708594e-17;
    static final double FIFTH = 0.2;
    static final double FIFTH_LOW = -1.1102230246251566e-17;

    /** From here on a result of exp may be infinite or subnormal. */
    static final double EXP_LIMIT = 708.0;
    /** Up to here angles are reduced by three parts of pi/2. */
    static final double ANGLE_LIMIT = 0x1p20;
    static final double TANH_SMALL = 0.55;
    static final double TANH_ONE = 20.0;
    static final double ERF_SMALL = 1.0;
    static final double ERF_ONE = 6.0;
    static final double ERF_SLOPE = 0.1283791670955126;
    static final double ERFC_CENTRE = 2.5;

    /** (exp(r) - 1 - r) / r^2 for |r| up to ln(2)/2, in r. */
    static final double E0 = 0.5;
    static final double E1 = 0.1666666666666667;
    static final double E2 = 0.04166666666666667;
    static final double E3 = 0.008333333333326136;
    static final double E4 = 0.0013888888888883748;
    static final double E5 = 0.00019841269874820627;
    static final double E6 = 2.4801587325547743e-05;
    static final double E7 = 2.7557255400206422e-06;
    static final double E8 = 2.75572736431103e-07;
    static final double E9 = 2.5105217004720745e-08;
    static final double E10 = 2.0914686968086876e-09;

    /** (2 atanh(s) / s - 2) / z for z = s^2 up to 0.0295, in z. */
    static final double L0 = 0.6666666666666666;
    static final double L1 = 0.4000000000000088;
    static final double L2 = 0.28571428570803253;
    static final double L3 = 0.22222222391794727;
    static final double L4 = 0.18181795631498243;
    static final double L5 = 0.15386240172447838;
    static final double L6 = 0.13268760562036724;
    static final double L7 = 0.1308675766695207;

    /** (atanh(s) / s - 1 - z / 3 - z^2 / 5) / z^3, in z. */
    static final double T1 = 0.142857142857143;
    static final double T2 = 0.11111111111070333;
    static final double T3 = 0.09090909113039541;
    static final double T4 = 0.07692303194652698;
    static final double T5 = 0.06667101015680983;
    static final double T6 = 0.058609062908067215;
    static final double T7 = 0.05783176556791973;

    /** (sin(r) / r - 1) / z for z = r^2 up to (pi/4)^2, in z. */
    static final double S0 = -0.16666666666666666;
    static final double S1 = 0.008333333333333331;
    static final double S2 = -0.00019841269841265017;
    static final double S3 = 2.755731921930192e-06;
    static final double S4 = -2.5052106219521895e-08;
    static final double S5 = 1.6058529572267877e-10;
    static final double S6 = -7.586576588171073e-13;

    /** (cos(r) - 1 + z / 2) / z^2, in z. */
    static final double C0 = 0.041666666666666664;
    static final double C1 = -0.0013888888888888887;
    static final double C2 = 2.4801587301584618e-05;
    static final double C3 = -2.7557319221382114e-07;
    static final double C4 = 2.087675578389404e-09;
    static final double C5 = -1.1470459749675607e-11;
    static final double C6 = 4.745804889760674e-14;

    /** (tanh(x) / x - 1) / z for z = x^2 up to 0.55^2, in z. */
    static final double H0 = -0.3333333333333333;
    static final double H1 = 0.1333333333333331;
    static final double H2 = -0.05396825396822037;
    static final double H3 = 0.021869488534073906;
    static final double H4 = -0.0088632354631468;
    static final double H5 = 0.0035921267699626346;
    static final double H6 = -0.001455819097151351;
    static final double H7 = 0.0005899052969492733;
    static final double H8 = -0.0002384727248015252;
    static final double H9 = 9.455133052924858e-05;
    static final double H10 = -3.372080112046316e-05;
    static final double H11 = 7.874274345344419e-06;

    /** (erf(x) / x - 2/sqrt(pi)) / z for z = x^2 up to 1, in z. */
    static final double R0 = -0.37612638903183754;
    static final double R1 = 0.11283791670955125;
    static final double R2 = -0.026866170645131082;
    static final double R3 = 0.005223977625438469;
    static final double R4 = -0.0008548327023024696;
    static final double R5 = 0.0001205533295270044;
    static final double R6 = -1.4925649082364785e-05;
    static final double R7 = 1.6462076794793434e-06;
    static final double R8 = -1.6365085592632062e-07;
    static final double R9 = 1.4796618901290416e-08;
    static final double R10 = -1.219035624032117e-09;
    static final double R11 = 8.800680090460203e-11;
    static final double R12 = -4.374621450325064e-12;

    /** exp(x^2) erfc(x) for x from 1 to 6, in (x - 2.5) / (x + 2.5). */
    static final double G0 = 0.2108063640611436;
    static final double G1 = -0.3717367339489734;
    static final double G2 = 0.2517131932174494;
    static final double G3 = -0.12503305237882467;
    static final double G4 = 0.03992253907557491;
    static final double G5 = -0.003993701166223551;
    static final double G6 = -0.0026423659637833255;
    static final double G7 = 0.0008759154630909278;
    static final double G8 = 0.0002283803659559582;
    static final double G9 = -0.0001288774155353078;
    static final double G10 = -3.41820632413274e-05;
    static final double G11 = 1.8617073449210552e-05;
    static final double G12 = 7.551299761509754e-06;
    static final double G13 = -2.3140986405575947e-06;
    static final double G14 = -1.797056340835674e-06;
    static final double G15 = 1.2967817091706742e-07;
    static final double G16 = 3.365611962897521e-07;

    private Elementary() {}

    /** e to the power of x. */
    public static double exp(double x) {
        if (!(Math.abs(x) <= EXP_LIMIT)) {
            return extremeExp(x, 0.0);
        }
        double shifted = Math.fma(x, LOG2E, ROUND);
        double p = expLess1(x, 0.0, shifted - ROUND);
        double scale = power2(shifted);
        return Math.fma(scale, p, scale);
    }

    /** exp(x + low - k ln 2) - 1 for a small result of the sum. */
    private static double expLess1(double x, double low, double k) {
        double high = Math.fma(-k, LN2_HIGH, x);
        double rest = Math.fma(k, LN2_LOW, -low);
        double r = high - rest;
        double error = (high - r) - rest;
        return r + Math.fma(r * r, expPolynomial(r), error);
    }

    private static double expPolynomial(double r) {
        double p = Math.fma(E10, r, E9);
        p = Math.fma(p, r, E8);
        p = Math.fma(p, r, E7);
        p = Math.fma(p, r, E6);
        p = Math.fma(p, r, E5);
        p = Math.fma(p, r, E4);
        p = Math.fma(p, r, E3);
        p = Math.fma(p, r, E2);
        p = Math.fma(p, r, E1);
        return Math.fma(p, r, E0);
    }

    /** 2 to the power of the whole number that the low bits of {@code shifted} hold. */
    private static double power2(double shifted) {
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
        return Math.scalb(1.0 + expLess1(x, low, k), (int) k);
    }

    /** Natural logarithm. */
    public static double log(double x) {
        return ordinary(x) ? log(mantissa(x), exponent(x)) : Double.isNaN(x) || !isSubnormal(x)
                ? limitOfLog(x)
                : log(mantissa(x * 0x1p54), exponent(x * 0x1p54) - 54.0);
    }

    private static double log(double m, double k) {
        double f = m - 1.0;
        double s = f / (2.0 + f);
        double z = s * s;
        double r = z * logPolynomial(z);
        double half = 0.5 * f * f;
        return k * LN2_HIGH - ((half - Math.fma(s, half + r, k * LN2_LOW)) - f);
    }

    private static double logPolynomial(double z) {
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
    private static double exponent(double x) {
        return Double.longBitsToDouble(biasedExponent(x) + ROUND_BITS) - FROM_BIASED;
    }

    private static double mantissa(double x) {
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
        double less1 = expLess1(p, error, shifted - ROUND);
        double scale = power2(shifted);
        return Math.fma(scale, less1, scale);
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

    /** Sine. */
    public static double sin(double x) {
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
    public static double cos(double x) {
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
    public static double tan(double x) {
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
        double x = a + a;
        double shifted = Math.fma(x, LOG2E, ROUND);
        double p = expLess1(x, 0.0, shifted - ROUND);
        double scale = power2(shifted);
        double power = Math.fma(scale, p, scale);
        double powerLow = Math.fma(scale, p, scale - power);
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
        double z = a * a;
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
        return Math.fma(a, Math.fma(p, z, ERF_SLOPE), a);
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
        double p = expLess1(x, low, shifted - ROUND);
        double scale = power2(shifted);
        return 1.0 - scale * Math.fma(g, p, g);
    }
}
