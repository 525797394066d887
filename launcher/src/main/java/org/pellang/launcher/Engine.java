package org.pellang.launcher;

/** How the ranks of a job are run. The program and its results are the same on each. */
public enum Engine {
    /** Ranks are threads of one JVM: fastest to start and to communicate. */
    THREADS,
    /** One JVM per rank, messages through shared memory. */
    PROCESSES,
    /** One JVM or more per host with ranks as threads, shared memory between JVMs on one host, TCP between hosts. */
    HOSTS,
    /** One JVM per rank, started by Open MPI's mpirun, messages through its library. */
    OPENMPI,
    /** One JVM per rank, started by MPICH's mpiexec, messages through its library. */
    MPICH;

    /** Whether an MPI library carries the messages. */
    public boolean isMpi() {
        return this == OPENMPI || this == MPICH;
    }
}
