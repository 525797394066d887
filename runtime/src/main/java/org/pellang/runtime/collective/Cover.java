package org.pellang.runtime.collective;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which nodes of the fixed reduction tree a set of ranks can evaluate by itself: the largest ones whose leaves are all in it. Ranks that lie
 * together make few; a set is all that is known of a value on its way, so that no combination needs to be named in a message.
 */
final class Cover {
    private Cover() {}

    /**
     * A node of the tree over ranks: the combination of ranks {@code index << level} to {@code (index + 1) << level}, as far as these exist.
     *
     * @param level 0 for single ranks
     * @param index from 0 on
     */
    record Node(int level, int index) {
        Node left() {
            return new Node(level - 1, 2 * index);
        }

        Node right() {
            return new Node(level - 1, 2 * index + 1);
        }

        int first() {
            return index << level;
        }
    }

    /** The largest nodes within a set of ranks below {@code size}, in rank order. */
    static List<Node> of(BitSet ranks, int size) {
        List<Node> nodes = new ArrayList<>();
        int level = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
        add(new Node(level, 0), ranks, size, nodes);
        return nodes;
    }

    private static void add(Node node, BitSet ranks, int size, List<Node> nodes) {
        int end = Math.min(node.first() + (1 << node.level()), size);
        int next = ranks.nextSetBit(node.first());
        if (node.first() >= end || next < 0 || next >= end) {
            return;
        }
        if (ranks.nextClearBit(node.first()) >= end) {
            nodes.add(node);
            return;
        }
        add(node.left(), ranks, size, nodes);
        add(node.right(), ranks, size, nodes);
    }
}
