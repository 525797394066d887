package org.pellang.stdlib;

/** The numbers of {@link ErrorFunction} beyond those of {@link Coefficients}; polynomials made in the same way. */
final class ErrorCoefficients {
    /** Up to here 1 - erf(x) does not cancel much. */
    static final double ERFC_SMALL = 0.8;
    /** From here on exp(-x^2) may be subnormal. */
    static final double ERFC_LIMIT = 26.0;
    static final double ERFC_ZERO = 27.3;

    /** x exp(x^2) erfc(x) for x from 0.8 to 27.3, in t = (x - 2.5) / (x + 2.5). */
    static final double M0 = 0.527015910152859;
    static final double M1 = 0.12468998543328448;
    static final double M2 = -0.1753688663955261;
    static final double M3 = 0.14133148570103293;
    static final double M4 = -0.07144479755703603;
    static final double M5 = 0.01837729721675598;
    static final double M6 = 0.0017871293897437298;
    static final double M7 = -0.002628996882186483;
    static final double M8 = 0.00013174272464354578;
    static final double M9 = 0.0003805005704228197;
    static final double M10 = -2.7148405616207853e-05;
    static final double M11 = -6.606684772614385e-05;
    static final double M12 = -6.454032078514261e-07;
    static final double M13 = 1.2490993195384999e-05;
    static final double M14 = 2.221696865239966e-06;
    static final double M15 = -2.1250502513134228e-06;
    static final double M16 = -1.0262618495939812e-06;
    static final double M17 = 1.982882847846513e-07;
    static final double M18 = 3.773010556914894e-07;
    static final double M19 = 1.0320028472123947e-08;
    static final double M20 = -1.2655502471033233e-07;
    static final double M21 = 3.311696539805871e-08;
    static final double M0_LOW = -2.729646349389458e-17;

    /** The slope of it, to three digits. */
    static final double D0 = 0.12333232183647873;
    static final double D1 = -0.362081557955532;
    static final double D2 = 0.4511310916360632;
    static final double D3 = -0.22809198555499227;

    private ErrorCoefficients() {}
}
