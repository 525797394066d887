package org.pellang.runtime.collective;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Send;

/** Prefixes over ranks by recursive doubling (Hillis and Steele 1986); rank order is kept, the combine order depends on p only. */
final class DoublingScan {
    private DoublingScan() {}

    static void run(Call call, Object buf, int off, int len, Op op, boolean exclusive) {
        if (exclusive) {
            exclusive(call, buf, off, len, op);
        } else {
            prefixes(call, buf, off, len, op, 0);
        }
    }

    /** What the rank before has, is what counts here: then the prefixes of the ranks from 1 on, with the combinations that an inclusive scan has one rank lower. */
    private static void exclusive(Call call, Object buf, int off, int len, Op op) {
        Send late = call.rank + 1 < call.size ? call.sendSoon(call.rank + 1, buf, off, len) : null;
        if (call.rank == 0) {
            await(late);
            Kind.clear(buf, off, len);
            return;
        }
        Object before = call.scratch(1, buf, len);
        call.recv(call.rank - 1, before, 0, len);
        await(late);
        Kind.copy(before, 0, buf, off, len);
        prefixes(call, buf, off, len, op, 1);
    }

    private static void await(@Nullable Send late) {
        if (late != null) {
            late.await();
        }
    }

    /** Inclusive, over the ranks from the first on. */
    private static void prefixes(Call call, Object buf, int off, int len, Op op, int first) {
        Object other = call.scratch(0, buf, len);
        for (int step = 1; step < call.size - first; step <<= 1) {
            if (call.rank + step < call.size) {
                call.send(call.rank + step, buf, off, len);
            }
            if (call.rank - step >= first) {
                call.recv(call.rank - step, other, 0, len);
                Combine.intoRight(op, other, 0, buf, off, len);
            }
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
