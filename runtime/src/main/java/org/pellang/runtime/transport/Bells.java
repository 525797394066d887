package org.pellang.runtime.transport;

/** How ranks sleep and are woken where messages themselves cannot wake: every sleep has a limit. */
public interface Bells {
    /** Value of a rank's doorbell, to be read before the last look around. By a thread of that rank. */
    int doorbell(int rank);

    /** Sleeps until the doorbell rings, at most so many nanoseconds; not at all if it has rung since it had that value. */
    void await(int rank, int value, long nanos);

    /** Rings if that rank is parked; does nothing for ranks that cannot be reached. */
    void wake(int rank);

    /** Whether all ranks can be woken, so that it pays to sleep long. */
    boolean reachAll();
}
