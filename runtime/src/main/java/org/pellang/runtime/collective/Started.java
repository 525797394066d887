package org.pellang.runtime.collective;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Op;
import org.pellang.runtime.Request;
import org.pellang.runtime.Site;

/** Starts collectives as schedules; numbered together with the blocking ones of the communicator. */
public final class Started {
    private final Collectives calls;

    /** On the communicator of these collectives. */
    public Started(Collectives calls) {
        this.calls = calls;
    }

    private static int opAndRoot(Op op, int root) {
        return Collectives.opAndRoot(op, root);
    }

    /** See {@code Nonblocking}. */
    public Request barrier(Site site) {
        Schedule s = new Schedule(calls.start("ibarrier", site, 0, 0));
        Schedules.barrier(s);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request bcast(Site site, Object buf, int off, int len, int root) {
        Schedule s = new Schedule(calls.start("ibcast", site, buf, len, root));
        Schedules.bcast(s, buf, off, len, root);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request reduce(Site site, Object buf, int off, int len, Op op, int root) {
        Schedule s = new Schedule(calls.start("ireduce", site, buf, len, opAndRoot(op, root)));
        Schedules.reduce(s, buf, off, len, op, root);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request allreduce(Site site, Object buf, int off, int len, Op op) {
        Schedule s = new Schedule(calls.start("iallreduce", site, buf, len, opAndRoot(op, 0)));
        Schedules.allreduce(s, buf, off, len, op);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request scan(Site site, Object buf, int off, int len, Op op, boolean exclusive) {
        Schedule s = new Schedule(calls.start(exclusive ? "iexscan" : "iscan", site, buf, len, opAndRoot(op, 0)));
        Schedules.scan(s, buf, off, len, op, exclusive);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request gatherv(Site site, Object sendBuf, int sendOff, int len,
            @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        Schedule s = new Schedule(calls.start("igather", site, sendBuf, len, root));
        Schedules.gatherv(s, sendBuf, sendOff, len, recvBuf, counts, displs, root);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request scatterv(Site site, @Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            Object recvBuf, int recvOff, int len, int root) {
        Schedule s = new Schedule(calls.start("iscatter", site, recvBuf, len, root));
        Schedules.scatterv(s, sendBuf, counts, displs, recvBuf, recvOff, len, root);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request allgatherv(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int[] counts, int[] displs) {
        Schedule s = new Schedule(calls.start("iallgather", site, sendBuf, len, 0));
        int[] sendCounts = new int[counts.length];
        int[] sendDispls = new int[counts.length];
        Arrays.fill(sendCounts, len);
        Arrays.fill(sendDispls, sendOff);
        Schedules.alltoallv(s, sendBuf, sendCounts, sendDispls, recvBuf, counts, displs);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request alltoallv(Site site, Object sendBuf, int[] sendCounts, int[] sendDispls,
            Object recvBuf, int[] recvCounts, int[] recvDispls) {
        Schedule s = new Schedule(calls.start("ialltoall", site, sendBuf, sendCounts[calls.rank()], 0));
        Schedules.alltoallv(s, sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
        return s.start();
    }

    /** See {@code Cartesian}: one call per slot, since the lower and the upper neighbour may be the same rank. */
    public Request neighbors(Site site, int[] peers, Object sendBuf, int[] sendCounts, int[] sendDispls,
            Object recvBuf, int[] recvCounts, int[] recvDispls) {
        Call[] slots = new Call[peers.length];
        for (int k = 0; k < slots.length; k++) {
            slots[k] = calls.start("neighbors", site, sendBuf, sendCounts[k], k);
        }
        Schedule s = new Schedule(calls.start("neighbors", site, -1, 0));
        for (int k = 0; k < peers.length; k++) {
            if (peers[k] >= 0) {
                s.recv(slots[k ^ 1], peers[k], recvBuf, recvDispls[k], recvCounts[k]);
                s.send(slots[k], peers[k], sendBuf, sendDispls[k], sendCounts[k]);
            }
        }
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request reduceScatter(Site site, Object sendBuf, int sendOff, int[] counts, Object recvBuf, int recvOff, Op op) {
        int total = Arrays.stream(counts).reduce(0, Math::addExact);
        Call call = calls.start("ireduce_scatter", site, sendBuf, total, opAndRoot(op, 0));
        Schedule s = new Schedule(call);
        Object sum = Call.copyOf(sendBuf, sendOff, total);
        int[] displs = new int[counts.length];
        for (int r = 1; r < displs.length; r++) {
            displs[r] = displs[r - 1] + counts[r - 1];
        }
        Schedules.reduceToZero(s, sum, 0, total, op);
        Schedules.scatterv(s, sum, counts, displs, recvBuf, recvOff, counts[call.rank], 0);
        return s.start();
    }
}
