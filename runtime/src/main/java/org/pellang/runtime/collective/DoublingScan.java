package org.pellang.runtime.collective;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;

/** Prefixes over ranks by recursive doubling (Hillis and Steele 1986); rank order is kept, the combine order depends on p only. */
final class DoublingScan {
    private DoublingScan() {}

    static void run(Call call, Object buf, int off, int len, Op op, boolean exclusive) {
        Object sum = exclusive ? Call.copyOf(buf, off, len) : buf;
        int sumOff = exclusive ? 0 : off;
        Object other = call.size == 1 ? buf : Call.copyOf(buf, off, len);
        for (int step = 1; step < call.size; step <<= 1) {
            if (call.rank + step < call.size) {
                call.send(call.rank + step, sum, sumOff, len);
            }
            if (call.rank >= step) {
                call.recv(call.rank - step, other, 0, len);
                Combine.intoRight(op, other, 0, sum, sumOff, len);
            }
        }
        if (exclusive) {
            shift(call, sum, buf, off, len);
        }
    }

    private static void shift(Call call, Object sum, Object buf, int off, int len) {
        if (call.rank + 1 < call.size) {
            call.send(call.rank + 1, sum, 0, len);
        }
        if (call.rank > 0) {
            call.recv(call.rank - 1, buf, off, len);
        } else {
            Call.copy(Kind.of(buf).allocate(len), 0, buf, off, len);
        }
    }

    static byte[] inclusive(Call call, byte[] payload, BinaryOperator<byte[]> op) {
        byte[] sum = payload;
        for (int step = 1; step < call.size; step <<= 1) {
            if (call.rank + step < call.size) {
                call.give(call.rank + step, sum.clone());
            }
            if (call.rank >= step) {
                sum = op.apply(call.take(call.rank - step), sum);
            }
        }
        return sum;
    }

    static byte @Nullable [] exclusive(Call call, byte[] payload, BinaryOperator<byte[]> op) {
        byte[] sum = inclusive(call, payload, op);
        if (call.rank + 1 < call.size) {
            call.give(call.rank + 1, sum.clone());
        }
        return call.rank == 0 ? null : call.take(call.rank - 1);
    }
}
