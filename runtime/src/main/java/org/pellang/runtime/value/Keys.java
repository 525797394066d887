package org.pellang.runtime.value;

import org.pellang.runtime.PelTrap;

/**
 * Order and hash of the keys of maps: ints and floats by size (-0.0 before 0.0, NaN last), false before true, strings by code points, tuples and
 * records component by component. Two keys are one if neither is before the other. The hash is the same in every JVM.
 */
public final class Keys {
    private Keys() {}

    /** Negative, 0 or positive. Both are of one PEL type. */
    public static int compare(Object a, Object b) {
        return switch (a) {
            case Long x -> Long.compare(x, (Long) b);
            case Double x -> Double.compare(x, (Double) b);
            case Float x -> Float.compare(x, (Float) b);
            case Boolean x -> Boolean.compare(x, (Boolean) b);
            case String x -> compare(x, (String) b);
            case Record x -> {
                RecordShape shape = RecordShape.of(x.getClass());
                int order = 0;
                for (int c = 0; order == 0 && c < shape.size(); c++) {
                    order = compare(shape.component(x, c), shape.component(b, c));
                }
                yield order;
            }
            default -> throw new PelTrap("values of this type have no order: " + a);
        };
    }

    /** Order by code points. */
    public static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // Surrogates stand for code points above all others.
                boolean higher = Character.isSurrogate(x);
                return higher == Character.isSurrogate(y) ? Character.compare(x, y) : higher ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** A hash with all bits mixed (the finalizer of SplitMix64: Steele, Lea, Flood, OOPSLA 2014). Equal for equal keys. */
    public static long hash(Object key) {
        return switch (key) {
            case Record x -> {
                RecordShape shape = RecordShape.of(x.getClass());
                long hash = shape.size();
                for (int c = 0; c < shape.size(); c++) {
                    hash = mixed(hash + 0x9E3779B97F4A7C15L) ^ hash(shape.component(x, c));
                }
                yield mixed(hash);
            }
            // The hash codes of these classes are specified.
            case Long x -> mixed(x);
            case Double x -> mixed(Double.doubleToLongBits(x));
            case Float x -> mixed(Float.floatToIntBits(x));
            case Boolean x -> mixed(x ? 1 : 2);
            case String x -> mixed(x.hashCode() * 0x100000001L + x.length());
            default -> throw new PelTrap("values of this type are no keys: " + key);
        };
    }

    private static long mixed(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
