package org.pellang.compiler.interpreter;

/** A complex number. */
record ComplexValue(double re, double im) {
    static final ComplexValue ONE = new ComplexValue(1.0, 0.0);

    ComplexValue plus(ComplexValue b) {
        return new ComplexValue(re + b.re, im + b.im);
    }

    ComplexValue minus(ComplexValue b) {
        return new ComplexValue(re - b.re, im - b.im);
    }

    ComplexValue times(ComplexValue b) {
        return new ComplexValue(re * b.re - im * b.im, re * b.im + im * b.re);
    }

    /** Smith's algorithm, CACM 5(8), 1962. */
    ComplexValue over(ComplexValue b) {
        if (Math.abs(b.re) >= Math.abs(b.im)) {
            double r = b.im / b.re;
            double d = b.re + b.im * r;
            return new ComplexValue((re + im * r) / d, (im - re * r) / d);
        }
        double r = b.re / b.im;
        double d = b.re * r + b.im;
        return new ComplexValue((re * r + im) / d, (im * r - re) / d);
    }

    ComplexValue negated() {
        return new ComplexValue(-re, -im);
    }

    /** Whole exponents by repeated squaring, a negative one inverts the result; others by the principal logarithm. */
    ComplexValue power(ComplexValue b) {
        if (b.im == 0.0 && b.re == Math.rint(b.re) && Math.abs(b.re) < 0x1p53) {
            return power((long) b.re);
        }
        if (re == 0.0 && im == 0.0 && b.re > 0.0) {
            return new ComplexValue(0.0, 0.0);
        }
        double logRadius = StrictMath.log(StrictMath.hypot(re, im));
        double angle = StrictMath.atan2(im, re);
        double radius = StrictMath.exp(b.re * logRadius - b.im * angle);
        double turn = b.im * logRadius + b.re * angle;
        return new ComplexValue(radius * StrictMath.cos(turn), radius * StrictMath.sin(turn));
    }

    private ComplexValue power(long n) {
        ComplexValue result = ONE;
        ComplexValue base = this;
        for (long k = Math.abs(n); k != 0; k >>>= 1) {
            if ((k & 1) != 0) {
                result = result.times(base);
            }
            base = base.times(base);
        }
        return n < 0 ? ONE.over(result) : result;
    }
}
