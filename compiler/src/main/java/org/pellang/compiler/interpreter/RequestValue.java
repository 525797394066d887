package org.pellang.compiler.interpreter;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;

/** A send or receive that was started. Used by the rank whose turn it is. */
final class RequestValue {
    /** Where what is received goes; null for a send. */
    final Places.@Nullable Ref buffer;
    final @Nullable Type type;
    private @Nullable Object value;
    private boolean finished;

    /** A send: done at once. */
    RequestValue() {
        this.buffer = null;
        this.type = null;
        this.finished = true;
    }

    /** A receive. */
    RequestValue(Places.@Nullable Ref buffer, @Nullable Type type) {
        this.buffer = buffer;
        this.type = type;
    }

    /** The message has come. */
    void deliver(Object message) {
        value = message;
    }

    boolean ready() {
        return finished || value != null;
    }

    /** The message, once. Null when it was taken before, and for a send. */
    @Nullable Object take() {
        finished = true;
        Object taken = value;
        value = null;
        return taken;
    }
}
