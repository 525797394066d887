package org.pellang.runtime.collective;

import org.pellang.runtime.Op;

/** The operators on int[]: target[i] = left[i] op right[i]. */
final class IntCombine {
    private IntCombine() {}

    static void run(Op op, int[] left, int lo, int[] right, int ro, int[] target, int to, int len) {
        switch (op) {
            case SUM -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = left[lo + i] + right[ro + i];
                }
            }
            case PROD -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = left[lo + i] * right[ro + i];
                }
            }
            case MIN -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = Math.min(left[lo + i], right[ro + i]);
                }
            }
            case MAX -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = Math.max(left[lo + i], right[ro + i]);
                }
            }
            case AND -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = left[lo + i] != 0 && right[ro + i] != 0 ? 1 : 0;
                }
            }
            case OR -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = left[lo + i] != 0 || right[ro + i] != 0 ? 1 : 0;
                }
            }
            case BAND -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = left[lo + i] & right[ro + i];
                }
            }
            case BOR -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = left[lo + i] | right[ro + i];
                }
            }
            case BXOR -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = left[lo + i] ^ right[ro + i];
                }
            }
        }
    }
}
