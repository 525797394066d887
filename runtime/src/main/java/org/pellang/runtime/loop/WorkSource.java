package org.pellang.runtime.loop;

import java.util.concurrent.atomic.AtomicLong;
import org.pellang.runtime.SharedWords;

/** Hands out the chunks {@code 0 .. count - 1} of one loop to ranks and threads: each chunk once, to whoever asks. Threads of a rank may ask at once. */
interface WorkSource {
    /** The next chunks for a thread of this rank, first in the upper and number in the lower 32 bits; 0: there are none left. */
    long next();

    static long pack(long first, long count) {
        return first << 32 | count;
    }

    static int first(long packed) {
        return (int) (packed >>> 32);
    }

    static int count(long packed) {
        return (int) packed;
    }

    /**
     * A counter of what has been handed out, in the word of rank 0. With {@code share} above 0 a request gets the {@code share}-th part of what is left (guided
     * self-scheduling, C. Polychronopoulos and D. Kuck, IEEE Transactions on Computers 36(12), 1987), else one chunk.
     */
    record Counter(SharedWords words, int count, int share) implements WorkSource {
        @Override
        public long next() {
            while (true) {
                long given = words.get(0);
                if (given >= count) {
                    return 0;
                }
                long size = share == 0 ? 1 : Math.max(1, (count - given) / share);
                if (words.replace(0, given, given + size)) {
                    return pack(given, size);
                }
            }
        }
    }

    /**
     * Every rank begins with a block of its own, first and end in the halves of its word, and takes chunks from the front; a rank without work takes the later
     * half of what the next rank that has some has left (R. Blumofe and C. Leiserson, "Scheduling multithreaded computations by work stealing", JACM 46(5), 1999).
     * The block of a rank that steals is its own from then on, so that others can steal from it again.
     */
    record Blocks(SharedWords words, int self, int ranks) implements WorkSource {
        @Override
        public long next() {
            while (true) {
                long own = words.get(self);
                int first = first(own);
                int end = count(own);
                if (first < end) {
                    if (words.replace(self, own, pack(first + 1L, end))) {
                        return pack(first, 1);
                    }
                    continue;
                }
                int victim = victim();
                if (victim < 0 && words.get(self) == own) {
                    return 0;
                }
                long loot = victim < 0 ? 0 : steal(victim);
                if (loot != 0 && !words.replace(self, own, loot)) {
                    // Another thread of this rank has filled its word in the meantime.
                    return pack(first(loot), count(loot) - first(loot));
                }
            }
        }

        /** The next rank that has work left, or -1. */
        private int victim() {
            for (int k = 1; k < ranks; k++) {
                int rank = (self + k) % ranks;
                long word = words.get(rank);
                if (first(word) < count(word)) {
                    return rank;
                }
            }
            return -1;
        }

        /** Takes the later half of what a rank has; first and end, or 0 if it has changed. */
        private long steal(int victim) {
            long theirs = words.get(victim);
            int first = first(theirs);
            int end = count(theirs);
            int middle = first + (end - first) / 2;
            return first < end && words.replace(victim, theirs, pack(first, middle)) ? pack(middle, end) : 0;
        }
    }

    /** Ranks on several hosts share no memory: chunks are dealt out like cards, and only a rank's threads balance theirs. */
    final class Cards implements WorkSource {
        private final AtomicLong next;
        private final int count;
        private final int ranks;

        Cards(int count, int self, int ranks) {
            this.next = new AtomicLong(self);
            this.count = count;
            this.ranks = ranks;
        }

        @Override
        public long next() {
            long chunk = next.getAndAdd(ranks);
            return chunk < count ? pack(chunk, 1) : 0;
        }
    }

    /** All chunks of a loop that has one rank with one thread. */
    final class All implements WorkSource {
        private int left;

        All(int count) {
            left = count;
        }

        @Override
        public long next() {
            int count = left;
            left = 0;
            return count;
        }
    }
}
