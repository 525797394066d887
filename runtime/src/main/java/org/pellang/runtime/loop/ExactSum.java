package org.pellang.runtime.loop;

import java.math.BigInteger;
import java.util.function.ToDoubleFunction;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * A sum of doubles without rounding: a fixed-point number that holds every multiple of the smallest double up to 2^64 times the largest, in digits of 32 bits whose
 * carries are settled later. Source: U. W. Kulisch, "Very fast and exact accumulation of products", Computing 91 (2011) 397-405.
 */
public final class ExactSum {
    private static final int LOWEST = -1074;
    private static final int DIGITS = (1024 - LOWEST + 64) / 32 + 2;
    private static final long MASK = 0xffff_ffffL;
    /** Each addition changes a digit by less than 2^33. */
    private static final int BETWEEN_CARRIES = 1 << 28;

    private final long[] digits = new long[DIGITS];
    private int additions;
    /** What was added of infinities and NaNs. */
    private double special;

    /** Whether sums of floats shall be rounded once: {@code pelrun --reduce=exact}. */
    public static boolean wanted() {
        return SumMode.chosen() == SumMode.EXACT;
    }

    /** The sum of some numbers, rounded once. */
    public static double of(double[] numbers) {
        ExactSum sum = new ExactSum();
        for (double x : numbers) {
            sum.add(x);
        }
        return sum.rounded();
    }

    /** Adds a number. */
    void add(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> 52) & 0x7ff;
        if (exponent == 0x7ff) {
            special += x;
            return;
        }
        long mantissa = bits & 0xf_ffff_ffff_ffffL | (exponent == 0 ? 0 : 1L << 52);
        int shift = Math.max(exponent, 1) - 1;
        int k = shift >>> 5;
        long low = (mantissa & MASK) << (shift & 31);
        long high = mantissa >>> 32 << (shift & 31);
        if (bits >= 0) {
            digits[k] += low & MASK;
            digits[k + 1] += (low >>> 32) + (high & MASK);
            digits[k + 2] += high >>> 32;
        } else {
            digits[k] -= low & MASK;
            digits[k + 1] -= (low >>> 32) + (high & MASK);
            digits[k + 2] -= high >>> 32;
        }
        if (++additions == BETWEEN_CARRIES) {
            carry();
        }
    }

    private void carry() {
        long carry = 0;
        for (int k = 0; k < DIGITS - 1; k++) {
            long digit = digits[k] + carry;
            digits[k] = digit & MASK;
            carry = digit >> 32;
        }
        // The last digit keeps the sign.
        digits[DIGITS - 1] += carry;
        additions = 0;
    }

    /** The sum, rounded once to the nearest double, ties to even. */
    double rounded() {
        return special != 0.0 ? special : rounded(BigInteger::doubleValue, Math::scalb);
    }

    /** The sum of floats of 32 bits, rounded once to such a one. */
    float roundedToFloat() {
        return special != 0.0 ? (float) special : (float) rounded(BigInteger::floatValue, Math::scalb);
    }

    /** What rounds sees 64 bits at most, of which the last one stands for all below it. */
    private double rounded(ToDoubleFunction<BigInteger> rounds, Scale scale) {
        carry();
        BigInteger sum = BigInteger.valueOf(digits[DIGITS - 1]);
        for (int k = DIGITS - 2; k >= 0; k--) {
            sum = sum.shiftLeft(32).or(BigInteger.valueOf(digits[k]));
        }
        int drop = sum.abs().bitLength() - 64;
        if (drop <= 0) {
            // Below 2^53 exact; above, the result is a normal number.
            return scale.of(rounds.applyAsDouble(sum), LOWEST);
        }
        BigInteger magnitude = sum.abs();
        BigInteger kept = magnitude.shiftRight(drop);
        if (magnitude.getLowestSetBit() < drop) {
            kept = kept.setBit(0);
        }
        return sum.signum() * scale.of(rounds.applyAsDouble(kept), drop + LOWEST);
    }

    /** {@code x * 2^power}. */
    private interface Scale {
        double of(double x, int power);
    }

    /** Adds another sum. */
    void add(ExactSum other) {
        special += other.special;
        carry();
        other.carry();
        for (int k = 0; k < DIGITS; k++) {
            digits[k] += other.digits[k];
        }
        carry();
    }

    /** Appends the sum for another rank. */
    void write(Encoder out) {
        carry();
        out.putDouble(special);
        for (long digit : digits) {
            out.putLong(digit);
        }
    }

    /** Adds the sum of another rank. */
    void add(Decoder in) {
        special += in.getDouble();
        carry();
        for (int k = 0; k < DIGITS; k++) {
            digits[k] += in.getLong();
        }
        carry();
    }
}
