package org.pellang.runtime;

import java.util.Arrays;
import java.util.Objects;
import org.pellang.runtime.WindowTarget.Action;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Endpoint;

/**
 * Arrays that other ranks read and write (MPI_Win). Three ways to use it, as in MPI: between two {@link #fence}s, between {@link #lock} and
 * {@link #unlock} of a target, or between {@link #start} and {@link #complete} while the targets {@link #post} and {@link #awaitComplete}. Places
 * and lengths count elements of the target's array, which is the one given to
 * {@link Comm#window}; a rank sees what others wrote in its array after the fence, or after it learnt of their unlock by a message.
 *
 * <p>A target does what it is asked for whenever it is in the runtime (waiting, sending, receiving): an origin may have to wait for a
 * target that computes. Each request is carried out as a whole, in order per origin, so accumulates, {@code fetchAndOp} and
 * {@code compareAndSwap} are atomic. Places outside of the target's array are a {@link CommException} at the origin.
 */
public final class Window implements AutoCloseable {
    private static final int ANY_OPERATOR = 0;
    /** Tags among the replies. */
    private static final int POSTED = Integer.MAX_VALUE - 1;
    private static final int COMPLETED = Integer.MAX_VALUE;
    private static final byte[] NOTHING = {};

    private final Comm requests;
    private final Comm replies;
    private final Endpoint endpoint;
    private final Kind kind;
    private final long[] lengths;
    private final boolean[] touched;
    private int tag;
    private int[] exposed = {};
    private int[] started = {};

    Window(Comm requests, Comm replies, Endpoint endpoint, Object array) {
        this.requests = requests;
        this.replies = replies;
        this.endpoint = endpoint;
        this.kind = Kind.of(array);
        this.lengths = new long[requests.size()];
        this.touched = new boolean[requests.size()];
        long[] mine = {kind.length(array), kind.ordinal()};
        long[] all = new long[2 * lengths.length];
        requests.allgather(mine, 0, 2, all, 0);
        for (int r = 0; r < lengths.length; r++) {
            lengths[r] = all[2 * r];
            if (all[2 * r + 1] != kind.ordinal()) {
                throw new CommException("window: rank " + r + " gave an array of another type");
            }
        }
        WindowTarget target = new WindowTarget(endpoint, replies.context(), array);
        endpoint.handle(requests.context(), target::take);
        // Nobody asks before everybody can answer.
        requests.barrier();
    }

    /** Collective: everything that was asked for before is done everywhere, and visible (MPI_Win_fence). */
    public void fence() {
        flushAll();
        requests.barrier();
    }

    /** Writes elements at the target (MPI_Put). {@code buf} may be changed at once. */
    public void put(Object buf, int off, int len, int target, int at) {
        ask(Action.PUT, target, at, len, ANY_OPERATOR, 0);
        give(buf, off, len, target);
    }

    /** Reads elements of the target and waits for them (MPI_Get with its completion). */
    public void get(Object buf, int off, int len, int target, int at) {
        rget(buf, off, len, target, at).await();
    }

    /** Starts to read elements of the target (MPI_Rget). */
    public Request rget(Object buf, int off, int len, int target, int at) {
        Request reply = replies.irecv(buf, off, len, target, nextTag());
        ask(Action.GET, target, at, len, ANY_OPERATOR, tag);
        return reply;
    }

    /** {@code target[i] = target[i] op buf[i]}, each element atomically (MPI_Accumulate). {@code buf} may be changed at once. */
    public void accumulate(Object buf, int off, int len, int target, int at, Op op) {
        ask(Action.ACCUMULATE, target, at, len, op.ordinal(), 0);
        give(buf, off, len, target);
    }

    /** As {@link #accumulate}; {@code old} gets what was there before (MPI_Get_accumulate). */
    public void getAccumulate(Object buf, int off, int len, Object old, int oldOff, int target, int at, Op op) {
        Request reply = replies.irecv(old, oldOff, len, target, nextTag());
        ask(Action.GET_ACCUMULATE, target, at, len, op.ordinal(), tag);
        give(buf, off, len, target);
        reply.await();
    }

