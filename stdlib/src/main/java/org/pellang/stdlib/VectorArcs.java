package org.pellang.stdlib;

import static org.pellang.stdlib.ArcCoefficients.*;
import static org.pellang.stdlib.Coefficients.*;
import static org.pellang.stdlib.VectorElementary.*;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The functions of {@link Arcs} on arrays of arguments; see {@link VectorElementary}. */
final class VectorArcs {
    private static final DoubleVector ZERO = of(0.0);
    private static final DoubleVector MINUS_HALF = of(-0.5);
    private static final DoubleVector SMALLEST = of(Double.MIN_NORMAL);
    private static final DoubleVector HALF_PI_V = of(HALF_PI_1);
    private static final DoubleVector HALF_PI_REST = of(HALF_PI_2);
    private static final DoubleVector QUARTER_PI_V = of(QUARTER_PI_1);
    private static final DoubleVector QUARTER_PI_REST = of(QUARTER_PI_2);
    private static final DoubleVector THREE_QUARTERS_V = of(THREE_QUARTERS_PI_1);
    private static final DoubleVector THREE_QUARTERS_REST = of(THREE_QUARTERS_PI_2);
    private static final DoubleVector LEAST_MIDDLE = of(MIDDLE);
    private static final DoubleVector PI_V = of(PI_1);
    private static final DoubleVector PI_REST = of(PI_2);
    private static final DoubleVector VN0 = of(N0);
    private static final DoubleVector VN1 = of(N1);
    private static final DoubleVector VN2 = of(N2);
    private static final DoubleVector VN3 = of(N3);
    private static final DoubleVector VN4 = of(N4);
    private static final DoubleVector VN5 = of(N5);
    private static final DoubleVector VN6 = of(N6);
    private static final DoubleVector VN7 = of(N7);
    private static final DoubleVector VN8 = of(N8);
    private static final DoubleVector VN9 = of(N9);
    private static final DoubleVector VN10 = of(N10);
    private static final DoubleVector VN11 = of(N11);
    private static final DoubleVector VN12 = of(N12);
    private static final DoubleVector VA0 = of(A0);
    private static final DoubleVector VA1 = of(A1);
    private static final DoubleVector VA2 = of(A2);
    private static final DoubleVector VA3 = of(A3);
    private static final DoubleVector VA4 = of(A4);
    private static final DoubleVector VA5 = of(A5);
    private static final DoubleVector VA6 = of(A6);
    private static final DoubleVector VA7 = of(A7);
    private static final DoubleVector VA8 = of(A8);
    private static final DoubleVector VA9 = of(A9);
    private static final DoubleVector VA10 = of(A10);
    private static final DoubleVector VA11 = of(A11);

    private VectorArcs() {}

