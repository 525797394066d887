package org.pellang.runtime.collective;

import java.util.Arrays;
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
    /** Of several programs in one job (launched with PEL_PART, see pelrun's {@code :}) each has lines of its own. */
    private static final boolean ONE_PROGRAM = System.getenv("PEL_PART") == null;

    /** Up to so many bytes messages are copied by their senders at once, if there is credit: receives need not be posted before. */
    private static final int SHORT_BYTES = 4096;

    private final Endpoint endpoint;
    private final Members members;
    private final int context;
    private AlgorithmTable table = AlgorithmTable.ofJvm();
    private final Scratch scratch = new Scratch();
    private final Call call;
    private final Choices choices = new Choices();
    private @Nullable Hosts hosts;
    private int sequence;

    /** @param context number that sets these messages apart from all others */
    public Collectives(Endpoint endpoint, Members members, int context) {
        this.endpoint = endpoint;
        this.members = members;
        this.context = context;
        this.call = new Call(endpoint, members, context, scratch);
    }

    int rank() {
        return members.rank();
    }

    /** From now on chooses by another table. To be called before the first collective, on all ranks. */
    public void use(AlgorithmTable other) {
        table = other;
        choices.clear();
    }

    /** Where its ranks are. */
    private Hosts hosts() {
        Hosts known = hosts;
        if (known == null) {
            known = new Hosts(members.size(), r -> endpoint.board().hostOf(members.world(r)));
            hosts = known;
        }
        return known;
    }

    /** What the choice of an algorithm depends on here. */
    public Situation situation(long bytes, long elements, boolean exact) {
        return new Situation(bytes, elements, members.size(), endpoint.shares(members), hosts().count(), exact);
    }

    /** By the table. What a size or a type means for a collective says {@link Situation}. */
    private Algorithm choose(Collective what, Call call, long bytes, long elements, boolean exact) {
        Algorithm algorithm = choices.of(what, bytes, elements, exact);
        if (algorithm == null) {
            algorithm = table.choose(what, situation(bytes, elements, exact));
            choices.keep(what, bytes, elements, exact, algorithm);
        }
        if (AlgorithmLog.on()) {
            endpoint.recorder().algorithms().count(what.toString(), call.size, bytes, algorithm);
        }
        return algorithm;
    }

    /** Whether any order of combining gives the same bits. */
    private static boolean exact(Object buf, Op op) {
        return switch (Kind.of(buf)) {
            case FLOAT, DOUBLE -> op != Op.SUM && op != Op.PROD;
            case BYTE, SHORT, INT, LONG, BOOLEAN -> true;
        };
    }

    Call begin(String name, Site site, int detail, long bytes) {
        return begun(call, reserve(1), name, site, detail, bytes);
    }

    private Call begun(Call as, int number, String name, Site site, int detail, long bytes) {
        endpoint.recorder().collective(name, site, number, bytes);
        long guard = Guard.hash(ONE_PROGRAM ? site.stableHash() : 0, number, name.hashCode() ^ table.hash(), detail, context);
        return as.of(name, site, number, guard);
    }

    /** Draws the numbers of that many calls, which may begin later: the first of them. */
    int reserve(int calls) {
        int first = sequence + 1 & Integer.MAX_VALUE;
        sequence = sequence + calls & Integer.MAX_VALUE;
        return first;
    }

    Call begin(String name, Site site, Object buf, int len, int detail) {
        Kind kind = Kind.of(buf);
        return begin(name, site, detail * 8 + kind.ordinal(), (long) len * kind.bytes());
    }

    /** A call under a number that was drawn before, which goes on while others begin; it may itself begin while another one goes on. */
    Call start(int number, String name, Site site, int detail, long bytes) {
        return begun(new Call(endpoint, members, context, scratch), number, name, site, detail, bytes);
    }

    static int opAndRoot(Op op, int root) {
        return root * 16 + op.ordinal();
    }

    /** See {@code Comm}. */
    public void barrier(Site site) {
        Call call = begin("barrier", site, 0, 0);
        switch (choose(Collective.BARRIER, call, 0, 0, true)) {
            case HOSTS -> HostsBarrier.run(call, hosts());
            case TREE -> TreeBarrier.run(call);
            default -> DisseminationBarrier.run(call);
        }
    }

    /** See {@code Comm}. */
    public void bcast(Site site, Object buf, int off, int len, int root) {
        Call call = begin("bcast", site, buf, len, root);
        switch (choose(Collective.BCAST, call, (long) len * Kind.of(buf).bytes(), len, true)) {
            case HOSTS -> HostsBroadcast.run(call, hosts(), buf, off, len, root);
            case PUBLISH -> PublishBroadcast.run(call, buf, off, len, root);
            case PIECES -> PiecesBroadcast.run(call, buf, off, len, root);
            case SCATTER_DOUBLING -> ScatterBroadcast.run(call, buf, off, len, root, true);
            case SCATTER_RING -> ScatterBroadcast.run(call, buf, off, len, root, false);
            default -> BinomialBroadcast.run(call, buf, off, len, root);
        }
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
        switch (choose(Collective.REDUCE, call, (long) len * Kind.of(buf).bytes(), len, exact(buf, op))) {
            case HOSTS -> HostsReduce.run(call, hosts(), buf, off, len, op, root);
            case HOSTS_SLICES -> HostsSlices.reduce(call, hosts(), buf, off, len, op, root);
            case DIRECT -> DirectReduce.run(call, buf, off, len, op, root);
            case SLICES -> SlicesReduce.run(call, buf, off, len, op, root);
            default -> BinomialReduce.run(call, buf, off, len, op, root);
        }
    }

    /** See {@code Comm}. */
    public void allreduce(Site site, Object buf, int off, int len, Op op) {
        Call call = begin("allreduce", site, buf, len, opAndRoot(op, 0));
        switch (choose(Collective.ALLREDUCE, call, (long) len * Kind.of(buf).bytes(), len, exact(buf, op))) {
            case HOSTS -> {
                HostsReduce.run(call, hosts(), buf, off, len, op, 0);
                HostsBroadcast.run(call, hosts(), buf, off, len, 0);
            }
            case HOSTS_SLICES -> HostsSlices.allreduce(call, hosts(), buf, off, len, op);
            case DIRECT -> DirectAllreduce.run(call, buf, off, len, op);
            case SLICES -> SliceAllreduce.run(call, buf, off, len, op);
            case HALVING -> HalvingAllreduce.run(call, buf, off, len, op);
            case RING -> RingAllreduce.run(call, buf, off, len, op);
            case DOUBLING -> DoublingAllreduce.run(call, buf, off, len, op);
            default -> {
                BinomialReduce.run(call, buf, off, len, op, 0);
                BinomialBroadcast.run(call, buf, off, len, 0);
            }
        }
    }

    /** See {@code Comm}. */
    public void reduceScatter(Site site, Object sendBuf, int sendOff, int[] counts, Object recvBuf, int recvOff, Op op) {
        int total = Packing.total(counts);
        Call call = begin("reduce_scatter", site, sendBuf, total, opAndRoot(op, 0));
        int[] displs = new int[counts.length];
        for (int r = 0, at = sendOff; r < displs.length; at += counts[r++]) {
            displs[r] = at;
        }
        switch (choose(Collective.REDUCE_SCATTER, call, (long) total * Kind.of(sendBuf).bytes(), total, exact(sendBuf, op))) {
            case HALVING -> HalvingReduceScatter.run(call, sendBuf, counts, displs, recvBuf, recvOff, op);
            case SLICES -> SlicesReduceScatter.run(call, sendBuf, counts, displs, recvBuf, recvOff, op);
            case HOSTS -> {
                Object sum = call.scratchCopy(2, sendBuf, sendOff, total);
                HostsReduce.run(call, hosts(), sum, 0, total, op, 0);
                DirectScatter.run(call, sum, counts, Packing.starts(counts), recvBuf, recvOff, counts[call.rank], 0);
            }
            default -> {
                Object sum = call.scratchCopy(2, sendBuf, sendOff, total);
                BinomialReduce.run(call, sum, 0, total, op, 0);
                DirectScatter.run(call, sum, counts, Packing.starts(counts), recvBuf, recvOff, counts[call.rank], 0);
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
        switch (choose(Collective.SCAN, call, (long) len * Kind.of(buf).bytes(), len, exact(buf, op))) {
            case CHAIN -> ChainScan.run(call, buf, off, len, op, exclusive);
            default -> DoublingScan.run(call, buf, off, len, op, exclusive);
        }
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
    public void gather(Site site, Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        Call call = begin("gather", site, sendBuf, len, root);
        switch (choose(Collective.GATHER, call, (long) len * Kind.of(sendBuf).bytes(), len, true)) {
            case HOSTS -> HostsGather.run(call, hosts(), sendBuf, sendOff, len, recvBuf, recvOff, root);
            case BINOMIAL -> BinomialGather.run(call, sendBuf, sendOff, len, recvBuf, recvOff, root);
            default -> {
                if ((long) len * Kind.of(sendBuf).bytes() <= SHORT_BYTES) {
                    DirectGather.runShort(call, sendBuf, sendOff, len, recvBuf, recvOff, root);
                } else {
                    DirectGather.run(call, sendBuf, sendOff, len, recvBuf, equal(len), steps(recvOff, len), root);
                }
            }
        }
    }

    private int[] equal(int len) {
        int[] counts = new int[members.size()];
        Arrays.fill(counts, len);
        return counts;
    }

    private int[] steps(int off, int len) {
        int[] displs = new int[members.size()];
        for (int r = 0; r < displs.length; r++) {
            displs[r] = Math.addExact(off, Math.multiplyExact(r, len));
        }
        return displs;
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
        int total = Packing.total(counts);
        Algorithm algorithm = choose(Collective.ALLGATHER, call, (long) total * Kind.of(recvBuf).bytes(), total, true);
        if (algorithm == Algorithm.DIRECT && sendBuf != recvBuf) {
            DirectAllgather.run(call, sendBuf, sendOff, recvBuf, counts, displs, (long) len * Kind.of(recvBuf).bytes() <= SHORT_BYTES);
            return;
        }
        Call.copy(sendBuf, sendOff, recvBuf, displs[call.rank], len);
        switch (algorithm) {
            case HOSTS -> HostsAllgather.run(call, hosts(), recvBuf, counts, displs);
            case DIRECT -> DirectAllgather.run(call, recvBuf, displs[call.rank], recvBuf, counts, displs, (long) len * Kind.of(recvBuf).bytes() <= SHORT_BYTES);
            case ROOT -> RootAllgather.run(call, recvBuf, counts, displs, total);
            case DOUBLING -> DoublingAllgather.run(call, recvBuf, counts, displs);
            case BRUCK -> BruckAllgather.run(call, recvBuf, counts, displs);
            default -> RingAllgather.run(call, recvBuf, counts, displs);
        }
    }

    /** See {@code Comm}. */
    public byte[][] allgatherBytes(Site site, byte[] payload) {
        return RootAllgather.runBytes(begin("allgather", site, -1, payload.length), payload);
    }

    /** See {@code Comm}. */
    public void scatter(Site site, @Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        Call call = begin("scatter", site, recvBuf, len, root);
        switch (choose(Collective.SCATTER, call, (long) len * Kind.of(recvBuf).bytes(), len, true)) {
            case HOSTS -> HostsScatter.run(call, hosts(), sendBuf, sendOff, recvBuf, recvOff, len, root);
            case BINOMIAL -> BinomialScatter.run(call, sendBuf, sendOff, recvBuf, recvOff, len, root);
            default -> DirectScatter.run(call, sendBuf, sendOff, recvBuf, recvOff, len, root);
        }
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
    public void alltoall(Site site, Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        Call call = begin("alltoall", site, sendBuf, len, 0);
        boolean inPlace = sendBuf == recvBuf;
        Object out = inPlace ? call.scratchCopy(3, sendBuf, sendOff, Math.multiplyExact(call.size, len)) : sendBuf;
        int outOff = inPlace ? 0 : sendOff;
        switch (choose(Collective.ALLTOALL, call, (long) len * Kind.of(sendBuf).bytes(), len, true)) {
            case HOSTS -> HostsAlltoall.run(call, hosts(), out, outOff, len, recvBuf, recvOff);
            case BRUCK -> BruckAlltoall.run(call, out, outOff, len, recvBuf, recvOff);
            case PAIRWISE -> PairwiseAlltoall.run(call, out, outOff, len, recvBuf, recvOff);
            default -> {
                if ((long) len * Kind.of(sendBuf).bytes() <= SHORT_BYTES) {
                    ScatteredAlltoall.runShort(call, out, outOff, len, recvBuf, recvOff);
                    return;
                }
                int[] counts = equal(len);
                ScatteredAlltoall.run(call, out, counts, steps(outOff, len), recvBuf, counts, steps(recvOff, len));
            }
        }
    }

    /** See {@code Comm}. */
    public void alltoallv(Site site, Object sendBuf, int[] sendCounts, int[] sendDispls,
            Object recvBuf, int[] recvCounts, int[] recvDispls) {
        Call call = begin("alltoall", site, sendBuf, sendCounts[members.rank()], 0);
        // In place: what is sent must not be overwritten by what comes.
        Object out = sendBuf == recvBuf ? Call.copyOf(sendBuf, 0, Kind.of(sendBuf).length(sendBuf)) : sendBuf;
        ScatteredAlltoall.run(call, out, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    /** See {@code Comm}. */
    public byte[][] alltoallBytes(Site site, byte[][] payloads) {
        return ScatteredAlltoall.runBytes(begin("alltoall", site, -1, 0), payloads);
    }
}
