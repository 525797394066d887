package org.pellang.runtime.collective;

import org.pellang.runtime.Op;

/** The operators on boolean[]: target[i] = left[i] op right[i]. */
final class BooleanCombine {
    private BooleanCombine() {}

    static void run(Op op, boolean[] left, int lo, boolean[] right, int ro, boolean[] target, int to, int len) {
        switch (op) {
            case AND -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = left[lo + i] & right[ro + i];
                }
            }
            case OR -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = left[lo + i] | right[ro + i];
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
            case SUM, PROD, MIN, MAX -> throw Combine.unsupported(op, "boolean");
        }
    }
}
