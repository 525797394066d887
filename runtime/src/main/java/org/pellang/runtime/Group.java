package org.pellang.runtime;

import java.util.Arrays;
import java.util.stream.IntStream;

/** An ordered set of ranks of the world (MPI_Group): what a communicator is made of. Immutable; no communication. */
public final class Group {
    private final int[] world;

    Group(int[] world) {
        this.world = world;
    }

    /** Number of ranks (MPI_Group_size). */
    public int size() {
        return world.length;
    }

    /** The numbers of its ranks in the world, in order. */
    public int[] worldRanks() {
        return world.clone();
    }

    /** Place of a rank of the world in this group, or -1 (MPI_Group_rank). */
    public int rankOf(int worldRank) {
        for (int r = 0; r < world.length; r++) {
            if (world[r] == worldRank) {
                return r;
            }
        }
        return -1;
    }

    /** The place in another group of a member of this one, or -1 (MPI_Group_translate_ranks). */
    public int translate(int member, Group other) {
        return other.rankOf(checked(member));
    }

    /** Whether both have the same ranks, in whatever order (MPI_Group_compare: similar). */
    public boolean similar(Group other) {
        return size() == other.size() && intersection(other).size() == size();
    }

    /** The given members, in the given order (MPI_Group_incl). @throws PelTrap if one does not exist or comes twice */
    public Group incl(int... members) {
        if (IntStream.of(members).distinct().count() != members.length) {
            throw new PelTrap("a rank comes twice in " + Arrays.toString(members));
        }
        return new Group(IntStream.of(members).map(this::checked).toArray());
    }

    /** All but the given members (MPI_Group_excl). */
    public Group excl(int... members) {
        int[] out = IntStream.of(members).map(this::checked).toArray();
        return new Group(IntStream.of(world).filter(w -> IntStream.of(out).noneMatch(o -> o == w)).toArray());
    }

    /** All of this, then those of the other that are not here (MPI_Group_union). */
    public Group union(Group other) {
        return new Group(IntStream.concat(IntStream.of(world), IntStream.of(other.world)).distinct().toArray());
    }

    /** Those of this that are also in the other (MPI_Group_intersection). */
    public Group intersection(Group other) {
        return new Group(IntStream.of(world).filter(w -> other.rankOf(w) >= 0).toArray());
    }

    /** Those of this that are not in the other (MPI_Group_difference). */
    public Group difference(Group other) {
        return new Group(IntStream.of(world).filter(w -> other.rankOf(w) < 0).toArray());
    }

    private int checked(int member) {
        if (member < 0 || member >= world.length) {
            throw new PelTrap("rank " + member + " does not exist: the group has ranks 0.." + (world.length - 1));
        }
        return world[member];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Group group && Arrays.equals(world, group.world);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(world);
    }

    @Override
    public String toString() {
        return "Group" + Arrays.toString(world);
    }
}
