package org.pellang.runtime;

import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.collective.AlgorithmTable;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Members;

/**
 * A communicator, seen from one rank; one thread per rank uses it. Shaped after MPI-4.1.
 *
 * <p>Messages are elements of primitive arrays, of each type but {@code char} ({@link DoubleCalls} and its kin), of a {@link Part}: strided, indexed,
 * boxes, memory outside of the heap; or objects with a {@link Serializer}. So it is with all that a communicator offers besides. Offsets and lengths
 * count elements. Ranks are those of this communicator. Messages are matched first in, first out per (source, tag, communicator); tags of users are 0
 * or more. Contents of differing element type or more elements than the buffer holds are a {@link CommException}.
 *
 * <p>{@link DoubleCalls#send(double[], int, int, int, int) send} waits for the matching receive only if the receiver has not yet received 64 messages or
 * 1 MiB of this sender (messages of up to 32 bytes do not count), as MPI's standard mode may: an exchange of long messages wants
 * {@link DoubleCalls#sendRecv sendRecv} or a receive posted first. So what nobody receives stays in the memory of its sender. Long messages
 * are copied once if the receive was posted before.
 *
 * <p>Collectives must be called by all ranks in the same order. Each call carries a guard hash of (site, sequence number,
 * operation, element type, communicator); a mismatch stops the job and names both sites. Floating-point operators combine in
 * rank order in a binary tree that depends on the size of the communicator only.
 */
public final class Comm extends PartCalls
        implements DoubleCalls, LongCalls, IntCalls, FloatCalls, ShortCalls, ByteCalls, BooleanCalls {
    /** Wildcard for the peer of a receive or probe. */
    public static final int ANY_SOURCE = -1;
    /** Wildcard for the tag of a receive or probe. */
    public static final int ANY_TAG = -2;

    /** Nobody (MPI_PROC_NULL): sends to it do nothing, receives from it get an empty message at once. */
    public static final int PROC_NULL = -3;

    private final Attributes attributes = new Attributes();

    /** For engines: the communicator with the given context number over all ranks of the endpoint. */
    public Comm(Endpoint endpoint, int context) {
        this(endpoint, Members.all(endpoint.rank(), endpoint.size()), context);
    }

    Comm(Endpoint endpoint, Members members, int context) {
        super(endpoint, members, context);
    }

    /** Of some ranks of another one, which it takes the lengths of chunks from. */
    static Comm within(Comm parent, Members members, int context) {
        Comm comm = new Comm(parent.endpoint, members, context);
        comm.chunkBytes = parent.chunkBytes;
        comm.turnBytes = parent.turnBytes;
        return comm;
    }

    // ---- communicators ----

    /** Its ranks (MPI_Comm_group). */
    public Group group() {
        int[] ranks = new int[size()];
        for (int r = 0; r < ranks.length; r++) {
            ranks[r] = members.world(r);
        }
        return new Group(ranks);
    }

    /**
     * Collective: a duplicate whose collectives choose their algorithms by another table, the same on all ranks (MPI_Comm_dup_with_info).
     *
     * @param table see {@link AlgorithmTable#of}
     */
    public Comm dup(AlgorithmTable table) {
        Comm copy = dup();
        copy.collectives.use(table);
        return copy;
    }

    /** Collective: the same ranks, with messages of their own (MPI_Comm_dup). */
    public Comm dup() {
        Comm copy = Objects.requireNonNull(split(0, rank()));
        copy.attributes.copyFrom(attributes);
        return copy;
    }

    /** Collective: ranks of the same colour together, ordered by key, then by rank; null for a negative colour (MPI_Comm_split). */
    public @Nullable Comm split(int color, int key) {
        return Splitting.split(this, endpoint, color, key);
    }

    /** Collective: the ranks that share this machine's memory (MPI_Comm_split_type with MPI_COMM_TYPE_SHARED). */
    public Comm splitShared() {
        return Splitting.byHost(this);
    }

    /** Collective: the ranks of a group of this communicator's ranks, in its order; null elsewhere (MPI_Comm_create). */
    public @Nullable Comm create(Group group) {
        int place = group.rankOf(members.world(rank()));
        return split(place < 0 ? -1 : 0, Math.max(0, place));
    }

    /**
     * As {@link #create}, but called by the group's ranks alone (MPI_Comm_create_group).
     *
     * @param group contains this rank
     * @param tag sets calls apart that go on at once
     */
    public Comm createGroup(Group group, int tag) {
        return Splitting.ofGroup(this, endpoint, group, checkedTag(tag));
    }

    /** What libraries have attached (MPI_Comm_set_attr, MPI_Comm_get_attr). */
    public Attributes attributes() {
        return attributes;
    }

    /** Collective: memory that all ranks of this machine read and write directly (MPI_Win_allocate_shared); on the result of {@link #splitShared}. */
    public SharedMemory sharedMemory(long bytes) {
        return new SharedMemory(this, bytes);
    }

    /** Collective: opens a file that all ranks read and write (MPI_File_open). @throws CommException on all ranks if one cannot */
    public SharedFile openFile(Path path, OpenOption... options) {
        return SharedFile.open(this, path, options);
    }

    /**
     * Collective: opens elements of each rank to all others, of an array of any type or of memory outside of the heap (MPI_Win_create).
     *
     * @param part this rank's elements, of the same kind on all ranks; may have none
     */
    public Window window(Part part) {
        return new Window(this, part);
    }

    /** For whoever waits without blocking: unwinds this rank if the job has been stopped. */
    public void ensureRunning() {
        endpoint.ensureRunning();
    }

    /** Words that all ranks change at once. */
    public SharedWords sharedWords() {
        return new SharedWords(endpoint.board(), members);
    }

    int context() {
        return context;
    }

    Members members() {
        return members;
    }

    /** Waiting for one or some of several requests (MPI_Waitany, ...). */
    public Requests requests() {
        return new Requests(endpoint);
    }
}
