package org.pellang.stdlib;

import jdk.incubator.vector.DoubleVector;

/**
 * The functions of {@link VectorElementary} and {@link VectorAngles} as generated loops call them: with a vector, and an array as long as it to work in. These
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

    /** {@link MathFunctions#pow} of each pair of lanes. */
    public static DoubleVector pow(DoubleVector x, DoubleVector y, double[] lanes, double[] exponents) {
        x.intoArray(lanes, 0);
        y.intoArray(exponents, 0);
        VectorElementary.powPass(lanes, exponents, lanes.length);
        return DoubleVector.fromArray(x.species(), lanes, 0);
    }
}
