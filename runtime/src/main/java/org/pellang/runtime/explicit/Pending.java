package org.pellang.runtime.explicit;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.progress.Receive;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.PelList;

/** A PEL {@code request}: a send or receive on a channel that was started. Waiting for it a second time does nothing. */
public final class Pending {
    /** A send: what it sends was copied, so it is complete. */
    public static final Pending SENT = new Pending(null, null, value -> {});

    private @Nullable Receive receive;
    private final @Nullable Codec<Object> codec;
    private final Consumer<Object> buffer;

    private Pending(@Nullable Receive receive, @Nullable Codec<Object> codec, Consumer<Object> buffer) {
        this.receive = receive;
        this.codec = codec;
        this.buffer = buffer;
    }

    /** A receive; {@link #await} gives the value to {@code buffer}. */
    public static Pending receive(Receive receive, Codec<Object> codec, Consumer<Object> buffer) {
        return new Pending(receive, codec, buffer);
    }

    /** Waits until it is complete; what was received is in its buffer then. */
    public void await() {
        Receive started = receive;
        if (started != null && codec != null) {
            receive = null;
            buffer.accept(codec.decode((byte[]) started.awaitArray()));
        }
    }

    /** Waits for all of a list, in order. */
    public static void awaitAll(PelList<Pending> requests) {
        for (long k = 0; k < requests.size(); k++) {
            requests.get(k).await();
        }
    }
}
