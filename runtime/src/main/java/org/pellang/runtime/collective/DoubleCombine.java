package org.pellang.runtime.collective;

import org.pellang.runtime.Op;

/** The operators on double[]: target[i] = left[i] op right[i]. */
final class DoubleCombine {
    private DoubleCombine() {}

    static void run(Op op, double[] left, int lo, double[] right, int ro, double[] target, int to, int len) {
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
            case AND, OR, BAND, BOR, BXOR -> throw Combine.unsupported(op, "double");
        }
    }
}
