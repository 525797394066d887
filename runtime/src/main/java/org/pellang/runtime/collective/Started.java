package org.pellang.runtime.collective;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Op;
import org.pellang.runtime.Request;
import org.pellang.runtime.Site;
import org.pellang.runtime.memory.Kind;

/** Starts collectives as schedules; numbered together with the blocking ones of the communicator. */
public final class Started {
    private final Collectives calls;
    /** Under which names calls are numbered and reported. */
    private final boolean blocking;
    /** Of the next call; negative: to be drawn. */
    private int number = -1;

    /** On the communicator of these collectives. @param blocking whether the caller waits at once, so that these are the blocking calls */
    public Started(Collectives calls, boolean blocking) {
        this.calls = calls;
        this.blocking = blocking;
    }

    /** Draws the numbers of that many calls, to be started later ({@link #numbered}), in an order of their own: the first of them. */
    public int reserve(int numbers) {
        return calls.reserve(numbers);
    }

    /** The same with numbers from that one on for what is started. */
    public Started numbered(int first) {
        Started later = new Started(calls, blocking);
        later.number = first & Integer.MAX_VALUE;
        return later;
    }

    private Call call(String name, Site site, int detail, long bytes) {
        int now = number;
        if (now < 0) {
            return calls.start(calls.reserve(1), name, site, detail, bytes);
        }
        number = now + 1 & Integer.MAX_VALUE;
        return calls.start(now, name, site, detail, bytes);
    }

    private Call call(String name, Site site, Object buf, int len, int detail) {
        Kind kind = Kind.of(buf);
        return call(name, site, detail * 8 + kind.ordinal(), (long) len * kind.bytes());
    }

    /** As the number of all operators of the user. */
    private static final int OF_THE_USER = 15;

    private static int opAndRoot(Folding op, int root) {
        return root * 16 + (op instanceof Op known ? known.ordinal() : OF_THE_USER);
    }

    /** See {@code Nonblocking}. */
    public Request barrier(Site site) {
        Schedule s = new Schedule(call("ibarrier", site, 0, 0));
        Schedules.barrier(s);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request bcast(Site site, Object buf, int off, int len, int root) {
        Schedule s = new Schedule(call("ibcast", site, buf, len, root));
        Schedules.bcast(s, buf, off, len, root);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request reduce(Site site, Object buf, int off, int len, Folding op, int root) {
        Schedule s = new Schedule(call(blocking ? "reduce" : "ireduce", site, buf, len, opAndRoot(op, root)));
        Schedules.reduce(s, buf, off, len, op, root);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request allreduce(Site site, Object buf, int off, int len, Folding op) {
        Schedule s = new Schedule(call(blocking ? "allreduce" : "iallreduce", site, buf, len, opAndRoot(op, 0)));
        Schedules.allreduce(s, buf, off, len, op);
        return s.start();
    }

    private String scanName(boolean exclusive) {
        return blocking ? exclusive ? "exscan" : "scan" : exclusive ? "iexscan" : "iscan";
    }

    /** See {@code Nonblocking}. */
    public Request scan(Site site, Object buf, int off, int len, Folding op, boolean exclusive) {
        Schedule s = new Schedule(call(scanName(exclusive), site, buf, len, opAndRoot(op, 0)));
        Schedules.scan(s, buf, off, len, op, exclusive);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request gatherv(Site site, Object sendBuf, int sendOff, int len,
            @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        Schedule s = new Schedule(call("igather", site, sendBuf, len, root));
        Schedules.gatherv(s, sendBuf, sendOff, len, recvBuf, counts, displs, root);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request scatterv(Site site, @Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            Object recvBuf, int recvOff, int len, int root) {
        Schedule s = new Schedule(call("iscatter", site, recvBuf, len, root));
        Schedules.scatterv(s, sendBuf, counts, displs, recvBuf, recvOff, len, root);
        return s.start();
    }

    /** See {@code Nonblocking}. */
    public Request allgatherv(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int[] counts, int[] displs) {
        Schedule s = new Schedule(call("iallgather", site, sendBuf, len, 0));
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
        Schedule s = new Schedule(call("ialltoall", site, sendBuf, sendCounts[calls.rank()], 0));
        // In place: what is sent must not be overwritten by what comes.
        Object out = sendBuf == recvBuf ? Call.copyOf(sendBuf, 0, Kind.of(sendBuf).length(sendBuf)) : sendBuf;
        Schedules.alltoallv(s, out, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
        return s.start();
    }

    /**
     * Elements to and from some ranks, of any kinds: one call for each edge that a rank may have with another, so that several between two ranks are
     * kept apart. Edges with nobody are left out.
     *
     * @param slots of edges between two ranks, the same number on all ranks
     */
    public Request edges(String name, int slots, Edge[] in, Edge[] out) {
        Call[] edges = new Call[slots];
        for (int k = 0; k < slots; k++) {
            edges[k] = call(name, Site.NONE, k, 0);
        }
        Schedule s = new Schedule(edges[0]);
        for (Edge edge : in) {
            if (edge.peer >= 0) {
                s.recv(edges[edge.slot], edge.peer, edge.buf, edge.off, edge.len);
            }
        }
        for (Edge edge : out) {
            if (edge.peer >= 0) {
                s.send(edges[edge.slot], edge.peer, edge.buf, edge.off, edge.len);
            }
        }
        return s.start();
    }

    /**
     * Elements that go along an edge to or from a rank.
     *
     * @param slot number of the edge among those between the two ranks, the same on both sides
     */
    public record Edge(int peer, int slot, Object buf, int off, int len) {}

    /** See {@code Nonblocking}. */
    public Request reduceScatter(Site site, Object sendBuf, int sendOff, int[] counts, Object recvBuf, int recvOff, Folding op) {
        int total = Arrays.stream(counts).reduce(0, Math::addExact);
        Call call = call(blocking ? "reduce_scatter" : "ireduce_scatter", site, sendBuf, total, opAndRoot(op, 0));
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
