package org.pellang.stdlib;

import org.pellang.runtime.PelTrap;

/** Functions and operators on 64-bit ints, and the conversions between number types. Arithmetic wraps. */
public final class IntFunctions {
    private IntFunctions() {}

    public static long abs(long x) {
        return Math.abs(x);
    }

    public static long sign(long x) {
        return Long.signum(x);
    }

    public static long min(long a, long b) {
        return Math.min(a, b);
    }

    public static long max(long a, long b) {
        return Math.max(a, b);
    }

    /** {@code x} moved into {@code low..high}. Traps if {@code low > high}. */
    public static long clamp(long x, long low, long high) {
        if (low > high) {
            throw new PelTrap("clamp: lower bound " + low + " is above upper bound " + high);
        }
        return Math.min(Math.max(x, low), high);
    }

    /** {@code //}: rounds down. Traps on division by zero. */
    public static long floorDiv(long a, long b) {
        if (b == 0) {
            throw new PelTrap("integer division by zero: " + a + " // 0");
        }
        return Math.floorDiv(a, b);
    }

    /** {@code %}: the sign of {@code b}. Traps on division by zero. */
    public static long floorMod(long a, long b) {
        if (b == 0) {
            throw new PelTrap("integer division by zero: " + a + " % 0");
        }
        return Math.floorMod(a, b);
    }

    /** {@code base ** exponent}, wrapping. Traps on a negative exponent. */
    public static long pow(long base, long exponent) {
        if (exponent < 0) {
            throw new PelTrap("negative exponent of an int power: " + base + " ** " + exponent + "; use a float base");
        }
        long result = 1;
        long square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }

    /** {@code a << n}; 0 from 64 places on. Traps on a negative count. */
    public static long shiftLeft(long a, long n) {
        return places(n) >= Long.SIZE ? 0 : a << n;
    }

    /** {@code a >> n}, keeping the sign. Traps on a negative count. */
    public static long shiftRight(long a, long n) {
        return a >> Math.min(places(n), Long.SIZE - 1);
    }

    /** {@code a >>> n}, filling with zeros. Traps on a negative count. */
    public static long shiftRightUnsigned(long a, long n) {
        return places(n) >= Long.SIZE ? 0 : a >>> n;
    }

    private static long places(long n) {
        if (n < 0) {
            throw new PelTrap("negative shift count " + n);
        }
        return n;
    }

    /** Greatest common divisor, not negative; {@code gcd(0, 0)} is 0. */
    public static long gcd(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return Math.abs(x);
    }

    /** Least common multiple, not negative, wrapping. */
    public static long lcm(long a, long b) {
        return a == 0 || b == 0 ? 0 : Math.abs(a / gcd(a, b) * b);
    }

    /** Number of one bits. */
    public static long popcount(long x) {
        return Long.bitCount(x);
    }

    /** Number of zero bits above the highest one bit; 64 for 0. */
    public static long clz(long x) {
        return Long.numberOfLeadingZeros(x);
    }

    /** Number of zero bits below the lowest one bit; 64 for 0. */
    public static long ctz(long x) {
        return Long.numberOfTrailingZeros(x);
    }

    /** {@code int(x)}: towards zero. Traps on NaN and outside of the int range. */
    public static long toInt(double x) {
        if (!(x >= -0x1p63 && x < 0x1p63)) {
            throw new PelTrap("int(" + Format.repr(x) + "): " + (Double.isNaN(x) ? "not a number" : "outside of the int range"));
        }
        return (long) x;
    }

    /** {@code int32(x)}; traps outside of -2147483648..2147483647. */
    public static long toInt32(long x) {
        return inRange("int32", x, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** {@code int16(x)}; traps outside of -32768..32767. */
    public static long toInt16(long x) {
        return inRange("int16", x, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** {@code byte(x)}; traps outside of 0..255. */
    public static long toByte(long x) {
        return inRange("byte", x, 0, 255);
    }

    /** {@code float32(x)}: nearest 32-bit float. Traps if a finite value becomes infinite. */
    public static float toFloat32(double x) {
        float nearest = (float) x;
        if (Float.isInfinite(nearest) && !Double.isInfinite(x)) {
            throw new PelTrap("float32(" + Format.repr(x) + "): outside of the float32 range");
        }
        return nearest;
    }

    private static long inRange(String type, long x, long low, long high) {
        if (x < low || x > high) {
            throw new PelTrap(type + "(" + x + "): outside of " + low + ".." + high);
        }
        return x;
    }
}