    /** {@link Arcs#asin}. */
    static void asinPass(double[] a, int count) {
        int end = vectors(count);
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            DoubleVector size = x.abs();
            VectorMask<Double> outer = size.compare(VectorOperators.GT, 0.5);
            DoubleVector z = size.mul(size).blend(MINUS_HALF.fma(size, HALF), outer);
            DoubleVector t = size.blend(z.sqrt(), outer);
            DoubleVector rest = sineRest(t, z, outer);
            DoubleVector angle = sum(
                    ZERO.blend(HALF_PI_V, outer),
                    ZERO.blend(HALF_PI_REST, outer),
                    t.blend(t.add(t).neg(), outer),
                    rest.blend(rest.add(rest).neg(), outer));
            signed(angle, x).intoArray(a, i);
        }
        each(Arcs::asin, a, end, count);
    }

    /** {@link Arcs#acos}. */
    static void acosPass(double[] a, int count) {
        int end = vectors(count);
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            DoubleVector size = x.abs();
            VectorMask<Double> outer = size.compare(VectorOperators.GT, 0.5);
            DoubleVector z = size.mul(size).blend(MINUS_HALF.fma(size, HALF), outer);
            DoubleVector t = size.blend(z.sqrt(), outer);
            DoubleVector rest = sineRest(t, z, outer);
            VectorMask<Double> right = x.compare(VectorOperators.GT, 0.0);
            DoubleVector first = t.blend(t.add(t), outer);
            DoubleVector second = rest.blend(rest.add(rest), outer);
            VectorMask<Double> plus = outer.eq(right);
            sum(
                            HALF_PI_V.blend(PI_V.blend(ZERO, right), outer),
                            HALF_PI_REST.blend(PI_REST.blend(ZERO, right), outer),
                            first.neg().blend(first, plus),
                            second.neg().blend(second, plus))
                    .intoArray(a, i);
        }
        each(Arcs::acos, a, end, count);
    }

    private static DoubleVector sineRest(DoubleVector t, DoubleVector z, VectorMask<Double> root) {
        DoubleVector p = VN12.fma(z, VN11).fma(z, VN10).fma(z, VN9).fma(z, VN8).fma(z, VN7).fma(z, VN6).fma(z, VN5).fma(z, VN4)
                .fma(z, VN3).fma(z, VN2).fma(z, VN1).fma(z, VN0);
        DoubleVector lost = t.neg().fma(t, z).div(t.add(t).max(SMALLEST));
        return t.mul(z).fma(p, ZERO.blend(lost, root));
    }

    /** {@link Arcs#atan}. */
    static void atanPass(double[] a, int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1.0);
        atan2Pass(a, ones, count);
    }

    /** {@link Arcs#atan2} of the elements of {@code a} (heights) and {@code b}; the results go to {@code a}. */
    static void atan2Pass(double[] a, double[] b, int count) {
        int end = vectors(count);
        double[] parts = new double[2 * end];
        if (tangentPass(a, b, parts, end)) {
            tangentRestPass(parts, end);
            anglePass(a, b, parts, end);
        } else {
            end = 0;
        }
        each(Arcs::atan2, a, b, end, count);
    }

    /** The reduced tangents, and what their division has lost; false if a point needs care. */
    private static boolean tangentPass(double[] heights, double[] widths, double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector height = DoubleVector.fromArray(SPECIES, heights, i).abs();
            DoubleVector width = DoubleVector.fromArray(SPECIES, widths, i).abs();
            DoubleVector d = width.max(height);
            if (!d.compare(VectorOperators.GT, 0.0).and(d.compare(VectorOperators.LE, SUM_LIMIT)).allTrue()) {
                return false;
            }
            DoubleVector n = width.min(height);
            VectorMask<Double> middle = n.compare(VectorOperators.GT, LEAST_MIDDLE.mul(d));
            DoubleVector n1 = n.sub(d);
            DoubleVector n2 = n.sub(n1.add(d));
            DoubleVector d1 = n.add(d);
            DoubleVector d2 = n.sub(d1.sub(d));
            DoubleVector top = n.blend(n1, middle);
            DoubleVector bottom = d.blend(d1, middle);
            DoubleVector t = top.div(bottom);
            DoubleVector residue = t.neg().fma(bottom, top).add(ZERO.blend(n2.sub(t.mul(d2)), middle));
            t.intoArray(parts, i);
            residue.div(bottom).intoArray(parts, end + i);
        }
        return true;
    }

    private static void tangentRestPass(double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, parts, i);
            DoubleVector z = t.mul(t);
            DoubleVector p = VA11.fma(z, VA10).fma(z, VA9).fma(z, VA8).fma(z, VA7).fma(z, VA6).fma(z, VA5).fma(z, VA4).fma(z, VA3)
                    .fma(z, VA2).fma(z, VA1).fma(z, VA0);
            t.mul(z).fma(p, DoubleVector.fromArray(SPECIES, parts, end + i)).intoArray(parts, end + i);
        }
    }

    private static void anglePass(double[] a, double[] widths, double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector y = DoubleVector.fromArray(SPECIES, a, i);
            DoubleVector x = DoubleVector.fromArray(SPECIES, widths, i);
            DoubleVector height = y.abs();
            DoubleVector width = x.abs();
            VectorMask<Double> middle = width.min(height).compare(VectorOperators.GT, LEAST_MIDDLE.mul(width.max(height)));
            VectorMask<Double> steep = height.compare(VectorOperators.GT, width);
            VectorMask<Double> left = bits(x).compare(VectorOperators.LT, 0L).cast(SPECIES);
            VectorMask<Double> plus = steep.eq(left);
            DoubleVector t = DoubleVector.fromArray(SPECIES, parts, i);
            DoubleVector rest = DoubleVector.fromArray(SPECIES, parts, end + i);
            DoubleVector angle = sum(
                    ZERO.blend(PI_V, left).blend(HALF_PI_V, steep).blend(QUARTER_PI_V.blend(THREE_QUARTERS_V, left), middle),
                    ZERO.blend(PI_REST, left).blend(HALF_PI_REST, steep).blend(QUARTER_PI_REST.blend(THREE_QUARTERS_REST, left), middle),
                    t.neg().blend(t, plus),
                    rest.neg().blend(rest, plus));
            signed(angle, y).intoArray(a, i);
        }
    }

    private static DoubleVector sum(DoubleVector base, DoubleVector baseRest, DoubleVector t, DoubleVector rest) {
        DoubleVector u = base.add(t);
        return u.add(base.sub(u).add(t).add(baseRest.add(rest)));
    }
}
