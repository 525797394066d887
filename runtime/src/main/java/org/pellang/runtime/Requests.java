package org.pellang.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.progress.AnyOf;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Waitable;

/**
 * Several requests of one rank at once. Arrays may hold null: such places are skipped, and a request found complete is replaced by
 * null, as MPI does with MPI_REQUEST_NULL; persistent requests stay, and are skipped while they are not active.
 */
public final class Requests {
    private final Endpoint endpoint;

    Requests(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * One that is complete.
     *
     * @param index its place in the array
     * @param status as {@link Request#await} returns
     */
    public record Completed(int index, Status status) {}

    /** Waits until one is complete (MPI_Waitany); null if there is none. */
    public @Nullable Completed waitAny(@Nullable Request[] requests) {
        List<Waitable> open = new ArrayList<>();
        for (Request request : requests) {
            if (isOpen(request) && request instanceof Waitable what) {
                open.add(what);
            }
        }
        if (!open.isEmpty()) {
            endpoint.await(new AnyOf(open));
        }
        return testAny(requests);
    }

    /** One that is complete, or null (MPI_Testany). */
    public @Nullable Completed testAny(@Nullable Request[] requests) {
        endpoint.progress();
        OptionalInt first = firstComplete(requests);
        return first.isEmpty() ? null : take(requests, first.getAsInt());
    }

    /** Waits until at least one is complete, then all that are (MPI_Waitsome); empty if there is none to wait for. */
    public List<Completed> waitSome(@Nullable Request[] requests) {
        List<Completed> completed = new ArrayList<>();
        Completed first = waitAny(requests);
        if (first != null) {
            completed.add(first);
            completed.addAll(testSome(requests));
        }
        return completed;
    }

    /** All that are complete (MPI_Testsome). */
    public List<Completed> testSome(@Nullable Request[] requests) {
        List<Completed> completed = new ArrayList<>();
        for (Completed next = testAny(requests); next != null; next = testAny(requests)) {
            completed.add(next);
        }
        return completed;
    }

    /** Waits for all (MPI_Waitall with statuses); nulls in the array have none, and are left out. Leaves the array as it is. */
    public List<Status> waitAll(@Nullable Request[] requests) {
        List<Status> all = new ArrayList<>();
        for (Request request : requests) {
            if (request != null) {
                all.add(request.await());
            }
        }
        return all;
    }

    /** Whether all are complete (MPI_Testall). Leaves the array as it is. */
    public boolean testAll(@Nullable Request[] requests) {
        boolean all = true;
        for (Request request : requests) {
            all &= request == null || request.test();
        }
        return all;
    }

    private static boolean isOpen(@Nullable Request request) {
        return request != null && !(request instanceof PersistentRequest persistent && !persistent.isActive());
    }

    private static boolean isComplete(Request request) {
        return request instanceof Waitable what ? what.done() : request.test();
    }

    private static OptionalInt firstComplete(@Nullable Request[] requests) {
        for (int i = 0; i < requests.length; i++) {
            Request request = requests[i];
            if (request != null && isOpen(request) && isComplete(request)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static Completed take(@Nullable Request[] requests, int index) {
        Request request = requests[index];
        if (request == null) {
            throw new IllegalStateException("no request at " + index);
        }
        if (!(request instanceof PersistentRequest)) {
            requests[index] = null;
        }
        return new Completed(index, request.await());
    }
}
