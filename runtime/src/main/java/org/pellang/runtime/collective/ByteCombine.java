package org.pellang.runtime.collective;

import org.pellang.runtime.Op;

/** The operators on byte[]: target[i] = left[i] op right[i]. */
final class ByteCombine {
    private ByteCombine() {}

    static void run(Op op, byte[] left, int lo, byte[] right, int ro, byte[] target, int to, int len) {
        switch (op) {
            case SUM -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (byte) (left[lo + i] + right[ro + i]);
                }
            }
            case PROD -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (byte) (left[lo + i] * right[ro + i]);
                }
            }
            case MIN -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (byte) (Math.min(left[lo + i] & 0xff, right[ro + i] & 0xff));
                }
            }
            case MAX -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (byte) (Math.max(left[lo + i] & 0xff, right[ro + i] & 0xff));
                }
            }
            case AND -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (byte) (left[lo + i] != 0 && right[ro + i] != 0 ? 1 : 0);
                }
            }
            case OR -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (byte) (left[lo + i] != 0 || right[ro + i] != 0 ? 1 : 0);
                }
            }
            case BAND -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (byte) (left[lo + i] & right[ro + i]);
                }
            }
            case BOR -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (byte) (left[lo + i] | right[ro + i]);
                }
            }
            case BXOR -> {
                for (int i = 0; i < len; i++) {
                    target[to + i] = (byte) (left[lo + i] ^ right[ro + i]);
                }
            }
        }
    }
}
