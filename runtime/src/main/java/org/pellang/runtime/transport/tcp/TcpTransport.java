package org.pellang.runtime.transport.tcp;

import static org.pellang.runtime.transport.tcp.FrameDescriptor.HEADER;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Sink;
import org.pellang.runtime.transport.Transport;

/**
 * Messages to ranks on other hosts: one connection per pair of ranks, used by the rank's own thread without locks or hand-over. A rank that
 * spins reads its connections directly if they are few, else it asks a selector which; a rank that sleeps sleeps in the selector.
 */
public final class TcpTransport implements Transport {
    /** Longest message, in bytes with its header, that {@link #offer} takes. */
    private static final int OFFERED = 16 << 10;
    /** Up to so many connections are read one by one. */
    private static final int FEW = 2;
    private static final int BUFFER = 128 << 10;
    private static final int LONGEST_OUT = 1 << 20;
    private static final int BUFFER_OF_MANY = 32 << 10;
    private static final int MANY = 16;
    private static final int BUFFER_OF_BELLS = 4 << 10;

    /** Hears what concerns the whole job. */
    public interface Job {
        /** A connection between two ranks broke. @param reason in words */
        void broken(int rank, int peer, String reason);

        /** The program of a rank of this JVM has returned. */
        void ended();
    }

    private final int rank;
    private final Board board;
    private final Job job;
    private final Selector selector;
    private final List<Link> links = new ArrayList<>();
    private final @Nullable Link[] byPeer;
    /** All of them, whatever has broken since: for other threads. */
    private final Map<Integer, Wire> channels;
    /** Made once, with what it uses in fields: a poll allocates nothing. */
    private final Consumer<SelectionKey> reader = this::readReady;
    private @Nullable Sink readingFor;
    private int readMessages;
    private int rung;
    private volatile boolean sleeping;
    private long sent;
    private long polled;

    /**
     * The access of a rank.
     *
     * @param board a board over all ranks of the job, of this JVM
     * @param channels a connection, shaken hands on, to each rank elsewhere
     * @param neighbours ranks of other JVMs on this host: they are reached through memory, and only woken by their connection
     */
    public TcpTransport(int rank, Board board, Map<Integer, Wire> channels, Set<Integer> neighbours, Job job) throws IOException {
        this.rank = rank;
        this.board = board;
        this.job = job;
        this.channels = Map.copyOf(channels);
        this.selector = Selector.open();
        this.byPeer = new Link[board.ranks()];
        for (Map.Entry<Integer, Wire> entry : channels.entrySet()) {
            Link link = link(entry.getKey(), entry.getValue(), neighbours.contains(entry.getKey()), channels.size() - neighbours.size());
            link.register(selector);
            links.add(link);
            byPeer[link.peer()] = link;
        }
    }

