package org.pellang.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What libraries attach to a communicator, on one rank (MPI_Comm_set_attr and its kin). */
public final class Attributes {
    /**
     * A key; compared by identity, so every library makes its own (MPI_Comm_create_keyval).
     *
     * @param <T> type of the values
     */
    public static final class Key<T> {
        private final @Nullable UnaryOperator<T> copy;

        private Key(@Nullable UnaryOperator<T> copy) {
            this.copy = copy;
        }

        /** Values stay with their communicator when it is duplicated (MPI_COMM_NULL_COPY_FN). */
        public static <T> Key<T> local() {
            return new Key<>(null);
        }

        /** A duplicate of the communicator gets what the operator makes of the value; identity shares it (MPI_COMM_DUP_FN). */
        public static <T> Key<T> copied(UnaryOperator<T> copy) {
            return new Key<>(copy);
        }
    }

    private final Map<Key<?>, Object> values = new HashMap<>();

    Attributes() {}

    /** Attaches a value, in place of another under the same key (MPI_Comm_set_attr). */
    public <T> void set(Key<T> key, T value) {
        values.put(key, value);
    }

    /** The value, or null (MPI_Comm_get_attr). */
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Key<T> key) {
        return (T) values.get(key);
    }

    /** Takes a value away (MPI_Comm_delete_attr). */
    public void remove(Key<?> key) {
        values.remove(key);
    }

    void copyFrom(Attributes other) {
        other.values.forEach((key, value) -> copy(key, value));
    }

    @SuppressWarnings("unchecked")
    private <T> void copy(Key<T> key, Object value) {
        if (key.copy != null) {
            values.put(key, key.copy.apply((T) value));
        }
    }
}
