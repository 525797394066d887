package org.pellang.stdlib;

/** The numbers of {@link Arcs}, {@link Roots}, {@link Hyperbolic} and {@link Exponentials} beyond those of {@link Coefficients}; polynomials made in the same way. */
final class ArcCoefficients {
    static final double PI_1 = 3.141592653589793;
    static final double PI_2 = 1.2246467991473532e-16;
    static final double QUARTER_PI_1 = 0.7853981633974483;
    static final double QUARTER_PI_2 = 3.061616997868383e-17;
    static final double THREE_QUARTERS_PI_1 = 2.356194490192345;
    static final double THREE_QUARTERS_PI_2 = 9.184850993605148e-17;
    static final double CBRT_2 = 1.2599210498948732;
    static final double CBRT_HALF = 0.7937005259840998;
    static final double LN2 = 0.6931471805599453;
    static final double LN2_TAIL = 2.3190468138462996e-17;

    /** The tangent of pi/8. */
    static final double MIDDLE = 0.41421356237309503;
    /** Between these a sum of squares neither overflows nor loses bits. */
    static final double HYPOT_SMALL = 0x1p-450;
    static final double HYPOT_LARGE = 0x1p500;
    /** Up to here 1 + x^2 does not overflow. */
    static final double SQUARE_LIMIT = 0x1p500;
    /** Up to here two numbers can be added. */
    static final double SUM_LIMIT = 0x1p1022;
    /** From here on a power of two may be infinite or subnormal. */
    static final double EXP2_LIMIT = 1021.0;
    static final double SINH_SMALL = 1.0;
    static final double ASINH_SMALL = 0.5;
    /** Up to here the polynomial of the logarithm holds. */
    static final double ATANH_SMALL = 0.17;

    /** (atan(t) / t - 1) / z for z = t^2 up to tan(pi/8)^2, in z. */
    static final double A0 = -0.3333333333333333;
    static final double A1 = 0.19999999999999804;
    static final double A2 = -0.14285714285659779;
    static final double A3 = 0.11111111105150588;
    static final double A4 = -0.09090908753259112;
    static final double A5 = 0.07692296368042296;
    static final double A6 = -0.0666642476020052;
    static final double A7 = 0.05878927554473807;
    static final double A8 = -0.05230443640686948;
    static final double A9 = 0.045515447340221615;
    static final double A10 = -0.03456931506332609;
    static final double A11 = 0.016284375050043393;

    /** (asin(t) / t - 1) / z for z = t^2 up to 1/4, in z. */
    static final double N0 = 0.16666666666666669;
    static final double N1 = 0.07499999999998433;
    static final double N2 = 0.04464285714635543;
    static final double N3 = 0.030381944138531247;
    static final double N4 = 0.02237217294214989;
    static final double N5 = 0.017352392720869973;
    static final double N6 = 0.013971212973552933;
    static final double N7 = 0.011479177415184906;
    static final double N8 = 0.01032281435018578;
    static final double N9 = 0.005457506718640358;
    static final double N10 = 0.01740087944269402;
    static final double N11 = -0.014851887071247204;
    static final double N12 = 0.028757851367421566;

    /** (sinh(x) / x - 1) / z for z = x^2 up to 1, in z. */
    static final double B0 = 0.16666666666666666;
    static final double B1 = 0.008333333333333299;
    static final double B2 = 0.00019841269841324198;
    static final double B3 = 2.7557319191381816e-06;
    static final double B4 = 2.5052117695907823e-08;
    static final double B5 = 1.6057679623801638e-10;
    static final double B6 = 7.746178593018827e-13;

    /** (asinh(x) / x - 1) / z for z = x^2 up to 1/4, in z. */
    static final double Y0 = -0.16666666666666666;
    static final double Y1 = 0.0749999999999864;
    static final double Y2 = -0.044642857140252436;
    static final double Y3 = 0.030381944248546365;
    static final double Y4 = -0.022372151449922602;
    static final double Y5 = 0.01735258771519257;
    static final double Y6 = -0.013962235682232349;
    static final double Y7 = 0.011526210169675569;
    static final double Y8 = -0.009591452221673173;
    static final double Y9 = 0.007622309427481728;
    static final double Y10 = -0.004992717198142511;
    static final double Y11 = 0.0018854117655039003;

    /** The cube root of m from the root of 1/2 to that of 2, to 16 bits. */
    static final double Q0 = 0.45368850939437955;
    static final double Q1 = 0.8967392149830209;
    static final double Q2 = -0.5237666939876867;
    static final double Q3 = 0.2093460512115113;
    static final double Q4 = -0.03600019208330247;

    private ArcCoefficients() {}
}
