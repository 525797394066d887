package org.pellang.runtime.progress;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Status;

/** Who belongs to a communicator: its ranks and their numbers in the world. */
public final class Members {
    private final int @Nullable [] world;
    private final int @Nullable [] local;
    private final int rank;
    private final int size;
    /** 0: not asked yet; else yes or no. */
    private int answer;

    private Members(int rank, int size, int @Nullable [] world, int @Nullable [] local) {
        this.rank = rank;
        this.size = size;
        this.world = world;
        this.local = local;
    }

    /** All ranks under their own numbers. */
    public static Members all(int rank, int size) {
        return new Members(rank, size, null, null);
    }

    /** @param world numbers in the world, by rank; {@code me} is one of them */
    public static Members of(int[] world, int me, int worldSize) {
        int[] local = new int[worldSize];
        java.util.Arrays.fill(local, -1);
        for (int r = 0; r < world.length; r++) {
            local[world[r]] = r;
        }
        return new Members(local[me], world.length, world.clone(), local);
    }

    /** This rank. */
    public int rank() {
        return rank;
    }

    /** Number of ranks. */
    public int size() {
        return size;
    }

    /** A rank's number in the world; wildcards stay. */
    public int world(int member) {
        return world == null || member < 0 ? member : world[member];
    }

    /** The rank that has that number in the world. */
    public int local(int number) {
        return local == null || number < 0 ? number : local[number];
    }

    /** Whether it holds for every rank, by its number in the world. Must always be the same question: the answer is kept. */
    boolean all(IntPredicate question) {
        if (answer == 0) {
            answer = 1;
            for (int r = 0; r < size; r++) {
                if (!question.test(world(r))) {
                    answer = -1;
                }
            }
        }
        return answer > 0;
    }

    /** Whether ranks have their own numbers. */
    public boolean isWorld() {
        return world == null;
    }

    /** The status with the source's rank here. */
    public Status local(Status status) {
        return world == null ? status : Status.of(local(status.source()), status.tag(), status.elements());
    }
}
