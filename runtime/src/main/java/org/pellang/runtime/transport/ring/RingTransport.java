package org.pellang.runtime.transport.ring;

import static org.pellang.runtime.wire.CellDescriptor.*;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.memory.Words;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Landing;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.transport.Sink;
import org.pellang.runtime.transport.Transport;

/**
 * Messages through shared memory: up to 32 bytes lie in the 64-byte cell of a ring, above the sender packs them into blocks of its
 * arena and the receiver copies them out. Threads of one JVM hand over what is longer than 4 KiB by reference, and the receiver
 * copies once. A receiver that polls always empties rings and blocks, whether the messages are expected or not, so room comes back
 * by itself.
 */
public final class RingTransport implements Transport {
    /** A long message goes in so many pieces at least, as far as these do not get too short: one side copies while the other does. */
    private static final int PIECES = 4;
    private static final int LEAST_PIECE = 32 << 10;

    private final Fabric fabric;
    private final MemorySegment memory;
    private final Board board;
    private final BlockArena arena;
    private final int rank;
    private final int size;
    /** This rank's number among those of the fabric. */
    private final int me;
    /** The ranks of the fabric, by their numbers there. */
    private final int[] members;
    /** A rank's number on the fabric; -1 if it is elsewhere. */
    private final int[] numbers;
    private final long[] writeRing;
    private final long[] readRing;
    private final int[] written;
    private final int[] read;
    /** Per source: the message of which more pieces are to come. */
    private final @Nullable Landing[] partial;
    /** For threads: the parcels that go with cells. */
    private final @Nullable Parcel @Nullable [] parcels;
    /** Bytes; threads lend what is longer. */
    private final int longestPiece;
    private final int cellMask;
    private final int lapShift;
    /** Laps fit into so many bits, since positions are counted in 32. */
    private final int lapMask;
    private final long[] givenBack;
    private long sent;
    private long polled;
    private int doorbell;
    /** Number of the rank whose ring is looked at first. */
    private int nextRing;

    /** The access of a rank, if the fabric joins all ranks of the job. */
    public RingTransport(Fabric fabric, int rank) {
        this(fabric, rank, everybody(fabric.board().ranks()), fabric.board().ranks());
    }

    private static int[] everybody(int ranks) {
        int[] all = new int[ranks];
        Arrays.setAll(all, r -> r);
        return all;
    }

    /**
     * The access of a rank, if the fabric joins some ranks of the job.
     *
     * @param me the rank's number on the fabric
     * @param members the ranks, by their numbers on the fabric
     * @param ranks ranks of the job
     */
    public RingTransport(Fabric fabric, int me, int[] members, int ranks) {
        this.fabric = fabric;
        this.memory = fabric.memory();
        this.board = fabric.board();
        this.arena = new BlockArena(memory, fabric.layout(), me);
        this.cellMask = fabric.layout().cells() - 1;
        this.lapShift = Integer.numberOfTrailingZeros(fabric.layout().cells());
        this.lapMask = (1 << 33 - lapShift) - 1;
        this.me = me;
        this.rank = members[me];
        this.size = ranks;
        this.members = members.clone();
        this.numbers = new int[size];
        Arrays.fill(numbers, -1);
        writeRing = new long[size];
        readRing = new long[size];
        for (int k = 0; k < members.length; k++) {
            numbers[members[k]] = k;
            writeRing[members[k]] = fabric.layout().ring(me, k);
            readRing[members[k]] = fabric.layout().ring(k, me);
        }
        written = new int[size];
        read = new int[size];
        givenBack = new long[size];
        partial = new Landing[size];
        parcels = fabric.parcels();
        longestPiece = fabric.layout().longestBlock();
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
        return parcels != null;
    }

    @Override
    public boolean flushed(int destination) {
        return true;
    }

    /** Whether that rank is on the same fabric. */
    public boolean reaches(int peer) {
        return numbers[peer] >= 0;
    }

    /** Other ranks on the same fabric. */
    public int peers() {
        return members.length - 1;
    }

    // ---- sending ----