    /** Hangs up on all others, when the job is over here. The rank's thread may still find out that some are broken. */
    public void close() {
        for (Link link : byPeer) {
            if (link != null) {
                link.breakOff();
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            // It belongs to nobody any more.
        }
    }

    private static Link link(int peer, Wire channel, boolean neighbour, int far) {
        if (neighbour) {
            return new Link(peer, channel, BUFFER_OF_BELLS, BUFFER_OF_BELLS);
        }
        return far > MANY ? new Link(peer, channel, BUFFER_OF_MANY, BUFFER_OF_MANY) : new Link(peer, channel, BUFFER, LONGEST_OUT);
    }

    /** Tells the job of connections over which nothing comes through any more. @param stuck as {@link Unacknowledged#lines} has it */
    public void report(List<String> stuck) {
        channels.forEach((peer, wire) -> {
            if (Unacknowledged.isAmong(stuck, wire.channel())) {
                job.broken(rank, peer, "what is sent does not arrive");
            }
        });
    }

    /** Whether that rank is reached by this transport. */
    public boolean reaches(int peer) {
        return byPeer[peer] != null;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return board.ranks();
    }

    @Override
    public Board board() {
        return board;
    }

    @Override
    public boolean lends(int destination) {
        return false;
    }

    private Link link(int peer) {
        Link link = byPeer[peer];
        if (link == null) {
            throw new IllegalStateException("rank " + rank + " has no connection to rank " + peer);
        }
        return link;
    }

    private void fail(Link link, IOException e) {
        if (!link.broken()) {
            link.breakOff();
            links.remove(link);
            String text = e.getMessage();
            job.broken(rank, link.peer(), text == null ? e.toString() : text);
        }
    }

    // ---- sending ----

    @Override
    public boolean offer(int destination, int context, int tag, long guard, Kind kind, Object data, int offset, int count) {
        Link link = link(destination);
        long bytes = (long) count * kind.bytes() + HEADER;
        if (bytes > OFFERED) {
            return false;
        }
        if (link.broken()) {
            return true;
        }
        try {
            if (!link.flushed() && !link.flush() && link.room() < bytes) {
                return false;
            }
            begin(link, context, tag, guard, kind, count);
            link.elements(kind, data, offset, count);
            link.flush();
        } catch (IOException e) {
            fail(link, e);
        }
        return true;
    }

    private void begin(Link link, int context, int tag, long guard, Kind kind, int count) {
        board.sent(rank, ++sent);
        link.header(kind, context, tag, count, guard);
    }

    @Override
    public boolean push(Outgoing m) {
        Link link = link(m.destination);
        if (link.broken()) {
            m.accepted = true;
            return true;
        }
        boolean any = false;
        try {
            while (link.flush() && !m.accepted) {
                any = true;
                fill(link, m);
                m.accepted = m.begun && m.moved == m.count && link.flush();
            }
        } catch (IOException e) {
            fail(link, e);
            m.accepted = true;
        }
        return any;
    }

    private void fill(Link link, Outgoing m) {
        if (!m.begun) {
            m.begun = true;
            link.payCredit();
            begin(link, m.context, m.tag, m.guard, m.kind, m.count);
        }
        int here = Math.min(m.count - m.moved, link.room() / m.kind.bytes());
        link.elements(m.kind, m.data, m.offset + m.moved, here);
        m.moved += here;
    }

    @Override
    public boolean flushed(int destination) {
        return link(destination).flushed();
    }

    @Override
    public long returned(int destination) {
        return link(destination).returned();
    }

    @Override
    public void giveBack(int source, long credit) {
        Link link = link(source);
        if (!link.broken()) {
            try {
                link.owe(credit);
            } catch (IOException e) {
                fail(link, e);
            }
        }
    }

    // ---- receiving ----

    @Override
    public int poll(Sink sink) {
        int moved = 0;
        rung = 0;
        for (int i = links.size() - 1; i >= 0; i--) {
            Link link = links.get(i);
            if (!link.flushed()) {
                moved += flush(link) ? 1 : 0;
            }
        }
        // The selector belongs to the thread that sleeps in it: another one of this rank must not wait for that.
        int messages = links.size() <= FEW || sleeping ? readAll(sink) : readSelected(sink);
        polled += messages;
        // A bell counts as something, though it is no message: the thread that takes it wakes the one of its rank that sleeps, which it was meant for.
        return moved + messages + rung;
    }

    private boolean flush(Link link) {
        try {
            return link.flush();
        } catch (IOException e) {
            fail(link, e);
            return false;
        }
    }

    private int readAll(Sink sink) {
        int messages = 0;
        for (int i = links.size() - 1; i >= 0; i--) {
            messages += read(links.get(i), sink);
        }
        return messages;
    }

    private int readSelected(Sink sink) {
        readingFor = sink;
        readMessages = 0;
        try {
            selector.selectNow(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return readMessages;
    }

    private void readReady(SelectionKey key) {
        Sink sink = readingFor;
        if (sink != null) {
            readMessages += read((Link) key.attachment(), sink);
        }
    }

    private int read(Link link, Sink sink) {
        try {
            int messages = link.broken() ? 0 : link.receive(sink);
            rung += link.takeBells();
            return messages;
        } catch (IOException e) {
            fail(link, e);
            return 0;
        }
    }

    @Override
    public void publishPolled() {
        board.polled(rank, polled);
    }

    // ---- parking ----

    @Override
    public void ended() {
        board.ended(rank);
        job.ended();
    }

    @Override
    public void beforePark() {
        links.forEach(Link::watch);
    }

    @Override
    public void park() {
        sleeping = true;
        try {
            // What there is to read is read by the next poll.
            selector.select(key -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sleeping = false;
        }
    }

    @Override
    public void afterPark() {
        // Nobody looks at a flag: wake-ups go to the selector in any case.
    }

    /** Rings this rank, from any thread; the others have to be reached by messages or a {@link #bell}. */
    @Override
    public void wake(int peer) {
        if (peer == rank) {
            selector.wakeup();
        }
    }

    /** Wakes a rank of another JVM that sleeps in its selector. */
    public void bell(int peer) {
        Link link = link(peer);
        if (!link.broken()) {
            try {
                link.bell();
            } catch (IOException e) {
                fail(link, e);
            }
        }
    }
}