    /** One element of a window over {@code long[]}: combines and returns what was there before (MPI_Fetch_and_op). */
    public long fetchAndOp(long value, int target, int at, Op op) {
        long[] old = new long[1];
        getAccumulate(new long[] {value}, 0, 1, old, 0, target, at, op);
        return old[0];
    }

    /** One element of a window over {@code double[]}: combines and returns what was there before (MPI_Fetch_and_op). */
    public double fetchAndOp(double value, int target, int at, Op op) {
        double[] old = new double[1];
        getAccumulate(new double[] {value}, 0, 1, old, 0, target, at, op);
        return old[0];
    }

    /** One element of a window over {@code long[]}: replaced if it is as expected; returns what was there (MPI_Compare_and_swap). */
    public long compareAndSwap(long expected, long replacement, int target, int at) {
        long[] old = new long[1];
        Request reply = replies.irecv(old, 0, 1, target, nextTag());
        ask(Action.COMPARE_AND_SWAP, target, at, 1, ANY_OPERATOR, tag);
        give(new long[] {expected, replacement}, 0, 2, target);
        reply.await();
        return old[0];
    }

    /** As {@link #compareAndSwap(long, long, int, int)} on a window over {@code double[]}; compares bits. */
    public double compareAndSwap(double expected, double replacement, int target, int at) {
        double[] old = new double[1];
        Request reply = replies.irecv(old, 0, 1, target, nextTag());
        ask(Action.COMPARE_AND_SWAP, target, at, 1, ANY_OPERATOR, tag);
        give(new double[] {expected, replacement}, 0, 2, target);
        reply.await();
        return old[0];
    }

    /** Writes elements at the target; {@code old} gets what was there before, atomically (MPI_Get_accumulate with MPI_REPLACE). */
    public void getAndPut(Object buf, int off, int len, Object old, int oldOff, int target, int at) {
        Request reply = replies.irecv(old, oldOff, len, target, nextTag());
        ask(Action.GET_AND_PUT, target, at, len, ANY_OPERATOR, tag);
        give(buf, off, len, target);
        reply.await();
    }

    /** Starts to write elements at the target (MPI_Rput); complete at once, since {@code buf} is copied. Done there after a flush. */
    public Request rput(Object buf, int off, int len, int target, int at) {
        put(buf, off, len, target, at);
        return new Finished(new Status(target, 0, len));
    }

    /** As {@link #accumulate} with a request (MPI_Raccumulate); complete at once, since {@code buf} is copied. */
    public Request raccumulate(Object buf, int off, int len, int target, int at, Op op) {
        accumulate(buf, off, len, target, at, op);
        return new Finished(new Status(target, 0, len));
    }

    /** As {@link #getAccumulate}, returning at once (MPI_Rget_accumulate): {@code old} is there when the request is complete. */
    public Request rgetAccumulate(Object buf, int off, int len, Object old, int oldOff, int target, int at, Op op) {
        Request reply = replies.irecv(old, oldOff, len, target, nextTag());
        ask(Action.GET_ACCUMULATE, target, at, len, op.ordinal(), tag);
        give(buf, off, len, target);
        return reply;
    }

    /** Shared locks on all targets (MPI_Win_lock_all). */
    public void lockAll() {
        for (int r = 0; r < touched.length; r++) {
            lock(r, false);
        }
    }

    /** Gives back what {@link #lockAll} took; all that was asked for is done (MPI_Win_unlock_all). */
    public void unlockAll() {
        for (int r = 0; r < touched.length; r++) {
            unlock(r);
        }
    }

    /** {@link #flush} of all targets (MPI_Win_flush_all). */
    public void flushAll() {
        for (int r = 0; r < touched.length; r++) {
            if (touched[r]) {
                flush(r);
            }
        }
    }

