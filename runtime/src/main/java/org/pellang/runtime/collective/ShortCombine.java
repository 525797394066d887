package org.pellang.runtime.collective;

import org.pellang.runtime.Op;

/** The operators on short[]: target[i] = left[i] op right[i]. */
final class ShortCombine {
    private ShortCombine() {}

    static void run(Op op, short[] left, int lo, short[] right, int ro, short[] target, int to, int len) {
        switch (op) {
            case SUM -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (short) (left[lo + i] + right[ro + i]);
                }
            }
            case PROD -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (short) (left[lo + i] * right[ro + i]);
                }
            }
            case MIN -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (short) (Math.min(left[lo + i], right[ro + i]));
                }
            }
            case MAX -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (short) (Math.max(left[lo + i], right[ro + i]));
                }
            }
            case AND -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (short) (left[lo + i] != 0 && right[ro + i] != 0 ? 1 : 0);
                }
            }
            case OR -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (short) (left[lo + i] != 0 || right[ro + i] != 0 ? 1 : 0);
                }
            }
            case BAND -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (short) (left[lo + i] & right[ro + i]);
                }
            }
            case BOR -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (short) (left[lo + i] | right[ro + i]);
                }
            }
            case BXOR -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (short) (left[lo + i] ^ right[ro + i]);
                }
            }
        }
    }
}
