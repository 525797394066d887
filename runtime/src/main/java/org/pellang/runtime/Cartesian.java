package org.pellang.runtime;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A communicator whose ranks stand on a grid, row-major: the last coordinate varies fastest (MPI_Cart_create). The neighbourhood
 * collectives go over 2 d neighbours in the order lower, upper of axis 0, then of axis 1, and so on; where there is none, that block
 * of the receive buffer is left as it is.
 */
public final class Cartesian extends Neighborhood {
    private static final int DIRECTIONS = 2;

    private final int[] dims;
    private final boolean[] periodic;

    private Cartesian(Comm comm, int[] dims, boolean[] periodic) {
        this(comm, dims, periodic, neighbors(comm.rank(), dims, periodic));
    }

    private Cartesian(Comm comm, int[] dims, boolean[] periodic, int[] neighbors) {
        // What goes to the lower neighbour is what that one has from its upper one.
        super(comm, neighbors, slots(neighbors.length, 1), neighbors, slots(neighbors.length, 0), neighbors.length);
        this.dims = dims;
        this.periodic = periodic;
    }

    private static int[] slots(int n, int flip) {
        int[] slots = new int[n];
        for (int k = 0; k < n; k++) {
            slots[k] = k ^ flip;
        }
        return slots;
    }

    private static int[] neighbors(int rank, int[] dims, boolean[] periodic) {
        int[] all = new int[DIRECTIONS * dims.length];
        for (int k = 0; k < all.length; k++) {
            int[] at = coords(rank, dims);
            at[k / DIRECTIONS] += k % DIRECTIONS == 0 ? -1 : 1;
            all[k] = rank(dims, periodic, at);
        }
        return all;
    }

    /**
     * Collective: a grid of the first ranks of a communicator (MPI_Cart_create); null on those left over.
     *
     * @param dims extents, all positive, with a product of at most the size
     * @param periodic per axis, whether its ends are neighbours
     */
    public static @Nullable Cartesian create(Comm comm, int[] dims, boolean[] periodic) {
        if (dims.length != periodic.length) {
            throw new CommException("a grid of " + dims.length + " axes with " + periodic.length + " periodicities");
        }
        int places = 1;
        for (int extent : dims) {
            if (extent < 1) {
                throw new CommException("a grid has extents of 1 or more, not " + Arrays.toString(dims));
            }
            places = Math.multiplyExact(places, extent);
        }
        if (places > comm.size()) {
            throw new CommException("a grid " + Arrays.toString(dims) + " needs " + places + " ranks, there are " + comm.size());
        }
        Comm own = comm.split(comm.rank() < places ? 0 : -1, comm.rank());
        return own == null ? null : new Cartesian(own, dims.clone(), periodic.clone());
    }

    /**
     * Balanced extents with the given product (MPI_Dims_create).
     *
     * @param ranks product of all extents
     * @param wish extents; zeros are to be chosen, in decreasing order
     * @throws CommException if the given ones do not divide the number of ranks
     */
    public static int[] dimsCreate(int ranks, int... wish) {
        int[] dims = wish.clone();
        int rest = ranks;
        int free = 0;
        for (int extent : dims) {
            if (extent > 0 && rest % extent == 0) {
                rest /= extent;
            } else if (extent == 0) {
                free++;
            } else {
                throw new CommException(ranks + " ranks do not make a grid " + Arrays.toString(wish));
            }
        }
        if (free == 0 && rest != 1) {
            throw new CommException(ranks + " ranks do not make a grid " + Arrays.toString(wish));
        }
        int[] chosen = balanced(rest, free, rest);
        for (int d = 0, k = 0; d < dims.length; d++) {
            if (dims[d] == 0) {
                dims[d] = chosen[k++];
            }
        }
        return dims;
    }

    /** Decreasing factors, none above {@code most}, with the smallest possible first one, and so on. */
    private static int[] balanced(int product, int count, int most) {
        if (count <= 1) {
            return count == 1 && product <= most ? new int[] {product} : new int[0];
        }
        for (int first = 1; first <= Math.min(most, product); first++) {
            if (product % first == 0) {
                int[] others = balanced(product / first, count - 1, first);
                if (others.length == count - 1) {
                    int[] all = new int[count];
                    all[0] = first;
                    System.arraycopy(others, 0, all, 1, count - 1);
                    return all;
                }
            }
        }
        return new int[0];
    }

    /** Extents (MPI_Cart_get). */
    public int[] dims() {
        return dims.clone();
    }

    /** Coordinates of a rank of the grid (MPI_Cart_coords). */
    public int[] coords(int rank) {
        return coords(rank, dims);
    }

    private static int[] coords(int rank, int[] dims) {
        int[] at = new int[dims.length];
        int rest = rank;
        for (int d = dims.length - 1; d >= 0; d--) {
            at[d] = rest % dims[d];
            rest /= dims[d];
        }
        return at;
    }

    /** Rank at coordinates (MPI_Cart_rank); periodic axes wrap, outside of others there is {@link Comm#PROC_NULL}. */
    public int rank(int... coords) {
        return rank(dims, periodic, coords);
    }

    private static int rank(int[] dims, boolean[] periodic, int[] coords) {
        int rank = 0;
        for (int d = 0; d < dims.length; d++) {
            int at = periodic[d] ? Math.floorMod(coords[d], dims[d]) : coords[d];
            if (at < 0 || at >= dims[d]) {
                return Comm.PROC_NULL;
            }
            rank = rank * dims[d] + at;
        }
        return rank;
    }

    /** The rank so many steps up an axis from this one (MPI_Cart_shift's destination; its source is {@code -displacement}). */
    public int neighbor(int axis, int displacement) {
        int[] at = coords(comm.rank());
        at[axis] += displacement;
        return rank(at);
    }

    /** Collective: the grid of the axes that are kept, one for each place on the others (MPI_Cart_sub). */
    public Cartesian sub(boolean... keep) {
        int[] at = coords(comm.rank());
        int color = 0;
        int axes = 0;
        for (int d = 0; d < dims.length; d++) {
            color = keep[d] ? color : color * dims[d] + at[d];
            axes += keep[d] ? 1 : 0;
        }
        int[] extents = new int[axes];
        boolean[] wraps = new boolean[axes];
        for (int d = 0, k = 0; d < dims.length; d++) {
            if (keep[d]) {
                extents[k] = dims[d];
                wraps[k++] = periodic[d];
            }
        }
        return new Cartesian(Objects.requireNonNull(comm.split(color, comm.rank())), extents, wraps);
    }

    /** The neighbours in the order of the neighbourhood collectives. */
    public int[] neighbors() {
        return sources();
    }
}
