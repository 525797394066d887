package org.pellang.runtime.transport.mpi;

import java.lang.invoke.MethodHandle;

/**
 * The functions of MPI that messages need, linked when the first message is sent. None of them waits for another rank: so a rank is never stuck in the library, and
 * sees the end of the job. Addresses and handles are longs.
 */
final class MpiCalls {
    private static final MethodHandle ISEND = MpiLibrary.get().function("MPI_Isend", 7);
    private static final MethodHandle RECV_INIT = MpiLibrary.get().function("MPI_Recv_init", 7);
    private static final MethodHandle START = MpiLibrary.get().function("MPI_Start", 1);
    private static final MethodHandle TEST = MpiLibrary.get().function("MPI_Test", 3);

    private MpiCalls() {}

    static int isend(long buffer, long bytes, long type, int destination, int tag, long comm, long request) {
        try {
            return (int) ISEND.invokeExact(buffer, bytes, type, (long) destination, (long) tag, comm, request);
        } catch (Throwable e) {
            throw failed("MPI_Isend", e);
        }
    }

    static int receiveInit(long buffer, long bytes, long type, int source, int tag, long comm, long request) {
        try {
            return (int) RECV_INIT.invokeExact(buffer, bytes, type, (long) source, (long) tag, comm, request);
        } catch (Throwable e) {
            throw failed("MPI_Recv_init", e);
        }
    }

    static int start(long request) {
        try {
            return (int) START.invokeExact(request);
        } catch (Throwable e) {
            throw failed("MPI_Start", e);
        }
    }

    static int test(long request, long flag, long status) {
        try {
            return (int) TEST.invokeExact(request, flag, status);
        } catch (Throwable e) {
            throw failed("MPI_Test", e);
        }
    }

    private static IllegalStateException failed(String name, Throwable e) {
        return new IllegalStateException(name + " cannot be called", e);
    }
}