    /** Lets the ranks of a group work in this rank's array until {@link #awaitComplete} (MPI_Win_post). Does not wait. */
    public void post(Group origins) {
        exposed = locals(origins);
        for (int origin : exposed) {
            replies.sendBuffered(NOTHING, 0, 0, origin, POSTED);
        }
    }

    /** Waits until all ranks of a group have posted; then their arrays may be worked in (MPI_Win_start). */
    public void start(Group targets) {
        started = locals(targets);
        for (int target : started) {
            replies.recv(NOTHING, 0, 0, target, POSTED);
        }
    }

    /** What this rank asked of the targets of {@link #start} is done (MPI_Win_complete). */
    public void complete() {
        for (int target : started) {
            flush(target);
            replies.sendBuffered(NOTHING, 0, 0, target, COMPLETED);
        }
        started = new int[0];
    }

    /** Waits until all origins of {@link #post} have completed (MPI_Win_wait). */
    public void awaitComplete() {
        for (int origin : exposed) {
            if (origin >= 0) {
                replies.recv(NOTHING, 0, 0, origin, COMPLETED);
            }
        }
        exposed = new int[0];
    }

    /** Whether all origins of {@link #post} have completed (MPI_Win_test); never blocks. Once true, the epoch is over. */
    public boolean testComplete() {
        for (int k = 0; k < exposed.length; k++) {
            if (exposed[k] >= 0 && replies.iprobe(exposed[k], COMPLETED) != null) {
                replies.recv(NOTHING, 0, 0, exposed[k], COMPLETED);
                exposed[k] = -1;
            }
        }
        return Arrays.stream(exposed).allMatch(origin -> origin < 0);
    }

    private int[] locals(Group group) {
        int[] ranks = group.worldRanks();
        for (int k = 0; k < ranks.length; k++) {
            ranks[k] = replies.members().local(ranks[k]);
        }
        return ranks;
    }

    /** Waits until all that this rank asked of the target is done (MPI_Win_flush). */
    public void flush(int target) {
        call(Action.FLUSH, target);
        touched[target] = false;
    }

    /** Waits for a lock on the target's array: shared with others, or alone (MPI_Win_lock). It binds those who lock, too, only. */
    public void lock(int target, boolean exclusive) {
        call(exclusive ? Action.LOCK_EXCLUSIVE : Action.LOCK_SHARED, target);
    }

    /** All that was asked of the target is done; gives the lock back (MPI_Win_unlock). */
    public void unlock(int target) {
        call(Action.UNLOCK, target);
        touched[target] = false;
    }

    /** Collective: a last fence; the window cannot be used any more (MPI_Win_free). */
    @Override
    public void close() {
        fence();
        endpoint.forget(requests.context());
    }

    private void call(Action action, int target) {
        Request reply = replies.irecv(new byte[0], 0, 0, target, nextTag());
        ask(action, target, 0, 0, ANY_OPERATOR, tag);
        reply.await();
    }

    private int nextTag() {
        tag = (tag + 1) % POSTED;
        return tag;
    }

    private void ask(Action action, int target, int at, int len, int operator, int replyTag) {
        if (target >= 0 && target < lengths.length && (at < 0 || len < 0 || at + (long) len > lengths[target])) {
            throw new CommException("window: elements " + at + " to " + (at + (long) len - 1) + " of rank " + target + ", which has " + lengths[target]);
        }
        requests.sendBuffered(new long[] {action.ordinal(), at, len, operator, replyTag}, 0, WindowTarget.WORDS, target, 0);
        touched[target] = true;
    }

    private void give(Object buf, int off, int len, int target) {
        Objects.checkFromIndexSize(off, len, Kind.of(buf).length(buf));
        if (Kind.of(buf) != kind) {
            throw new CommException("window: the array is of another type than the window's");
        }
        requests.sendBuffered(buf, off, len, target, 0);
    }
}
