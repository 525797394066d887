package org.pellang.runtime;

/**
 * The neighbourhood collectives on {@code double[]}: blocking, returning at once, to be started again and again. Offsets, lengths, counts and places
 * are elements; blocks of {@code sendBuf} are by destination, of {@code recvBuf} by source, in the order of {@link Neighborhood}. What has no sender is
 * left as it is. All throw {@link IndexOutOfBoundsException} for elements that do not exist and {@link CommException} for what comes and does not fit.
 */
public sealed interface DoubleNeighbors permits Neighborhood {
    /** {@code len} elements to every destination, and those of every source at {@code recvOff}, in order (MPI_Neighbor_allgather). */
    default void neighborAllgather(double[] sendBuf, int sendOff, int len, double[] recvBuf, int recvOff) {
        ineighborAllgather(sendBuf, sendOff, len, recvBuf, recvOff).await();
    }

    /** As {@link #neighborAllgather}, returning at once (MPI_Ineighbor_allgather). */
    default Request ineighborAllgather(double[] sendBuf, int sendOff, int len, double[] recvBuf, int recvOff) {
        return ((Neighborhood) this).ineighborAllgather((Object) sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** {@link #neighborAllgather} to be started again and again (MPI_Neighbor_allgather_init). */
    default PersistentRequest neighborAllgatherInit(double[] sendBuf, int sendOff, int len, double[] recvBuf, int recvOff) {
        return new PersistentRequest(() -> ineighborAllgather(sendBuf, sendOff, len, recvBuf, recvOff));
    }

    /** {@code len} elements to every destination; what comes from source k has its own length and place (MPI_Neighbor_allgatherv). */
    default void neighborAllgatherv(double[] sendBuf, int sendOff, int len, double[] recvBuf, int[] recvCounts, int[] recvDispls) {
        ineighborAllgatherv(sendBuf, sendOff, len, recvBuf, recvCounts, recvDispls).await();
    }

    /** As {@link #neighborAllgatherv}, returning at once (MPI_Ineighbor_allgatherv). */
    default Request ineighborAllgatherv(double[] sendBuf, int sendOff, int len, double[] recvBuf, int[] recvCounts, int[] recvDispls) {
        return ((Neighborhood) this).ineighborAllgatherv((Object) sendBuf, sendOff, len, recvBuf, recvCounts, recvDispls);
    }

    /** {@link #neighborAllgatherv} to be started again and again (MPI_Neighbor_allgatherv_init). */
    default PersistentRequest neighborAllgathervInit(double[] sendBuf, int sendOff, int len, double[] recvBuf, int[] recvCounts, int[] recvDispls) {
        return new PersistentRequest(() -> ineighborAllgatherv(sendBuf, sendOff, len, recvBuf, recvCounts, recvDispls));
    }

    /** Block k of {@code len} elements to destination k, block k received is from source k (MPI_Neighbor_alltoall). */
    default void neighborAlltoall(double[] sendBuf, int sendOff, int len, double[] recvBuf, int recvOff) {
        ineighborAlltoall(sendBuf, sendOff, len, recvBuf, recvOff).await();
    }

    /** As {@link #neighborAlltoall}, returning at once (MPI_Ineighbor_alltoall). */
    default Request ineighborAlltoall(double[] sendBuf, int sendOff, int len, double[] recvBuf, int recvOff) {
        return ((Neighborhood) this).ineighborAlltoall((Object) sendBuf, sendOff, len, recvBuf, recvOff);
    }

    /** {@link #neighborAlltoall} to be started again and again (MPI_Neighbor_alltoall_init). */
    default PersistentRequest neighborAlltoallInit(double[] sendBuf, int sendOff, int len, double[] recvBuf, int recvOff) {
        return new PersistentRequest(() -> ineighborAlltoall(sendBuf, sendOff, len, recvBuf, recvOff));
    }

    /** As {@link #neighborAlltoall} with lengths and places per neighbour (MPI_Neighbor_alltoallv). */
    default void neighborAlltoallv(double[] sendBuf, int[] sendCounts, int[] sendDispls, double[] recvBuf, int[] recvCounts, int[] recvDispls) {
        ineighborAlltoallv(sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls).await();
    }

    /** As {@link #neighborAlltoallv}, returning at once (MPI_Ineighbor_alltoallv). */
    default Request ineighborAlltoallv(double[] sendBuf, int[] sendCounts, int[] sendDispls, double[] recvBuf, int[] recvCounts, int[] recvDispls) {
        return ((Neighborhood) this).ineighborAlltoallv((Object) sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls);
    }

    /** {@link #neighborAlltoallv} to be started again and again (MPI_Neighbor_alltoallv_init): a halo exchange is set up once. */
    default PersistentRequest neighborAlltoallvInit(double[] sendBuf, int[] sendCounts, int[] sendDispls,
            double[] recvBuf, int[] recvCounts, int[] recvDispls) {
        return new PersistentRequest(() -> ineighborAlltoallv(sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls));
    }
}
