package org.pellang.runtime.loop;

/** How an interval of one line falls into complete nodes of the tree and elements of leaves that its ends cut. Every rank can tell for every other. */
final class Fragments {
    private Fragments() {}

    /** Gets the fragments in index order. Nodes without an index of the space are left out. */
    interface Visitor {
        /** A complete node that begins at {@code position} and has the indices {@code from..to}. */
        void node(long position, long from, long to);

        /** An element of the cut leaf {@code position}. */
        void element(long position, long i);
    }

    /** The fragments of indices {@code lo..hi} of axis {@code d}. */
    static void each(TreeShape shape, int d, long lo, long hi, Visitor visitor) {
        long x = shape.position(d, lo);
        long end = shape.position(d, hi);
        boolean headCut = lo > shape.first(d, x);
        boolean tailCut = hi < shape.end(d, end);
        if (headCut || (x == end && tailCut)) {
            elements(shape, d, x, lo, Math.min(hi, shape.end(d, x)), visitor);
            x++;
        }
        long whole = tailCut ? end - 1 : end;
        while (x <= whole) {
            int level = shape.level(d, x, whole);
            long next = x + (1L << level);
            long from = shape.first(d, x);
            long to = shape.end(d, Math.min(next - 1, whole));
            if (shape.any(d, from, to)) {
                visitor.node(x, from, to);
            }
            x = next;
        }
        if (tailCut && x == end) {
            elements(shape, d, end, shape.first(d, end), hi, visitor);
        }
    }

    private static void elements(TreeShape shape, int d, long position, long from, long to, Visitor visitor) {
        for (long i = shape.atLeast(d, from); i <= to; i = shape.atLeast(d, i + 1)) {
            visitor.element(position, i);
        }
    }
}
