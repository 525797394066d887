package org.pellang.stdlib;

import static org.pellang.stdlib.Coefficients.*;
import static org.pellang.stdlib.ErrorCoefficients.*;
import static org.pellang.stdlib.VectorElementary.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link ErrorFunction} on arrays of arguments; see {@link VectorElementary}. */
final class VectorErrorFunction {
    private static final DoubleVector CENTRE = of(ERFC_CENTRE);
    private static final DoubleVector LEAST = of(ERFC_SMALL);
    private static final DoubleVector MOST = of(ERFC_LIMIT);
    private static final DoubleVector SLOPE = of(ERF_SLOPE);
    private static final DoubleVector VM0_LOW = of(M0_LOW);
    private static final DoubleVector VM0 = of(M0);
    private static final DoubleVector VM1 = of(M1);
    private static final DoubleVector VM2 = of(M2);
    private static final DoubleVector VM3 = of(M3);
    private static final DoubleVector VM4 = of(M4);
    private static final DoubleVector VM5 = of(M5);
    private static final DoubleVector VM6 = of(M6);
    private static final DoubleVector VM7 = of(M7);
    private static final DoubleVector VM8 = of(M8);
    private static final DoubleVector VM9 = of(M9);
    private static final DoubleVector VM10 = of(M10);
    private static final DoubleVector VM11 = of(M11);
    private static final DoubleVector VM12 = of(M12);
    private static final DoubleVector VM13 = of(M13);
    private static final DoubleVector VM14 = of(M14);
    private static final DoubleVector VM15 = of(M15);
    private static final DoubleVector VM16 = of(M16);
    private static final DoubleVector VM17 = of(M17);
    private static final DoubleVector VM18 = of(M18);
    private static final DoubleVector VM19 = of(M19);
    private static final DoubleVector VM20 = of(M20);
    private static final DoubleVector VM21 = of(M21);
    private static final DoubleVector VD0 = of(D0);
    private static final DoubleVector VD1 = of(D1);
    private static final DoubleVector VD2 = of(D2);
    private static final DoubleVector VD3 = of(D3);

    private VectorErrorFunction() {}

    /** {@link ErrorFunction#erfc}. */
    static void erfcPass(double[] a, int count) {
        int end = vectors(count);
        double[] sizes = new double[end];
        double[] parts = new double[3 * end];
        if (fractionPass(a, sizes, parts, end)) {
            polynomialPass(parts, end);
            ratioPass(sizes, parts, end);
            double[] powers = new double[2 * end];
            powerPass(sizes, powers, end);
            productPass(sizes, powers, parts, end);
            lastPass(a, sizes, end);
        } else {
            end = 0;
        }
        each(ErrorFunction::erfc, a, end, count);
    }

    /** Sizes between the limits, and t in two parts; false if an x needs care. */
    private static boolean fractionPass(double[] a, double[] sizes, double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector argument = DoubleVector.fromArray(SPECIES, a, i);
            if (!argument.compare(VectorOperators.LE, ERFC_LIMIT).allTrue()) {
                return false;
            }
            DoubleVector x = argument.abs().max(LEAST).min(MOST);
            DoubleVector n = x.sub(CENTRE);
            DoubleVector nBack = n.sub(x);
            DoubleVector nLost = x.sub(n.sub(nBack)).sub(CENTRE.add(nBack));
            DoubleVector d = x.add(CENTRE);
            DoubleVector dBack = d.sub(x);
            DoubleVector dLost = x.sub(d.sub(dBack)).add(CENTRE.sub(dBack));
            DoubleVector t = n.div(d);
            x.intoArray(sizes, i);
            t.intoArray(parts, i);
            t.neg().fma(d, n).add(nLost.sub(t.mul(dLost))).div(d).intoArray(parts, end + i);
        }
        return true;
    }

    private static void polynomialPass(double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, parts, i);
            DoubleVector r = VM21.fma(t, VM20).fma(t, VM19).fma(t, VM18).fma(t, VM17).fma(t, VM16).fma(t, VM15).fma(t, VM14).fma(t, VM13).fma(t, VM12)
                    .fma(t, VM11).fma(t, VM10).fma(t, VM9).fma(t, VM8).fma(t, VM7).fma(t, VM6).fma(t, VM5).fma(t, VM4).fma(t, VM3).fma(t, VM2);
            r.intoArray(parts, 2 * end + i);
        }
    }

    /** From t and the polynomial to h / x in two parts. */
    private static void ratioPass(double[] sizes, double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, sizes, i);
            DoubleVector t = DoubleVector.fromArray(SPECIES, parts, i);
            DoubleVector tLow = DoubleVector.fromArray(SPECIES, parts, end + i);
            DoubleVector r = DoubleVector.fromArray(SPECIES, parts, 2 * end + i);
            DoubleVector slope = VD3.fma(t, VD2).fma(t, VD1).fma(t, VD0);
            DoubleVector q = r.fma(t, VM1);
            DoubleVector v = t.mul(q);
            DoubleVector vLow = t.fma(q, v.neg()).add(t.fma(r.fma(t, VM1.sub(q)), tLow.mul(slope)));
            DoubleVector h = VM0.add(v);
            DoubleVector hLow = VM0.sub(h).add(v).add(VM0_LOW.add(vLow));
            DoubleVector w = h.div(x);
            w.intoArray(parts, i);
            w.neg().fma(x, h).add(hLow).div(x).intoArray(parts, end + i);
        }
    }

    /** exp(-x^2) in two parts, without its power of two. */
    private static void powerPass(double[] sizes, double[] powers, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, sizes, i);
            DoubleVector square = x.mul(x).neg();
            DoubleVector low = x.fma(x, square);
            DoubleVector k = square.fma(LOG2_E, ROUNDING).sub(ROUNDING);
            reducedParts(square, k.fma(LN2_L, low), k, powers, i, end);
        }
    }

    private static void productPass(double[] sizes, double[] powers, double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, sizes, i);
            DoubleVector w = DoubleVector.fromArray(SPECIES, parts, i);
            DoubleVector wLow = DoubleVector.fromArray(SPECIES, parts, end + i);
            DoubleVector e = DoubleVector.fromArray(SPECIES, powers, i);
            DoubleVector eLow = DoubleVector.fromArray(SPECIES, powers, end + i);
            DoubleVector p = e.mul(w);
            DoubleVector scaled = p.add(e.fma(w, p.neg()).add(e.fma(wLow, eLow.mul(w))));
            power2(x.mul(x).neg().fma(LOG2_E, ROUNDING)).mul(scaled).intoArray(sizes, i);
        }
    }

    /** From erfc of the sizes to that of the arguments. */
    private static void lastPass(double[] a, double[] large, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            DoubleVector z = x.mul(x);
            DoubleVector p = VR12.fma(z, VR11).fma(z, VR10).fma(z, VR9).fma(z, VR8).fma(z, VR7).fma(z, VR6).fma(z, VR5)
                    .fma(z, VR4).fma(z, VR3).fma(z, VR2).fma(z, VR1).fma(z, VR0);
            DoubleVector u = ONE.sub(x);
            DoubleVector small = u.add(ONE.sub(u).sub(x).sub(x.mul(p.fma(z, SLOPE))));
            DoubleVector far = DoubleVector.fromArray(SPECIES, large, i);
            VectorMask<Double> below = x.compare(VectorOperators.LE, -1.0);
            VectorMask<Double> above = x.compare(VectorOperators.GE, ERFC_SMALL);
            small.blend(TWO.sub(far), below).blend(far, above).intoArray(a, i);
        }
    }
}
