package org.pellang.runtime.collective;

import java.util.List;
import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;

/**
 * Reduction up the tree of {@link Hosts}, with the bits of {@link BinomialReduce} however the ranks lie on the hosts: what goes up are the values of
 * the largest nodes of the fixed tree that a branch can evaluate ({@link Cover}). With hosts of equal powers of two ranks that is one value.
 */
final class HostsReduce {
    private final Call call;
    private final int len;
    private final NodeValues values;

    private HostsReduce(Call call, Op op, int len) {
        this.call = call;
        this.len = len;
        this.values = new NodeValues(op, call.size, len);
    }

    static void run(Call call, Hosts hosts, Object buf, int off, int len, Op op, int root) {
        new HostsReduce(call, op, len).run(hosts, buf, off, root);
    }

    private void run(Hosts hosts, Object buf, int off, int root) {
        Kind kind = Kind.of(buf);
        values.put(new Cover.Node(0, call.rank), Call.copyOf(buf, off, len), 0);
        int[] children = hosts.children(root, call.rank);
        for (int k = children.length - 1; k >= 0; k--) {
            List<Cover.Node> nodes = Cover.of(hosts.branch(root, children[k]), call.size);
            Object got = kind.allocate(Math.multiplyExact(nodes.size(), len));
            call.recv(children[k], got, 0, nodes.size() * len);
            values.put(nodes, got);
        }
        List<Cover.Node> mine = Cover.of(hosts.branch(root, call.rank), call.size);
        int parent = hosts.parent(root, call.rank);
        if (parent < 0) {
            NodeValues.Value all = values.of(mine.getFirst());
            Kind.copy(all.array(), all.off(), buf, off, len);
        } else if (mine.size() == 1) {
            NodeValues.Value all = values.of(mine.getFirst());
            call.send(parent, all.array(), all.off(), len);
        } else {
            Object packed = kind.allocate(Math.multiplyExact(mine.size(), len));
            values.pack(mine, 0, len, packed);
            call.send(parent, packed, 0, mine.size() * len);
        }
    }
}
