package org.pellang.runtime.transport.mpi;

import static org.pellang.runtime.transport.mpi.FrameDescriptor.*;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.memory.Words;
import org.pellang.runtime.transport.Bells;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Landing;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Sink;
import org.pellang.runtime.transport.Transport;

/**
 * Messages through the MPI library: each is one frame (a header and its elements), a long one several. They are sent by {@code MPI_Isend} and taken in by
 * receives that stand ready for any source, so no call ever waits for another rank, and matching, guards and credit stay ours. MPI keeps what it has no
 * receive for, without limit; so at most {@link #WINDOW} frames per pair of ranks are under way, and each frame says how many have been taken in.
 */
public final class MpiTransport implements Transport {
    /** Frames of a rank that another one need not have taken in yet. */
    private static final int WINDOW = 256;
    /** A long message goes in so many pieces at least, as far as these do not get too short: one side copies while the other does. */
    private static final int PIECES = 2;
    private static final int LEAST_PIECE = 32 << 10;
    /** Credit and frames that are told by a frame of their own, if no other goes. */
    private static final long MUCH_CREDIT = 256 << 10;
    private static final int MANY_FRAMES = WINDOW / 2;
    /** Sleeps, where a message can ring and where it cannot. */
    private static final long SOON_NANOS = 50_000;
    private static final long NEAR_NANOS = 10_000_000;
    private static final long FAR_NANOS = 1_000_000;

    private final Board board;
    private final Bells bells;
    private final Runnable onEnd;
    private final int rank;
    private final int size;
    private final ReceiveSlots receives;
    private final SendSlots sends;
    /** Per peer: frames sent, of these taken in there, credit given back by it. */
    private final int[] framesSent;
    private final int[] framesTaken;
    private final long[] returned;
    /** Per peer: frames taken in here, credit given back to it, and both as last told. */
    private final int[] framesIn;
    private final long[] givenBack;
    private final int[] framesTold;
    private final long[] creditTold;
    /** Per peer: the message of which more pieces are to come. */
    private final @Nullable Landing[] partial;
    private boolean anythingToTell;
    private long sent;
    private long polled;
    private int doorbell;
    private long nap = SOON_NANOS;

