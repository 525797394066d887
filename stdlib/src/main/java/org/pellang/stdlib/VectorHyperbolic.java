package org.pellang.stdlib;

import static org.pellang.stdlib.ArcCoefficients.*;
import static org.pellang.stdlib.Coefficients.*;
import static org.pellang.stdlib.VectorElementary.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The functions of {@link Hyperbolic} on arrays of arguments; see {@link VectorElementary}. */
final class VectorHyperbolic {
    private static final DoubleVector QUARTER = of(0.25);
    private static final DoubleVector MINUS_FOUR = of(-4.0);
    private static final DoubleVector SMALLEST = of(Double.MIN_NORMAL);
    private static final DoubleVector VB0 = of(B0);
    private static final DoubleVector VB1 = of(B1);
    private static final DoubleVector VB2 = of(B2);
    private static final DoubleVector VB3 = of(B3);
    private static final DoubleVector VB4 = of(B4);
    private static final DoubleVector VB5 = of(B5);
    private static final DoubleVector VB6 = of(B6);
    private static final DoubleVector VY0 = of(Y0);
    private static final DoubleVector VY1 = of(Y1);
    private static final DoubleVector VY2 = of(Y2);
    private static final DoubleVector VY3 = of(Y3);
    private static final DoubleVector VY4 = of(Y4);
    private static final DoubleVector VY5 = of(Y5);
    private static final DoubleVector VY6 = of(Y6);
    private static final DoubleVector VY7 = of(Y7);
    private static final DoubleVector VY8 = of(Y8);
    private static final DoubleVector VY9 = of(Y9);
    private static final DoubleVector VY10 = of(Y10);
    private static final DoubleVector VY11 = of(Y11);

    private VectorHyperbolic() {}

    /** {@link Hyperbolic#sinh}. */
    static void sinhPass(double[] a, int count) {
        int end = vectors(count);
        if (within(a, end, EXP_LIMIT)) {
            double[] parts = new double[2 * end];
            double[] sizes = new double[end];
            absPass(a, sizes, end);
            expPartsPass(sizes, parts, end);
            for (int i = 0; i < end; i += LANES) {
                DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector size = x.abs();
                DoubleVector z = size.mul(size);
                DoubleVector p = VB6.fma(z, VB5).fma(z, VB4).fma(z, VB3).fma(z, VB2).fma(z, VB1).fma(z, VB0);
                DoubleVector half = HALF.mul(DoubleVector.fromArray(SPECIES, parts, i));
                DoubleVector low = HALF.mul(DoubleVector.fromArray(SPECIES, parts, end + i));
                DoubleVector large = half.add(low.sub(QUARTER.div(half)));
                signed(large.blend(size.mul(z).fma(p, size), size.compare(VectorOperators.LT, SINH_SMALL)), x).intoArray(a, i);
            }
        } else {
            end = 0;
        }
        each(Hyperbolic::sinh, a, end, count);
    }

