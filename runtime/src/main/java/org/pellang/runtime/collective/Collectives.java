package org.pellang.runtime.collective;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Op;
import org.pellang.runtime.Site;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Members;
import org.pellang.runtime.trace.AlgorithmLog;
import org.pellang.runtime.wire.Guard;

/** The collectives of one communicator on one rank: numbers the calls, makes their guards and chooses the algorithms. */
public final class Collectives {
    private final Endpoint endpoint;
    private final Members members;
    private final int context;
    private final AlgorithmTable table = AlgorithmTable.ofJvm();
    private int sequence;

    /** @param context number that sets these messages apart from all others */
    public Collectives(Endpoint endpoint, Members members, int context) {
        this.endpoint = endpoint;
        this.members = members;
        this.context = context;
    }

    int rank() {
        return members.rank();
    }

    Call begin(String name, Site site, int detail, long bytes) {
        sequence = sequence + 1 & Integer.MAX_VALUE;
        endpoint.recorder().collective(name, site, sequence, bytes);
        long guard = Guard.hash(site.stableHash(), sequence, name.hashCode() ^ table.hash(), detail, context);
        return new Call(endpoint, members, context, name, site, sequence, guard);
    }

    Call begin(String name, Site site, Object buf, int len, int detail) {
        Kind kind = Kind.of(buf);
        return begin(name, site, detail * 8 + kind.ordinal(), (long) len * kind.bytes());
    }

    static int opAndRoot(Op op, int root) {
        return root * 16 + op.ordinal();
    }

    /** See {@code Comm}. */
    public void barrier(Site site) {
        Call call = begin("barrier", site, 0, 0);
        if (chosen("barrier", 0, table.barrier(call.size, node())) == Algorithm.TREE) {
            TreeBarrier.run(call);
        } else {
            DisseminationBarrier.run(call);
        }
    }

    /** Whether all ranks of the job share memory. The same on all of them. */
    private boolean node() {
        return endpoint.board().isEverywhere();
    }

    private Algorithm chosen(String name, long bytes, Algorithm algorithm) {
        if (AlgorithmLog.on()) {
            endpoint.recorder().algorithms().count(name, members.size(), bytes, algorithm);
        }
        return algorithm;
    }

    /** See {@code Comm}. */
    public void bcast(Site site, Object buf, int off, int len, int root) {
        BinomialBroadcast.run(begin("bcast", site, buf, len, root), buf, off, len, root);
    }

    /** See {@code Comm}. */
    public byte[] bcastBytes(Site site, byte @Nullable [] payload, int root) {
        Call call = begin("bcast", site, ~root, payload == null ? 0 : payload.length);
        return BinomialBroadcast.runBytes(call, rootOnly(call, payload, root, "bcast"), root);
    }

    private static byte[] rootOnly(Call call, byte @Nullable [] payload, int root, String name) {
        if (call.rank != root) {
            return new byte[0];
        }
        if (payload == null) {
            throw new CommException(name + ": the root gave nothing");
        }
        return payload;
    }

    /** See {@code Comm}. */
    public void reduce(Site site, Object buf, int off, int len, Op op, int root) {
        Call call = begin("reduce", site, buf, len, opAndRoot(op, root));
        BinomialReduce.run(call, buf, off, len, op, root);
    }

    /** See {@code Comm}. */
    public void allreduce(Site site, Object buf, int off, int len, Op op) {
        Call call = begin("allreduce", site, buf, len, opAndRoot(op, 0));
        long bytes = (long) len * Kind.of(buf).bytes();
        switch (chosen("allreduce", bytes, table.allreduce(bytes, len, call.size, node(), call.shares()))) {
            case DIRECT -> DirectAllreduce.run(call, buf, off, len, op);
            case SLICES -> SliceAllreduce.run(call, buf, off, len, op);
            case DOUBLING -> DoublingAllreduce.run(call, buf, off, len, op);
            case TREE, DISSEMINATION, ROOT, RING -> {
                BinomialReduce.run(call, buf, off, len, op, 0);
                BinomialBroadcast.run(call, buf, off, len, 0);
            }
        }
    }

    /** See {@code Comm}. */
    public long allreduce(Site site, long value, Op op) {
        long[] box = {value};
        allreduce(site, box, 0, 1, op);
        return box[0];
    }