    MpiTransport(MpiLibrary library, long comm, Board board, int rank, Bells bells, Runnable onEnd) {
        this.board = board;
        this.bells = bells;
        this.onEnd = onEnd;
        this.rank = rank;
        this.size = board.ranks();
        this.receives = new ReceiveSlots(library, comm);
        this.sends = new SendSlots(library, comm, size);
        this.framesSent = new int[size];
        this.framesTaken = new int[size];
        this.returned = new long[size];
        this.framesIn = new int[size];
        this.givenBack = new long[size];
        this.framesTold = new int[size];
        this.creditTold = new long[size];
        this.partial = new Landing[size];
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Board board() {
        return board;
    }

    @Override
    public boolean lends(int destination) {
        return false;
    }

    @Override
    public boolean flushed(int destination) {
        return sends.flushed(destination);
    }

    // ---- sending ----

    @Override
    public boolean offer(int destination, int context, int tag, long guard, Kind kind, Object data, int offset, int count) {
        if ((long) count * kind.bytes() > LENGTH - HEADER) {
            return false;
        }
        int slot = room(destination);
        if (slot < 0) {
            return false;
        }
        send(slot, destination, kind.ordinal() | FIRST, context, tag, guard, kind, count, data, offset, count);
        return true;
    }

    @Override
    public boolean push(Outgoing m) {
        boolean any = false;
        int most = Math.clamp((long) m.count * m.kind.bytes() / PIECES, LEAST_PIECE, LENGTH - HEADER) / m.kind.bytes();
        while (!m.accepted) {
            int slot = room(m.destination);
            if (slot < 0) {
                return any;
            }
            any = true;
            int here = Math.min(m.count - m.moved, most);
            int flags = m.moved == 0 ? FIRST : 0;
            send(slot, m.destination, m.kind.ordinal() | flags, m.context, m.tag, m.guard, m.kind, m.count, m.data, m.offset + m.moved, here);
            m.moved += here;
            m.accepted = m.moved == m.count;
        }
        return any;
    }

    /** A free slot for a frame to that rank, or -1. */
    private int room(int destination) {
        return framesSent[destination] - framesTaken[destination] < WINDOW ? sends.free(destination) : -1;
    }

    private void send(int slot, int destination, int code, int context, int tag, long guard, Kind kind, int count, Object data, int offset, int here) {
        var memory = sends.memory(slot);
        Words.plainInt(memory, CONTEXT, context);
        Words.plainInt(memory, TAG, tag);
        Words.plainInt(memory, COUNT, count);
        Words.plainLong(memory, GUARD, guard);
        Words.plainInt(memory, HERE, here);
        kind.write(data, offset, here, memory, HEADER);
        framesSent[destination]++;
        board.sent(rank, ++sent);
        go(slot, destination, code, HEADER + here * kind.bytes());
        // The look at the parked flag comes after what the library has written.
        VarHandle.fullFence();
        bells.wake(destination);
    }

    private void go(int slot, int destination, int code, int bytes) {
        var memory = sends.memory(slot);
        Words.plainInt(memory, KIND, code);
        Words.plainInt(memory, SOURCE, rank);
        Words.plainInt(memory, TAKEN, framesIn[destination]);
        Words.plainLong(memory, CREDIT, givenBack[destination]);
        framesTold[destination] = framesIn[destination];
        creditTold[destination] = givenBack[destination];
        sends.send(slot, destination, bytes);
    }

    /** Tells the others how much of theirs has been taken in, if it is much and no frame has told it. */
    private void tell() {
        anythingToTell = false;
        if (board.allEnded()) {
            // Nobody sends any more, and some may have left.
            return;
        }
        for (int r = 0; r < size; r++) {
            if (framesIn[r] - framesTold[r] >= MANY_FRAMES || givenBack[r] - creditTold[r] >= MUCH_CREDIT) {
                int slot = sends.free(r);
                if (slot < 0) {
                    anythingToTell = true;
                } else {
                    go(slot, r, WORD, HEADER);
                    VarHandle.fullFence();
                    bells.wake(r);
                }
            }
        }
    }

    // ---- receiving ----

    /** Takes in one message: who waits for more asks again, and who does not should not pay for a look in vain. */
    @Override
    public int poll(Sink sink) {
        int frames = 0;
        while (receives.arrived()) {
            frames++;
            boolean whole = take(sink);
            if (receives.isHalfUsed()) {
                tidy();
            }
            if (whole) {
                break;
            }
        }
        if (frames > 0) {
            nap = SOON_NANOS;
            return frames;
        }
        return tidy();
    }

    /** What can wait until there is nothing to take in. Returns 0 if nothing moved. */
    private int tidy() {
        receives.restart();
        int moved = sends.settle();
        if (anythingToTell) {
            tell();
        }
        return moved;
    }

    /** Takes in a frame; true unless more of its message is to come. */
    private boolean take(Sink sink) {
        var memory = receives.memory();
        int code = Words.plainInt(memory, KIND);
        int source = Words.plainInt(memory, SOURCE);
        framesTaken[source] = Words.plainInt(memory, TAKEN);
        returned[source] = Words.plainLong(memory, CREDIT);
        if ((code & WORD) != 0) {
            receives.next();
            return true;
        }
        polled++;
        if (++framesIn[source] - framesTold[source] >= MANY_FRAMES) {
            anythingToTell = true;
        }
        Kind kind = Kind.at(code & KIND_MASK);
        int count = Words.plainInt(memory, COUNT);
        Landing landing = (code & FIRST) == 0 ? partial[source]
                : sink.begin(source, Words.plainInt(memory, CONTEXT), Words.plainInt(memory, TAG), Words.plainLong(memory, GUARD), kind, count);
        if (landing == null) {
            throw new IllegalStateException("a piece of no message from rank " + source);
        }
        int here = Words.plainInt(memory, HERE);
        Object target = landing.data;
        if (target != null) {
            kind.read(memory, HEADER, target, landing.offset + landing.filled, here);
        }
        landing.filled += here;
        receives.next();
        boolean complete = landing.filled == count;
        partial[source] = complete ? null : landing;
        if (complete) {
            sink.finished(landing);
        }
        return complete;
    }

    @Override
    public long returned(int destination) {
        return returned[destination];
    }

    @Override
    public void giveBack(int source, long credit) {
        givenBack[source] += credit;
        if (givenBack[source] - creditTold[source] >= MUCH_CREDIT) {
            anythingToTell = true;
        }
    }

    // ---- parking ----

    @Override
    public void publishPolled() {
        board.polled(rank, polled);
    }

    @Override
    public void ended() {
        if (board.ended(rank)) {
            for (int r = 0; r < size; r++) {
                bells.wake(r);
            }
        }
        onEnd.run();
    }

    @Override
    public void beforePark() {
        doorbell = bells.doorbell(rank);
        board.parked(rank, true);
    }

    /**
     * Sleeps a little longer each time. The library moves messages only when it is called: what it has not finished needs this rank again soon, and what comes
     * from another machine cannot ring.
     */
    @Override
    public void park() {
        bells.await(rank, doorbell, nap);
        if (sends.allFlushed()) {
            nap = Math.min(2 * nap, bells.reachAll() ? NEAR_NANOS : FAR_NANOS);
        }
    }

    @Override
    public void afterPark() {
        board.parked(rank, false);
    }

    @Override
    public void wake(int peer) {
        bells.wake(peer);
    }

    /** Takes the receives back. Nobody sends any more. */
    void close() {
        receives.close();
    }
}
