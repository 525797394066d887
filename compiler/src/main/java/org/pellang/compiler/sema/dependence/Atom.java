package org.pellang.compiler.sema.dependence;

import org.jspecify.annotations.Nullable;

/**
 * An unknown integer of a linear expression.
 *
 * @param name unique name
 * @param local whether each iteration has its own (loop indices, locals); else it is the same in all iterations
 * @param primed which of two compared iterations it belongs to
 * @param factor if not null the atom stands for {@code factor * name}, factor being the same in all iterations
 */
record Atom(String name, boolean local, boolean primed, @Nullable Atom factor) implements Comparable<Atom> {

    static Atom symbol(String name) {
        return new Atom(name, false, false, null);
    }

    static Atom local(String name) {
        return new Atom(name, true, false, null);
    }

    /** The same unknown in the other iteration. */
    Atom prime() {
        return local ? new Atom(name, true, true, factor) : this;
    }

    /** The atom without its factor. */
    Atom base() {
        return new Atom(name, local, primed, null);
    }

    /** The atom times a symbol. */
    Atom times(Atom symbol) {
        return new Atom(name, local, primed, symbol);
    }

    @Override
    public int compareTo(Atom other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return (factor == null ? "" : factor + "*") + name + (primed ? "'" : "");
    }
}