    private static void absPass(double[] a, double[] sizes, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector.fromArray(SPECIES, a, i).abs().intoArray(sizes, i);
        }
    }

    /** {@link Hyperbolic#cosh}. */
    static void coshPass(double[] a, int count) {
        int end = vectors(count);
        if (within(a, end, EXP_LIMIT)) {
            double[] parts = new double[2 * end];
            absPass(a, a, end);
            expPartsPass(a, parts, end);
            for (int i = 0; i < end; i += LANES) {
                DoubleVector half = HALF.mul(DoubleVector.fromArray(SPECIES, parts, i));
                DoubleVector low = HALF.mul(DoubleVector.fromArray(SPECIES, parts, end + i));
                DoubleVector q = QUARTER.div(half);
                half.add(low.add(MINUS_FOUR.mul(q).mul(q).fma(low, q))).intoArray(a, i);
            }
        } else {
            end = 0;
        }
        each(Hyperbolic::cosh, a, end, count);
    }

    /** {@link Hyperbolic#asinh}. */
    static void asinhPass(double[] a, int count) {
        int end = vectors(count);
        if (within(a, end, SQUARE_LIMIT)) {
            double[] parts = new double[3 * end];
            rootSumPass(a, parts, end);
            logSumPass(parts, end);
            for (int i = 0; i < end; i += LANES) {
                DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector size = x.abs();
                DoubleVector z = size.mul(size);
                DoubleVector p = VY11.fma(z, VY10).fma(z, VY9).fma(z, VY8).fma(z, VY7).fma(z, VY6).fma(z, VY5)
                        .fma(z, VY4).fma(z, VY3).fma(z, VY2).fma(z, VY1).fma(z, VY0);
                DoubleVector large = DoubleVector.fromArray(SPECIES, parts, i);
                signed(large.blend(size.mul(z).fma(p, size), size.compare(VectorOperators.LT, ASINH_SMALL)), x).intoArray(a, i);
            }
        } else {
            end = 0;
        }
        each(Hyperbolic::asinh, a, end, count);
    }

    /** a + sqrt(a^2 + 1) as {@link #logSumPass} takes it. */
    private static void rootSumPass(double[] in, double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, in, i).abs();
            DoubleVector square = a.mul(a);
            DoubleVector q = square.add(ONE);
            DoubleVector back = q.sub(square);
            DoubleVector lost = square.sub(q.sub(back)).add(ONE.sub(back)).add(a.fma(a, square.neg()));
            DoubleVector s = q.sqrt();
            DoubleVector rest = s.neg().fma(s, q).add(lost).div(s.add(s));
            DoubleVector u = s.add(a);
            mantissa(u).sub(ONE).intoArray(parts, i);
            exponent(u).intoArray(parts, end + i);
            s.sub(u).add(a).add(rest).div(u).intoArray(parts, 2 * end + i);
        }
    }

    /** {@link Elementary#logSum}: from f, exponents and rests, one behind the other, to logarithms. */
    private static void logSumPass(double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector f = DoubleVector.fromArray(SPECIES, parts, i);
            DoubleVector k = DoubleVector.fromArray(SPECIES, parts, end + i);
            logSum(f, k, DoubleVector.fromArray(SPECIES, parts, 2 * end + i)).intoArray(parts, i);
        }
    }

    /** {@link Hyperbolic#acosh}. */
    static void acoshPass(double[] a, int count) {
        int end = vectors(count);
        double[] parts = new double[3 * end];
        if (rootDifferencePass(a, parts, end)) {
            logSumPass(parts, end);
            System.arraycopy(parts, 0, a, 0, end);
        } else {
            end = 0;
        }
        each(Hyperbolic::acosh, a, end, count);
    }

    /** x + sqrt(x^2 - 1) as {@link #logSumPass} takes it; false if an x needs care. */
    private static boolean rootDifferencePass(double[] in, double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, in, i);
            if (!x.compare(VectorOperators.GE, 1.0).and(x.compare(VectorOperators.LE, SQUARE_LIMIT)).allTrue()) {
                return false;
            }
            DoubleVector t = x.sub(ONE);
            DoubleVector square = t.mul(t);
            DoubleVector twice = t.add(t);
            DoubleVector q = twice.add(square);
            DoubleVector back = q.sub(twice);
            DoubleVector lost = twice.sub(q.sub(back)).add(square.sub(back)).add(t.fma(t, square.neg()));
            DoubleVector s = q.sqrt();
            DoubleVector rest = s.neg().fma(s, q).add(lost).div(s.add(s).max(SMALLEST));
            DoubleVector u = x.add(s);
            DoubleVector v = s.add(t);
            DoubleVector k = exponent(u);
            VectorMask<Double> near = k.compare(VectorOperators.EQ, 0.0);
            mantissa(u).sub(ONE).blend(v, near).intoArray(parts, i);
            k.intoArray(parts, end + i);
            x.sub(u).add(s).blend(s.sub(v).add(t), near).add(rest).div(u).intoArray(parts, 2 * end + i);
        }
        return true;
    }

    /** {@link Hyperbolic#atanh}. */
    static void atanhPass(double[] a, int count) {
        int end = vectors(count);
        double[] parts = new double[3 * end];
        if (quotientOfSumsPass(a, parts, end)) {
            logSumPass(parts, end);
            for (int i = 0; i < end; i += LANES) {
                DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
                DoubleVector size = x.abs();
                DoubleVector z = size.mul(size);
                DoubleVector small = HALF.mul(size).mul(z).fma(logPolynomial(z), size);
                DoubleVector large = HALF.mul(DoubleVector.fromArray(SPECIES, parts, i));
                signed(large.blend(small, size.compare(VectorOperators.LT, ATANH_SMALL)), x).intoArray(a, i);
            }
        } else {
            end = 0;
        }
        each(Hyperbolic::atanh, a, end, count);
    }

    /** (1 + a) / (1 - a) as {@link #logSumPass} takes it; false if an x needs care. */
    private static boolean quotientOfSumsPass(double[] in, double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector size = DoubleVector.fromArray(SPECIES, in, i).abs();
            if (!size.compare(VectorOperators.LT, 1.0).allTrue()) {
                return false;
            }
            DoubleVector n = ONE.add(size);
            DoubleVector nLost = ONE.sub(n).add(size);
            DoubleVector d = ONE.sub(size);
            DoubleVector dLost = ONE.sub(d).sub(size);
            DoubleVector q = n.div(d);
            DoubleVector lost = q.neg().fma(d, n).add(nLost.sub(q.mul(dLost))).div(d);
            mantissa(q).sub(ONE).intoArray(parts, i);
            exponent(q).intoArray(parts, end + i);
            lost.div(q).intoArray(parts, 2 * end + i);
        }
        return true;
    }
}