    @Override
    public boolean offer(int destination, int context, int tag, long guard, Kind kind, Object data, int offset, int count) {
        long bytes = (long) count * kind.bytes();
        if (bytes > Math.min(longestPiece, LEAST_PIECE)) {
            return false;
        }
        long cell = freeCell(destination);
        if (cell < 0 || !fill(cell, context, tag, guard, kind, FIRST, count, count, data, offset)) {
            return false;
        }
        publish(destination, cell);
        return true;
    }

    @Override
    public boolean push(Outgoing m) {
        if (parcels != null && (long) m.count * m.kind.bytes() > (m.owned || m.shared ? INLINE : longestPiece)) {
            return handOver(parcels, m);
        }
        boolean any = false;
        int most = Math.clamp((long) m.count * m.kind.bytes() / PIECES, Math.min(longestPiece, LEAST_PIECE), longestPiece) / m.kind.bytes();
        while (!m.accepted) {
            int here = Math.min(m.count - m.moved, most);
            long cell = freeCell(m.destination);
            if (cell < 0 || !fill(cell, m.context, m.tag, m.guard, m.kind, m.moved == 0 ? FIRST : 0, m.count, here,
                    m.data, m.offset + m.moved)) {
                return any;
            }
            publish(m.destination, cell);
            any = true;
            m.moved += here;
            m.accepted = m.moved == m.count;
        }
        return any;
    }

    private boolean handOver(@Nullable Parcel[] table, Outgoing m) {
        long cell = m.accepted ? -1 : freeCell(m.destination);
        if (cell < 0) {
            return false;
        }
        boolean lend = !m.owned;
        Parcel parcel = new Parcel(rank, m.context, m.tag, m.guard, m.kind, m.count, m.data, m.offset, lend);
        parcel.shared = m.shared;
        parcel.helped = !fabric.layout().turns();
        m.lent = lend ? parcel : null;
        m.moved = m.count;
        m.accepted = true;
        table[fabric.layout().cellNumber(cell)] = parcel;
        Words.plainInt(memory, cell + KIND, REFERENCE);
        publish(m.destination, cell);
        return true;
    }

    /** The next cell of the ring, or -1 if it is in use. */
    private long freeCell(int destination) {
        int at = written[destination];
        long cell = writeRing[destination] + (at & cellMask) * LENGTH;
        return Words.acquireInt(memory, cell + SEQUENCE) == 2 * (at >>> lapShift) ? cell : -1;
    }

    private boolean fill(long cell, int context, int tag, long guard, Kind kind, int flags, int count, int here, Object data, int offset) {
        long bytes = (long) here * kind.bytes();
        if (bytes <= INLINE) {
            kind.write(data, offset, here, memory, cell + PAYLOAD);
            Words.plainInt(memory, cell + KIND, kind.ordinal() | flags);
        } else {
            int block = arena.allocate(bytes);
            if (block == BlockArena.NONE) {
                return false;
            }
            kind.write(data, offset, here, memory, arena.address(block));
            Words.plainLong(memory, cell + PAYLOAD, arena.address(block));
            Words.plainLong(memory, cell + BLOCK_FLAG, arena.flagAt(block));
            Words.plainInt(memory, cell + KIND, kind.ordinal() | flags | BLOCK);
        }
        Words.plainInt(memory, cell + TAG, tag);
        Words.plainInt(memory, cell + CONTEXT, context);
        Words.plainInt(memory, cell + COUNT, count);
        Words.plainInt(memory, cell + HERE, here);
        Words.plainLong(memory, cell + GUARD, guard);
        return true;
    }

    private void publish(int destination, long cell) {
        int at = written[destination]++;
        board.sent(me, ++sent);
        // Volatile: the look at the parked flag comes after it.
        Words.volatileInt(memory, cell + SEQUENCE, 2 * (at >>> lapShift) + 1);
        fabric.wake(numbers[destination]);
    }

    // ---- receiving ----

    @Override
    public int poll(Sink sink) {
        int n = 0;
        for (int i = 0, k = nextRing; i < members.length; i++, k = k + 1 == members.length ? 0 : k + 1) {
            int source = members[k];
            int from = read[source];
            while (takeCell(source, sink)) {
                n++;
                if (sink.satisfied()) {
                    // Next time others first: who sends much must not keep them away.
                    nextRing = k + 1 == members.length ? 0 : k + 1;
                    freed(source);
                    polled += n;
                    return n;
                }
            }
            if (read[source] != from) {
                freed(source);
            }
        }
        polled += n;
        return n;
    }

