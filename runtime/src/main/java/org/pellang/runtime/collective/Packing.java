package org.pellang.runtime.collective;

import org.pellang.runtime.memory.Kind;

/** Parts of ranks that lie here and there, one after the other, and back. */
final class Packing {
    private Packing() {}

    static int total(int[] counts) {
        int total = 0;
        for (int count : counts) {
            total = Math.addExact(total, count);
        }
        return total;
    }

    /** Where each part begins if they lie one after the other; the last entry is the end. */
    static int[] starts(int[] counts) {
        int[] starts = new int[counts.length + 1];
        for (int r = 0; r < counts.length; r++) {
            starts[r + 1] = starts[r] + counts[r];
        }
        return starts;
    }

    /** Whether the parts lie one after the other in rank order. */
    static boolean inOrder(int[] counts, int[] displs) {
        for (int r = 1; r < counts.length; r++) {
            if (displs[r] != displs[r - 1] + counts[r - 1]) {
                return false;
            }
        }
        return true;
    }

    /** The parts of some ranks, one after the other in the order given, from {@code at} on. Returns the end. */
    static int pack(Object buf, int[] counts, int[] displs, int[] ranks, Object packed, int at) {
        int to = at;
        for (int r : ranks) {
            Kind.copy(buf, displs[r], packed, to, counts[r]);
            to += counts[r];
        }
        return to;
    }

    /** The other way round. Returns the end. */
    static int unpack(Object packed, int at, int[] ranks, Object buf, int[] counts, int[] displs) {
        int from = at;
        for (int r : ranks) {
            Kind.copy(packed, from, buf, displs[r], counts[r]);
            from += counts[r];
        }
        return from;
    }

    /** How many elements some ranks have together. */
    static int length(int[] counts, int[] ranks) {
        int length = 0;
        for (int r : ranks) {
            length += counts[r];
        }
        return length;
    }
}
