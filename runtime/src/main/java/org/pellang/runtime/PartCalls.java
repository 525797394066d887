package org.pellang.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.collective.Folding;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Members;

/** Collectives of parts of arrays and of objects: the fourth part of {@link Comm}. */
abstract sealed class PartCalls extends CollectiveCalls permits Comm {
    PartCalls(Endpoint endpoint, Members members, int context) {
        super(endpoint, members, context);
    }

    // ---- parts: of any number of elements, those of more than 256 MiB in several turns ----

    private interface Turn {
        /** @param from first element of this turn @param n elements of it, of each block */
        void run(long from, int n);
    }

    /** @param count elements of a block @param blocks of one turn */
    private void turns(Part part, long count, int blocks, Turn turn) {
        long most = Math.max(1, turnBytes / part.kind().bytes() / blocks);
        long from = 0;
        do {
            turn.run(from, (int) Math.min(most, count - from));
            from += most;
        } while (from < count);
    }

    /** Packs elements of the part, does something with them and puts them back. */
    private void inPlace(Part part, boolean back, BiConsumer<Object, Integer> work) {
        turns(part, part.count(), 1, (from, n) -> {
            Object packed = part.kind().allocate(n);
            part.pack(from, n, packed, 0);
            work.accept(packed, n);
            if (back) {
                part.unpack(from, n, packed, 0);
            }
        });
    }

    /** Root's elements to all, at places that may differ from rank to rank (MPI_Bcast). */
    public void bcast(Part part, int root) {
        inPlace(part, rank() != root, (packed, n) -> bcast(Site.NONE, packed, 0, n, root));
    }

    /** Element-wise, in place, same bits on all ranks (MPI_Allreduce). @param op an {@link Op}, or {@link DoubleOperator} or one of its kin for their kind */
    public void allreduce(Part part, Folding op) {
        Foldings.check(op, part);
        inPlace(part, true, (packed, n) -> {
            if (op instanceof Op known) {
                allreduce(Site.NONE, packed, 0, n, known);
            } else {
                byUser().allreduce(Site.NONE, packed, 0, n, op).await();
            }
        });
    }

    /** Element-wise, in place on the root; the others' elements are left as they are (MPI_Reduce). */
    public void reduce(Part part, Folding op, int root) {
        Foldings.check(op, part);
        inPlace(part, rank() == root, (packed, n) -> {
            if (op instanceof Op known) {
                reduce(Site.NONE, packed, 0, n, known, root);
            } else {
                byUser().reduce(Site.NONE, packed, 0, n, op, root).await();
            }
        });
    }

    /** Inclusive prefix over ranks, in place (MPI_Scan). */
    public void scan(Part part, Folding op) {
        Foldings.check(op, part);
        inPlace(part, true, (packed, n) -> {
            if (op instanceof Op known) {
                scan(Site.NONE, packed, 0, n, known);
            } else {
                byUser().scan(Site.NONE, packed, 0, n, op, false).await();
            }
        });
    }

    /** Exclusive prefix over ranks, in place; rank 0's elements become zeros (MPI_Exscan). */
    public void exscan(Part part, Folding op) {
        Foldings.check(op, part);
        inPlace(part, true, (packed, n) -> {
            if (op instanceof Op known) {
                exscan(Site.NONE, packed, 0, n, known);
            } else {
                byUser().scan(Site.NONE, packed, 0, n, op, true).await();
            }
        });
    }

    /** The elements of all ranks, of one number, to the root: {@code all} has {@code size} times as many; it may be null elsewhere (MPI_Gather). */
    public void gather(Part mine, @Nullable Part all, int root) {
        PartBlocks blocks = rank() == root ? PartBlocks.equal("gather", all, size(), mine.count()) : null;
        turns(mine, mine.count(), size(), (from, n) -> {
            Object packed = blocks == null ? null : mine.kind().allocate(n * size());
            gather(Site.NONE, PartMessages.slice(mine, from, n), 0, n, packed, 0, root);
            if (blocks != null && packed != null) {
                blocks.unpack(from, n, packed);
            }
        });
    }

