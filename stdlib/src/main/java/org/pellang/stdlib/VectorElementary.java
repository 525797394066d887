package org.pellang.stdlib;

import static org.pellang.stdlib.Coefficients.*;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link Elementary} on several arguments at once: the same operations, hence the same bits. Each method replaces the
 * first {@code count} elements of an array by the function's values. Vectors that hold an argument which needs special care (infinite,
 * subnormal or NaN, huge angles) go the scalar way.
 *
 * <p>Arguments come in arrays, not in vectors: these methods are too large for the JVM to inline, and a vector that is passed to a
 * method that is not inlined costs an allocation. Constants are vectors from the start, and long formulas are cut into passes over the array:
 * C2 stops to inline where a method has grown to 18,000 nodes, and a vector operation takes about a hundred.
 */
public final class VectorElementary {
    static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() < 4 ? DoubleVector.SPECIES_128 : DoubleVector.SPECIES_256;
    static final int LANES = SPECIES.length();

    static final DoubleVector ONE = of(1.0);
    static final DoubleVector TWO = of(2.0);
    static final DoubleVector HALF = of(0.5);
    static final DoubleVector ROUNDING = of(ROUND);
    static final DoubleVector LOG2_E = of(LOG2E);
    private static final DoubleVector MINUS_LN2_H = of(-LN2_HIGH);
    private static final DoubleVector LN2_H = of(LN2_HIGH);
    static final DoubleVector LN2_L = of(LN2_LOW);
    private static final DoubleVector VE0 = of(E0);
    private static final DoubleVector VE1 = of(E1);
    private static final DoubleVector VE2 = of(E2);
    private static final DoubleVector VE3 = of(E3);
    private static final DoubleVector VE4 = of(E4);
    private static final DoubleVector VE5 = of(E5);
    private static final DoubleVector VE6 = of(E6);
    private static final DoubleVector VE7 = of(E7);
    private static final DoubleVector VE8 = of(E8);
    private static final DoubleVector VE9 = of(E9);
    private static final DoubleVector VE10 = of(E10);
    private static final DoubleVector VL0 = of(L0);
    private static final DoubleVector VL1 = of(L1);
    private static final DoubleVector VL2 = of(L2);
    private static final DoubleVector VL3 = of(L3);
    private static final DoubleVector VL4 = of(L4);
    private static final DoubleVector VL5 = of(L5);
    private static final DoubleVector VL6 = of(L6);
    private static final DoubleVector VL7 = of(L7);
    private static final DoubleVector VT1 = of(T1);
    private static final DoubleVector VT2 = of(T2);
    private static final DoubleVector VT3 = of(T3);
    private static final DoubleVector VT4 = of(T4);
    private static final DoubleVector VT5 = of(T5);
    private static final DoubleVector VT6 = of(T6);
    private static final DoubleVector VT7 = of(T7);
    private static final DoubleVector VH0 = of(H0);
    private static final DoubleVector VH1 = of(H1);
    private static final DoubleVector VH2 = of(H2);
    private static final DoubleVector VH3 = of(H3);
    private static final DoubleVector VH4 = of(H4);
    private static final DoubleVector VH5 = of(H5);
    private static final DoubleVector VH6 = of(H6);
    private static final DoubleVector VH7 = of(H7);
    private static final DoubleVector VH8 = of(H8);
    private static final DoubleVector VH9 = of(H9);
    private static final DoubleVector VH10 = of(H10);
    private static final DoubleVector VH11 = of(H11);
    static final DoubleVector VR0 = of(R0);
    static final DoubleVector VR1 = of(R1);
    static final DoubleVector VR2 = of(R2);
    static final DoubleVector VR3 = of(R3);
    static final DoubleVector VR4 = of(R4);
    static final DoubleVector VR5 = of(R5);
    static final DoubleVector VR6 = of(R6);
    static final DoubleVector VR7 = of(R7);
    static final DoubleVector VR8 = of(R8);
    static final DoubleVector VR9 = of(R9);
    static final DoubleVector VR10 = of(R10);
    static final DoubleVector VR11 = of(R11);
    static final DoubleVector VR12 = of(R12);
    private static final DoubleVector VG0 = of(G0);
    private static final DoubleVector VG1 = of(G1);
    private static final DoubleVector VG2 = of(G2);
    private static final DoubleVector VG3 = of(G3);
    private static final DoubleVector VG4 = of(G4);
    private static final DoubleVector VG5 = of(G5);
    private static final DoubleVector VG6 = of(G6);
    private static final DoubleVector VG7 = of(G7);
    private static final DoubleVector VG8 = of(G8);
    private static final DoubleVector VG9 = of(G9);
    private static final DoubleVector VG10 = of(G10);
    private static final DoubleVector VG11 = of(G11);
    private static final DoubleVector VG12 = of(G12);
    private static final DoubleVector VG13 = of(G13);
    private static final DoubleVector VG14 = of(G14);
    private static final DoubleVector VG15 = of(G15);
    private static final DoubleVector VG16 = of(G16);
    private static final DoubleVector VTHIRD = of(THIRD);
    private static final DoubleVector VTHIRD_LOW = of(THIRD_LOW);
    private static final DoubleVector VFIFTH = of(FIFTH);
    private static final DoubleVector VFIFTH_LOW = of(FIFTH_LOW);
    private static final DoubleVector VLN2_LONG = of(LN2_LONG);
    private static final DoubleVector VLN2_REST = of(LN2_REST);

