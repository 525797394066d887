package org.pellang.runtime;

/**
 * A {@link Window} over {@code int[]}. Offsets, lengths and places count elements; a place is one of the target's array. All throw
 * {@link IndexOutOfBoundsException} for elements of {@code buf} and {@link CommException} for places of the target that do not exist.
 */
public final class IntWindow extends Window {
    IntWindow(Comm comm, int[] array) {
        super(comm, Part.of(array));
    }

    /** As {@link #put(int[], int, int, int, long)}, the whole array (MPI_Put). */
    public void put(int[] buf, int target, long at) {
        put(buf, 0, buf.length, target, at);
    }

    /** Writes elements at the target (MPI_Put). {@code buf} may be changed at once. */
    public void put(int[] buf, int off, int len, int target, long at) {
        put((Object) buf, off, len, target, at);
    }

    /** As {@link #put(int[], int, int, int, long)} with a request (MPI_Rput): complete at once. Done there after a flush. */
    public Request rput(int[] buf, int off, int len, int target, long at) {
        return put((Object) buf, off, len, target, at);
    }

    /** As {@link #get(int[], int, int, int, long)}, into the whole array (MPI_Get). */
    public void get(int[] buf, int target, long at) {
        get(buf, 0, buf.length, target, at);
    }

    /** Reads elements of the target and waits for them (MPI_Get with its completion). */
    public void get(int[] buf, int off, int len, int target, long at) {
        rget(buf, off, len, target, at).await();
    }

    /** Starts to read elements of the target (MPI_Rget). */
    public Request rget(int[] buf, int off, int len, int target, long at) {
        return rget((Object) buf, off, len, target, at);
    }

    /** As {@link #accumulate(int[], int, int, int, long, Op)}, the whole array (MPI_Accumulate). */
    public void accumulate(int[] buf, int target, long at, Op op) {
        accumulate(buf, 0, buf.length, target, at, op);
    }

    /** {@code target[i] = target[i] op buf[i]}, each element atomically (MPI_Accumulate). {@code buf} may be changed at once. */
    public void accumulate(int[] buf, int off, int len, int target, long at, Op op) {
        accumulate((Object) buf, off, len, target, at, op);
    }

    /** As {@link #accumulate(int[], int, int, int, long, Op)} with a request (MPI_Raccumulate): complete at once. */
    public Request raccumulate(int[] buf, int off, int len, int target, long at, Op op) {
        return accumulate((Object) buf, off, len, target, at, op);
    }

    /** As {@link #accumulate(int[], int, int, int, long, Op)}; {@code old} gets what was there before (MPI_Get_accumulate). */
    public void getAccumulate(int[] buf, int off, int len, int[] old, int oldOff, int target, long at, Op op) {
        rgetAccumulate(buf, off, len, old, oldOff, target, at, op).await();
    }

    /** As {@link #getAccumulate}, returning at once (MPI_Rget_accumulate): {@code old} is there when the request is complete. */
    public Request rgetAccumulate(int[] buf, int off, int len, int[] old, int oldOff, int target, long at, Op op) {
        return rgetAccumulate((Object) buf, off, len, old, oldOff, target, at, op);
    }

    /** Writes elements at the target; {@code old} gets what was there before, atomically (MPI_Get_accumulate with MPI_REPLACE). */
    public void getAndPut(int[] buf, int off, int len, int[] old, int oldOff, int target, long at) {
        rgetAndPut(buf, off, len, old, oldOff, target, at).await();
    }

    /** As {@link #getAndPut(int[], int, int, int[], int, int, long)}, returning at once (MPI_Rget_accumulate with MPI_REPLACE). */
    public Request rgetAndPut(int[] buf, int off, int len, int[] old, int oldOff, int target, long at) {
        return rgetAndPut((Object) buf, off, len, old, oldOff, target, at);
    }

    /** One element: combines and returns what was there before (MPI_Fetch_and_op). */
    public int fetchAndOp(int value, int target, long at, Op op) {
        int[] old = new int[1];
        getAccumulate(new int[] {value}, 0, 1, old, 0, target, at, op);
        return old[0];
    }

    /** One element: replaces it and returns what was there before (MPI_Fetch_and_op with MPI_REPLACE). */
    public int getAndPut(int value, int target, long at) {
        int[] old = new int[1];
        getAndPut(new int[] {value}, 0, 1, old, 0, target, at);
        return old[0];
    }

    /** One element: replaced if it is as expected, bit by bit; returns what was there (MPI_Compare_and_swap). */
    public int compareAndSwap(int expected, int replacement, int target, long at) {
        int[] old = new int[1];
        compareAndSwap(new int[] {expected, replacement}, old, target, at);
        return old[0];
    }
}