    /** Root's elements in rank order, as many to each as {@code mine} has; {@code all} may be null elsewhere (MPI_Scatter). */
    public void scatter(@Nullable Part all, Part mine, int root) {
        PartBlocks blocks = rank() == root ? PartBlocks.equal("scatter", all, size(), mine.count()) : null;
        turns(mine, mine.count(), size(), (from, n) -> {
            Object packed = mine.kind().allocate(n);
            scatter(Site.NONE, blocks == null ? null : blocks.pack(from, n), 0, packed, 0, n, root);
            mine.unpack(from, n, packed, 0);
        });
    }

    /** The elements of all ranks, of one number, to all: {@code all} has {@code size} times as many (MPI_Allgather). */
    public void allgather(Part mine, Part all) {
        PartBlocks blocks = PartBlocks.equal("allgather", all, size(), mine.count());
        turns(mine, mine.count(), size(), (from, n) -> {
            Object packed = mine.kind().allocate(n * size());
            allgather(Site.NONE, PartMessages.slice(mine, from, n), 0, n, packed, 0);
            blocks.unpack(from, n, packed);
        });
    }

    /** Block r of {@code out} to rank r; block s of {@code in} is from rank s (MPI_Alltoall). Both have {@code size} times as many elements as a block. */
    public void alltoall(Part out, Part in) {
        long count = out.count() / size();
        PartBlocks from = PartBlocks.equal("alltoall", out, size(), count);
        PartBlocks to = PartBlocks.equal("alltoall", in, size(), count);
        turns(out, count, size(), (first, n) -> {
            Object packed = out.kind().allocate(n * size());
            alltoall(Site.NONE, from.pack(first, n), 0, n, packed, 0);
            to.unpack(first, n, packed);
        });
    }

    /** Element-wise over all, then {@code counts[r]} elements to rank r (MPI_Reduce_scatter). {@code mine} may lie in {@code all}, at its block. */
    public void reduceScatter(Part all, long[] counts, Part mine, Folding op) {
        Foldings.check(op, all);
        PartBlocks blocks = PartBlocks.of(all, counts).checked("reduceScatter", rank(), mine);
        turns(all, blocks.longest(), size(), (from, n) -> {
            int[] now = blocks.lengths(from, n);
            Object packed = mine.kind().allocate(now[rank()]);
            if (op instanceof Op known) {
                reduceScatter(Site.NONE, blocks.pack(from, n), 0, now, packed, 0, known);
            } else {
                byUser().reduceScatter(Site.NONE, blocks.pack(from, n), 0, now, packed, 0, op).await();
            }
            mine.unpack(from, now[rank()], packed, 0);
        });
    }

    /** Element-wise over all, then as many elements to each rank as {@code mine} has (MPI_Reduce_scatter_block). */
    public void reduceScatterBlock(Part all, Part mine, Folding op) {
        reduceScatter(all, Blocks.equal(size(), mine.count()), mine, op);
    }

    /**
     * As {@link #gather(Part, Part, int)}: {@code all[r]} is from rank r, with a length of its own (MPI_Gatherv); looked at on the root. With counts and
     * places: {@link Part#pieces}.
     */
    public void gatherv(Part mine, Part @Nullable [] all, int root) {
        gathered(byUser(), "gatherv", mine, all, root).await();
    }

    /** As {@link #scatter(Part, Part, int)}: {@code all[r]} to rank r, with a length of its own (MPI_Scatterv); looked at on the root. */
    public void scatterv(Part @Nullable [] all, Part mine, int root) {
        scattered(byUser(), "scatterv", all, mine, root).await();
    }

    /** As {@link #allgather(Part, Part)}: {@code all[r]} is from rank r, with a length of its own (MPI_Allgatherv). */
    public void allgatherv(Part mine, Part[] all) {
        exchanged(byUser(), "allgatherv", Blocks.same(size(), mine), all).await();
    }

