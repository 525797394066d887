package org.pellang.runtime.embed;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.array.PelArray;

/** What each rank gets of a call's arguments, and the result kept apart from them: PEL's arrays are values. */
final class Arguments {
    private Arguments() {}

    /** The arguments of each rank: the same objects, but copies for other ranks than 0 of those that the function may change. */
    static Object[][] forRanks(int ranks, Object[] arguments, int[] mutable) {
        Set<Integer> changed = IntStream.of(mutable).boxed().collect(Collectors.toSet());
        Object[][] all = new Object[ranks][];
        for (int r = 0; r < ranks; r++) {
            all[r] = arguments.clone();
            for (int k : changed) {
                all[r][k] = r == 0 ? arguments[k] : copy(arguments[k]);
            }
        }
        return all;
    }

    /** The result; arrays in it that are arguments are copied. */
    static @Nullable Object apart(@Nullable Object result, Object[] arguments) {
        if (result instanceof Object[] parts && !(result instanceof String[])) {
            Object[] copy = parts.clone();
            for (int k = 0; k < copy.length; k++) {
                copy[k] = apart(parts[k], arguments);
            }
            return copy;
        }
        for (Object argument : arguments) {
            boolean shared = argument == result
                    || result instanceof PelArray a && (argument instanceof PelArray b ? a.column(0) == b.column(0) : a.column(0) == argument);
            if (result != null && shared) {
                return copy(result);
            }
        }
        return result;
    }

    private static Object copy(Object value) {
        return switch (value) {
            case double[] a -> a.clone();
            case long[] a -> a.clone();
            case int[] a -> a.clone();
            case short[] a -> a.clone();
            case byte[] a -> a.clone();
            case float[] a -> a.clone();
            case boolean[] a -> a.clone();
            case String[] a -> a.clone();
            case PelArray a -> a.copy();
            default -> value;
        };
    }
}
