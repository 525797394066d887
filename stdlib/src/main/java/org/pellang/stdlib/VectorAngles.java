package org.pellang.stdlib;

import static org.pellang.stdlib.Coefficients.*;
import static org.pellang.stdlib.VectorElementary.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The functions of {@link Angles} on arrays of angles; see {@link VectorElementary}. */
final class VectorAngles {
    private static final DoubleVector PER_QUARTER = of(TWO_OVER_PI);
    private static final DoubleVector MINUS_QUARTER = of(-HALF_PI_1);
    private static final DoubleVector QUARTER_2 = of(HALF_PI_2);
    private static final DoubleVector QUARTER_3 = of(HALF_PI_3);
    private static final DoubleVector VS0 = of(S0);
    private static final DoubleVector VS1 = of(S1);
    private static final DoubleVector VS2 = of(S2);
    private static final DoubleVector VS3 = of(S3);
    private static final DoubleVector VS4 = of(S4);
    private static final DoubleVector VS5 = of(S5);
    private static final DoubleVector VS6 = of(S6);
    private static final DoubleVector VC0 = of(C0);
    private static final DoubleVector VC1 = of(C1);
    private static final DoubleVector VC2 = of(C2);
    private static final DoubleVector VC3 = of(C3);
    private static final DoubleVector VC4 = of(C4);
    private static final DoubleVector VC5 = of(C5);
    private static final DoubleVector VC6 = of(C6);
    private static final DoubleVector MINUS_HALF = of(-0.5);

    private VectorAngles() {}

    /** {@link Angles#sin}. */
    static void sinPass(double[] a, int count) {
        int end = vectors(count);
        if (!wavePass(a, end, 0L)) {
            end = 0;
        }
        each(Angles::sin, a, end, count);
    }

    /** {@link Angles#cos}. */
    static void cosPass(double[] a, int count) {
        int end = vectors(count);
        if (!wavePass(a, end, 1L)) {
            end = 0;
        }
        each(Angles::cos, a, end, count);
    }

    /** Sines; with {@code quarters} 1 a quarter of the wave ahead: cosines. False, and nothing done, if an angle is huge. */
    private static boolean wavePass(double[] a, int end, long quarters) {
        if (!within(a, end, ANGLE_LIMIT)) {
            return false;
        }
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            DoubleVector shifted = x.fma(PER_QUARTER, ROUNDING);
            DoubleVector n = shifted.sub(ROUNDING);
            DoubleVector first = n.fma(MINUS_QUARTER, x);
            DoubleVector second = n.mul(QUARTER_2);
            DoubleVector r = first.sub(second);
            DoubleVector low = first.sub(r).sub(second).sub(n.fma(QUARTER_3, n.fma(QUARTER_2, second.neg())));
            DoubleVector z = r.mul(r);
            DoubleVector p = VS6.fma(z, VS5).fma(z, VS4).fma(z, VS3).fma(z, VS2).fma(z, VS1).fma(z, VS0);
            DoubleVector sine = r.add(r.mul(z).fma(p, MINUS_HALF.mul(z).fma(low, low)));
            DoubleVector half = HALF.mul(z);
            DoubleVector high = ONE.sub(half);
            DoubleVector lost = r.fma(r, z.neg());
            DoubleVector q = VC6.fma(z, VC5).fma(z, VC4).fma(z, VC3).fma(z, VC2).fma(z, VC1).fma(z, VC0);
            DoubleVector cosine = high.add(ONE.sub(high).sub(half).add(z.mul(z).fma(q, r.fma(low, HALF.mul(lost)).neg())));
            LongVector quarter = bits(shifted).add(quarters);
            VectorMask<Double> odd = quarter.and(1L).compare(VectorOperators.NE, 0L).cast(SPECIES);
            LongVector sign = quarter.and(2L).lanewise(VectorOperators.LSHL, 62);
            bits(sine.blend(cosine, odd)).lanewise(VectorOperators.XOR, sign).reinterpretAsDoubles().intoArray(a, i);
        }
        return true;
    }

    /** {@link Angles#tan}. */
    static void tanPass(double[] a, int count) {
        int end = vectors(count);
        if (within(a, end, ANGLE_LIMIT)) {
            double[] sine = new double[2 * end];
            double[] cosine = new double[2 * end];
            partsPass(a, sine, cosine, end);
            ratioPass(a, sine, cosine, end);
        } else {
            end = 0;
        }
        each(Angles::tan, a, end, count);
    }

    /** Sine and cosine of the reduced angles, each in two parts. */
    private static void partsPass(double[] a, double[] sine, double[] cosine, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            DoubleVector n = x.fma(PER_QUARTER, ROUNDING).sub(ROUNDING);
            DoubleVector first = n.fma(MINUS_QUARTER, x);
            DoubleVector second = n.mul(QUARTER_2);
            DoubleVector r = first.sub(second);
            DoubleVector low = first.sub(r).sub(second).sub(n.fma(QUARTER_3, n.fma(QUARTER_2, second.neg())));
            DoubleVector z = r.mul(r);
            DoubleVector p = VS6.fma(z, VS5).fma(z, VS4).fma(z, VS3).fma(z, VS2).fma(z, VS1).fma(z, VS0);
            DoubleVector rest = r.mul(z).fma(p, MINUS_HALF.mul(z).fma(low, low));
            DoubleVector s = r.add(rest);
            s.intoArray(sine, i);
            r.sub(s).add(rest).intoArray(sine, end + i);
            DoubleVector half = HALF.mul(z);
            DoubleVector high = ONE.sub(half);
            DoubleVector lost = r.fma(r, z.neg());
            DoubleVector q = VC6.fma(z, VC5).fma(z, VC4).fma(z, VC3).fma(z, VC2).fma(z, VC1).fma(z, VC0);
            DoubleVector cosRest = ONE.sub(high).sub(half).add(z.mul(z).fma(q, r.fma(low, HALF.mul(lost)).neg()));
            DoubleVector c = high.add(cosRest);
            c.intoArray(cosine, i);
            high.sub(c).add(cosRest).intoArray(cosine, end + i);
        }
    }

    /** sine / cosine, or - cosine / sine in odd quarters. */
    private static void ratioPass(double[] a, double[] sines, double[] cosines, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector angle = DoubleVector.fromArray(SPECIES, a, i);
            DoubleVector sine = DoubleVector.fromArray(SPECIES, sines, i);
            DoubleVector sineLow = DoubleVector.fromArray(SPECIES, sines, end + i);
            DoubleVector cosine = DoubleVector.fromArray(SPECIES, cosines, i);
            DoubleVector cosineLow = DoubleVector.fromArray(SPECIES, cosines, end + i);
            VectorMask<Double> odd =
                    bits(angle.fma(PER_QUARTER, ROUNDING)).and(1L).compare(VectorOperators.NE, 0L).cast(SPECIES);
            DoubleVector x = sine.blend(cosine.neg(), odd);
            DoubleVector xLow = sineLow.blend(cosineLow.neg(), odd);
            DoubleVector y = cosine.blend(sine, odd);
            DoubleVector yLow = cosineLow.blend(sineLow, odd);
            DoubleVector q = x.div(y);
            DoubleVector t = q.add(q.neg().fma(y, x).add(xLow.sub(q.mul(yLow))).div(y));
            t.blend(angle, angle.compare(VectorOperators.EQ, 0.0)).intoArray(a, i);
        }
    }
}
