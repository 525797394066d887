package org.pellang.runtime.collective;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;

/** The values of those nodes of the fixed reduction tree that have come to a rank, and what follows from them. Combined in place. */
final class NodeValues {
    private final Op op;
    /** Ranks of the tree. */
    private final int size;
    /** Elements of a value. */
    private final int len;
    private final Map<Cover.Node, Value> values = new HashMap<>();

    /** Where a value lies. */
    record Value(Object array, int off) {}

    NodeValues(Op op, int size, int len) {
        this.op = op;
        this.size = size;
        this.len = len;
    }

    void put(Cover.Node node, Object array, int off) {
        values.put(node, new Value(array, off));
    }

    /** Values that lie one after the other. */
    void put(List<Cover.Node> nodes, Object array) {
        for (int i = 0; i < nodes.size(); i++) {
            put(nodes.get(i), array, i * len);
        }
    }

    /** The value of a node, all of whose ranks are known. What it is made of cannot be asked for any more. */
    Value of(Cover.Node node) {
        Value known = values.get(node);
        if (known != null) {
            return known;
        }
        Value left = of(node.left());
        if (node.right().first() < size) {
            Value right = of(node.right());
            Combine.intoLeft(op, left.array, left.off, right.array, right.off, len);
        }
        values.put(node, left);
        return left;
    }

    /** Part of the values of some nodes, one after the other. */
    void pack(List<Cover.Node> nodes, int from, int n, Object packed) {
        for (int i = 0; i < nodes.size(); i++) {
            Value one = of(nodes.get(i));
            Kind.copy(one.array, one.off + from, packed, i * n, n);
        }
    }
}
