package org.pellang.compiler.sema.typed;

import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.source.Span;

/**
 * A declared name that holds a value. Identity is the {@code id}.
 *
 * @param id unique in a program
 * @param name as written
 * @param kind what declared it
 * @param type its type (may be a storage type)
 * @param span the name in its declaration
 */
public record Var(int id, String name, Kind kind, Type type, Span span) {

    /** What declared the variable. */
    public enum Kind {
        /** Top-level {@code let}, {@code var}, {@code config}, {@code domain}, {@code channel}. */
        GLOBAL_LET, GLOBAL_VAR, CONFIG, DOMAIN, CHANNEL,
        /** Top-level {@code shared var}: every rank has its own, which the others reach. */
        SHARED,
        /** {@code let} and {@code var} in a function, test or nested block. */
        LET, VAR,
        /** Parameters: read-only (passed without copying) and {@code mut}. */
        PARAM, MUT_PARAM,
        /** Index of a {@code forall} or parallel comprehension; of a sequential loop or comprehension. */
        FORALL_INDEX, FOR_INDEX,
        /** {@code let} of a comprehension. */
        COMPREHENSION_LET;

        /** Whether it may be assigned. */
        public boolean assignable() {
            return this == GLOBAL_VAR || this == SHARED || this == VAR || this == MUT_PARAM;
        }

        /** Whether it lives at top level. */
        public boolean global() {
            return this == GLOBAL_LET || this == GLOBAL_VAR || this == CONFIG || this == DOMAIN || this == CHANNEL || this == SHARED;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Var v && v.id == id;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return name + "#" + id;
    }
}
