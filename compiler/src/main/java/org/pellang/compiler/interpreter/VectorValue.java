package org.pellang.compiler.interpreter;

import java.util.function.DoubleBinaryOperator;

/** A {@code vec2}, {@code vec3} or {@code vec4}; never changed. */
record VectorValue(double... parts) {
    VectorValue with(VectorValue other, DoubleBinaryOperator f) {
        double[] result = new double[parts.length];
        for (int k = 0; k < result.length; k++) {
            result[k] = f.applyAsDouble(parts[k], other.parts[k]);
        }
        return new VectorValue(result);
    }

    VectorValue with(double other, DoubleBinaryOperator f) {
        double[] result = new double[parts.length];
        for (int k = 0; k < result.length; k++) {
            result[k] = f.applyAsDouble(parts[k], other);
        }
        return new VectorValue(result);
    }

    /** Every component {@code s}. */
    static VectorValue splat(int size, double s) {
        double[] parts = new double[size];
        java.util.Arrays.fill(parts, s);
        return new VectorValue(parts);
    }
}
