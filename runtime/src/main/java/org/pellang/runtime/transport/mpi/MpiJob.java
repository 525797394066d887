package org.pellang.runtime.transport.mpi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pellang.runtime.transport.Bells;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.mpi.MpiAbi.Profile;

/**
 * This process's part in a job of MPI, from {@code MPI_Init} to {@code MPI_Finalize}. At its beginning and its end it is used by the thread that opened it,
 * in between by the rank's thread alone (MPI_THREAD_SERIALIZED).
 */
public final class MpiJob {
    /** Names the library's file. */
    public static final String LIBRARY_VARIABLE = "PEL_MPI_LIBRARY";

    private final MpiLibrary library;
    private final long comm;
    private final int rank;
    private final int size;

    private MpiJob(MpiLibrary library, long comm, int rank, int size) {
        this.library = library;
        this.comm = comm;
        this.rank = rank;
        this.size = size;
    }

    /**
     * Loads the library and joins the job.
     *
     * @param engine {@code openmpi}, {@code mpich}, {@code abi}, or {@code mpi}: the one whose launcher has started this process
     * @throws MpiException if there is no such library, or it is not the one of the launcher
     */
    public static MpiJob open(String engine, Map<String, String> environment) throws MpiException {
        MpiLibrary library = MpiLibrary.load(profiles(engine, environment), environment.getOrDefault(LIBRARY_VARIABLE, ""));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Long.BYTES, Long.BYTES);
            long serialized = library.value("MPI_THREAD_SERIALIZED");
            check(library, "MPI_Init_thread", call(library, "MPI_Init_thread", 0, 0, serialized, out.address()));
            if (out.get(ValueLayout.JAVA_INT, 0) < serialized) {
                throw new MpiException(1, "this MPI library lets only one thread call it: " + library.version());
            }
            long world = library.value("MPI_COMM_WORLD");
            check(library, "MPI_Comm_rank", call(library, "MPI_Comm_rank", world, out.address()));
            int rank = out.get(ValueLayout.JAVA_INT, 0);
            check(library, "MPI_Comm_size", call(library, "MPI_Comm_size", world, out.address()));
            int size = out.get(ValueLayout.JAVA_INT, 0);
            requireTogether(library, size, environment);
            check(library, "MPI_Comm_dup", call(library, "MPI_Comm_dup", world, out.address()));
            long comm = handle(library, out, 0);
            check(library, "MPI_Comm_set_errhandler", call(library, "MPI_Comm_set_errhandler", comm, library.value("MPI_ERRORS_RETURN")));
            return new MpiJob(library, comm, rank, size);
        }
    }

    /** Whether the starter calls this process rank 0; also if nothing has started it. */
    public static boolean isFirst(Map<String, String> environment) {
        for (String name : List.of("OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK", "SLURM_PROCID")) {
            String number = environment.get(name);
            if (number != null) {
                return number.equals("0");
            }
        }
        return true;
    }

    /** What is tried, in order. */
    static List<Profile> profiles(String engine, Map<String, String> environment) {
        return switch (engine) {
            case "openmpi" -> List.of(Profile.OPENMPI);
            case "mpich" -> List.of(Profile.MPICH);
            case "abi" -> List.of(Profile.ABI);
            default -> {
                List<Profile> all = new ArrayList<>(List.of(Profile.OPENMPI, Profile.MPICH, Profile.ABI));
                if (!environment.containsKey("OMPI_COMM_WORLD_SIZE") && environment.containsKey("PMI_SIZE")) {
                    all.remove(Profile.MPICH);
                    all.addFirst(Profile.MPICH);
                }
                yield all;
            }
        };
    }

    /** A library that was not made for the launcher that started it thinks that it is alone. */
    private static void requireTogether(MpiLibrary library, int size, Map<String, String> environment) throws MpiException {
        for (String name : List.of("OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS")) {
            String told = environment.get(name);
            if (told != null && size == 1 && !told.equals("1")) {
                throw new MpiException(1, ("the launcher has started %s processes (%s), but the MPI library of this one knows of no others: it is %s\n"
                        + "  use the launcher that belongs to it, or set %s to the file of the launcher's library")
                        .formatted(told, name, library.version().lines().findFirst().orElse("?").strip(), LIBRARY_VARIABLE));
            }
        }
    }

    /** This rank. */
    public int rank() {
        return rank;
    }

    /** Number of ranks. */
    public int size() {
        return size;
    }

    /** The library, in a few words. */
    public String library() {
        return library.version().lines().findFirst().orElse("").strip() + " (" + library.abi().profile().name().toLowerCase(Locale.ROOT) + ")";
    }

    /** The rank's messages. @param ended called when its program has returned */
    public MpiTransport transport(Board board, Bells bells, Runnable ended) {
        return new MpiTransport(library, comm, board, rank, bells, ended);
    }

    // ---- before and after the messages ----

    /** Rank 0's text on all ranks. Collective. */
    public String broadcast(String text) throws MpiException {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_LONG, bytes.length);
            broadcast(length);
            MemorySegment contents = arena.allocate(Math.max(1, length.get(ValueLayout.JAVA_LONG, 0)));
            if (rank == 0) {
                MemorySegment.copy(bytes, 0, contents, ValueLayout.JAVA_BYTE, 0, bytes.length);
            }
            broadcast(contents);
            return new String(contents.toArray(ValueLayout.JAVA_BYTE), 0, (int) length.get(ValueLayout.JAVA_LONG, 0), StandardCharsets.UTF_8);
        }
    }

    private void broadcast(MemorySegment memory) throws MpiException {
        check(library, "MPI_Bcast", call(library, "MPI_Bcast", memory.address(), memory.byteSize(), library.value("MPI_BYTE"), 0, comm));
    }

    /** A number of each rank, by rank. Collective. */
    public long[] gather(long mine) throws MpiException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, mine);
            MemorySegment all = arena.allocate(ValueLayout.JAVA_LONG, size);
            long type = library.value("MPI_BYTE");
            check(library, "MPI_Allgather", call(library, "MPI_Allgather", one.address(), Long.BYTES, type, all.address(), Long.BYTES, type, comm));
            return all.toArray(ValueLayout.JAVA_LONG);
        }
    }

    /** Leaves the job; all ranks do. */
    public void close(MpiTransport transport) throws MpiException {
        transport.close();
        check(library, "MPI_Finalize", call(library, "MPI_Finalize"));
    }

    /** As above, if there have been no messages. */
    public void close() throws MpiException {
        check(library, "MPI_Finalize", call(library, "MPI_Finalize"));
    }

    /** Ends all processes of the job, when there is no other way to tell them. */
    public void abort(int exitCode) {
        int ignored = call(library, "MPI_Abort", library.value("MPI_COMM_WORLD"), exitCode);
    }

    /** Ends this process at once: without the exit handlers of a library in which a thread may still be. */
    @SuppressWarnings("restricted")
    public static void leave(int exitCode) {
        java.lang.foreign.Linker linker = java.lang.foreign.Linker.nativeLinker();
        try {
            linker.downcallHandle(linker.defaultLookup().findOrThrow("_exit"), java.lang.foreign.FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                    .invokeExact(exitCode);
        } catch (Throwable e) {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    // ---- calls ----

    /** Calls a function that is needed once. */
    static int call(MpiLibrary library, String name, long... arguments) {
        try {
            Object[] boxed = new Object[arguments.length];
            for (int i = 0; i < boxed.length; i++) {
                boxed[i] = arguments[i];
            }
            return (int) library.function(name, arguments.length).invokeWithArguments(boxed);
        } catch (Throwable e) {
            throw new IllegalStateException(name + " cannot be called", e);
        }
    }

    static void check(MpiLibrary library, String name, int code) throws MpiException {
        if (code != 0) {
            throw new MpiException(1, name + " failed: " + words(library, code));
        }
    }

    /** The library's words for an error. */
    static String words(MpiLibrary library, int code) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(library.value("MPI_MAX_ERROR_STRING") + 1);
            MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
            return call(library, "MPI_Error_string", code, text.address(), length.address()) == 0 ? text.getString(0) : "error " + code;
        }
    }

    /** A handle in memory. */
    static long handle(MpiLibrary library, MemorySegment memory, long at) {
        return library.abi().handleBytes() == Long.BYTES ? memory.get(ValueLayout.JAVA_LONG, at) : memory.get(ValueLayout.JAVA_INT, at);
    }
}