    /**
     * {@code out[r]} to rank r; {@code in[s]} is from rank s (MPI_Alltoallw; MPI_Alltoallv with {@link Part#pieces}). Kinds and numbers of elements may
     * differ from pair to pair.
     *
     * @throws CommException if what comes is of another kind or number than a part
     */
    public void alltoall(Part[] out, Part[] in) {
        exchanged(byUser(), "alltoallw", out, in).await();
    }

    // ---- objects ----

    /** Root's object to all (MPI_Bcast); {@code value} is ignored elsewhere. */
    public <T> T bcastObject(@Nullable T value, Serializer<T> serializer, int root) {
        byte[] bytes = bcastBytes(Site.NONE, rank() == root ? serializer.write(Objects.requireNonNull(value)) : null, root);
        return serializer.read(bytes);
    }

    /** The objects of all ranks, in rank order, on all ranks (MPI_Allgatherv). */
    public <T> List<T> allgatherObjects(T value, Serializer<T> serializer) {
        return Arrays.stream(allgatherBytes(Site.NONE, serializer.write(value))).map(serializer::read).toList();
    }

    /** The objects of all ranks, in rank order, on the root; an empty list elsewhere (MPI_Gatherv). */
    public <T> List<T> gatherObjects(T value, Serializer<T> serializer, int root) {
        return Arrays.stream(gatherBytes(Site.NONE, serializer.write(value), root)).map(serializer::read).toList();
    }

    /** Root's r-th object to rank r (MPI_Scatterv); {@code values} is ignored elsewhere. */
    public <T> T scatterObjects(@Nullable List<T> values, Serializer<T> serializer, int root) {
        byte[][] payloads = rank() == root ? Objects.requireNonNull(values).stream().map(serializer::write).toArray(byte[][]::new) : null;
        return serializer.read(scatterBytes(Site.NONE, payloads, root));
    }

    /** Any associative operator on objects, {@code op.apply(lower ranks, higher ranks)}; equal on all ranks (MPI_Op_create, MPI_Allreduce). */
    public <T> T allreduceObjects(T value, Serializer<T> serializer, BinaryOperator<T> op) {
        return serializer.read(allreduceBytes(Site.NONE, serializer.write(value), onBytes(serializer, op)));
    }

    private static <T> BinaryOperator<byte[]> onBytes(Serializer<T> serializer, BinaryOperator<T> op) {
        return (left, right) -> serializer.write(op.apply(serializer.read(left), serializer.read(right)));
    }

    /** As {@link #allreduceObjects}; the result on the root, null elsewhere (MPI_Op_create, MPI_Reduce). */
    public <T> @Nullable T reduceObjects(T value, Serializer<T> serializer, BinaryOperator<T> op, int root) {
        byte[] result = reduceBytes(Site.NONE, serializer.write(value), onBytes(serializer, op), root);
        return rank() == root ? serializer.read(result) : null;
    }

    /** Inclusive prefix over ranks of objects (MPI_Op_create, MPI_Scan). */
    public <T> T scanObjects(T value, Serializer<T> serializer, BinaryOperator<T> op) {
        return serializer.read(scanBytes(Site.NONE, serializer.write(value), onBytes(serializer, op)));
    }

    /** Exclusive prefix over ranks of objects; null on rank 0 (MPI_Op_create, MPI_Exscan). */
    public <T> @Nullable T exscanObjects(T value, Serializer<T> serializer, BinaryOperator<T> op) {
        byte[] before = exscanBytes(Site.NONE, serializer.write(value), onBytes(serializer, op));
        return before == null ? null : serializer.read(before);
    }

    /** The r-th object to rank r; the s-th of the result is from rank s (MPI_Alltoallv). */
    public <T> List<T> alltoallObjects(List<T> values, Serializer<T> serializer) {
        byte[][] payloads = values.stream().map(serializer::write).toArray(byte[][]::new);
        return Arrays.stream(alltoallBytes(Site.NONE, payloads)).map(serializer::read).toList();
    }
}
