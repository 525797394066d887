package org.pellang.stdlib;

import org.pellang.runtime.value.Complex;
import org.pellang.runtime.value.Vec2;
import org.pellang.runtime.value.Vec3;
import org.pellang.runtime.value.Vec4;

/** Functions of complex numbers and of vectors of two to four floats. */
public final class VectorFunctions {
    private VectorFunctions() {}

    public static Complex conj(Complex z) {
        return z.conj();
    }

    /** Modulus. */
    public static double abs(Complex z) {
        return z.abs();
    }

    /** Squared modulus. */
    public static double abs2(Complex z) {
        return z.abs2();
    }

    /** Squared modulus, another name of {@link #abs2}. */
    public static double norm(Complex z) {
        return z.abs2();
    }

    /** Argument in -pi..pi; 0 for 0. */
    public static double arg(Complex z) {
        return z.arg();
    }

    /** The complex number of modulus {@code r} and argument {@code phi}. */
    public static Complex polar(double r, double phi) {
        return Complex.polar(r, phi);
    }

    public static Complex exp(Complex z) {
        return z.exp();
    }

    /** Principal logarithm. */
    public static Complex log(Complex z) {
        return new Complex(StrictMath.log(z.abs()), z.arg());
    }

    /** Principal square root. */
    public static Complex sqrt(Complex z) {
        return z.sqrt();
    }

    public static double dot(Vec2 a, Vec2 b) {
        return a.dot(b);
    }

    public static double dot(Vec3 a, Vec3 b) {
        return a.dot(b);
    }

    public static double dot(Vec4 a, Vec4 b) {
        return a.dot(b);
    }

    /** Right-handed vector product. */
    public static Vec3 cross(Vec3 a, Vec3 b) {
        return a.cross(b);
    }

    public static double length(Vec2 a) {
        return a.length();
    }

    public static double length(Vec3 a) {
        return a.length();
    }

    public static double length(Vec4 a) {
        return a.length();
    }

    /** {@code a} divided by its length; NaN for the zero vector. */
    public static Vec2 normalize(Vec2 a) {
        return a.normalize();
    }

    /** {@code a} divided by its length; NaN for the zero vector. */
    public static Vec3 normalize(Vec3 a) {
        return a.normalize();
    }

    /** {@code a} divided by its length; NaN for the zero vector. */
    public static Vec4 normalize(Vec4 a) {
        return a.normalize();
    }
}
