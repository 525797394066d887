package org.pellang.runtime.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.pellang.runtime.memory.Kind;

/**
 * The copy of a long array between two threads with a core each, made by both: the sender would only wait for it. Each takes pieces until there are
 * none left; a sender that sleeps takes none.
 */
public final class JointCopy {
    /** Bytes from which on it is worth it. */
    static final int LEAST_BYTES = 256 << 10;
    private static final int PIECE_BYTES = 32 << 10;
    private static final int SPINS = 10_000;
    private static final VarHandle TAKEN;
    private static final VarHandle COPIED;

    static {
        try {
            TAKEN = MethodHandles.lookup().findVarHandle(JointCopy.class, "taken", int.class);
            COPIED = MethodHandles.lookup().findVarHandle(JointCopy.class, "copied", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object from;
    private final int fromOff;
    private final Object to;
    private final int toOff;
    private final int count;
    private final int piece;
    private final int pieces;
    /** Pieces that somebody copies or has copied; more once there are none left. */
    private volatile int taken;
    private volatile int copied;

    JointCopy(Kind kind, Object from, int fromOff, Object to, int toOff, int count) {
        this.from = from;
        this.fromOff = fromOff;
        this.to = to;
        this.toOff = toOff;
        this.count = count;
        this.piece = PIECE_BYTES / kind.bytes();
        this.pieces = (count + piece - 1) / piece;
    }

    /** Copies what nobody else copies. */
    void help() {
        while (taken < pieces) {
            int at = (int) TAKEN.getAndAdd(this, 1) * piece;
            if (at >= count) {
                return;
            }
            Kind.copy(from, fromOff + at, to, toOff + at, Math.min(piece, count - at));
            COPIED.getAndAdd(this, 1);
        }
    }

    /** Copies, and waits for the pieces that the other has taken. */
    void finish() {
        help();
        for (int i = 0; copied < pieces; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }
}
