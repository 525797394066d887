package org.pellang.runtime.value;

/**
 * A complex number with binary64 parts; every operation is the textbook formula, in the order written here, so that all ranks get the same bits.
 *
 * @param re real part
 * @param im imaginary part
 */
public record Complex(double re, double im) {
    /** 0 + 0i. */
    public static final Complex ZERO = new Complex(0.0, 0.0);
    /** 1 + 0i. */
    public static final Complex ONE = new Complex(1.0, 0.0);

    public static Complex of(double re) {
        return new Complex(re, 0.0);
    }

    /** r (cos phi + i sin phi), phi in radians. */
    public static Complex polar(double r, double phi) {
        return new Complex(r * StrictMath.cos(phi), r * StrictMath.sin(phi));
    }

    public Complex plus(Complex b) {
        return new Complex(re + b.re, im + b.im);
    }

    public Complex plus(double b) {
        return new Complex(re + b, im);
    }

    public Complex minus(Complex b) {
        return new Complex(re - b.re, im - b.im);
    }

    public Complex minus(double b) {
        return new Complex(re - b, im);
    }

    public Complex times(Complex b) {
        return new Complex(re * b.re - im * b.im, re * b.im + im * b.re);
    }

    public Complex times(double b) {
        return new Complex(re * b, im * b);
    }

    /** Quotient by Smith's algorithm (R. L. Smith, CACM 5(8), 1962), which does not overflow where the result does not. */
    public Complex div(Complex b) {
        if (Math.abs(b.re) >= Math.abs(b.im)) {
            double r = b.im / b.re;
            double d = b.re + b.im * r;
            return new Complex((re + im * r) / d, (im - re * r) / d);
        }
        double r = b.re / b.im;
        double d = b.re * r + b.im;
        return new Complex((re * r + im) / d, (im * r - re) / d);
    }

    public Complex div(double b) {
        return new Complex(re / b, im / b);
    }

    public Complex neg() {
        return new Complex(-re, -im);
    }

    public Complex conj() {
        return new Complex(re, -im);
    }

    /** Modulus, without undue overflow. */
    public double abs() {
        return StrictMath.hypot(re, im);
    }

    /** Squared modulus. */
    public double abs2() {
        return re * re + im * im;
    }

    /** Argument in (-pi, pi]. */
    public double arg() {
        return StrictMath.atan2(im, re);
    }

    public Complex exp() {
        return polar(StrictMath.exp(re), im);
    }

    /** Principal square root. */
    public Complex sqrt() {
        if (re == 0.0 && im == 0.0) {
            return new Complex(0.0, im);
        }
        double m = Math.sqrt((Math.abs(re) + abs()) / 2.0);
        return re >= 0.0 ? new Complex(m, im / (2.0 * m)) : new Complex(Math.abs(im) / (2.0 * m), Math.copySign(m, im));
    }

    /** Integer power by repeated squaring; a negative exponent inverts the result. */
    public Complex pow(long n) {
        Complex result = ONE;
        Complex base = this;
        for (long k = Math.abs(n); k != 0; k >>>= 1) {
            if ((k & 1) != 0) {
                result = result.times(base);
            }
            base = base.times(base);
        }
        return n < 0 ? ONE.div(result) : result;
    }

    /** {@code this ** b}: whole exponents as {@link #pow(long)}, others by the principal logarithm, {@code exp(b * log(this))}; 0 to a positive power is 0. */
    public Complex pow(Complex b) {
        if (b.im == 0.0 && b.re == Math.rint(b.re) && Math.abs(b.re) < 0x1p53) {
            return pow((long) b.re);
        }
        if (re == 0.0 && im == 0.0 && b.re > 0.0) {
            return ZERO;
        }
        double logRadius = StrictMath.log(abs());
        double angle = arg();
        return polar(StrictMath.exp(b.re * logRadius - b.im * angle), b.im * logRadius + b.re * angle);
    }

    /** Equality as PEL's {@code ==}: both parts equal as floats. */
    public boolean same(Complex b) {
        return re == b.re && im == b.im;
    }
}
