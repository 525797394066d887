package org.pellang.stdlib;

/**
 * Viridis (S. van der Walt, N. Smith, matplotlib 2015, CC0): perceptually uniform, readable in grey and with colour-blind eyes;
 * by the polynomial fit of degree 6 that M. Zucker published under CC0 ("viridis, plasma, etc. colormap approximations").
 */
final class ColourMap {
    /** The colour of NaN. */
    static final int MISSING = 0xD0D0D0;

    private static final double[][] COEFFICIENTS = {
        {0.2777273272234177, 0.1050930431085774, -0.3308618287255563, -4.634230498983486, 6.228269936347081, 4.776384997670288, -5.435455855934631},
        {0.005407344544966578, 1.404613529898575, 0.214847559468213, -5.799100973351585, 14.17993336680509, -13.74514537774601, 4.645852612178535},
        {0.3340998053353061, 1.384590162594685, 0.09509516302823659, -19.33244095627987, 56.69055260068105, -65.35303263337234, 26.3124352495832}
    };

    private ColourMap() {}

    /** The colour 0xRRGGBB of a value in 0..1; others are clipped. */
    static int of(double share) {
        if (Double.isNaN(share)) {
            return MISSING;
        }
        double t = Math.clamp(share, 0.0, 1.0);
        int colour = 0;
        for (double[] c : COEFFICIENTS) {
            double value = c[0] + t * (c[1] + t * (c[2] + t * (c[3] + t * (c[4] + t * (c[5] + t * c[6])))));
            colour = colour << 8 | (int) Math.rint(255.0 * Math.clamp(value, 0.0, 1.0));
        }
        return colour;
    }
}
