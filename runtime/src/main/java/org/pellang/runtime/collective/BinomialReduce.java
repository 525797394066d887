package org.pellang.runtime.collective;

import java.util.function.BinaryOperator;
import org.pellang.runtime.Op;

/**
 * Reduction along the fixed tree over ranks: node(level, k) = op(node(level-1, 2k), node(level-1, 2k+1)), a missing right child
 * passes the left one through. Rank order is kept, so operators need not commute. The result is made on rank 0.
 */
final class BinomialReduce {
    private BinomialReduce() {}

    static void run(Call call, Object buf, int off, int len, Op op, int root) {
        // Who has nobody below sends what it has.
        boolean leaf = (call.rank & 1) != 0 || call.rank + 1 >= call.size;
        Object sum = leaf || call.rank == root && root == 0 ? buf : call.scratchCopy(0, buf, off, len);
        int sumOff = sum == buf ? off : 0;
        Object other = null;
        for (int step = 1; step < call.size; step <<= 1) {
            if ((call.rank & step) != 0) {
                call.send(call.rank - step, sum, sumOff, len);
                break;
            }
            if (call.rank + step < call.size) {
                other = other == null ? call.scratch(1, buf, len) : other;
                call.recv(call.rank + step, other, 0, len);
                Combine.intoLeft(op, sum, sumOff, other, 0, len);
            }
        }
        if (root != 0) {
            if (call.rank == 0) {
                call.send(root, sum, sumOff, len);
            } else if (call.rank == root) {
                call.recv(0, buf, off, len);
            }
        }
    }

    static byte[] runBytes(Call call, byte[] payload, BinaryOperator<byte[]> op, int root) {
        byte[] sum = payload;
        for (int step = 1; step < call.size; step <<= 1) {
            if ((call.rank & step) != 0) {
                call.give(call.rank - step, sum.clone());
                break;
            }
            if (call.rank + step < call.size) {
                sum = op.apply(sum, call.take(call.rank + step));
            }
        }
        if (call.rank == root) {
            return root == 0 ? sum : call.take(0);
        }
        if (call.rank == 0) {
            call.give(root, sum.clone());
        }
        return new byte[0];
    }
}