    private boolean takeCell(int source, Sink sink) {
        int at = read[source];
        long cell = readRing[source] + (at & cellMask) * LENGTH;
        int lap = 2 * (at >>> lapShift);
        if (Words.acquireInt(memory, cell + SEQUENCE) != lap + 1) {
            return false;
        }
        int flags = Words.plainInt(memory, cell + KIND);
        if (parcels != null && flags == REFERENCE) {
            takeParcel(parcels, source, cell, lap, sink);
            return true;
        }
        Kind kind = Kind.at(flags & KIND_MASK);
        int count = Words.plainInt(memory, cell + COUNT);
        Landing landing = (flags & FIRST) != 0 ? first(sink, source, cell, kind, count) : partial[source];
        if (landing == null) {
            throw new IllegalStateException("a piece of no message from rank " + source);
        }
        copyOut(cell, flags, kind, landing);
        read[source] = at + 1;
        Words.releaseInt(memory, cell + SEQUENCE, lap + 2 & lapMask);
        boolean complete = landing.filled == count;
        partial[source] = complete ? null : landing;
        if (complete) {
            sink.finished(landing);
        }
        return true;
    }

    private void takeParcel(@Nullable Parcel[] table, int source, long cell, int lap, Sink sink) {
        int number = fabric.layout().cellNumber(cell);
        Parcel parcel = table[number];
        if (parcel == null) {
            throw new IllegalStateException("a cell without its parcel from rank " + source);
        }
        table[number] = null;
        read[source]++;
        Words.releaseInt(memory, cell + SEQUENCE, lap + 2 & lapMask);
        sink.arrived(parcel);
    }

    private Landing first(Sink sink, int source, long cell, Kind kind, int count) {
        int context = Words.plainInt(memory, cell + CONTEXT);
        int tag = Words.plainInt(memory, cell + TAG);
        return sink.begin(source, context, tag, Words.plainLong(memory, cell + GUARD), kind, count);
    }

    private void copyOut(long cell, int flags, Kind kind, Landing landing) {
        int here = Words.plainInt(memory, cell + HERE);
        boolean block = (flags & BLOCK) != 0;
        Object target = landing.data;
        if (target != null) {
            kind.read(memory, block ? Words.plainLong(memory, cell + PAYLOAD) : cell + PAYLOAD, target, landing.offset + landing.filled, here);
        }
        landing.filled += here;
        if (block) {
            Words.releaseInt(memory, Words.plainLong(memory, cell + BLOCK_FLAG), 0);
        }
    }

    /** Cells and blocks of that source are free again: it may be parked for want of room. */
    private void freed(int source) {
        VarHandle.fullFence();
        if (board.wantsRoom(numbers[source])) {
            fabric.wake(numbers[source]);
        }
    }

    @Override
    public long returned(int destination) {
        return Words.volatileLong(memory, fabric.layout().credit(me, numbers[destination]));
    }

    @Override
    public void giveBack(int source, long credit) {
        givenBack[source] += credit;
        Words.releaseLong(memory, fabric.layout().credit(numbers[source], me), givenBack[source]);
    }

    // ---- parking ----

    @Override
    public void show(Board.State state) {
        board.show(me, state);
    }

    @Override
    public void ended() {
        if (board.ended(me)) {
            VarHandle.fullFence();
            for (int k = 0; k < members.length; k++) {
                fabric.wake(k);
            }
        }
    }

    @Override
    public void publishPolled() {
        board.polled(me, polled);
    }

    @Override
    public void beforePark() {
        doorbell = fabric.doorbell(me);
        board.parked(me, true);
    }

    /** Whether somebody has rung, or is about to, since this rank said that it would park. */
    public boolean rung() {
        return !board.isParked(me);
    }

    @Override
    public void park() {
        fabric.awaitDoorbell(me, doorbell);
    }

    @Override
    public void afterPark() {
        board.parked(me, false);
    }

    @Override
    public void wake(int peer) {
        if (numbers[peer] >= 0) {
            fabric.wake(numbers[peer]);
        }
    }
}