    private VectorElementary() {}

    static DoubleVector of(double c) {
        return DoubleVector.broadcast(SPECIES, c);
    }

    static LongVector bits(DoubleVector x) {
        return x.reinterpretAsLongs();
    }

    /** The scalar way for one vector. */
    static void each(DoubleUnaryOperator f, double[] a, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = f.applyAsDouble(a[i]);
        }
    }

    /** The same for functions of two arguments. */
    static void each(DoubleBinaryOperator f, double[] a, double[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = f.applyAsDouble(a[i], b[i]);
        }
    }

    /** Whether the sizes of all elements are at most {@code limit}. */
    static boolean within(double[] a, int end, double limit) {
        boolean all = true;
        for (int i = 0; i < end; i++) {
            all &= Math.abs(a[i]) <= limit;
        }
        return all;
    }

    static int vectors(int count) {
        return count - count % LANES;
    }

    /** {@link Elementary#exp}. */
    public static void expPass(double[] a, int count) {
        int end = vectors(count);
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            if (x.abs().compare(VectorOperators.LE, EXP_LIMIT).allTrue()) {
                DoubleVector shifted = x.fma(LOG2_E, ROUNDING);
                DoubleVector k = shifted.sub(ROUNDING);
                power2(shifted).mul(expReduced(x, k.mul(LN2_L), k)).intoArray(a, i);
            } else {
                each(Elementary::exp, a, i, i + LANES);
            }
        }
        each(Elementary::exp, a, end, count);
    }

    static DoubleVector expReduced(DoubleVector x, DoubleVector rest, DoubleVector k) {
        DoubleVector high = k.fma(MINUS_LN2_H, x);
        DoubleVector r = high.sub(rest);
        DoubleVector error = high.sub(r).sub(rest);
        DoubleVector one = r.add(ONE);
        DoubleVector p = VE10.fma(r, VE9).fma(r, VE8).fma(r, VE7).fma(r, VE6).fma(r, VE5).fma(r, VE4).fma(r, VE3).fma(r, VE2)
                .fma(r, VE1).fma(r, VE0);
        return one.add(ONE.sub(one).add(r).add(r.mul(r).fma(p, error)));
    }

    /** From x to {@link Elementary#expHigh} and, behind these, {@link Elementary#expLow}. */
    static void expPartsPass(double[] in, double[] parts, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, in, i);
            DoubleVector shifted = x.fma(LOG2_E, ROUNDING);
            DoubleVector k = shifted.sub(ROUNDING);
            reducedParts(x, k.mul(LN2_L), k, parts, i, end);
            DoubleVector scale = power2(shifted);
            scale.mul(DoubleVector.fromArray(SPECIES, parts, i)).intoArray(parts, i);
            scale.mul(DoubleVector.fromArray(SPECIES, parts, end + i)).intoArray(parts, end + i);
        }
    }

    /** {@link Elementary#expReduced} to {@code parts[i]}, and what it loses to {@code parts[end + i]}. */
    static void reducedParts(DoubleVector x, DoubleVector rest, DoubleVector k, double[] parts, int i, int end) {
        DoubleVector high = k.fma(MINUS_LN2_H, x);
        DoubleVector r = high.sub(rest);
        DoubleVector error = high.sub(r).sub(rest);
        DoubleVector one = r.add(ONE);
        DoubleVector tail = VE10.fma(r, VE9).fma(r, VE8).fma(r, VE7).fma(r, VE6).fma(r, VE5).fma(r, VE4).fma(r, VE3).fma(r, VE2)
                .fma(r, VE1);
        DoubleVector p = tail.fma(r, VE0);
        DoubleVector square = r.mul(r);
        DoubleVector lost = r.fma(r, square.neg()).fma(p, square.mul(tail.fma(r, VE0.sub(p))));
        DoubleVector more = ONE.sub(one).add(r).add(square.fma(p, error));
        DoubleVector reduced = one.add(more);
        reduced.intoArray(parts, i);
        one.sub(reduced).add(more).add(lost).intoArray(parts, end + i);
    }

    static DoubleVector power2(DoubleVector shifted) {
        return bits(shifted).lanewise(VectorOperators.LSHL, 52).add(ONE_BITS).reinterpretAsDoubles();
    }

    static boolean ordinary(DoubleVector x) {
        return x.compare(VectorOperators.GE, Double.MIN_NORMAL).and(x.compare(VectorOperators.LE, Double.MAX_VALUE)).allTrue();
    }

    /** {@link Elementary#log}. */
    public static void logPass(double[] a, int count) {
        int end = vectors(count);
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            if (ordinary(x)) {
                logSum(mantissa(x).sub(ONE), exponent(x), of(0.0)).intoArray(a, i);
            } else {
                each(Elementary::log, a, i, i + LANES);
            }
        }
        each(Elementary::log, a, end, count);
    }

    static DoubleVector logSum(DoubleVector f, DoubleVector k, DoubleVector rest) {
        DoubleVector s = f.div(f.add(TWO));
        DoubleVector z = s.mul(s);
        DoubleVector half = HALF.mul(f).mul(f);
        return k.mul(LN2_H).sub(half.sub(s.fma(half.add(z.mul(logPolynomial(z))), k.fma(LN2_L, rest))).sub(f));
    }

    static DoubleVector logPolynomial(DoubleVector z) {
        return VL7.fma(z, VL6).fma(z, VL5).fma(z, VL4).fma(z, VL3).fma(z, VL2).fma(z, VL1).fma(z, VL0);
    }

    static DoubleVector exponent(DoubleVector x) {
        return biasedExponent(x).add(ROUND_BITS).reinterpretAsDoubles().sub(FROM_BIASED);
    }

    /** {@link Elementary#pow} of the elements of {@code a} and {@code b}; the results go to {@code a}, {@code b} is used up. */
    public static void powPass(double[] a, double[] b, int count) {
        int end = vectors(count);
        double[] high = new double[end];
        double[] low = new double[end];
        boolean all = quotientPass(a, high, low, end);
        if (all) {
            mantissaLogPass(high, low, end);
            exponentPass(a, high, low, end);
            all = powerPass(a, b, high, low, end);
        }
        if (all) {
            System.arraycopy(high, 0, a, 0, end);
        } else {
            end = 0;
        }
        each(Elementary::pow, a, b, end, count);
    }

    /** From x to s = (m - 1) / (m + 1) in two parts; false if an x is not ordinary. */
    static boolean quotientPass(double[] a, double[] high, double[] low, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            if (!ordinary(x)) {
                return false;
            }
            DoubleVector m = mantissa(x);
            DoubleVector numerator = m.sub(ONE);
            DoubleVector denominator = m.add(ONE);
            DoubleVector back = denominator.sub(ONE);
            DoubleVector lost = ONE.sub(denominator.sub(back)).add(m.sub(back));
            DoubleVector s = numerator.div(denominator);
            s.intoArray(high, i);
            s.neg().fma(denominator, numerator).sub(s.mul(lost)).div(denominator).intoArray(low, i);
        }
        return true;
    }

    static LongVector biasedExponent(DoubleVector x) {
        return bits(x).add(BIAS - ROOT_HALF_BITS).lanewise(VectorOperators.LSHR, 52);
    }

    static DoubleVector mantissa(DoubleVector x) {
        return bits(x).sub(biasedExponent(x).lanewise(VectorOperators.LSHL, 52)).add(BIAS).reinterpretAsDoubles();
    }

    /** From s to the logarithms of the mantissas, both in two parts. */
    static void mantissaLogPass(double[] high, double[] low, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, high, i);
            DoubleVector sLow = DoubleVector.fromArray(SPECIES, low, i);
            DoubleVector z = s.mul(s);
            DoubleVector zLow = s.fma(s, z.neg()).add(TWO.mul(s).mul(sLow));
            DoubleVector third = z.mul(VTHIRD);
            DoubleVector thirdLow = z.fma(VTHIRD, third.neg()).add(z.fma(VTHIRD_LOW, zLow.mul(VTHIRD)));
            DoubleVector z2 = z.mul(z);
            DoubleVector z2Low = z.fma(z, z2.neg()).add(TWO.mul(z).mul(zLow));
            DoubleVector fifth = z2.mul(VFIFTH);
            DoubleVector fifthLow = z2.fma(VFIFTH, fifth.neg()).add(z2.fma(VFIFTH_LOW, z2Low.mul(VFIFTH)));
            DoubleVector sum = third.add(fifth);
            DoubleVector sumLow = third.sub(sum).add(fifth).add(thirdLow).add(fifthLow);
            DoubleVector tail = VT7.fma(z, VT6).fma(z, VT5).fma(z, VT4).fma(z, VT3).fma(z, VT2).fma(z, VT1);
            DoubleVector one = sum.add(ONE);
            DoubleVector oneLow = ONE.sub(one).add(sum).add(z2.mul(z).fma(tail, sumLow));
            DoubleVector product = s.mul(one);
            DoubleVector rest = s.fma(one, product.neg()).add(s.fma(oneLow, sLow.mul(one)));
            DoubleVector ln = product.add(rest);
            ln.mul(TWO).intoArray(high, i);
            product.sub(ln).add(rest).mul(TWO).intoArray(low, i);
        }
    }

    /** From the logarithms of the mantissas to those of the numbers. */
    private static void exponentPass(double[] a, double[] high, double[] low, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector k = exponent(DoubleVector.fromArray(SPECIES, a, i));
            DoubleVector twice = DoubleVector.fromArray(SPECIES, high, i);
            DoubleVector twiceLow = DoubleVector.fromArray(SPECIES, low, i);
            DoubleVector whole = k.mul(VLN2_LONG);
            DoubleVector sum = whole.add(twice);
            sum.intoArray(high, i);
            whole.sub(sum).add(twice).add(k.fma(VLN2_REST, twiceLow)).intoArray(low, i);
        }
    }

    /** From ln x to exp(y ln x); false if that may be infinite or subnormal. */
    private static boolean powerPass(double[] a, double[] b, double[] high, double[] low, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector ln = DoubleVector.fromArray(SPECIES, high, i);
            DoubleVector y = DoubleVector.fromArray(SPECIES, b, i);
            DoubleVector p = y.mul(ln);
            if (!y.abs().max(p.abs()).compare(VectorOperators.LE, Double.MAX_VALUE).allTrue()
                    || !p.abs().compare(VectorOperators.LE, EXP_LIMIT).allTrue()) {
                return false;
            }
            DoubleVector error = y.fma(ln, p.neg()).add(y.mul(DoubleVector.fromArray(SPECIES, low, i)));
            DoubleVector shifted = p.fma(LOG2_E, ROUNDING);
            DoubleVector k = shifted.sub(ROUNDING);
            DoubleVector result = power2(shifted).mul(expReduced(p, k.fma(LN2_L, error.neg()), k));
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            result.blend(x.mul(x), y.compare(VectorOperators.EQ, 2.0)).intoArray(high, i);
        }
        return true;
    }

    /** {@link Elementary#tanh}. */
    public static void tanhPass(double[] a, int count) {
        int end = vectors(count);
        double[] large = new double[end];
        if (twicePass(a, large, end)) {
            double[] parts = new double[2 * end];
            expPartsPass(large, parts, end);
            largeTanhPass(parts, large, end);
            smallTanhPass(a, large, end);
        } else {
            end = 0;
        }
        each(Elementary::tanh, a, end, count);
    }

    private static void smallTanhPass(double[] a, double[] large, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            DoubleVector size = x.abs();
            DoubleVector z = size.mul(size);
            DoubleVector p = VH11.fma(z, VH10).fma(z, VH9).fma(z, VH8).fma(z, VH7).fma(z, VH6).fma(z, VH5).fma(z, VH4).fma(z, VH3)
                    .fma(z, VH2).fma(z, VH1).fma(z, VH0);
            VectorMask<Double> small = size.compare(VectorOperators.LT, TANH_SMALL);
            signed(DoubleVector.fromArray(SPECIES, large, i).blend(size.mul(z).fma(p, size), small), x).intoArray(a, i);
        }
    }

    /** The size of {@code t} with the sign of {@code x}. */
    static DoubleVector signed(DoubleVector t, DoubleVector x) {
        return bits(t).or(bits(x).and(Long.MIN_VALUE)).reinterpretAsDoubles();
    }

    /** From x to 2|x| as far as it matters; false if there is a NaN. */
    private static boolean twicePass(double[] in, double[] out, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector size = DoubleVector.fromArray(SPECIES, in, i).abs();
            if (!size.compare(VectorOperators.EQ, size).allTrue()) {
                return false;
            }
            DoubleVector a = size.min(of(TANH_ONE));
            a.add(a).intoArray(out, i);
        }
        return true;
    }

    /** From exp(2a) in two parts to 1 - 2 / (exp(2a) + 1). */
    private static void largeTanhPass(double[] parts, double[] out, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector power = DoubleVector.fromArray(SPECIES, parts, i);
            DoubleVector sum = power.add(ONE);
            DoubleVector sumLow = power.sub(sum).add(ONE).add(DoubleVector.fromArray(SPECIES, parts, end + i));
            DoubleVector q = TWO.div(sum);
            DoubleVector qLow = q.neg().fma(sum, TWO).sub(q.mul(sumLow)).div(sum);
            DoubleVector t = ONE.sub(q);
            t.add(ONE.sub(t).sub(q).sub(qLow)).intoArray(out, i);
        }
    }

    /** {@link Elementary#erf}. */
    public static void erfPass(double[] a, int count) {
        int end = vectors(count);
        double[] large = new double[end];
        if (scaledErfcPass(a, large, end)) {
            largeErfPass(a, large, end);
            smallErfPass(a, large, end);
        } else {
            end = 0;
        }
        each(Elementary::erf, a, end, count);
    }

    private static void smallErfPass(double[] a, double[] large, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, i);
            DoubleVector size = x.abs();
            DoubleVector z = size.mul(size);
            DoubleVector p = VR12.fma(z, VR11).fma(z, VR10).fma(z, VR9).fma(z, VR8).fma(z, VR7).fma(z, VR6).fma(z, VR5).fma(z, VR4)
                    .fma(z, VR3).fma(z, VR2).fma(z, VR1).fma(z, VR0);
            VectorMask<Double> small = size.compare(VectorOperators.LT, ERF_SMALL);
            signed(DoubleVector.fromArray(SPECIES, large, i).blend(size.fma(p.fma(z, of(ERF_SLOPE)), size), small), x).intoArray(a, i);
        }
    }

    /** exp(a^2) erfc(a) for a from 1 to 6; false if there is a NaN. */
    private static boolean scaledErfcPass(double[] in, double[] out, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector size = DoubleVector.fromArray(SPECIES, in, i).abs();
            if (!size.compare(VectorOperators.EQ, size).allTrue()) {
                return false;
            }
            DoubleVector a = size.min(of(ERF_ONE));
            DoubleVector t = a.sub(of(ERFC_CENTRE)).div(a.add(of(ERFC_CENTRE)));
            VG16.fma(t, VG15).fma(t, VG14).fma(t, VG13).fma(t, VG12).fma(t, VG11).fma(t, VG10).fma(t, VG9).fma(t, VG8).fma(t, VG7)
                    .fma(t, VG6).fma(t, VG5).fma(t, VG4).fma(t, VG3).fma(t, VG2).fma(t, VG1).fma(t, VG0).intoArray(out, i);
        }
        return true;
    }

    /** From g to 1 - exp(-a^2) g. */
    private static void largeErfPass(double[] in, double[] out, int end) {
        for (int i = 0; i < end; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, in, i).abs().min(of(ERF_ONE));
            DoubleVector g = DoubleVector.fromArray(SPECIES, out, i);
            DoubleVector x = a.mul(a).neg();
            DoubleVector low = a.fma(a, x);
            DoubleVector shifted = x.fma(LOG2_E, ROUNDING);
            DoubleVector k = shifted.sub(ROUNDING);
            DoubleVector e = power2(shifted).mul(expReduced(x, k.fma(LN2_L, low), k));
            g.neg().fma(e, ONE).intoArray(out, i);
        }
    }
}