    /** See {@code Comm}. */
    public double allreduce(Site site, double value, Op op) {
        double[] box = {value};
        allreduce(site, box, 0, 1, op);
        return box[0];
    }

    /** See {@code Comm}. */
    public byte[] allreduceBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        Call call = begin("allreduce", site, -1, payload.length);
        return BinomialBroadcast.runBytes(call, BinomialReduce.runBytes(call, payload, op, 0), 0);
    }

    /** See {@code Comm}. */
    public byte[] reduceBytes(Site site, byte[] payload, BinaryOperator<byte[]> op, int root) {
        return BinomialReduce.runBytes(begin("reduce", site, ~root, payload.length), payload, op, root);
    }

    /** See {@code Comm}. */
    public void scan(Site site, Object buf, int off, int len, Op op, boolean exclusive) {
        Call call = begin(exclusive ? "exscan" : "scan", site, buf, len, opAndRoot(op, 0));
        DoublingScan.run(call, buf, off, len, op, exclusive);
    }

    /** See {@code Comm}. */
    public byte[] scanBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        return DoublingScan.inclusive(begin("scan", site, -1, payload.length), payload, op);
    }

    /** See {@code Comm}. */
    public byte @Nullable [] exscanBytes(Site site, byte[] payload, BinaryOperator<byte[]> op) {
        return DoublingScan.exclusive(begin("exscan", site, -1, payload.length), payload, op);
    }

    /** See {@code Comm}. */
    public void gatherv(Site site, Object sendBuf, int sendOff, int len,
            @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        Call call = begin("gather", site, sendBuf, len, root);
        DirectGather.run(call, sendBuf, sendOff, len, recvBuf, counts, displs, root);
    }

    /** See {@code Comm}. */
    public byte[][] gatherBytes(Site site, byte[] payload, int root) {
        return DirectGather.runBytes(begin("gather", site, ~root, payload.length), payload, root);
    }

    /** See {@code Comm}. */
    public void allgatherv(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int[] counts, int[] displs) {
        Call call = begin("allgather", site, sendBuf, len, 0);
        if (counts[call.rank] != len) {
            throw new CommException("allgather: rank " + call.rank + " has " + len + " elements, but counts say " + counts[call.rank]);
        }
        Call.copy(sendBuf, sendOff, recvBuf, displs[call.rank], len);
        long total = 0;
        for (int count : counts) {
            total += count;
        }
        long bytes = total * Kind.of(recvBuf).bytes();
        switch (chosen("allgather", bytes, table.allgather(bytes, call.size, node(), call.shares()))) {
            case DIRECT -> DirectAllgather.run(call, recvBuf, counts, displs);
            case ROOT -> RootAllgather.run(call, recvBuf, counts, displs, (int) total);
            case RING, TREE, DISSEMINATION, SLICES, DOUBLING -> RingAllgather.run(call, recvBuf, counts, displs);
        }
    }

    /** See {@code Comm}. */
    public byte[][] allgatherBytes(Site site, byte[] payload) {
        return RootAllgather.runBytes(begin("allgather", site, -1, payload.length), payload);
    }

    /** See {@code Comm}. */
    public void scatterv(Site site, @Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            Object recvBuf, int recvOff, int len, int root) {
        Call call = begin("scatter", site, recvBuf, len, root);
        DirectScatter.run(call, sendBuf, counts, displs, recvBuf, recvOff, len, root);
    }

    /** See {@code Comm}. */
    public byte[] scatterBytes(Site site, byte @Nullable [][] payloads, int root) {
        return DirectScatter.runBytes(begin("scatter", site, ~root, 0), payloads, root);
    }

    /** See {@code Comm}. */
    public void alltoallv(Site site, Object sendBuf, int[] sendCounts, int[] sendDispls,
            Object recvBuf, int[] recvCounts, int[] recvDispls) {
        Call call = begin("alltoall", site, sendBuf, sendCounts[members.rank()], 0);
        // In place: what is sent must not be overwritten by what comes.
        Object out = sendBuf == recvBuf ? Call.copyOf(sendBuf, 0, Kind.of(sendBuf).length(sendBuf)) : sendBuf;
        PairwiseAlltoall.run(call, out, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    /** See {@code Comm}. */
    public byte[][] alltoallBytes(Site site, byte[][] payloads) {
        return PairwiseAlltoall.runBytes(begin("alltoall", site, -1, 0), payloads);
    }
}
