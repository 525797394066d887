package org.pellang.stdlib;

import jdk.incubator.vector.DoubleVector;

/**
 * The functions of {@link VectorElementary} and its neighbours as generated loops call them: with a vector, and an array as long as it to work in. These
 * methods are so short that the JVM inlines them, so no vector is allocated.
 */
public final class VectorCalls {
    private VectorCalls() {}

    /** {@link MathFunctions#exp} of each lane. */
    public static DoubleVector exp(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorElementary.expPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#log} of each lane. */
    public static DoubleVector log(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorElementary.logPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#sin} of each lane. */
    public static DoubleVector sin(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorAngles.sinPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#cos} of each lane. */
    public static DoubleVector cos(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorAngles.cosPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#tan} of each lane. */
    public static DoubleVector tan(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorAngles.tanPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#tanh} of each lane. */
    public static DoubleVector tanh(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorElementary.tanhPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link SpecialFunctions#erf} of each lane. */
    public static DoubleVector erf(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorElementary.erfPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link SpecialFunctions#erfc} of each lane. */
    public static DoubleVector erfc(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorErrorFunction.erfcPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#pow} of each pair of lanes. */
    public static DoubleVector pow(DoubleVector x, DoubleVector y, double[] lanes, double[] exponents) {
        x.intoArray(lanes, 0);
        y.intoArray(exponents, 0);
        VectorElementary.powPass(lanes, exponents, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#expm1} of each lane. */
    public static DoubleVector expm1(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorExponentials.expm1Pass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#exp2} of each lane. */
    public static DoubleVector exp2(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorExponentials.exp2Pass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#log2} of each lane. */
    public static DoubleVector log2(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorExponentials.log2Pass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#log10} of each lane. */
    public static DoubleVector log10(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorExponentials.log10Pass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#log1p} of each lane. */
    public static DoubleVector log1p(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorExponentials.log1pPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#asin} of each lane. */
    public static DoubleVector asin(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorArcs.asinPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#acos} of each lane. */
    public static DoubleVector acos(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorArcs.acosPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#atan} of each lane. */
    public static DoubleVector atan(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorArcs.atanPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#sinh} of each lane. */
    public static DoubleVector sinh(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorHyperbolic.sinhPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#cosh} of each lane. */
    public static DoubleVector cosh(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorHyperbolic.coshPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#asinh} of each lane. */
    public static DoubleVector asinh(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorHyperbolic.asinhPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#acosh} of each lane. */
    public static DoubleVector acosh(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorHyperbolic.acoshPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#atanh} of each lane. */
    public static DoubleVector atanh(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorHyperbolic.atanhPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#cbrt} of each lane. */
    public static DoubleVector cbrt(DoubleVector x, double[] lanes) {
        x.intoArray(lanes, 0);
        VectorRoots.cbrtPass(lanes, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }

    /** {@link MathFunctions#atan2} of each pair of lanes. */
    public static DoubleVector atan2(DoubleVector y, DoubleVector x, double[] lanes, double[] widths) {
        y.intoArray(lanes, 0);
        x.intoArray(widths, 0);
        VectorArcs.atan2Pass(lanes, widths, lanes.length);
        return DoubleVector.fromArray(y.species(), lanes, 0);
    }

    /** {@link MathFunctions#hypot} of each pair of lanes. */
    public static DoubleVector hypot(DoubleVector x, DoubleVector y, double[] lanes, double[] others) {
        x.intoArray(lanes, 0);
        y.intoArray(others, 0);
        VectorRoots.hypotPass(lanes, others, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }
}
