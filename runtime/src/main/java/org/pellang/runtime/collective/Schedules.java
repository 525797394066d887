package org.pellang.runtime.collective;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;

/** The collectives as schedules: same trees, hence same bits, as the blocking ones. */
final class Schedules {
    private static final byte[] NOTHING = {};
    private static final int SHORT_BYTES = 16 << 10;

    private Schedules() {}

    /** Dissemination. */
    static void barrier(Schedule s) {
        Call call = s.call();
        for (int step = 1; step < call.size; step <<= 1) {
            s.send((call.rank + step) % call.size, NOTHING, 0, 0);
            s.recv((call.rank - step + call.size) % call.size, NOTHING, 0, 0);
            s.nextRound();
        }
    }

    /** Binomial tree over the ranks counted from the root. */
    static void bcast(Schedule s, Object buf, int off, int len, int root) {
        Call call = s.call();
        int p = call.size;
        int me = (call.rank - root + p) % p;
        if (me != 0) {
            s.recv((me - Integer.lowestOneBit(me) + root) % p, buf, off, len);
            s.nextRound();
        }
        int first = me == 0 ? Integer.highestOneBit(Math.max(1, p - 1)) : Integer.lowestOneBit(me) >> 1;
        for (int step = first; step > 0; step >>= 1) {
            if (me + step < p) {
                s.send((me + step + root) % p, buf, off, len);
            }
        }
        s.nextRound();
    }

    /** The tree of {@link BinomialReduce}; the result in {@code sum} on rank 0. */
    static void reduceToZero(Schedule s, Object sum, int off, int len, Folding op) {
        Call call = s.call();
        for (int step = 1; step < call.size; step <<= 1) {
            if ((call.rank & step) != 0) {
                s.send(call.rank - step, sum, off, len);
                s.nextRound();
                return;
            }
            if (call.rank + step < call.size) {
                Object other = Kind.of(sum).allocate(len);
                s.recv(call.rank + step, other, 0, len);
                s.work(() -> op.run(sum, off, other, 0, sum, off, len));
                s.nextRound();
            }
        }
    }

    /** In place, same bits as {@link #reduceToZero}: by doubling if the ranks are a power of two and the buffer is short, else up and down the tree. */
    static void allreduce(Schedule s, Object buf, int off, int len, Folding op) {
        Call call = s.call();
        if (Integer.bitCount(call.size) != 1 || (long) len * Kind.of(buf).bytes() > SHORT_BYTES) {
            reduceToZero(s, buf, off, len, op);
            bcast(s, buf, off, len, 0);
            return;
        }
        for (int step = 1; step < call.size; step <<= 1) {
            int peer = call.rank ^ step;
            Object other = Kind.of(buf).allocate(len);
            s.recv(peer, other, 0, len);
            s.send(peer, buf, off, len);
            s.work(() -> {
                if (peer > call.rank) {
                    op.run(buf, off, other, 0, buf, off, len);
                } else {
                    op.run(other, 0, buf, off, buf, off, len);
                }
            });
            s.nextRound();
        }
    }

    static void reduce(Schedule s, Object buf, int off, int len, Folding op, int root) {
        Call call = s.call();
        boolean inPlace = root == 0 && call.rank == 0;
        Object sum = inPlace ? buf : Call.copyOf(buf, off, len);
        int sumOff = inPlace ? off : 0;
        reduceToZero(s, sum, sumOff, len, op);
        if (root != 0 && call.rank == 0) {
            s.send(root, sum, sumOff, len);
        } else if (root != 0 && call.rank == root) {
            s.recv(0, buf, off, len);
        }
    }

    /** Doubling, as {@link DoublingScan}. Exclusive: rank 0 gets zeros, of an operator of the user what it has. */
    static void scan(Schedule s, Object buf, int off, int len, Folding op, boolean exclusive) {
        Call call = s.call();
        Object sum = exclusive ? Call.copyOf(buf, off, len) : buf;
        int sumOff = exclusive ? 0 : off;
        for (int step = 1; step < call.size; step <<= 1) {
            if (call.rank + step < call.size) {
                s.send(call.rank + step, sum, sumOff, len);
            }
            if (call.rank >= step) {
                Object other = Kind.of(buf).allocate(len);
                s.recv(call.rank - step, other, 0, len);
                s.work(() -> op.run(other, 0, sum, sumOff, sum, sumOff, len));
            }
            s.nextRound();
        }
        if (exclusive) {
            if (call.rank + 1 < call.size) {
                s.send(call.rank + 1, sum, 0, len);
            }
            if (call.rank > 0) {
                s.recv(call.rank - 1, buf, off, len);
            } else if (op instanceof Op) {
                s.work(() -> Kind.clear(buf, off, len));
            }
        }
    }

    /** Everybody to the root. */
    static void gatherv(Schedule s, Object sendBuf, int sendOff, int len,
            @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        Call call = s.call();
        if (call.rank != root) {
            s.send(root, sendBuf, sendOff, len);
            return;
        }
        if (recvBuf == null || counts == null || displs == null || counts[root] != len) {
            throw new CommException("gather: the root's buffer is missing, or its own length differs from counts");
        }
        for (int r = 0; r < call.size; r++) {
            if (r != root) {
                s.recv(r, recvBuf, displs[r], counts[r]);
            }
        }
        s.work(() -> Call.copy(sendBuf, sendOff, recvBuf, displs[root], len));
    }

    /** The root to everybody. */
    static void scatterv(Schedule s, @Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            Object recvBuf, int recvOff, int len, int root) {
        Call call = s.call();
        if (call.rank != root) {
            s.recv(root, recvBuf, recvOff, len);
            return;
        }
        if (sendBuf == null || counts == null || displs == null || counts[root] != len) {
            throw new CommException("scatter: the root's buffer is missing, or its own length differs from counts");
        }
        for (int r = 0; r < call.size; r++) {
            if (r != root) {
                s.send(r, sendBuf, displs[r], counts[r]);
            }
        }
        s.work(() -> Call.copy(sendBuf, displs[root], recvBuf, recvOff, len));
    }

    /** Everybody to everybody, at once. */
    static void alltoallv(Schedule s, Object sendBuf, int[] sendCounts, int[] sendDispls,
            Object recvBuf, int[] recvCounts, int[] recvDispls) {
        Call call = s.call();
        int me = call.rank;
        if (sendCounts[me] != recvCounts[me]) {
            throw new CommException("rank " + me + " sends itself " + sendCounts[me] + " elements and expects " + recvCounts[me]);
        }
        for (int k = 1; k < call.size; k++) {
            int to = (me + k) % call.size;
            int from = (me - k + call.size) % call.size;
            s.recv(from, recvBuf, recvDispls[from], recvCounts[from]);
            s.send(to, sendBuf, sendDispls[to], sendCounts[to]);
        }
        s.work(() -> Call.copy(sendBuf, sendDispls[me], recvBuf, recvDispls[me], sendCounts[me]));
    }
}
