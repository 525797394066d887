package org.pellang.stdlib;

import static org.pellang.stdlib.ArcCoefficients.*;
import static org.pellang.stdlib.Coefficients.*;
import static org.pellang.stdlib.VectorElementary.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The functions of {@link Roots} on arrays of arguments; see {@link VectorElementary}. */
final class VectorRoots {
    private static final DoubleVector BY_THREE = of(THIRD);
    private static final DoubleVector MINUS_THREE = of(-3.0);
    private static final DoubleVector THREE = of(3.0);
    private static final DoubleVector ROOT_HALF = of(CBRT_HALF);
    private static final DoubleVector ROOT_2 = of(CBRT_2);
    private static final DoubleVector VQ0 = of(Q0);
    private static final DoubleVector VQ1 = of(Q1);
    private static final DoubleVector VQ2 = of(Q2);
    private static final DoubleVector VQ3 = of(Q3);
    private static final DoubleVector VQ4 = of(Q4);

    private VectorRoots() {}

    /** {@link Roots#cbrt}. */
    static void cbrtPass(double[] a, int count) {
        int end = vectors(count);
        double[] parts = new double[2 * end];
        if (firstPass(a, parts, end)) {
            secondPass(a, parts, end);
        } else {
            end = 0;
        }
        each(Roots::cbrt, a, end, count);
    }

    /** The mantissas, with what remains of their exponents, and a first approximation of their roots; false if an x is not ordinary. */
    private static boolean firstPass(double[] a, double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector size = DoubleVector.fromArray(SPECIES, a, i).abs();
            if (!ordinary(size)) {
                return false;
            }
            DoubleVector k = exponent(size);
            DoubleVector over = MINUS_THREE.fma(k.fma(BY_THREE, ROUNDING).sub(ROUNDING), k);
            VectorMask<Double> less = over.compare(VectorOperators.LT, 0.0);
            VectorMask<Double> more = over.compare(VectorOperators.GT, 0.0);
            DoubleVector m = mantissa(size);
            m.mul(ONE.blend(HALF, less).blend(TWO, more)).intoArray(parts, i);
            DoubleVector p = VQ4.fma(m, VQ3).fma(m, VQ2).fma(m, VQ1).fma(m, VQ0);
            p.mul(ONE.blend(ROOT_HALF, less).blend(ROOT_2, more)).intoArray(parts, end + i);
        }
        return true;
    }

    private static void secondPass(double[] a, double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, parts, i);
            DoubleVector first = DoubleVector.fromArray(SPECIES, parts, end + i);
            DoubleVector cube = first.mul(first).mul(first);
            DoubleVector second = first.sub(first.mul(cube.sub(b).div(cube.add(cube).add(b))));
            DoubleVector square = second.mul(second);
            DoubleVector lost = second.fma(second, square.neg());
            DoubleVector residue = square.fma(second, b.neg()).add(lost.mul(second));
            DoubleVector root = second.sub(residue.div(THREE.mul(square)));
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            signed(root.mul(power2(exponent(x.abs()).fma(BY_THREE, ROUNDING))), x).intoArray(a, i);
        }
    }

    /** {@link Roots#hypot} of the elements of {@code a} and {@code b}; the results go to {@code a}. */
    static void hypotPass(double[] a, double[] b, int count) {
        int end = vectors(count);
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i).abs();
            DoubleVector y = DoubleVector.fromArray(SPECIES, b, i).abs();
            DoubleVector large = x.max(y);
            if (large.compare(VectorOperators.GE, HYPOT_SMALL).and(large.compare(VectorOperators.LE, HYPOT_LARGE)).allTrue()) {
                DoubleVector small = x.min(y);
                DoubleVector h = large.fma(large, small.mul(small)).sqrt();
                DoubleVector hh = h.mul(h);
                DoubleVector squared = large.mul(large);
                DoubleVector residue = small.neg().fma(small, hh.sub(squared)).add(h.fma(h, hh.neg())).sub(large.fma(large, squared.neg()));
                h.sub(residue.div(h.add(h))).intoArray(a, i);
            } else {
                each(Roots::hypot, a, b, i, i + LANES);
            }
        }
        each(Roots::hypot, a, b, end, count);
    }
}
