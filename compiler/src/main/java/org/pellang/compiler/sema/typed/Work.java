package org.pellang.compiler.sema.typed;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the iterations of a divided loop are shared out.
 *
 * @param kind who runs which iterations, and when
 * @param amount the number in {@code dynamic(..)}, {@code guided(..)}, {@code steal(..)}: an int; null if none was given
 * @param unit what {@code on} asks for
 * @param threads the number in {@code on threads(..)}, or null
 */
public record Work(Kind kind, @Nullable TExpr amount, Unit unit, @Nullable TExpr threads) {

    /** Who runs which iterations, and when. */
    public enum Kind {
        /** At the owners of the indices; a plain range in blocks. */
        BLOCK,
        /** As if in index order. */
        WAVEFRONT,
        /** Chunks of one size go to whoever is idle. */
        DYNAMIC,
        /** Chunks that shrink with what is left go to whoever is idle. */
        GUIDED,
        /** In blocks; who is idle takes half of what another one has left. */
        STEAL;

        /** Whether it is decided while the loop runs which rank runs an iteration. */
        public boolean migrates() {
            return switch (this) {
                case BLOCK, WAVEFRONT -> false;
                case DYNAMIC, GUIDED, STEAL -> true;
            };
        }
    }

    /** The unit that a loop asks for. */
    public enum Unit {
        ANY, SIMD, THREADS, GPU
    }

    /** What a loop without clauses has. */
    public static final Work BLOCK = new Work(Kind.BLOCK, null, Unit.ANY, null);

    public boolean isWavefront() {
        return kind == Kind.WAVEFRONT;
    }

    /** The same on another unit. */
    public Work on(Unit other, @Nullable TExpr count) {
        return new Work(kind, amount, other, count);
    }

    /** The word of the loop's clause. */
    public String word() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
