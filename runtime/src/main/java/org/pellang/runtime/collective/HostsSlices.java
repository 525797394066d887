package org.pellang.runtime.collective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Receive;

/**
 * Reductions of long vectors over hosts. On each host as many ranks as the smallest host has combine a slice each of what its ranks have; those with the
 * same slice on all hosts combine a piece of it each. So an element goes between two hosts once, not once per rank, and every rank has work. Then it goes
 * the same way back, or to the root. With the bits of {@link BinomialReduce}: what goes between hosts are the values of the largest nodes of the fixed
 * tree that a host can evaluate ({@link Cover}).
 */
final class HostsSlices {
    /** Longest slice at a time. */
    private static final int SLICE_BYTES = 512 << 10;

    private final Call call;
    private final Hosts hosts;
    private final Op op;
    private final int host;
    /** The ranks of this host. */
    private final int[] here;
    /** Slices. */
    private final int lanes;
    /** This rank's slice; none from {@link #lanes} on. */
    private final int lane;
    /** By host. */
    private final List<List<Cover.Node>> nodes = new ArrayList<>();

    private HostsSlices(Call call, Hosts hosts, Op op) {
        this.call = call;
        this.hosts = hosts;
        this.op = op;
        this.host = hosts.of(call.rank);
        this.here = hosts.ranksOf(host);
        this.lane = Arrays.binarySearch(here, call.rank);
        int fewest = call.size;
        for (int h = 0; h < hosts.count(); h++) {
            fewest = Math.min(fewest, hosts.ranksOf(h).length);
            BitSet there = new BitSet();
            Arrays.stream(hosts.ranksOf(h)).forEach(there::set);
            nodes.add(Cover.of(there, call.size));
        }
        this.lanes = fewest;
    }

    static void allreduce(Call call, Hosts hosts, Object buf, int off, int len, Op op) {
        new HostsSlices(call, hosts, op).run(buf, off, len, -1);
    }

    static void reduce(Call call, Hosts hosts, Object buf, int off, int len, Op op, int root) {
        new HostsSlices(call, hosts, op).run(buf, off, len, root);
    }

    private void run(Object buf, int off, int len, int root) {
        int most = SLICE_BYTES / Kind.of(buf).bytes() * lanes;
        for (int at = 0; at < len; at += most) {
            Slices slices = Slices.of(off + at, Math.min(most, len - at), lanes);
            NodeValues mine = onHost(buf, slices);
            if (root >= 0) {
                toRoot(buf, slices, mine, root);
            } else {
                if (mine != null) {
                    around(buf, slices, mine);
                }
                back(buf, slices);
            }
        }
    }

    /** Slices go to their ranks on this host. Returns what this rank knows of its own; null if it has none. */
    private @Nullable NodeValues onHost(Object buf, Slices slices) {
        boolean works = lane < lanes;
        int n = works ? slices.counts()[lane] : 0;
        NodeValues known = new NodeValues(op, call.size, n);
        List<Receive> receives = new ArrayList<>();
        for (int k = 0; works && k < here.length; k++) {
            Object part = call.scratch(k, buf, n);
            known.put(new Cover.Node(0, here[k]), part, 0);
            if (k == lane) {
                Kind.copy(buf, slices.displs()[lane], part, 0, n);
            } else {
                receives.add(call.post(here[k], part, 0, n));
            }
        }
        for (int k = 1; k < here.length; k++) {
            int to = (lane + k) % here.length;
            if (to < lanes) {
                call.send(here[to], buf, slices.displs()[to], slices.counts()[to]);
            }
        }
        receives.forEach(Receive::finish);
        return works ? known : null;
    }

