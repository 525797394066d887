package org.pellang.runtime.value;

/**
 * A vector of 4 floats; operators work component by component, sums run from x onwards.
 *
 * @param x component 0
 * @param y component 1
 * @param z component 2
 * @param w component 3
 */
public record Vec4(double x, double y, double z, double w) {
    /** The zero vector. */
    public static final Vec4 ZERO = new Vec4(0.0, 0.0, 0.0, 0.0);

    public Vec4 plus(Vec4 b) {
        return new Vec4(x + b.x, y + b.y, z + b.z, w + b.w);
    }

    public Vec4 plus(double b) {
        return new Vec4(x + b, y + b, z + b, w + b);
    }

    public Vec4 minus(Vec4 b) {
        return new Vec4(x - b.x, y - b.y, z - b.z, w - b.w);
    }

    public Vec4 minus(double b) {
        return new Vec4(x - b, y - b, z - b, w - b);
    }

    public Vec4 times(Vec4 b) {
        return new Vec4(x * b.x, y * b.y, z * b.z, w * b.w);
    }

    public Vec4 times(double b) {
        return new Vec4(x * b, y * b, z * b, w * b);
    }

    public Vec4 div(Vec4 b) {
        return new Vec4(x / b.x, y / b.y, z / b.z, w / b.w);
    }

    public Vec4 div(double b) {
        return new Vec4(x / b, y / b, z / b, w / b);
    }

    public Vec4 neg() {
        return new Vec4(-x, -y, -z, -w);
    }

    public double dot(Vec4 b) {
        return x * b.x + y * b.y + z * b.z + w * b.w;
    }

    public double length() {
        return Math.sqrt(dot(this));
    }

    /** This vector divided by its length; the zero vector gives NaN components, as floats do. */
    public Vec4 normalize() {
        return div(length());
    }

    /** Equality as PEL's {@code ==}: all components equal as floats. */
    public boolean same(Vec4 b) {
        return x == b.x && y == b.y && z == b.z && w == b.w;
    }
}
