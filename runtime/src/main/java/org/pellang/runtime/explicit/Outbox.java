package org.pellang.runtime.explicit;

import java.util.Arrays;

/**
 * What one rank wants done with elements of one other rank: two words each, in the order of the program. Sums of ints are added up
 * here once they are many, so that a histogram of any number of values stays small.
 */
final class Outbox {
    private static final int FIRST = 16;
    /** Entries from which sums are added up. */
    private static final int MANY = 4096;
    private static final int COLUMN_SHIFT = 32;
    private static final int ACTION_SHIFT = 48;

    private long[] words = new long[FIRST];
    private int used;
    /** Whether all entries are sums of ints in one column. */
    private boolean sums = true;
    private int column = -1;
    private int compactAt = 2 * MANY;

    /** @param intColumn whether the column holds 64-bit ints */
    void add(Update action, int at, int ofColumn, long value, boolean intColumn, int length) {
        sums &= intColumn && action == Update.ADD && (column < 0 || column == ofColumn);
        column = ofColumn;
        if (used == words.length) {
            words = Arrays.copyOf(words, 2 * used);
        }
        words[used++] = (long) action.ordinal() << ACTION_SHIFT | (long) ofColumn << COLUMN_SHIFT | at;
        words[used++] = value;
        if (sums && used >= compactAt && used >= 8L * length) {
            compact(length);
        }
    }

    /** Addition of 64-bit ints wraps, so any order gives the same bits. */
    private void compact(int length) {
        long[] total = new long[length];
        boolean[] seen = new boolean[length];
        for (int k = 0; k < used; k += 2) {
            int at = (int) words[k];
            total[at] += words[k + 1];
            seen[at] = true;
        }
        long head = (long) Update.ADD.ordinal() << ACTION_SHIFT | (long) column << COLUMN_SHIFT;
        used = 0;
        for (int at = 0; at < length; at++) {
            if (seen[at]) {
                words[used++] = head | at;
                words[used++] = total[at];
            }
        }
        compactAt = Math.max(2 * MANY, 4 * used);
    }

    /** The entries so far; the box is empty afterwards. */
    long[] take() {
        long[] all = Arrays.copyOf(words, used);
        words = new long[FIRST];
        used = 0;
        sums = true;
        column = -1;
        compactAt = 2 * MANY;
        return all;
    }

    static Update action(long head) {
        return Update.at((int) (head >>> ACTION_SHIFT));
    }

    static int column(long head) {
        return (int) (head >>> COLUMN_SHIFT) & 0xffff;
    }

    static int place(long head) {
        return (int) head;
    }
}