    /** Pieces of this rank's slice go to their ranks on all hosts; the one of this host is combined. */
    private NodeValues.Value combined(Object buf, Slices pieces, NodeValues slice) {
        int count = hosts.count();
        int n = pieces.counts()[host];
        NodeValues known = new NodeValues(op, call.size, n);
        Object own = call.scratch(here.length, buf, nodes.get(host).size() * n);
        slice.pack(nodes.get(host), pieces.displs()[host], n, own);
        known.put(nodes.get(host), own);
        Receive[] receives = new Receive[count];
        for (int k = 1; k < count; k++) {
            int from = (host + k) % count;
            int values = nodes.get(from).size();
            Object part = call.scratch(here.length + k, buf, values * n);
            known.put(nodes.get(from), part);
            receives[k] = call.post(hosts.ranksOf(from)[lane], part, 0, values * n);
        }
        Object out = call.scratch(here.length + count, buf, nodes.get(host).size() * Arrays.stream(pieces.counts()).max().orElse(0));
        for (int k = 1; k < count; k++) {
            int to = (host + k) % count;
            slice.pack(nodes.get(host), pieces.displs()[to], pieces.counts()[to], out);
            call.send(hosts.ranksOf(to)[lane], out, 0, nodes.get(host).size() * pieces.counts()[to]);
        }
        for (int k = 1; k < count; k++) {
            receives[k].finish();
        }
        BitSet all = new BitSet();
        all.set(0, call.size);
        return known.of(Cover.of(all, call.size).getFirst());
    }

    /** This rank's slice becomes complete. */
    private void around(Object buf, Slices slices, NodeValues slice) {
        int count = hosts.count();
        int at = slices.displs()[lane];
        Slices pieces = Slices.of(0, slices.counts()[lane], count);
        NodeValues.Value mine = combined(buf, pieces, slice);
        Kind.copy(mine.array(), mine.off(), buf, at + pieces.displs()[host], pieces.counts()[host]);
        Receive[] receives = new Receive[count];
        for (int k = 1; k < count; k++) {
            int from = (host + k) % count;
            receives[k] = call.post(hosts.ranksOf(from)[lane], buf, at + pieces.displs()[from], pieces.counts()[from]);
        }
        for (int k = 1; k < count; k++) {
            call.send(hosts.ranksOf((host + k) % count)[lane], buf, at + pieces.displs()[host], pieces.counts()[host]);
        }
        for (int k = 1; k < count; k++) {
            receives[k].finish();
        }
    }

    /** Complete slices go to all ranks of this host. */
    private void back(Object buf, Slices slices) {
        List<Receive> receives = new ArrayList<>();
        for (int k = 1; k < here.length; k++) {
            int from = (lane + k) % here.length;
            if (from < lanes) {
                receives.add(call.post(here[from], buf, slices.displs()[from], slices.counts()[from]));
            }
        }
        for (int k = 1; lane < lanes && k < here.length; k++) {
            call.send(here[(lane + k) % here.length], buf, slices.displs()[lane], slices.counts()[lane]);
        }
        receives.forEach(Receive::finish);
    }

    /** Complete pieces go to the root. */
    private void toRoot(Object buf, Slices slices, @Nullable NodeValues slice, int root) {
        List<Receive> receives = new ArrayList<>();
        NodeValues.Value mine = null;
        Slices own = Slices.of(0, 0, hosts.count());
        if (slice != null) {
            own = Slices.of(0, slices.counts()[lane], hosts.count());
            mine = combined(buf, own, slice);
        }
        for (int l = 0; call.rank == root && l < lanes; l++) {
            Slices pieces = Slices.of(slices.displs()[l], slices.counts()[l], hosts.count());
            for (int h = 0; h < hosts.count(); h++) {
                if (hosts.ranksOf(h)[l] != root) {
                    receives.add(call.post(hosts.ranksOf(h)[l], buf, pieces.displs()[h], pieces.counts()[h]));
                }
            }
        }
        if (mine != null) {
            if (call.rank == root) {
                Kind.copy(mine.array(), mine.off(), buf, slices.displs()[lane] + own.displs()[host], own.counts()[host]);
            } else {
                call.send(root, mine.array(), mine.off(), own.counts()[host]);
            }
        }
        receives.forEach(Receive::finish);
    }
}
