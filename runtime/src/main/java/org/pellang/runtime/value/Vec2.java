package org.pellang.runtime.value;

/**
 * A vector of 2 floats; operators work component by component, sums run from x onwards.
 *
 * @param x component 0
 * @param y component 1
 */
public record Vec2(double x, double y) {
    /** The zero vector. */
    public static final Vec2 ZERO = new Vec2(0.0, 0.0);

    public Vec2 plus(Vec2 b) {
        return new Vec2(x + b.x, y + b.y);
    }

    public Vec2 plus(double b) {
        return new Vec2(x + b, y + b);
    }

    public Vec2 minus(Vec2 b) {
        return new Vec2(x - b.x, y - b.y);
    }

    public Vec2 minus(double b) {
        return new Vec2(x - b, y - b);
    }

    public Vec2 times(Vec2 b) {
        return new Vec2(x * b.x, y * b.y);
    }

    public Vec2 times(double b) {
        return new Vec2(x * b, y * b);
    }

    public Vec2 div(Vec2 b) {
        return new Vec2(x / b.x, y / b.y);
    }

    public Vec2 div(double b) {
        return new Vec2(x / b, y / b);
    }

    public Vec2 neg() {
        return new Vec2(-x, -y);
    }

    public double dot(Vec2 b) {
        return x * b.x + y * b.y;
    }

    public double length() {
        return Math.sqrt(dot(this));
    }

    /** This vector divided by its length; the zero vector gives NaN components, as floats do. */
    public Vec2 normalize() {
        return div(length());
    }

    /** Equality as PEL's {@code ==}: all components equal as floats. */
    public boolean same(Vec2 b) {
        return x == b.x && y == b.y;
    }
}
