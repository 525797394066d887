package org.pellang.runtime.loop;

import java.util.function.Consumer;
import org.pellang.runtime.Comm;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Received;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.explicit.Pending;
import org.pellang.runtime.value.Codec;

/**
 * A PEL channel: messages of one type between ranks, first in first out per sender. Each declaration has a number of its own, the same on all ranks.
 *
 * @param <T> the Java class of the values
 */
public final class Channel<T> {
    private final Codec<T> codec;
    private final int tag;
    private final String name;
    private final long[] extents;

    /**
     * @param number 0, 1, 2, ... of the declaration
     * @param name for messages
     * @param extents the declared shape of arrays; none for other values and open shapes
     */
    public Channel(Rank rank, Codec<T> codec, int number, String name, long... extents) {
        this.codec = codec;
        this.tag = number;
        this.name = name;
        this.extents = extents.clone();
        rank.world().nameTag(number, "channel " + name);
    }

    /** A value and the rank that sent it. */
    public record Message<V>(V value, long from) {}

    /**
     * Sends a copy of {@code value}; never blocks. Traps if the rank does not exist or an array has another shape than declared.
     *
     * @param at the rank that runs this code: in a team, ranks are those of the team
     */
    public void send(Rank at, T value, long to) {
        checkShape(value);
        at.messages(1);
        at.world().sendBytes(codec.encode(value), peer(at, to, "send to"), tag);
    }

    /** As {@link #send}: the value is copied, so the request is complete. */
    public Pending isend(Rank at, T value, long to) {
        send(at, value, to);
        return Pending.SENT;
    }

    /** The next value from {@code from}; waits for it. */
    public T recv(Rank at, long from) {
        at.messages(-1);
        return codec.decode(at.world().recvBytes(peer(at, from, "recv from"), tag));
    }

    /** Starts to receive the next value from {@code from}; {@link Pending#await} gives it to {@code buffer}. */
    @SuppressWarnings("unchecked")
    public Pending irecv(Rank at, long from, Consumer<Object> buffer) {
        at.messages(-1);
        return Pending.receive(at.world().irecvBytes(peer(at, from, "irecv from"), tag), (Codec<Object>) codec, buffer);
    }

    /** The next value from whoever comes first. Not deterministic. */
    public Message<T> recvAny(Rank at) {
        at.messages(-1);
        Received received = at.world().receiveBytes(Comm.ANY_SOURCE, tag);
        return new Message<>(codec.decode(received.bytes()), received.source());
    }

    private int peer(Rank at, long rank, String what) {
        int size = at.size();
        if (rank < 0 || rank >= size) {
            throw new PelTrap(what + " rank " + rank + " on channel " + name + ": there are ranks 0.." + (size - 1));
        }
        return (int) rank;
    }

    private void checkShape(T value) {
        if (extents.length > 0 && value instanceof PelArray array) {
            for (int d = 0; d < extents.length; d++) {
                if (array.axes() != extents.length || array.length(d) != extents[d]) {
                    throw new PelTrap("channel " + name + " carries arrays " + java.util.Arrays.toString(extents) + ", not " + array.domain());
                }
            }
        }
    }
}
