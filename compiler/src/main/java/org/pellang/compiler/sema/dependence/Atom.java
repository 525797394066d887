package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.List;

/**
 * An unknown integer of a linear expression: a name, or a name times symbols.
 *
 * @param name unique name
 * @param local whether each iteration has its own (loop indices, locals); else it is the same in all iterations
 * @param primed which of two compared iterations it belongs to
 * @param factors names of symbols, sorted; the atom stands for their product with {@code name}. They are the same in all iterations
 */
record Atom(String name, boolean local, boolean primed, List<String> factors) implements Comparable<Atom> {

    static Atom symbol(String name) {
        return new Atom(name, false, false, List.of());
    }

    static Atom local(String name) {
        return new Atom(name, true, false, List.of());
    }

    /** The same unknown in the other iteration. */
    Atom prime() {
        return local ? new Atom(name, true, true, factors) : this;
    }

    boolean isProduct() {
        return !factors.isEmpty();
    }

    /** All symbols that it is a product of: its factors and, if it is the same in all iterations, its name. */
    List<String> symbols() {
        if (local) {
            return factors;
        }
        List<String> all = new ArrayList<>(factors);
        all.add(name);
        return all;
    }

    /** The atom times a product of symbols. */
    Atom times(List<String> symbols) {
        List<String> all = new ArrayList<>(symbols());
        all.addAll(symbols);
        all.sort(null);
        return local ? new Atom(name, true, primed, List.copyOf(all)) : new Atom(all.getFirst(), false, false, List.copyOf(all.subList(1, all.size())));
    }

    /** The atom divided by one of its {@link #symbols()}. */
    Linear without(String symbol) {
        List<String> rest = new ArrayList<>(symbols());
        rest.remove(symbol);
        if (local) {
            return Linear.of(new Atom(name, true, primed, List.copyOf(rest)));
        }
        return rest.isEmpty() ? Linear.of(1) : Linear.of(symbol(rest.getFirst()).times(rest.subList(1, rest.size())));
    }

    @Override
    public int compareTo(Atom other) {
        int order = name.compareTo(other.name);
        order = order != 0 ? order : Boolean.compare(local, other.local);
        order = order != 0 ? order : Boolean.compare(primed, other.primed);
        return order != 0 || factors.equals(other.factors) ? order : factors.toString().compareTo(other.factors.toString());
    }

    @Override
    public String toString() {
        return (factors.isEmpty() ? "" : String.join("*", factors) + "*") + name + (primed ? "'" : "");
    }
}
