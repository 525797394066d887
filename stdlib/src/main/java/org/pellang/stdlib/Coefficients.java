package org.pellang.stdlib;

/** The numbers of {@link Elementary}, {@link Angles} and {@link VectorElementary}: parts of constants, limits, and polynomials. */
final class Coefficients {
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

    private Coefficients() {}
}
