package org.pellang.runtime.value;

/**
 * A vector of 3 floats; operators work component by component, sums run from x onwards.
 *
 * @param x component 0
 * @param y component 1
 * @param z component 2
 */
public record Vec3(double x, double y, double z) {
    /** The zero vector. */
    public static final Vec3 ZERO = new Vec3(0.0, 0.0, 0.0);

    public Vec3 plus(Vec3 b) {
        return new Vec3(x + b.x, y + b.y, z + b.z);
    }

    public Vec3 plus(double b) {
        return new Vec3(x + b, y + b, z + b);
    }

    public Vec3 minus(Vec3 b) {
        return new Vec3(x - b.x, y - b.y, z - b.z);
    }

    public Vec3 minus(double b) {
        return new Vec3(x - b, y - b, z - b);
    }

    public Vec3 times(Vec3 b) {
        return new Vec3(x * b.x, y * b.y, z * b.z);
    }

    public Vec3 times(double b) {
        return new Vec3(x * b, y * b, z * b);
    }

    public Vec3 div(Vec3 b) {
        return new Vec3(x / b.x, y / b.y, z / b.z);
    }

    public Vec3 div(double b) {
        return new Vec3(x / b, y / b, z / b);
    }

    public Vec3 neg() {
        return new Vec3(-x, -y, -z);
    }

    public double dot(Vec3 b) {
        return x * b.x + y * b.y + z * b.z;
    }

    public double length() {
        return Math.sqrt(dot(this));
    }

    /** This vector divided by its length; the zero vector gives NaN components, as floats do. */
    public Vec3 normalize() {
        return div(length());
    }

    public Vec3 cross(Vec3 b) {
        return new Vec3(y * b.z - z * b.y, z * b.x - x * b.z, x * b.y - y * b.x);
    }

    /** Equality as PEL's {@code ==}: all components equal as floats. */
    public boolean same(Vec3 b) {
        return x == b.x && y == b.y && z == b.z;
    }
}
