package org.pellang.compiler.sema;

import org.jspecify.annotations.Nullable;

/** The declarations of the standard library, which a compiler reads for its first program and has for all others. */
public final class KnownLibrary {
    private final ModuleSource source;
    private @Nullable Library read;

    public KnownLibrary(ModuleSource source) {
        this.source = source;
    }

    /** The declarations, read when they are asked for first. */
    synchronized Library get() {
        Library known = read;
        if (known == null) {
            known = Library.load(source);
            read = known;
        }
        return known;
    }
}
