package org.pellang.runtime;

/**
 * A {@link Window} over {@code float[]}. Offsets, lengths and places count elements; a place is one of the target's array. All throw
 * {@link IndexOutOfBoundsException} for elements of {@code buf} and {@link CommException} for places of the target that do not exist.
 */
public final class FloatWindow extends Window {
    FloatWindow(Comm comm, float[] array) {
        super(comm, Part.of(array));
    }

    /** As {@link #put(float[], int, int, int, long)}, the whole array (MPI_Put). */
    public void put(float[] buf, int target, long at) {
        put(buf, 0, buf.length, target, at);
    }

    /** Writes elements at the target (MPI_Put). {@code buf} may be changed at once. */
    public void put(float[] buf, int off, int len, int target, long at) {
        put((Object) buf, off, len, target, at);
    }

    /** As {@link #put(float[], int, int, int, long)} with a request (MPI_Rput): complete at once. Done there after a flush. */
    public Request rput(float[] buf, int off, int len, int target, long at) {
        return put((Object) buf, off, len, target, at);
    }

    /** As {@link #get(float[], int, int, int, long)}, into the whole array (MPI_Get). */
    public void get(float[] buf, int target, long at) {
        get(buf, 0, buf.length, target, at);
    }

    /** Reads elements of the target and waits for them (MPI_Get with its completion). */
    public void get(float[] buf, int off, int len, int target, long at) {
        rget(buf, off, len, target, at).await();
    }

    /** Starts to read elements of the target (MPI_Rget). */
    public Request rget(float[] buf, int off, int len, int target, long at) {
        return rget((Object) buf, off, len, target, at);
    }

    /** As {@link #accumulate(float[], int, int, int, long, Op)}, the whole array (MPI_Accumulate). */
    public void accumulate(float[] buf, int target, long at, Op op) {
        accumulate(buf, 0, buf.length, target, at, op);
    }

    /** {@code target[i] = target[i] op buf[i]}, each element atomically (MPI_Accumulate). {@code buf} may be changed at once. */
    public void accumulate(float[] buf, int off, int len, int target, long at, Op op) {
        accumulate((Object) buf, off, len, target, at, op);
    }

    /** As {@link #accumulate(float[], int, int, int, long, Op)} with a request (MPI_Raccumulate): complete at once. */
    public Request raccumulate(float[] buf, int off, int len, int target, long at, Op op) {
        return accumulate((Object) buf, off, len, target, at, op);
    }

    /** As {@link #accumulate(float[], int, int, int, long, Op)}; {@code old} gets what was there before (MPI_Get_accumulate). */
    public void getAccumulate(float[] buf, int off, int len, float[] old, int oldOff, int target, long at, Op op) {
        rgetAccumulate(buf, off, len, old, oldOff, target, at, op).await();
    }

    /** As {@link #getAccumulate}, returning at once (MPI_Rget_accumulate): {@code old} is there when the request is complete. */
    public Request rgetAccumulate(float[] buf, int off, int len, float[] old, int oldOff, int target, long at, Op op) {
        return rgetAccumulate((Object) buf, off, len, old, oldOff, target, at, op);
    }

    /** Writes elements at the target; {@code old} gets what was there before, atomically (MPI_Get_accumulate with MPI_REPLACE). */
    public void getAndPut(float[] buf, int off, int len, float[] old, int oldOff, int target, long at) {
        rgetAndPut(buf, off, len, old, oldOff, target, at).await();
    }

    /** As {@link #getAndPut(float[], int, int, float[], int, int, long)}, returning at once (MPI_Rget_accumulate with MPI_REPLACE). */
    public Request rgetAndPut(float[] buf, int off, int len, float[] old, int oldOff, int target, long at) {
        return rgetAndPut((Object) buf, off, len, old, oldOff, target, at);
    }

    /** One element: combines and returns what was there before (MPI_Fetch_and_op). */
    public float fetchAndOp(float value, int target, long at, Op op) {
        float[] old = new float[1];
        getAccumulate(new float[] {value}, 0, 1, old, 0, target, at, op);
        return old[0];
    }

    /** One element: replaces it and returns what was there before (MPI_Fetch_and_op with MPI_REPLACE). */
    public float getAndPut(float value, int target, long at) {
        float[] old = new float[1];
        getAndPut(new float[] {value}, 0, 1, old, 0, target, at);
        return old[0];
    }

    /** One element: replaced if it is as expected, bit by bit; returns what was there (MPI_Compare_and_swap). */
    public float compareAndSwap(float expected, float replacement, int target, long at) {
        float[] old = new float[1];
        compareAndSwap(new float[] {expected, replacement}, old, target, at);
        return old[0];
    }
}
