package org.pellang.stdlib;

import static org.pellang.stdlib.ArcCoefficients.*;
import static org.pellang.stdlib.Coefficients.*;
import static org.pellang.stdlib.VectorElementary.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The functions of {@link Exponentials}, and logarithms to other bases, on arrays of arguments; see {@link VectorElementary}. */
final class VectorExponentials {
    private static final DoubleVector ZERO = of(0.0);
    private static final DoubleVector BY_E = of(LN2);
    private static final DoubleVector BY_E_TAIL = of(LN2_TAIL);
    private static final DoubleVector E_TO_2 = of(LOG2E);
    private static final DoubleVector E_TO_2_REST = of(LOG2E_LOW);
    private static final DoubleVector E_TO_10 = of(LOG10E);
    private static final DoubleVector E_TO_10_REST = of(LOG10E_LOW);
    private static final DoubleVector TWO_TO_10 = of(LOG10_2_HIGH);
    private static final DoubleVector TWO_TO_10_REST = of(LOG10_2_LOW);

    private VectorExponentials() {}

    /** {@link Exponentials#expm1}. */
    static void expm1Pass(double[] a, int count) {
        int end = vectors(count);
        double[] parts = new double[2 * end];
        if (within(a, end, EXP_LIMIT)) {
            expPartsPass(a, parts, end);
            for (int i = 0; i < end; i += LANES) {
                DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector power = DoubleVector.fromArray(SPECIES, parts, i);
                DoubleVector sum = power.sub(ONE);
                DoubleVector back = sum.sub(power);
                DoubleVector lost = power.sub(sum.sub(back)).sub(ONE.add(back));
                DoubleVector result = sum.add(lost.add(DoubleVector.fromArray(SPECIES, parts, end + i)));
                result.blend(x, x.compare(VectorOperators.EQ, 0.0)).intoArray(a, i);
            }
        } else {
            end = 0;
        }
        each(Exponentials::expm1, a, end, count);
    }

    /** {@link Exponentials#log1p}. */
    static void log1pPass(double[] a, int count) {
        int end = vectors(count);
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            if (x.compare(VectorOperators.GT, -1.0).and(x.compare(VectorOperators.LE, Double.MAX_VALUE)).allTrue()) {
                DoubleVector u = ONE.add(x);
                DoubleVector back = u.sub(ONE);
                DoubleVector lost = ONE.sub(u.sub(back)).add(x.sub(back));
                DoubleVector k = exponent(u);
                VectorMask<Double> near = k.compare(VectorOperators.EQ, 0.0);
                DoubleVector result = logSum(mantissa(u).sub(ONE).blend(x, near), k, lost.div(u).blend(ZERO, near));
                result.blend(x, x.compare(VectorOperators.EQ, 0.0)).intoArray(a, i);
            } else {
                each(Exponentials::log1p, a, i, i + LANES);
            }
        }
        each(Exponentials::log1p, a, end, count);
    }

    /** {@link Exponentials#exp2}. */
    static void exp2Pass(double[] a, int count) {
        int end = vectors(count);
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            if (x.abs().compare(VectorOperators.LE, EXP2_LIMIT).allTrue()) {
                DoubleVector shifted = x.add(ROUNDING);
                DoubleVector r = x.sub(shifted.sub(ROUNDING));
                DoubleVector high = r.mul(BY_E);
                DoubleVector low = r.fma(BY_E_TAIL, r.fma(BY_E, high.neg()));
                power2(shifted).mul(expReduced(high, low.neg(), ZERO)).intoArray(a, i);
            } else {
                each(Exponentials::exp2, a, i, i + LANES);
            }
        }
        each(Exponentials::exp2, a, end, count);
    }

    /** {@link Elementary#log2}. */
    static void log2Pass(double[] a, int count) {
        int end = vectors(count);
        double[] high = new double[end];
        double[] low = new double[end];
        if (quotientPass(a, high, low, end)) {
            mantissaLogPass(high, low, end);
            for (int i = 0; i < end; i += LANES) {
                DoubleVector ln = DoubleVector.fromArray(SPECIES, high, i);
                DoubleVector lnLow = DoubleVector.fromArray(SPECIES, low, i);
                DoubleVector k = exponent(DoubleVector.fromArray(SPECIES, a, i));
                DoubleVector p = ln.mul(E_TO_2);
                DoubleVector error = ln.fma(E_TO_2, p.neg()).add(ln.fma(E_TO_2_REST, lnLow.mul(E_TO_2)));
                DoubleVector sum = k.add(p);
                sum.add(k.sub(sum).add(p).add(error)).intoArray(a, i);
            }
        } else {
            end = 0;
        }
        each(Elementary::log2, a, end, count);
    }

    /** {@link Elementary#log10}. */
    static void log10Pass(double[] a, int count) {
        int end = vectors(count);
        double[] high = new double[end];
        double[] low = new double[end];
        if (quotientPass(a, high, low, end)) {
            mantissaLogPass(high, low, end);
            for (int i = 0; i < end; i += LANES) {
                DoubleVector ln = DoubleVector.fromArray(SPECIES, high, i);
                DoubleVector lnLow = DoubleVector.fromArray(SPECIES, low, i);
                DoubleVector k = exponent(DoubleVector.fromArray(SPECIES, a, i));
                DoubleVector p = ln.mul(E_TO_10);
                DoubleVector error = ln.fma(E_TO_10, p.neg()).add(ln.fma(E_TO_10_REST, lnLow.mul(E_TO_10)));
                DoubleVector whole = k.mul(TWO_TO_10);
                DoubleVector sum = whole.add(p);
                sum.add(whole.sub(sum).add(p).add(k.fma(TWO_TO_10_REST, error))).intoArray(a, i);
            }
        } else {
            end = 0;
        }
        each(Elementary::log10, a, end, count);
    }
}
