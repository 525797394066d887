package org.pellang.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.pellang.runtime.WindowTarget.Action;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Endpoint;

/**
 * Elements that other ranks read and write (MPI_Win): of an array, then it is a {@link DoubleWindow} or one of its kin, or of whatever is a {@link Part},
 * also memory outside of the heap. Three ways to use it, as in MPI: between two {@link #fence}s, between {@link #lock} and
 * {@link #unlock} of a target, or between {@link #start} and {@link #complete} while the targets {@link #post} and {@link #awaitComplete}. Places
 * and lengths count elements of the target's array or part, which is the one given to
 * {@link Comm#window(Part)}; a rank sees what others wrote in its array after the fence, or after it learnt of their unlock by a message.
 *
 * <p>A target does what it is asked for whenever it is in the runtime (waiting, sending, receiving): an origin may have to wait for a
 * target that computes. Each request is carried out as a whole, in order per origin, so accumulates, {@code fetchAndOp} and
 * {@code compareAndSwap} are atomic. Places outside of it are a {@link CommException} at the origin.
 */
public sealed class Window implements AutoCloseable
        permits DoubleWindow, LongWindow, IntWindow, FloatWindow, ShortWindow, ByteWindow, BooleanWindow {
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

    Window(Comm comm, Part part) {
        this.requests = comm.dup();
        this.replies = comm.dup();
        this.endpoint = comm.endpoint;
        this.kind = part.kind();
        this.lengths = new long[requests.size()];
        this.touched = new boolean[requests.size()];
        long[] mine = {part.count(), kind.ordinal()};
        long[] all = new long[2 * lengths.length];
        requests.allgather(mine, 0, 2, all, 0);
        for (int r = 0; r < lengths.length; r++) {
            lengths[r] = all[2 * r];
            if (all[2 * r + 1] != kind.ordinal()) {
                throw new CommException("window: rank " + r + " gave elements of another type");
            }
        }
        WindowTarget target = new WindowTarget(endpoint, replies.context(), part);
        endpoint.handle(requests.context(), target::take);
        // Nobody asks before everybody can answer.
        requests.barrier();
    }

    /** Collective: everything that was asked for before is done everywhere, and visible (MPI_Win_fence). */
    public void fence() {
        flushAll();
        requests.barrier();
    }

    // ---- what DoubleWindow and its kin call with their arrays ----

    Request put(Object buf, int off, int len, int target, long at) {
        check(buf, off, len, target, at);
        ask(Action.PUT, target, at, len, ANY_OPERATOR, 0);
        requests.sendBuffered(buf, off, len, target, 0);
        return new Finished(new Status(target, 0, len));
    }

    Request rget(Object buf, int off, int len, int target, long at) {
        check(buf, off, len, target, at);
        Request reply = replies.irecv(buf, off, len, target, nextTag());
        ask(Action.GET, target, at, len, ANY_OPERATOR, tag);
        return reply;
    }

    Request accumulate(Object buf, int off, int len, int target, long at, Op op) {
        check(buf, off, len, target, at);
        ask(Action.ACCUMULATE, target, at, len, op.ordinal(), 0);
        requests.sendBuffered(buf, off, len, target, 0);
        return new Finished(new Status(target, 0, len));
    }

    Request rgetAccumulate(Object buf, int off, int len, Object old, int oldOff, int target, long at, Op op) {
        return exchange(Action.GET_ACCUMULATE, op.ordinal(), buf, off, len, old, oldOff, target, at);
    }

    Request rgetAndPut(Object buf, int off, int len, Object old, int oldOff, int target, long at) {
        return exchange(Action.GET_AND_PUT, ANY_OPERATOR, buf, off, len, old, oldOff, target, at);
    }

    private Request exchange(Action action, int operator, Object buf, int off, int len, Object old, int oldOff, int target, long at) {
        check(buf, off, len, target, at);
        check(old, oldOff, len, target, at);
        Request reply = replies.irecv(old, oldOff, len, target, nextTag());
        ask(action, target, at, len, operator, tag);
        requests.sendBuffered(buf, off, len, target, 0);
        return reply;
    }

    /** @param pair what is expected, and what is to replace it @param old one element */
    void compareAndSwap(Object pair, Object old, int target, long at) {
        check(old, 0, 1, target, at);
        Request reply = replies.irecv(old, 0, 1, target, nextTag());
        ask(Action.COMPARE_AND_SWAP, target, at, 1, ANY_OPERATOR, tag);
        requests.sendBuffered(pair, 0, 2, target, 0);
        reply.await();
    }

    // ---- parts: of any number of elements, those of more than a chunk in several pieces ----

    private interface Piece {
        /** @param from first of these elements in the part */
        Request start(Object packed, int n, long from);
    }

    private Request pieces(Part part, Piece piece) {
        long most = replies.turnBytes / part.kind().bytes();
        List<Request> requests = new ArrayList<>();
        long from = 0;
        do {
            int n = (int) Math.min(most, part.count() - from);
            requests.add(piece.start(PartMessages.slice(part, from, n), n, from));
            from += most;
        } while (from < part.count());
        return requests.size() == 1 ? requests.getFirst() : new AllRequests(requests);
    }

    /** Writes elements at the target, there one after the other (MPI_Put). They may be changed at once. */
    public void put(Part part, int target, long at) {
        rput(part, target, at);
    }

    /** As {@link #put(Part, int, long)} with a request (MPI_Rput): complete at once. Done there after a flush. */
    public Request rput(Part part, int target, long at) {
        return pieces(part, (packed, n, from) -> put(packed, 0, n, target, at + from));
    }

    /** Reads elements of the target and waits for them (MPI_Get with its completion). */
    public void get(Part part, int target, long at) {
        rget(part, target, at).await();
    }

    /** Starts to read elements of the target (MPI_Rget); they are put in their places by {@link Request#await} or {@link Request#test}. */
    public Request rget(Part part, int target, long at) {
        if (part.isArray()) {
            return rget(part.array(), part.offset(), (int) part.count(), target, at);
        }
        return pieces(part, (packed, n, from) ->
                new AfterRequest(rget(packed, 0, n, target, at + from), status -> part.unpack(from, n, packed, 0)));
    }

    /** {@code target[i] = target[i] op part[i]}, each element atomically (MPI_Accumulate). They may be changed at once. */
    public void accumulate(Part part, int target, long at, Op op) {
        raccumulate(part, target, at, op);
    }

    /** As {@link #accumulate(Part, int, long, Op)} with a request (MPI_Raccumulate): complete at once. */
    public Request raccumulate(Part part, int target, long at, Op op) {
        return pieces(part, (packed, n, from) -> accumulate(packed, 0, n, target, at + from, op));
    }

    /** As {@link #accumulate(Part, int, long, Op)}; {@code old} gets what was there before (MPI_Get_accumulate). */
    public void getAccumulate(Part part, Part old, int target, long at, Op op) {
        rgetAccumulate(part, old, target, at, op).await();
    }

    /** As {@link #getAccumulate(Part, Part, int, long, Op)}, returning at once (MPI_Rget_accumulate). */
    public Request rgetAccumulate(Part part, Part old, int target, long at, Op op) {
        return pieces(sameLength(part, old), (packed, n, from) -> {
            Object before = old.kind().allocate(n);
            return new AfterRequest(rgetAccumulate(packed, 0, n, before, 0, target, at + from, op), status -> old.unpack(from, n, before, 0));
        });
    }

    /** Writes elements at the target; {@code old} gets what was there before, atomically (MPI_Get_accumulate with MPI_REPLACE). */
    public void getAndPut(Part part, Part old, int target, long at) {
        rgetAndPut(part, old, target, at).await();
    }

    /** As {@link #getAndPut(Part, Part, int, long)}, returning at once (MPI_Rget_accumulate with MPI_REPLACE). */
    public Request rgetAndPut(Part part, Part old, int target, long at) {
        return pieces(sameLength(part, old), (packed, n, from) -> {
            Object before = old.kind().allocate(n);
            return new AfterRequest(rgetAndPut(packed, 0, n, before, 0, target, at + from), status -> old.unpack(from, n, before, 0));
        });
    }

    private static Part sameLength(Part part, Part old) {
        if (part.count() != old.count()) {
            throw new CommException("window: a part of " + part.count() + " elements, and one of " + old.count() + " for what was there before");
        }
        return part;
    }

    // ---- locks and epochs ----

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

    /** Before anything is sent: elements of this side, of the window's kind, and of the other. */
    private void check(Object buf, int off, int len, int target, long at) {
        Objects.checkFromIndexSize(off, len, Kind.of(buf).length(buf));
        if (Kind.of(buf) != kind) {
            throw new CommException("window: elements of kind " + Kind.of(buf) + ", those of the window are of kind " + kind);
        }
        replies.checkedPeer(target);
        if (at < 0 || at + len > lengths[target]) {
            throw new CommException("window: elements " + at + " to " + (at + len - 1) + " of rank " + target + ", which has " + lengths[target]);
        }
    }

    private void ask(Action action, int target, long at, int len, int operator, int replyTag) {
        requests.sendBuffered(new long[] {action.ordinal(), at, len, operator, replyTag}, 0, WindowTarget.WORDS, target, 0);
        touched[target] = true;
    }
}
