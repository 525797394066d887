package org.pellang.runtime.checkpoint;

import java.util.zip.CRC32C;

/**
 * CRC-32C of blocks that several ranks write in pieces. The sum is linear over GF(2): the sum of a block is that of zeros, changed by the remainder of each
 * piece moved to its place. Moving by n bytes is a multiplication by x^(8n) modulo the polynomial (as in {@code crc32_combine} of zlib, after Mark Adler).
 */
final class Crc32c {
    /** Castagnoli's polynomial, reflected. */
    private static final int POLYNOMIAL = 0x82f63b78;
    private static final int ONE = 0x80000000;
    /** x^(2^k). */
    private static final int[] POWERS = new int[67];

    static {
        POWERS[0] = 0x40000000;
        for (int k = 1; k < POWERS.length; k++) {
            POWERS[k] = multiply(POWERS[k - 1], POWERS[k - 1]);
        }
    }

    private Crc32c() {}

    /** The usual sum of bytes. */
    static int of(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Product of two polynomials modulo the polynomial; the highest bit is x^0. */
    static int multiply(int a, int b) {
        int product = 0;
        int power = b;
        for (int rest = a; rest != 0; rest <<= 1) {
            if (rest < 0) {
                product ^= power;
            }
            power = (power & 1) == 0 ? power >>> 1 : power >>> 1 ^ POLYNOMIAL;
        }
        return product;
    }

    /** A remainder followed by so many zero bytes. */
    static int shift(int remainder, long bytes) {
        int factor = ONE;
        int k = 3;
        for (long n = bytes; n != 0; n >>>= 1, k++) {
            if ((n & 1) != 0) {
                factor = multiply(POWERS[k], factor);
            }
        }
        return multiply(factor, remainder);
    }

    /** The sum of so many zero bytes. */
    static int zeros(long bytes) {
        return ~shift(-1, bytes);
    }

    /**
     * What a piece adds to its block, to be combined by exclusive or.
     *
     * @param after bytes of the block behind the piece
     */
    static int piece(byte[] bytes, int from, int length, long after) {
        return shift(of(bytes, from, length) ^ zeros(length), after);
    }
}
