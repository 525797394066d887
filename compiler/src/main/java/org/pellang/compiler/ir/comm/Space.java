package org.pellang.compiler.ir.comm;

/**
 * A set of indices with known bounds.
 *
 * @param box its indices
 * @param root what was declared: it tells who owns them
 */
record Space(IndexBox box, Root root) {
    /**
     * A declared set.
     *
     * @param box all its indices
     * @param spread for each axis whether it is cut in blocks; all false: every rank has all of it
     * @param periodic whether subscripts wrap
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Root(IndexBox box, boolean[] spread, boolean periodic) {
        boolean distributed() {
            for (boolean s : spread) {
                if (s) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The parts of a loop over the set: at the owners; of a set that is not spread blocks of rows. */
    IndexBox[] parts(int ranks) {
        IndexBox[] parts = new IndexBox[ranks];
        if (root.distributed()) {
            Blocks blocks = new Blocks(root.box(), root.spread(), ranks);
            java.util.Arrays.setAll(parts, r -> blocks.part(r).intersect(box));
            return parts;
        }
        boolean[] spread = new boolean[box.axes()];
        spread[0] = true;
        if (box.extent(0) < ranks) {
            java.util.Arrays.fill(spread, true);
        }
        Blocks blocks = new Blocks(box, spread, ranks, Blocks.leaf(root.box().extent(box.axes() - 1)));
        java.util.Arrays.setAll(parts, blocks::part);
        return parts;
    }
}
